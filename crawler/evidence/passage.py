"""The passage of a captured page that names a date or a title, as a person can look it up. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Final
from zoneinfo import ZoneInfo

from activity.record import Record
from crawler.dates.text import find_dates
from crawler.extract.page.document import decode_body

__all__ = ["Passage", "find_day", "find_passage", "read_text"]

AROUND: Final = 120
"""Letters that are shown before and behind."""
MOST_LETTERS: Final = 5_000_000
_MOST_PLACES: Final = 2_000
_MOST_DATED: Final = 500_000
"""Letters in which days are looked for."""
_MOST_WORDS: Final = 60
"""Letters of a title that are looked for: a list often shortens it."""
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\(/)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something stands in a page.

    Attributes:
        before, found, after: the page's own words, each on one line.
    """

    before: str
    found: str
    after: str


def read_text(record: Record) -> str:
    """Read a record's body as text, at most some million letters of it."""
    body = record.body[: 4 * MOST_LETTERS]
    return decode_body(body, record.headers.get("content-type", ""))[:MOST_LETTERS]


def find_passage(text: str, wanted: str, near: str = "") -> Passage | None:
    """Find the place of the wanted words that is nearest to others; None where they stand nowhere.

    They are looked for as they stand, then behind the escapes of HTML and JSON, then between the marks.

    >>> find_passage("<b>Panen &amp; raya</b> <time>2 Maret 2026</time>", "Panen & raya")
    Passage(before='<b>', found='Panen & raya', after='</b> <time>2 Maret 2026</time>')
    """
    needle = _one_line(wanted)[:_MOST_WORDS].strip()
    if not needle:
        return None
    anchor = _one_line(near)[:_MOST_WORDS].strip()
    for view in _VIEWS:
        shown = _one_line(view(text))
        at = _nearest(shown, needle, anchor)
        if at is not None:
            return _cut(shown, at, at + len(needle))
    return None


def find_day(text: str, day: date, zone: ZoneInfo, received: datetime, near: str = "") -> Passage | None:
    """Find the place nearest to others where a day stands in whatever spelling; None where it stands nowhere.

    >>> zone, day = ZoneInfo("Asia/Makassar"), date(2026, 3, 2)
    >>> found = find_day("<p>Senin, 2 Maret 2026</p>", day, zone, datetime(2026, 3, 3, tzinfo=zone))
    >>> found and found.found
    'Senin, 2 Maret 2026'
    """
    shown = _one_line(_without_marks(text))[:_MOST_DATED]
    ends = {
        reading.start: reading.end
        for reading in find_dates(shown, now=received, zone=zone)
        if reading.precision.names_a_day and not reading.relative and reading.day(zone) == day
    }
    at = _choose(list(ends), shown, _one_line(near)[:_MOST_WORDS].strip())
    return None if at is None else _cut(shown, at, ends[at])


def _cut(shown: str, at: int, end: int) -> Passage:
    return Passage(shown[max(0, at - AROUND) : at], shown[at:end], shown[end : end + AROUND])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unescape_json(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "/", text)


def _without_marks(text: str) -> str:
    return unescape(_TAG.sub(" ", text))


_VIEWS: Final[tuple[Callable[[str], str], ...]] = (str, unescape, _unescape_json, _without_marks)


def _nearest(text: str, needle: str, anchor: str) -> int | None:
    return _choose(list(_find_all(text, needle)), text, anchor)


def _choose(places: Sequence[int], text: str, anchor: str) -> int | None:
    beside = list(_find_all(text, anchor)) if anchor else []
    if not places or not beside:
        return places[0] if places else None
    return min(places, key=lambda place: min(abs(place - other) for other in beside[:_MOST_NEAR]))


_MOST_NEAR: Final = 20


def _find_all(text: str, needle: str) -> Iterator[int]:
    at, count = text.find(needle), 0
    while at >= 0 and count < _MOST_PLACES:
        yield at
        at, count = text.find(needle, at + 1), count + 1
