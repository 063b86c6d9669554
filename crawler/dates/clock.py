"""The time of day beside a date, and the zone it is told in."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import Precision
from crawler.dates.reading import local_midnight
from crawler.dates.word import CLOCK, WEEKDAY_PATTERN, ZONES

__all__ = ["TimeOfDay", "place_on_day", "read_clock_after", "read_clock_before", "read_offset"]

_GAP: Final = r"[\s,;|•·()/\u2013—-]{0,6}"
_AFTER: Final = re.compile(rf"(?:T|{_GAP}){CLOCK.format(n='')}", re.IGNORECASE)
# "10:30 WIB, Rabu 5 Maret 2023": the clock first, then perhaps the weekday.
_BEFORE: Final = re.compile(
    rf"(?<![\d:.]){CLOCK.format(n='')}[\s,;|•·\u2013—-]{{0,6}}(?:(?:on|pada|{WEEKDAY_PATTERN})\s?,?\s{{0,3}}){{0,2}}$",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(
    r"(?P<name>[A-Z]+)?\s?(?:(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)?", re.I
)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day; `offset` is None where the text names no zone."""

    at: time
    precision: Precision
    offset: timedelta | None
    start: int
    end: int


def read_clock_after(text: str, position: int) -> TimeOfDay | None:
    """Read the time of day that begins right behind a date, None when none does."""
    match = _AFTER.match(text, position)
    if match is None:
        return None
    # "24 Nov 2026, 22.10" and nothing behind it: neither a price nor a count ends what begins with a date.
    alone = len(match["hour"]) == 2 and not text[match.end() :].strip()
    return _clock(match, dotted=alone)


def read_clock_before(text: str, position: int) -> TimeOfDay | None:
    """Read the time of day that ends right in front of a date, None when none does."""
    begin = max(0, position - 40)
    near = text[begin:position]
    # Most dates stand first in their line or behind words; the search is dear.
    if ":" not in near and "." not in near:
        return None
    match = _BEFORE.search(near)
    return None if match is None else _clock(match, begin)


def read_offset(zone: str) -> timedelta | None:
    """Read the distance from UTC that a zone's name or figures tell; None when it is unknown.

    >>> read_offset("WITA") == read_offset("+08:00") == timedelta(hours=8)
    True
    """
    match = _OFFSET.fullmatch(zone.strip())
    if match is None:
        return None
    offset = ZONES.get((match["name"] or "UTC").upper())
    if offset is None or match["sign"] is None:
        return offset
    shift = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if shift > timedelta(hours=14):
        return None
    # "GMT+7" adds; in "WIB +0700" the figures repeat the name.
    return -shift if match["sign"] == "-" else shift


def place_on_day(day: date, clock: TimeOfDay | None, zone: ZoneInfo) -> tuple[datetime, Precision]:
    """Place a clock on a day: the moment, as UTC, and how finely it is known.

    A clock of exactly 00:00:00 is what a system writes that knows the day only: it stays a day.
    """
    if clock is None or (clock.at == time() and clock.precision is Precision.SECOND):
        return local_midnight(day, zone), Precision.DAY
    tz = zone if clock.offset is None else timezone(clock.offset)
    return datetime.combine(day, clock.at, tz).astimezone(UTC), clock.precision


def _clock(match: re.Match[str], shift: int = 0, *, dotted: bool = False) -> TimeOfDay | None:
    if match["colon"] is None and not (dotted or match["word"] or match["zone"] or match["half"]):
        return None
    hour, minute, second = int(match["hour"]) % 24, int(match["minute"]), int(match["second"] or 0)
    if match["half"] is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return TimeOfDay(
        time(hour, minute, second),
        Precision.MINUTE if match["second"] is None else Precision.SECOND,
        None if match["zone"] is None else read_offset(match["zone"]),
        match.start() + shift,
        match.end() + shift,
    )
