"""Where elements stand, told by tags alone, so that cards of one list are alike whatever their classes."""

from itertools import groupby
from typing import Final

from crawler.extract.page.outline import Outline

__all__ = ["CELLS", "TagPaths", "span_of"]

CELLS: Final = frozenset({"td", "th"})
# What HTML allows, and how many figures that takes.
_MOST_ROWS: Final = 65_534
_LONGEST_SPAN: Final = 5
# Authors set one title bold, the next one not.
_FORMAT: Final = frozenset({"b", "strong", "i", "em", "u", "font", "center", "big"})


def span_of(outline: Outline, cell: int) -> int:
    """Tell how many rows a cell stands in."""
    told = outline.attribute(cell, "rowspan").strip()
    return min(int(told), _MOST_ROWS) if told.isdecimal() and len(told) <= _LONGEST_SPAN and int(told) else 1


class TagPaths:
    """The tag paths of one page's elements, as numbers: equal where the elements stand alike.

    Formatting is left out, cells count by their column if wanted, and boxes nested in boxes are one,
    which also holds where the boxes of a list are never closed.
    """

    def __init__(self, outline: Outline, *, columns: bool = True) -> None:
        self._outline = outline
        self._counts_columns = columns
        self._known: dict[int, int] = {-1: 0}
        self._ids: dict[tuple[int, str], int] = {}
        self._last: list[str] = [""]
        self._depth: list[int] = [0]
        self._columns: dict[int, int] = {}

    def of(self, index: int) -> int:
        """Number the path from the root to an element."""
        known, parents, waiting = self._known, self._outline.parents, []
        while index not in known:
            waiting.append(index)
            index = parents[index]
        path = known[index]
        for below in reversed(waiting):
            path = known[below] = self._step(path, below)
        return path

    def depth(self, path: int) -> int:
        """Count the steps of a path."""
        return self._depth[path]

    def between(self, top: int, index: int) -> tuple[str, ...]:
        """List the names of the elements below `top` down to `index`, without formatting."""
        names: list[str] = []
        while index > top:
            if self._outline.tags[index] not in _FORMAT:
                names.append(self.name(index))
            index = self._outline.parents[index]
        return tuple(reversed(names))

    def name_place(self, index: int) -> str:
        """Name a path from the root in words that hold for other pages; boxes nested in boxes are one."""
        return ">".join(name for name, _ in groupby(self.between(-1, index)))

    def name(self, index: int) -> str:
        """Name a tag, with its column where it is a cell."""
        tag = self._outline.tags[index]
        if tag not in CELLS:
            return tag
        return f"td{self.column(index)}" if self._counts_columns else "td"

    def column(self, cell: int) -> int:
        """Count the cells before it in its row, with those that span it from rows above."""
        if cell not in self._columns:
            row = self._outline.parents[cell]
            rows = [row] if row < 0 or self._outline.parents[row] < 0 else self._rows_beside(row)
            self._number(rows)
        return self._columns[cell]

    def _rows_beside(self, row: int) -> list[int]:
        outline, box = self._outline, self._outline.parents[row]
        rows, below = [], box + 1
        while below < outline.ends[box]:
            if outline.tags[below] == outline.tags[row]:
                rows.append(below)
            below = outline.ends[below]
        return rows

    def _number(self, rows: list[int]) -> None:
        outline = self._outline
        left: dict[int, int] = {}
        for row in rows:
            taken, number, below = set(left), 0, row + 1
            left = {column: rest - 1 for column, rest in left.items() if rest > 1}
            while below < outline.ends[row]:
                if outline.tags[below] in CELLS:
                    while number in taken:
                        number += 1
                    self._columns[below] = number
                    if (span := span_of(outline, below)) > 1:
                        left[number] = span - 1
                    number += 1
                below = outline.ends[below]

    def _step(self, path: int, index: int) -> int:
        name = self.name(index)
        if name in _FORMAT or (name == "div" and self._last[path] == "div"):
            return path
        found = self._ids.get((path, name))
        if found is None:
            found = self._ids[path, name] = len(self._last)
            self._last.append(name)
            self._depth.append(self._depth[path] + 1)
        return found
