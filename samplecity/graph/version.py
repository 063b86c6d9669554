"""Versions of Meta's Graph API and the day each one ends."""

from collections.abc import Mapping
from datetime import date

__all__ = ["ENDS", "NEWEST"]

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
