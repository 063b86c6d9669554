"""Posts that tell no day: when they came is known only as far as looks at their account bound it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from activity.post import Precision

__all__ = ["Arrival", "choose_arrivals", "may_be_from"]

# What a source says so finely may lie this much later; a dateline, as fine as a week, a few days.
_SLACK = {
    Precision.WEEK: timedelta(days=7),
    Precision.MONTH: timedelta(days=31),
    Precision.YEAR: timedelta(days=366),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a post came whose day nobody tells.

    Attributes:
        key: the post.
        met: night of the look that first showed it, on any of the agency's accounts.
        missed: night of the last look before at that account, which did not show it; None where the post
            stood in the first list that was ever read of it, so that it may be of any age.
    """

    key: str
    met: date
    missed: date | None


def may_be_from(
    day: date, published_at: datetime | None, precision: Precision | None, zone: ZoneInfo
) -> bool:
    """Tell whether what a post says of its time leaves open that it came on that day or later.

    >>> may_be_from(date(2026, 3, 1), None, None, ZoneInfo("Asia/Makassar"))
    True
    """
    if published_at is None or precision is None:
        return True
    return published_at.astimezone(zone).date() + _SLACK.get(precision, timedelta(0)) >= day


def choose_arrivals(arrivals: Iterable[Arrival], first_day: date, last_day: date) -> tuple[Arrival, ...]:
    """Choose those that say something of the days from the first to the last, by night and key.

    So do all that were met within them, and of those from before the newest one that came between two looks.
    """
    known = (each for each in arrivals if each.met <= last_day)
    ordered = sorted(known, key=lambda each: (each.met, each.key))
    before = [each for each in ordered if each.met < first_day and each.missed is not None]
    return (*before[-1:], *(each for each in ordered if each.met >= first_day))
