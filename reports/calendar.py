"""A semester of one account as a drawing: weeks are columns, days rows, Monday on top.

Each state is one SVG path, whatever the number of days, so that a city's page stays small.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from activity.ranking import ActivityRow
from activity.semester import Night, Semester

__all__ = ["CELL", "LEFT", "TOP", "Drawing", "Tally", "draw_calendar", "place_months", "tally_nights"]

CELL = 11
"""Side of a day's cell in the drawing's units."""
LEFT = 22
"""Room for the names of the days."""
TOP = 14
"""Room for the names of the months."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a calendar shows.

    Attributes:
        width, height: of the drawing, in its own units.
        paths: `(class, path data)` from the bottom layer to the top.
        first_day: of the semester.
        offset: empty cells above the first day in its column.
        days: one character a day for a pointer to read: `.` not due, `?` unseen, a digit for the
            posts of a seen night (9 is nine or more), `a` to `j` for the same of a reconstructed one.
    """

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]
    first_day: date
    offset: int
    days: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A calendar in words: posts, and days or nights of each state."""

    posts: int
    posted: int
    silent: int
    unseen: int

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return self.posted + self.silent > 0


_LAYERS = ("unseen", "silent", "ring", "hole", "p1", "p2", "p3", "notch")
_SIDES = {"p1": 6, "p2": 8, "p3": 10}
"""Sides of the marks of 1, 2, and 3 or more posts: told apart without colour, none touching another."""
_GROUNDS = {Night.UNSEEN: ("unseen",), Night.SEEN: ("silent",), Night.RECONSTRUCTED: ("ring", "hole")}


def draw_calendar(row: ActivityRow, semester: Semester) -> Drawing:
    """Draw one account's semester; `row` is aligned with `semester.days()`.

    What is known of the nights is a ground, joined over whole stretches: hatched cells, or a line of
    dots, of which the mark of a post covers one. What has no extent, or is a background, would stay
    white on some paper, so every mark of a post is a filled square.
    """
    offset = semester.first_day.weekday()
    layers: defaultdict[str, list[str]] = defaultdict(list)
    for night, first, number in _stretches(row):
        ground = _cover if night is Night.UNSEEN else _dot
        for name in _GROUNDS[night]:
            layers[name] += (ground(*block) for block in _blocks(first + offset, number))
    for index, (posts, night) in enumerate(zip(row.posts, row.nights, strict=True)):
        column, line = divmod(index + offset, 7)
        x, y = LEFT + column * CELL, TOP + line * CELL
        if posts and night is not Night.NOT_DUE:
            name = f"p{min(posts, 3)}"
            layers[name].append(_square(x, y, _SIDES[name]))
            if night is Night.RECONSTRUCTED:
                layers["notch"].append(_square(x, y, 2))
    return Drawing(
        width=_width(semester),
        height=TOP + 7 * CELL,
        paths=tuple((name, "".join(layers[name])) for name in _LAYERS if layers[name]),
        first_day=semester.first_day,
        offset=offset,
        days="".join(_letter(p, n) for p, n in zip(row.posts, row.nights, strict=True)),
    )


def place_months(semester: Semester) -> tuple[tuple[int, int], ...]:
    """Where each month's name stands: `(x, month number)`, at the column of its first whole week."""
    offset = semester.first_day.weekday()
    places = []
    for index, day in enumerate(semester.days()):
        if day.day == 1:
            column = -(-(index + offset) // 7) if index else 0
            places.append((LEFT + column * CELL, day.month))
    return tuple(places)


def tally_nights(row: ActivityRow) -> Tally:
    """Count a calendar's states, for those who read words and not drawings."""
    known = [(p, n) for p, n in zip(row.posts, row.nights, strict=True) if n is not Night.NOT_DUE]
    posted = sum(p > 0 for p, _ in known)
    silent = sum(p == 0 and n.known for p, n in known)
    return Tally(sum(p for p, _ in known), posted, silent, sum(not p and not n.known for p, n in known))


def _width(semester: Semester) -> int:
    columns = -(-(semester.first_day.weekday() + len(semester.days())) // 7)
    return LEFT + columns * CELL


def _stretches(row: ActivityRow) -> Iterator[tuple[Night, int, int]]:
    """Nights of which the same is known, joined: the state, the first one's index, their number."""
    for night, group in groupby(enumerate(row.nights), key=lambda each: each[1]):
        indexes = [index for index, _ in group]
        if night is not Night.NOT_DUE:
            yield night, indexes[0], len(indexes)


def _blocks(first: int, number: int) -> Iterator[tuple[int, int, int, int]]:
    """A stretch as blocks of cells: the rest of a column, whole columns, the head of the last one.

    Each as `(column, line, columns, lines)`.
    """
    while number:
        column, line = divmod(first, 7)
        whole = line == 0 and number >= 7
        columns, lines = (number // 7, 7) if whole else (1, min(7 - line, number))
        yield column, line, columns, lines
        first, number = first + columns * lines, number - columns * lines


def _cover(column: int, line: int, columns: int, lines: int) -> str:
    return f"M{LEFT + column * CELL} {TOP + line * CELL}h{columns * CELL}v{lines * CELL}h-{columns * CELL}z"


def _dot(column: int, line: int, columns: int, lines: int) -> str:
    """Lines that the style breaks into one dot a cell: down a lone column, else along the rows."""
    x, y = LEFT + column * CELL + CELL / 2, TOP + line * CELL + CELL / 2
    if columns == 1:
        return f"M{x:g} {y:g}v{lines * CELL - CELL / 2:g}"
    return "".join(f"M{x:g} {y + n * CELL:g}h{columns * CELL - CELL / 2:g}" for n in range(lines))


def _square(x: int, y: int, side: int) -> str:
    inset = (CELL - side) / 2
    return f"M{x + inset:g} {y + inset:g}h{side}v{side}h-{side}z"


def _letter(posts: int, night: Night) -> str:
    digit = min(posts, 9)
    match night:
        case Night.NOT_DUE:
            return "."
        case Night.UNSEEN if not posts:
            return "?"
        case Night.RECONSTRUCTED:
            return "abcdefghij"[digit]
        case _:
            return str(digit)
