"""Until when a server asks to be left alone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["read_retry"]

_ASKING = {429, 503}
_LONGEST = timedelta(days=1)


def read_retry(status: int | None, headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Read an answer's `Retry-After`, in seconds or as a date; None where it asks for nothing.

    Longer than a day is a day: tonight it is not asked again.

    Args:
        headers: names in lower case.
        now: aware.

    >>> read_retry(429, {"retry-after": "90"}, datetime(2026, 3, 2, 18, tzinfo=UTC)).isoformat()
    '2026-03-02T18:01:30+00:00'
    """
    value = headers.get("retry-after", "").strip()
    if status not in _ASKING or not value:
        return None
    if value.isdecimal():
        seconds = min(int(value[:9]), _LONGEST.total_seconds())
        return now + timedelta(seconds=seconds)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    until = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return min(until, now + _LONGEST) if until > now else None
