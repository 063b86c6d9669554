"""Semesters, days and nights in local time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from activity.errors import ConfigError

__all__ = ["Night", "Semester", "night_of"]

_SHAPE = re.compile(r"(\d{4})-?[sS]([12])")


class Night(StrEnum):
    """What is known of one night of one account (design principle 1)."""

    SEEN = "seen"
    RECONSTRUCTED = "reconstructed"
    UNSEEN = "unseen"
    NOT_DUE = "not due"

    @property
    def known(self) -> bool:
        """Whether it is known if something was posted."""
        return self is Night.SEEN or self is Night.RECONSTRUCTED


@dataclass(frozen=True, slots=True, order=True)
class Semester:
    """Half a year of local days, `[first_day, end_day)`.

    >>> Semester.parse("2026-S1").end_day
    datetime.date(2026, 7, 1)
    """

    year: int
    half: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-S1`; raises ConfigError for anything else."""
        match = _SHAPE.fullmatch(text.strip())
        if match is None or not 1995 <= int(match[1]) <= 2999:
            raise ConfigError(
                "Unknown semester {text!r}.", "Write it as 2026-S1 (January to June) or 2026-S2.", text=text
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The semester a local day falls in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    def __str__(self) -> str:
        return f"{self.year}-S{self.half}"

    @property
    def first_day(self) -> date:
        """1 January or 1 July."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end_day(self) -> date:
        """The first day after it."""
        return date(self.year, 7, 1) if self.half == 1 else date(self.year + 1, 1, 1)

    @property
    def previous(self) -> "Semester":
        """The one before."""
        return Semester(self.year, 1) if self.half == 2 else Semester(self.year - 1, 2)

    def days(self) -> tuple[date, ...]:
        """Every local day, in order: 181, 182 or 184 of them."""
        return _days(self)

    def weeks(self) -> tuple[range, ...]:
        """Indices into `days()`, seven at a time from the first day.

        A remainder shorter than four days joins the last week, so that no week is unfairly short.
        """
        count = (self.end_day - self.first_day).days
        starts = list(range(0, count, 7))
        if count - starts[-1] < 4:
            starts.pop()
        return tuple(range(a, b) for a, b in zip(starts, [*starts[1:], count], strict=True))

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The half-open interval of moments, aware in `zone`."""
        return (
            datetime.combine(self.first_day, time(), zone),
            datetime.combine(self.end_day, time(), zone),
        )


@lru_cache(maxsize=8)
def _days(semester: Semester) -> tuple[date, ...]:
    """Listed once: asked for with every account."""
    count = (semester.end_day - semester.first_day).days
    return tuple(semester.first_day + timedelta(days=n) for n in range(count))


def night_of(moment: datetime, zone: ZoneInfo) -> date:
    """The night a moment belongs to: a night runs from local noon to noon, named by its evening.

    >>> night_of(datetime(2026, 3, 2, 1, 30, tzinfo=ZoneInfo("Asia/Jakarta")), ZoneInfo("Asia/Jakarta"))
    datetime.date(2026, 3, 1)
    """
    return (moment.astimezone(zone) - timedelta(hours=12)).date()
