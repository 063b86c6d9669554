"""A moment as the fields of JSON state it: text, seconds since 1970, an object of either."""

import re
from datetime import datetime
from math import isfinite
from typing import Any, Final
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind
from crawler.dates import read_machine_date
from crawler.extract.feed.item import clean_text
from crawler.extract.state.name import split_name

__all__ = ["MAX_FIELDS", "read_moment"]

MAX_FIELDS: Final = 400
_MOMENTS: Final = (
    "$date",
    "date",
    "iso",
    "value",
    "raw",
    "datetime",
    "_seconds",
    "seconds",
    "timestamp",
    "rendered",
    "timestampvalue",
    "stringvalue",
)
_ZONED: Final = re.compile(r"(?:[A-Z]|[+-]\d\d:?\d\d)\s*$", re.IGNORECASE)


def read_moment(name: str, raw: Any, source: str, now: datetime, zone: ZoneInfo) -> DateEvidence | None:
    """Read what a field states; None where that is no moment."""
    zoned = ""
    if isinstance(raw, dict) and len(raw) <= 6:
        lower = {str(key).lower(): value for key, value in list(raw.items())[:MAX_FIELDS]}
        # PHP writes a moment as `{"date": "…", "timezone": "UTC"}`.
        zoned = "Z" if lower.get("timezone") in {"UTC", "Z", "+00:00"} else ""
        raw = next((lower[key] for key in _MOMENTS if key in lower), None)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    if isinstance(raw, str):
        text = clean_text(raw.strip()[:100]).removeprefix("$D")
        if {"gmt", "utc"} & set(split_name(name)) and len(text) > 10 and not _ZONED.search(text):
            zoned = "Z"
    elif isfinite(raw) and abs(raw) < 1e16:
        text = str(int(raw))
    else:
        return None
    reading = read_machine_date(text + zoned, now=now, zone=zone, future_ok=True)
    if reading is None:
        return None
    return DateEvidence(EvidenceKind.API, clean_text(name)[:80], text, reading.at, reading.precision, source)
