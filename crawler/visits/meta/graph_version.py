"""When Meta ends each version of its Graph API, as data: a line a version."""

from collections.abc import Mapping
from datetime import date

__all__ = ["ENDS", "NEWEST", "find_end"]

NEWEST = "v27.0"
# https://developers.facebook.com/docs/graph-api/changelog, of 2026-11-22. The newest two have no end yet.
ENDS: Mapping[str, date | None] = {
    "v18.0": date(2026, 1, 26),
    "v19.0": date(2026, 5, 21),
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    "v26.0": None,
    NEWEST: None,
}


def find_end(version: str) -> date | None:
    """Find the first day on which Meta silently serves another version instead; None where none is named.

    A version before all of these ended long ago, and has the end of the oldest known one.
    """
    if version in ENDS:
        return ENDS[version]
    major = version.removeprefix("v").partition(".")[0]
    oldest = next(iter(ENDS))
    return ENDS[oldest] if major.isdigit() and int(major) < int(oldest[1:3]) else None
