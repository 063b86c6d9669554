"""Versions of Meta's Graph API and the day each one ends."""

from collections.abc import Mapping
from datetime import date

__all__ = ["ENDS", "NEWEST", "WITHDRAWN", "find_withdrawn"]

NEWEST = "v27.0"
# developers.facebook.com/docs/graph-api/changelog, read in November 2026; the newest two have no end yet.
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

WITHDRAWN = frozenset({"ids", "date_format", "method", "callback", "batch", "is_async"})
"""Parameters that new apps may not use since v27.0, in no version: several ids at once, a format of dates,
another method, JSONP, batches that are not waited for."""
_ALIAS = ".as("


def find_withdrawn(query: Mapping[str, str]) -> str:
    """Tell what of a call is withdrawn, an alias of a field included; empty where nothing is."""
    used = sorted(WITHDRAWN & query.keys()) + [_ALIAS for value in query.values() if _ALIAS in value]
    return ", ".join(used)
