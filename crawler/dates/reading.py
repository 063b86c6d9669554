"""What a string says about a moment, and the bounds within which it is believed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import Precision

__all__ = ["EARLIEST_YEAR", "DateReading", "is_plausible", "is_plausible_day", "local_midnight"]

EARLIEST_YEAR: Final = 1995
_LATEST_YEAR: Final = 2100
_AHEAD: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DateReading:
    """One date found in a text.

    Attributes:
        at: aware, UTC; with precision DAY local midnight, with a coarser one the middle of the interval.
        start: where it begins in the text.
        end: where it ends, half open.
        raw: the string as it stood there.
        relative: whether it was told as a distance from now.
        brief: whether its year is two figures behind a blank, as a count beside a day is: "12 Jan 26".
    """

    at: datetime
    precision: Precision
    start: int
    end: int
    raw: str
    relative: bool = False
    brief: bool = False

    def day(self, zone: ZoneInfo) -> date:
        """Tell the local day it falls on."""
        return self.at.astimezone(zone).date()


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    """Find the moment a local day begins, as UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def is_plausible(at: datetime, now: datetime, *, future_ok: bool) -> bool:
    """Tell whether a moment lies in 1995 … now + 2 days: offices had no site before, and zones differ."""
    return at.year >= EARLIEST_YEAR and (at.year <= _LATEST_YEAR if future_ok else at <= now + _AHEAD)


def is_plausible_day(year: int, month: int, day: int) -> bool:
    """Tell whether the three numbers name a day of the calendar that a site could have published on."""
    if not (EARLIEST_YEAR <= year <= _LATEST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
