"""What a night is to read: how far back, and of whom everything. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from activity.errors import ConfigError
from activity.semester import Semester
from activity.visit import Window
from desk.setting.config import parse_moment

__all__ = ["is_thorough", "plan_window"]

# In the first month after a semester its last posts may still surface, on sites that were down.
_LOOK_BACK = timedelta(days=31)
_THOROUGH_EVERY = 28


def is_thorough(account: int, night: date, first: date, seen: date | None = None) -> bool:
    """Tell whether an account's list is read back to the window's start tonight.

    Each account's turn comes every four weeks, and everybody's on a semester's last night, so that what
    was slipped in below the head of a list is known before anybody is judged. In the four weeks after
    the `first` night of all, every list has just been read. A turn that fell on a night without a crawl, or
    on one on which the site did not answer, is made up for on the next one.

    Args:
        seen: the last night on which the account's list was read; None where that is not known.

    >>> night, first = date(2026, 5, 30), date(2026, 1, 5)
    >>> is_thorough(3, night, first, seen=date(2026, 5, 21)), is_thorough(3, night, first, date(2026, 5, 20))
    (False, True)
    """
    last = Semester.of(night).end_day - timedelta(days=1)
    turn = night - timedelta(days=(account + night.toordinal()) % _THOROUGH_EVERY)
    ended = night if night == last else Semester.of(night).first_day - timedelta(days=1)
    due = [ended, turn] if (turn - first).days >= _THOROUGH_EVERY else [ended]
    return night in due or (seen is not None and seen < max(due))


def plan_window(now: datetime, zone: ZoneInfo, since: str | None = None) -> Window:
    """The time whose posts are wanted: the semester, and for its first month the one before too.

    Raises ConfigError for a `since` that is no date or lies ahead.
    """
    if since is not None:
        start = parse_moment(since if len(since) > 10 else f"{since}T00:00", zone, "--since")
        if start > now:
            raise ConfigError("--since: {since} lies ahead.", "Name a day that has begun.", since=since)
        return Window(start, now)
    first: date = Semester.of((now - _LOOK_BACK).astimezone(zone).date()).first_day
    return Window(datetime.combine(first, time(), zone), now)
