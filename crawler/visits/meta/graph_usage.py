"""How much of a token's call limit is used up, and how long to wait for it; both pure.

Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

__all__ = ["Bucket", "Pause", "Usage", "find_bucket", "plan_pause", "read_usage"]

SLOW_AT = 80.0
STOP_AT = 95.0
_APP, _PAGE, _BUSINESS = "x-app-usage", "x-page-usage", "x-business-use-case-usage"
_DISCOVERY = "business_discovery"
_FIGURES = ("call_count", "total_time", "total_cputime")
_LONGEST_PAUSE = 60.0


class Bucket(StrEnum):
    """Which of Meta's business use cases a call is counted in; `type` in the header."""

    INSTAGRAM = "instagram"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Usage:
    """The limit that is nearest to its end.

    Attributes:
        percent: 0 to 100 and beyond; 0 too when no header came, as Meta sends none on a quiet token.
        regain: until Meta lets a blocked caller in again; zero when it is not blocked.
    """

    percent: float = 0.0
    regain: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Pause:
    """What to do before the next call with the same token.

    Attributes:
        seconds: to wait first.
        stop: make no further call in this run.
    """

    seconds: float = 0.0
    stop: bool = False


def find_bucket(url: str) -> Bucket:
    """Find the use case of a call, by its address.

    >>> find_bucket("https://graph.facebook.com/v27.0/77/published_posts?limit=100")
    <Bucket.PAGES: 'pages'>
    """
    return Bucket.INSTAGRAM if _DISCOVERY in url else Bucket.PAGES


def read_usage(headers: Mapping[str, str], bucket: Bucket | None = None) -> Usage:
    """Read the highest percentage that an answer's headers state; names in lower case.

    One answer tells of all that a business does: its advertisements may stand at their limit while
    nothing was read. So of the use cases only the call's own counts, and one that names none.

    Args:
        bucket: the call's own; None counts every one.

    >>> read_usage({"x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":25}'}).percent
    28.0
    """
    entries = [*_entries(headers.get(_APP, ""))]
    if bucket is not Bucket.INSTAGRAM:
        entries += _entries(headers.get(_PAGE, ""))
    business = _entries(headers.get(_BUSINESS, ""))
    entries += [entry for entry in business if bucket is None or entry.get("type", bucket) == bucket]
    percent = max((_figure(entry, name) for entry in entries for name in _FIGURES), default=0.0)
    minutes = max((_figure(entry, "estimated_time_to_regain_access") for entry in entries), default=0.0)
    return Usage(percent, timedelta(minutes=min(minutes, 1e6)))


def plan_pause(usage: Usage) -> Pause:
    """Plan no pause below 80 %, from there a wait that grows to a minute, a stop at 95 % or when blocked.

    >>> plan_pause(Usage(80.0)).seconds, plan_pause(Usage(95.0)).stop
    (4.0, True)
    """
    if usage.percent >= STOP_AT or usage.regain:
        return Pause(stop=True)
    if usage.percent < SLOW_AT:
        return Pause()
    step = (usage.percent - SLOW_AT + 1) / (STOP_AT - SLOW_AT)
    return Pause(seconds=min(_LONGEST_PAUSE, round(step * _LONGEST_PAUSE, 1)))


def _entries(text: str) -> Iterator[Mapping[str, Any]]:
    """The app header is one object; the business one holds lists of such objects by business id."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(value, dict):
        return
    yield value
    for group in value.values():
        if isinstance(group, list):
            yield from (entry for entry in group if isinstance(entry, dict))


def _figure(entry: Mapping[str, Any], name: str) -> float:
    value = entry.get(name)
    return float(value) if isinstance(value, int | float) and value > 0 else 0.0
