"""A semester of one account as a drawing: weeks are columns, days rows, Monday on top.

Each state is one SVG path, and days in a row are one line of it, which the style breaks into a mark a day:
so a page of a whole city stays small.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from activity.ranking import ActivityRow
from activity.semester import Night, Semester

__all__ = ["CELL", "LEFT", "TOP", "CalendarTally", "Drawing", "draw_calendar", "place_months", "tally_nights"]

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
class CalendarTally:
    """A calendar in words: posts, and days or nights of each state."""

    posts: int
    posted: int
    silent: int
    unseen: int

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return self.posted + self.silent > 0


_SIDES = {"p1": 6, "p2": 8, "p3": 10}
"""Sides of the marks of 1, 2, and 3 or more posts: told apart without colour, none touching another."""
_NOTCH = 2
_Lay = Callable[[int, int, int, int], str]
"""Draws a block of cells: `(column, line, columns, lines)`."""


def draw_calendar(row: ActivityRow, semester: Semester) -> Drawing:
    """Draw one account's semester; `row` is aligned with `semester.days()`.

    What is known of the nights is a ground: hatched cells, or a dot each, which a post's mark covers. A
    larger mark covers the smaller one that every day with a post has. What has no extent, or is a background,
    would stay white on some paper, so a mark of a post is a dash as long as it is wide.
    """
    days, offset = list(zip(row.posts, row.nights, strict=True)), semester.first_day.weekday()

    def lay(on: Callable[[int, Night], bool], draw: _Lay) -> str:
        stretches = groupby(enumerate(on(*day) for day in days), key=lambda each: each[1])
        lasting = (list(group) for held, group in stretches if held)
        blocks = (block for each in lasting for block in _blocks(each[0][0] + offset, len(each)))
        return "".join(draw(*block) for block in blocks)

    def post(least: int) -> Callable[[int, Night], bool]:
        return lambda posts, night: posts >= least and night is not Night.NOT_DUE

    rebuilt = lay(lambda _, night: night is Night.RECONSTRUCTED, _lines(CELL / 2, CELL / 2))
    layers = {
        "unseen": lay(lambda _, night: night is Night.UNSEEN, _cover),
        "silent": lay(lambda _, night: night.known, _lines(CELL / 2, CELL / 2)),
        "ring": rebuilt,
        "hole": rebuilt,
        **{name: lay(post(n), _marks(side)) for n, (name, side) in enumerate(_SIDES.items(), 1)},
        "notch": lay(lambda posts, night: posts > 0 and night is Night.RECONSTRUCTED, _marks(_NOTCH)),
    }
    return Drawing(
        width=_width(semester),
        height=TOP + 7 * CELL,
        paths=tuple((name, path) for name, path in layers.items() if path),
        first_day=semester.first_day,
        offset=offset,
        days="".join(_letter(*day) for day in days),
    )


def place_months(semester: Semester) -> tuple[tuple[int, int], ...]:
    """Tell where each month's name stands: `(x, month number)`, at the column of its first whole week."""
    offset = semester.first_day.weekday()
    places = []
    for index, day in enumerate(semester.days()):
        if day.day == 1:
            column = -(-(index + offset) // 7) if index else 0
            places.append((LEFT + column * CELL, day.month))
    return tuple(places)


def tally_nights(row: ActivityRow) -> CalendarTally:
    """Count a calendar's states, for those who read words and not drawings."""
    known = [(p, n) for p, n in zip(row.posts, row.nights, strict=True) if n is not Night.NOT_DUE]
    posted = sum(p > 0 for p, _ in known)
    silent = sum(p == 0 and n.known for p, n in known)
    return CalendarTally(
        sum(p for p, _ in known), posted, silent, sum(not p and not n.known for p, n in known)
    )


def _width(semester: Semester) -> int:
    columns = -(-(semester.first_day.weekday() + len(semester.days())) // 7)
    return LEFT + columns * CELL


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


def _marks(side: int) -> _Lay:
    """Dashes of this length, one a cell, in its middle."""
    return _lines((CELL - side) / 2, side)


def _lines(inset: float, last: float) -> _Lay:
    """Lines that the style breaks into one mark a cell: down a lone column, else along the rows.

    Args:
        inset: from the first cell's edge to the beginning.
        last: length in the last cell.
    """

    def draw(column: int, line: int, columns: int, lines: int) -> str:
        x, y, middle = LEFT + column * CELL, TOP + line * CELL, CELL / 2
        if columns == 1:
            return f"M{x + middle:g} {y + inset:g}v{(lines - 1) * CELL + last:g}"
        length = (columns - 1) * CELL + last
        rows = (y + n * CELL + middle for n in range(lines))
        return "".join(f"M{x + inset:g} {row:g}h{length:g}" for row in rows)

    return draw


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
