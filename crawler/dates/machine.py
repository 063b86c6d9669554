"""Dates as programs write them, into feeds, meta elements and attributes."""

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import Precision
from crawler.dates.clock import TimeOfDay, place_on_day, read_offset
from crawler.dates.reading import DateReading, is_plausible, is_plausible_day
from crawler.dates.text import read_date

__all__ = ["read_machine_date"]

_ISO: Final = re.compile(
    r"\s*(?P<year>\d{4})(?P<dash>[-/.]?)(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})"
    r"(?:(?:\s?T\s?|\s{1,3})(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,:]\d{1,9})?)?"
    # A plus sign that went through a form arrives as a space: "08:00:00 07:00".
    r"(?:\s?(?P<zone>[A-Z]{1,4}|[+-]\d{2}:?(?:\d{2})?|\s\d{2}:\d{2}))?(?:\[[\w/]+\])?)?\s*",
    re.IGNORECASE,
)
_EPOCH: Final = re.compile(r"\s*(?P<seconds>\d{9,10})(?P<milli>\d{3})?(?:\.\d+)?\s*")


def read_machine_date(
    text: str, *, now: datetime, zone: ZoneInfo, day_first: bool = True, future_ok: bool = False
) -> DateReading | None:
    """Read the date of an ISO 8601, RFC 822 or RFC 2822 string, or of seconds since 1970.

    Indonesian names and WIB, WITA, WIT are read as well; what names no zone is in `zone`.
    00:00:00 means that the system knows the day only, whatever zone it writes behind.
    """
    match = _ISO.fullmatch(text)
    if match is not None:
        found = _read_iso(match, zone)
    elif (epoch := _EPOCH.fullmatch(text)) is not None:
        found = datetime.fromtimestamp(int(epoch["seconds"]), UTC), Precision.SECOND
    else:
        return read_date(text, now=now, zone=zone, day_first=day_first, future_ok=future_ok)
    if found is None or not is_plausible(found[0], now, future_ok=future_ok):
        return None
    return DateReading(found[0], found[1], 0, len(text), text.strip())


def _read_iso(match: re.Match[str], zone: ZoneInfo) -> tuple[datetime, Precision] | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not is_plausible_day(year, month, day) or (
        not match["dash"] and len(match["month"] + match["day"]) != 4
    ):
        return None
    clock = None
    if match["hour"] is not None:
        hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
        if hour > 24 or minute > 59 or second > 60:
            return None
        stated = (match["zone"] or "").strip()
        offset = read_offset(stated if not stated[:1].isdigit() else f"+{stated}") if stated else None
        if stated and offset is None:
            return None
        precision = Precision.MINUTE if match["second"] is None else Precision.SECOND
        clock = TimeOfDay(time(hour % 24, minute, min(second, 59)), precision, offset, 0, 0)
    return place_on_day(date(year, month, day), clock, zone)
