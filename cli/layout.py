"""A table within a terminal's width: columns are left out before a word is broken. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cli.cells import longest_word, measure, pad, wrap

__all__ = ["Grid", "Layout", "lay_out"]

_GAP = "  "
_COMFORT = 24
"""Cells below which a text is not wrapped while another column can still be left out."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a table shows.

    Attributes:
        right: columns, by number, that are set to the right.
        drop: columns, by number, that may be left out, the least important first.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()
    drop: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines for a terminal, and the heads of the columns that are not among them."""

    lines: list[str]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Need:
    """Cells that a column takes where nothing is wrapped, and where everything is."""

    most: int
    word: int

    @property
    def comfort(self) -> int:
        return max(self.word, min(self.most, _COMFORT))


def lay_out(grid: Grid, width: int | None) -> Layout:
    """Lay a table out: whole, without its least important columns, or a row as a block of lines.

    Args:
        width: of the terminal, at least 2; None where lines may be of any length.
    """
    if width is None:
        every = range(len(grid.heads))
        return Layout(_tabulate(grid, every, [need.most for need in _find_needs(grid.heads, grid.rows)]))
    table = _fit_table(grid, width, frozenset()) or _fit_table(grid, width, _find_odd(grid))
    return table or Layout(list(_list_records(grid, width)))


def _fit_table(grid: Grid, width: int, odd: frozenset[int]) -> Layout | None:
    """The table without as many columns as it must, None where what may not go does not fit.

    Args:
        odd: rows, by number, that may stand as blocks among the others, where their words do not fit.
    """
    needs = _find_needs(grid.heads, [row for number, row in enumerate(grid.rows) if number not in odd])
    for count in range(len(grid.drop) + 1):
        hidden = grid.drop[:count]
        shown = [n for n in range(len(needs)) if n not in hidden]
        chosen = [needs[n] for n in shown]
        widths = _fit(chosen, [need.comfort for need in chosen], width)
        if widths is None and count == len(grid.drop):
            widths = _fit(chosen, [need.word for need in chosen], width)
        if widths is not None:
            left_out = tuple(head for n, head in enumerate(grid.heads) if n in hidden)
            return Layout(_tabulate(grid, shown, widths, odd, width), left_out)
    return None


def _find_odd(grid: Grid) -> frozenset[int]:
    """The twentieth of the rows with the longest words, one of eight: no single address undoes a table."""
    kept = [n for n in range(len(grid.heads)) if n not in grid.drop]
    longest = [max(longest_word(row[n]) for n in kept) for row in grid.rows]
    order = sorted(range(len(longest)), key=lambda number: longest[number])
    count = len(order) // 20 or int(len(order) >= 8)
    return frozenset(order[len(order) - count :])


def _find_needs(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[_Need]:
    return [_need(head, (row[n] for row in rows)) for n, head in enumerate(heads)]


def _need(head: str, cells: Iterable[str]) -> _Need:
    texts = [head, *cells]
    return _Need(max(map(measure, texts)), max(map(longest_word, texts)))


def _fit(needs: Sequence[_Need], least: Sequence[int], width: int) -> list[int] | None:
    """Each column's width, or None where they do not fit; room that is left goes to those that lack some."""
    spare = width - len(_GAP) * (len(needs) - 1) - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    while lacking := [n for n, need in enumerate(needs) if widths[n] < need.most][: max(spare, 0)]:
        share = spare // len(lacking)
        for n in lacking:
            more = min(share, needs[n].most - widths[n])
            widths[n] += more
            spare -= more
    return widths


def _tabulate(
    grid: Grid,
    shown: Sequence[int],
    widths: Sequence[int],
    odd: frozenset[int] = frozenset(),
    whole: int = 0,
) -> list[str]:
    lines = [
        *_set_row(grid, grid.heads, shown, widths),
        "─" * (sum(widths) + len(_GAP) * (len(widths) - 1)),
    ]
    for number, row in enumerate(grid.rows):
        fits = number not in odd or all(
            longest_word(row[n]) <= width for n, width in zip(shown, widths, strict=True)
        )
        lines += _set_row(grid, row, shown, widths) if fits else _set_record(grid, row, whole)
    return lines


def _set_row(grid: Grid, row: Sequence[str], shown: Sequence[int], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        [row[n]] if measure(row[n]) <= width else wrap(row[n], width)
        for n, width in zip(shown, widths, strict=True)
    ]
    for parts in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(
            pad(part, width, right=n in grid.right)
            for n, part, width in zip(shown, parts, widths, strict=True)
        ).rstrip(" ")


def _list_records(grid: Grid, width: int) -> Iterator[str]:
    if not grid.rows:
        yield from wrap(", ".join(filter(None, grid.heads)), width)
    for number, row in enumerate(grid.rows):
        if number:
            yield ""
        yield from _set_record(grid, row, width)


def _set_record(grid: Grid, row: Sequence[str], width: int) -> Iterator[str]:
    """A block of lines, each cell with its head before it; one that says nothing has none."""
    label = min(max(measure(head) for head in grid.heads) + 1, width // 3)
    for head, cell in zip(grid.heads, row, strict=True):
        if cell:
            yield from _set_entry(f"{head}:" if head else "", cell, label, width)


def _set_entry(label: str, cell: str, indent: int, width: int) -> Iterator[str]:
    room = width - indent - 1
    if measure(label) <= indent and longest_word(cell) <= room:
        lines = [cell] if measure(cell) <= room else wrap(cell, room)
        for first, line in zip_longest([label], lines, fillvalue=""):
            yield f"{pad(first, indent)} {line}".rstrip(" ")
        return
    # A word as long as the line stands on lines of its own.
    hang = max(0, min(2, width - longest_word(cell)))
    yield from wrap(label, width)
    yield from (" " * hang + line for line in wrap(cell, width - hang))
