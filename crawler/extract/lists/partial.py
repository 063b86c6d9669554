"""Days without a year: "25 Nov", "Rabu, 25 November". The order of a list may give it them (year.py)."""

import re
from dataclasses import dataclass
from typing import Final

from crawler.dates.word import MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN, WEEKDAYS

__all__ = ["Partial", "find_partial", "might_be_partial"]

_PARTIAL: Final = re.compile(
    rf"[\s|•·()–—-]*(?:(?P<weekday>{WEEKDAY_PATTERN})\.?\s?,?\s)?"
    rf"(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?[\s./-]{{0,3}}(?P<m1>{MONTH_PATTERN})"
    rf"|(?P<m2>{MONTH_PATTERN})\s{{0,2}}(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?)"
    r"(?:[\s,|·-]{1,3}(?:pukul\s)?[012]?\d[.:]\d\d(?:\s?(?:WIB|WITA|WIT))?)?[\s|•·()–—,-]*",
    re.IGNORECASE,
)
_LONGEST: Final = 40
_LONGEST_LINE: Final = 240


@dataclass(frozen=True, slots=True)
class Partial:
    """Day and month; the weekday (0 Monday) where it is told."""

    day: int
    month: int
    weekday: int | None = None


def might_be_partial(text: str) -> bool:
    """Whether a line is short enough, and has a figure at all."""
    return len(text) <= _LONGEST_LINE and any(map(str.isdigit, text))


def find_partial(text: str) -> Partial | None:
    """The day and month that are all a short text says.

    >>> find_partial("Rabu, 25 Nov")
    Partial(day=25, month=11, weekday=2)
    """
    match = _PARTIAL.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    day, month = int(match["d1"] or match["d2"]), MONTHS[(match["m1"] or match["m2"]).lower().rstrip(".")]
    if not 1 <= day <= 31:
        return None
    weekday = match["weekday"]
    return Partial(day, month, None if weekday is None else WEEKDAYS.get(weekday.lower(), 4))
