"""Figures of days beside the titles of an archive, the month in a heading above: "June", then "26"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from activity.post import Precision
from crawler.dates import DateReading
from crawler.dates.label import Label
from crawler.dates.reading import local_midnight
from crawler.dates.word import MONTH_PATTERN, MONTHS
from crawler.extract.article.witness import Setting
from crawler.extract.lists.date.found import FoundDate, line_at
from crawler.extract.lists.date.partial import Partial
from crawler.extract.lists.date.prose import ProseStanding, count_title_words
from crawler.extract.lists.path import CELLS, TagPaths
from crawler.extract.page.outline import INLINE, Outline
from crawler.extract.page.region import is_frame

__all__ = ["find_monthly_days", "says_month"]

# "June", "Juni 2026", "Bulan Juni 2026 (5)".
_MONTH: Final = re.compile(
    rf"\W*(?:bulan\s)?(?P<month>{MONTH_PATTERN})\W*(?P<year>(?:19|20)\d\d)?(?:\W{{1,4}}\d{{1,4}}(?:\s\w{{1,9}})?)?\W*",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\W*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\W*")
_LONGEST: Final = 30
# A calendar shows one month, and a counter falls for a while by chance.
_FEWEST_MONTHS: Final = 2
_FEWEST_STEPS: Final = 3
_TITLE_WORDS: Final = 2
_AHEAD: Final = timedelta(days=1)
_LAST_DAY: Final = 31
# A month without a year may be one of a leap year.
_LEAP: Final = 2024


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that opens a line, and the month above it, by the number of its heading."""

    day: int
    index: int
    line: int
    heading: int


def find_monthly_days(outline: Outline, setting: Setting) -> Iterator[FoundDate]:
    """Find days told by a figure beside each title and by the month that heads several of them.

    The figures of one place must all fall within their months, or all rise, with a title behind each: those
    of a calendar have none, and readers or comments come in no order (bucket3: each article was read).
    """
    headings = _find_headings(outline)
    if len(headings) < _FEWEST_MONTHS:
        return
    paths = TagPaths(outline)
    places: defaultdict[int, list[_Figure]] = defaultdict(list)
    for figure in _find_figures(outline, [line for line, _ in headings]):
        places[paths.of(outline.parents[figure.index])].append(figure)
    for figures in places.values():
        if _are_days(outline, figures):
            found = (_as_found(outline, setting, figure, headings[figure.heading][1]) for figure in figures)
            yield from filter(None, found)


def says_month(text: str) -> bool:
    """Tell whether a text is no more than a month's name, with a year or a count or without.

    >>> says_month("Januari 2025 (4)"), says_month("Januari 2025 penuh hujan")
    (True, False)
    """
    return _MONTH.fullmatch(text) is not None


def _find_headings(outline: Outline) -> list[tuple[int, re.Match[str]]]:
    """The months that stand in a line of their own, each with that line's number."""
    short = ((number, line.text) for number, line in enumerate(outline.lines) if len(line.text) <= _LONGEST)
    return [(number, match) for number, text in short if (match := _MONTH.fullmatch(text)) is not None]


def _find_figures(outline: Outline, headings: Sequence[int]) -> Iterator[_Figure]:
    """The figures below each heading that open a line, or are all of it."""
    for number, (first, behind) in enumerate(pairwise([*headings, len(outline.lines)])):
        for place in range(first + 1, behind):
            line = outline.lines[place]
            match = _FIGURE.fullmatch(line.parts[0])
            if match is not None and not is_frame(outline, line.first):
                yield _Figure(int(match["day"]), line.first, place, number)


def _are_days(outline: Outline, figures: Sequence[_Figure]) -> bool:
    """Whether figures of one place go on steadily within each month, and a title stands behind each."""
    steps = [b.day - a.day for a, b in pairwise(figures) if a.heading == b.heading]
    steady = all(step <= 0 for step in steps) or all(step >= 0 for step in steps)
    if sum(map(bool, steps)) < _FEWEST_STEPS or not steady or _are_numbers(figures):
        return False
    ends = [*(figure.line for figure in figures[1:]), min(figures[-1].line + 3, len(outline.lines))]
    told = all(
        _has_title(outline, _begin_row(outline, figure), end)
        for figure, end in zip(figures, ends, strict=True)
    )
    return told and len({figure.heading for figure in figures}) >= _FEWEST_MONTHS


def _are_numbers(figures: Sequence[_Figure]) -> bool:
    """Whether figures count a table's rows, over all its months or anew in each (the awkward site 2147455).

    Who posts once a day, the oldest first, is left to the articles.
    """
    if any(not 1 <= figure.day <= _LAST_DAY for figure in figures):
        return True
    steps = [b.day - a.day for a, b in pairwise(figures)]
    within = [b.day - a.day for a, b in pairwise(figures) if a.heading == b.heading]
    return set(steps) in ({1}, {-1}) or within.count(1) * 4 > len(within) * 3


def _begin_row(outline: Outline, figure: _Figure) -> int:
    """The first line of a figure's row, where it has a cell of its own: the title may stand before it.

    So it is with the last row, which has none behind it either (the awkward site 2111107).
    """
    cell = outline.parents[figure.index]
    if outline.tags[cell] not in CELLS or len(outline.lines[figure.line].parts) > 1:
        return figure.line
    return line_at(outline, outline.parents[cell]) + 1


def _has_title(outline: Outline, line: int, end: int) -> bool:
    return any(
        count_title_words(each.text) >= _TITLE_WORDS for each in outline.lines[line : max(end, line + 1)]
    )


def _as_found(
    outline: Outline, setting: Setting, figure: _Figure, heading: re.Match[str]
) -> FoundDate | None:
    """A figure as the day that it is; None where its month has no such day, or it has not come."""
    month, year = MONTHS[heading["month"].lower().rstrip(".")], heading["year"]
    text = " ".join(filter(None, (str(figure.day), heading["month"], year)))
    partial: Partial | None = Partial(figure.day, month)
    reading = None
    try:
        day = date(int(year or _LEAP), month, figure.day)
    except ValueError:
        return None
    if year and day > (setting.now + _AHEAD).astimezone(setting.zone).date():
        return None
    if year:
        start = local_midnight(day, setting.zone)
        partial, reading = None, DateReading(start, Precision.DAY, 0, len(text), text)
    place, pure = _place_of(outline, figure), ProseStanding.PURE
    return FoundDate(figure.index, place, figure.line, text, reading, Label.NONE, pure, partial=partial)


def _place_of(outline: Outline, figure: _Figure) -> int:
    """The element that is about a figure: the block of its line, or its own where the title follows."""
    own = outline.parents[figure.index]
    alone = len(outline.lines[figure.line].parts) == 1
    while alone and outline.tags[own] in INLINE and outline.parents[own] > 0:
        own = outline.parents[own]
    return own
