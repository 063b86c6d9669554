"""A semester of one account as a drawing: weeks are columns, days rows, Monday on top.

Each state is one SVG path in cells, and days in a row are one line of it, down a column, which the style
breaks into a mark a day. What nearly every day has, the dot of a night that is known, is drawn once for all
accounts; what is not known or not due covers it. So a page of a whole city stays small.
"""

import re
from dataclasses import dataclass

from activity.ranking import ActivityRow
from activity.semester import Night, Semester

__all__ = [
    "CELL",
    "LEFT",
    "TOP",
    "CalendarTally",
    "Drawing",
    "draw_calendar",
    "draw_ground",
    "place_months",
    "tally_nights",
]

CELL = 11
"""Side of a day's cell in the drawing's units."""
LEFT = 22
"""Room for the names of the days."""
TOP = 14
"""Room for the names of the months."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a calendar shows on the ground of its semester.

    Attributes:
        width, height: of the drawing, in its own units.
        paths: `(class, path data)` from the bottom layer to the top, in cells; a line runs down the middle of
            its column.
        many: which days have more posts than the largest mark tells of, and how many (9 is nine or more),
            for a pointer to read: `40:5,41:9`, counted from the semester's first day.
        tally: the same in words.
    """

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]
    many: str
    tally: "CalendarTally"


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


_CODES = {
    Night.SEEN: "0123456789",
    Night.RECONSTRUCTED: "abcdefghij",
    Night.UNSEEN: "?klmnopqrs",
    Night.NOT_DUE: "..........",
}
"""A day as one letter: by what is known of its night, then by its posts; nine stand for more."""
_DIGIT = {letter: digit for codes in _CODES.values() for digit, letter in enumerate(codes)}
_LAYERS = {
    "blank": re.compile(r"\.+"),
    "unseen": re.compile("[?k-s]+"),
    "ring": re.compile("a+"),
    "hole": re.compile("a+"),
    "p1": re.compile("[1bk](?:[1-9b-jk-s]*[1bk])?"),
    "p2": re.compile("[2cl](?:[2-9c-jl-s]*[2cl])?"),
    "p3": re.compile("[3-9d-jm-s]+"),
    "notch": re.compile("[b-j]+"),
}
"""Which letters of a column each layer marks, the bottom layer first.

A larger mark covers a smaller one, which so may go on below it. What has no extent, or is a background, would
stay white on some paper, so a mark of a post is a dash as long as it is wide.
"""
_MANY = re.compile("[4-9e-jn-s]")


def draw_calendar(row: ActivityRow, semester: Semester) -> Drawing:
    """Draw one account's semester; `row` is aligned with `semester.days()`."""
    code = _encode(row)
    columns = _stack(code, semester)
    layers = ((name, _draw(letters, columns)) for name, letters in _LAYERS.items())
    return Drawing(
        width=_width(semester),
        height=TOP + 7 * CELL,
        paths=tuple((name, path) for name, path in layers if path),
        many=",".join([f"{day.start()}:{_DIGIT[day[0]]}" for day in _MANY.finditer(code)]),
        tally=_count(row, code),
    )


def draw_ground(semester: Semester) -> str:
    """The path of all its days, on which every calendar of a semester lies."""
    return _draw(_LAYERS["blank"], _stack("." * len(semester.days()), semester))


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
    return _count(row, _encode(row))


def _encode(row: ActivityRow) -> str:
    days = zip(row.posts, row.nights, strict=True)
    return "".join([_CODES[night][posts if posts < 9 else 9] for posts, night in days])


def _count(row: ActivityRow, code: str) -> CalendarTally:
    posted = len(code) - sum(map(code.count, "?.0a"))
    posts = sum(posts for posts, letter in zip(row.posts, code, strict=True) if letter != ".")
    return CalendarTally(posts, posted, code.count("0") + code.count("a"), code.count("?"))


def _width(semester: Semester) -> int:
    columns = -(-(semester.first_day.weekday() + len(semester.days())) // 7)
    return LEFT + columns * CELL


def _stack(code: str, semester: Semester) -> str:
    """A semester's days column by column, so that nothing that is looked for goes on in the next one."""
    days = " " * semester.first_day.weekday() + code
    return "|".join([days[first : first + 7] for first in range(0, len(days), 7)])


def _draw(letters: re.Pattern[str], columns: str) -> str:
    """A line for each stretch of these letters, from where the one before has ended."""
    parts = []
    x = y = 0
    for stretch in letters.finditer(columns):
        column, line = divmod(stretch.start(), 8)
        last = stretch.end() - 8 * column
        right, down = column - x, line - y
        parts.append(f"m{right}{down}v{last - line}" if down < 0 else f"m{right} {down}v{last - line}")
        x, y = column, last
    return "".join(parts)
