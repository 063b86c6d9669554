"""A semester of one account as a drawing: weeks are columns, days rows, Monday on top.

Each state is one SVG path, whatever the number of days, so that a city's page stays small.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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


def draw_calendar(row: ActivityRow, semester: Semester) -> Drawing:
    """Draw one account's semester; `row` is aligned with `semester.days()`."""
    offset = semester.first_day.weekday()
    layers: defaultdict[str, list[str]] = defaultdict(list)
    layers["unseen"] = [_band(*run) for run in _unseen_runs(row, offset)]
    for index, (posts, night) in enumerate(zip(row.posts, row.nights, strict=True)):
        column, line = divmod(index + offset, 7)
        spot = f"M{LEFT + column * CELL + CELL / 2:g} {TOP + line * CELL + CELL / 2:g}h0"
        for layer in _marks(posts, night):
            layers[layer].append(spot)
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


def _marks(posts: int, night: Night) -> Iterator[str]:
    """The layers in which a day leaves a mark; a post is shown even where nobody looked that night."""
    if night is Night.NOT_DUE:
        return
    if posts:
        yield f"p{min(posts, 3)}"
    elif night.known:
        yield "silent" if night is Night.SEEN else "ring"
    if night is Night.RECONSTRUCTED:
        yield "notch" if posts else "hole"


def _unseen_runs(row: ActivityRow, offset: int) -> Iterator[tuple[int, int, int]]:
    """Unseen nights joined down their column, as `(column, first line, number)`."""
    run: tuple[int, int, int] | None = None
    for index, night in enumerate(row.nights):
        column, line = divmod(index + offset, 7)
        if run is not None and (night is not Night.UNSEEN or column != run[0]):
            yield run
            run = None
        if night is Night.UNSEEN:
            run = (column, line, 1) if run is None else (run[0], run[1], run[2] + 1)
    if run is not None:
        yield run


def _band(column: int, line: int, number: int) -> str:
    return f"M{LEFT + column * CELL} {TOP + line * CELL}h{CELL}v{number * CELL}h-{CELL}z"


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
