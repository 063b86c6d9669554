"""Dates in what people read: a short string, or running text."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import Precision
from crawler.dates.absolute import find_absolute
from crawler.dates.label import Label, read_label
from crawler.dates.reading import DateReading, is_plausible, local_midnight
from crawler.dates.relative import find_relative
from crawler.dates.word import MONTH_PATTERN, MONTHS

__all__ = ["find_dates", "read_date"]

_MONTH_ALONE: Final = re.compile(
    rf"\W*(?P<month>{MONTH_PATTERN})[\s,/-]{{1,3}}(?P<year>(?:19|20)\d{{2}})\W*", re.IGNORECASE
)
# A string longer than this is prose, and prose that names one day is not dated by it.
_SHORT: Final = 400


def find_dates(
    text: str, *, now: datetime, zone: ZoneInfo, day_first: bool = True, future_ok: bool = False
) -> tuple[DateReading, ...]:
    """Find every date in running text, in order, with spans.

    Bare years, months and days without a year are no dates; nor is anything outside 1995 … now + 2 days.
    """
    find = _find_known if len(text) <= _SHORT else _find
    return find(text, now, zone, day_first, future_ok)


def _find(
    text: str, now: datetime, zone: ZoneInfo, day_first: bool, future_ok: bool
) -> tuple[DateReading, ...]:
    absolute = tuple(find_absolute(text, now=now, zone=zone, day_first=day_first, future_ok=future_ok))
    relative = tuple(find_relative(text, now=now, zone=zone))
    if not relative:
        return absolute
    return tuple(sorted((*absolute, *relative), key=lambda reading: reading.start))


# Home page, list and articles show the same lines: of a first visit's, three in four were read before.
_find_known = lru_cache(maxsize=4_096)(_find)


def read_date(
    text: str, *, now: datetime, zone: ZoneInfo, day_first: bool = True, future_ok: bool = False
) -> DateReading | None:
    """Read the one publication date a short string states.

    None when it states none, when it states several that differ, or when the only one is labelled
    as the day of an edit. A month alone ("Maret 2023") is read only where nothing else stands.

    >>> from datetime import UTC
    >>> now, zone = datetime(2024, 3, 15, tzinfo=UTC), ZoneInfo("Asia/Jakarta")
    >>> read_date("Selasa Pon, 5 Sept 2023 pukul 07.00 WIB", now=now, zone=zone).at
    datetime.datetime(2023, 9, 5, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if len(text) > _SHORT:
        return None
    found = find_dates(text, now=now, zone=zone, day_first=day_first, future_ok=future_ok)
    labelled = [(reading, read_label(text[: reading.start])) for reading in found]
    stated = [reading for reading, label in labelled if label is Label.PUBLISHED]
    kept = stated or [reading for reading, label in labelled if label is Label.NONE]
    if not found:
        return _read_month(text, now=now, zone=zone, future_ok=future_ok)
    return _agreed(kept, zone)


def _agreed(readings: list[DateReading], zone: ZoneInfo) -> DateReading | None:
    """The finest of several that name one day; an absolute date outweighs "3 tahun yang lalu" beside it."""
    if len(readings) == 1:
        return readings[0]
    exact = [reading for reading in readings if not reading.relative] or readings
    if len({reading.day(zone) for reading in exact}) != 1:
        return None
    return min(exact, key=lambda reading: reading.precision.coarseness)


def _read_month(text: str, *, now: datetime, zone: ZoneInfo, future_ok: bool) -> DateReading | None:
    match = _MONTH_ALONE.fullmatch(text)
    if match is None:
        return None
    month = MONTHS[match["month"].lower().rstrip(".")]
    first = local_midnight(datetime(int(match["year"]), month, 1, tzinfo=zone).date(), zone)
    if not is_plausible(first, now, future_ok=future_ok):
        return None
    return DateReading(first + timedelta(days=15), Precision.MONTH, 0, len(text), text.strip())
