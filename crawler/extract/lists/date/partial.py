"""Days without a year, "25 Nov", "Rabu, 25 November", "11-25"; a list's order may give it them (year.py)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crawler.dates.word import MONTH_BEFORE_DAY, MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN, WEEKDAYS

__all__ = ["Partial", "find_partial", "might_be_partial", "order_figures"]

_CLOCK: Final = r"(?:[\s,|·-]{1,3}(?:pukul\s)?[012]?\d[.:]\d\d(?:\s?(?:WIB|WITA|WIT))?)?"
_PARTIAL: Final = re.compile(
    rf"[\s|•·()–—-]*(?:(?P<weekday>{WEEKDAY_PATTERN})\.?\s?,?\s)?"
    rf"(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?[\s./-]{{0,3}}(?P<m1>{MONTH_PATTERN})"
    rf"|(?P<m2>{MONTH_BEFORE_DAY})\s{{0,2}}(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?)"
    rf"{_CLOCK}[\s|•·()–—,-]*",
    re.IGNORECASE,
)
# "14.08" is an hour, "2-1" a score. Whether "26/6" is a day (VuePress Hope's timeline), and "1/2" a page, the
# list's order tells. Behind a weekday they can be nothing else.
_FIGURES: Final = re.compile(
    rf"[\s|•·()]*(?:(?P<weekday>{WEEKDAY_PATTERN})\.?\s?,?\s(?P<w1>[0-3]?\d)[-/](?P<w2>[0-3]?\d)"
    rf"|(?P<f1>\d\d)-(?P<f2>\d\d)|(?P<s1>\d\d?)\s?/\s?(?P<s2>\d\d?)){_CLOCK}[\s|•·()]*",
    re.IGNORECASE,
)
_LAST_MONTH: Final = 12
_LONGEST: Final = 40
_LONGEST_LINE: Final = 240


@dataclass(frozen=True, slots=True)
class Partial:
    """Day and month; the weekday (0 Monday) where it is told.

    Attributes:
        figures: whether both are figures, so that another of their list must tell which is which.
    """

    day: int
    month: int
    weekday: int | None = None
    figures: bool = False


def might_be_partial(text: str) -> bool:
    """Tell whether a line is short enough, and has a figure at all."""
    return len(text) <= _LONGEST_LINE and any(map(str.isdigit, text))


def find_partial(text: str) -> Partial | None:
    """Find the day and month that are all a short text says.

    >>> find_partial("Rabu, 25 Nov")
    Partial(day=25, month=11, weekday=2, figures=False)
    """
    match = _PARTIAL.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return _find_figures(text)
    day, month = int(match["d1"] or match["d2"]), MONTHS[(match["m1"] or match["m2"]).lower().rstrip(".")]
    if not 1 <= day <= 31:
        return None
    return Partial(day, month, _weekday(match["weekday"]))


def order_figures(days: Sequence[Partial]) -> bool | None:
    """Tell whether the figures of a list must be turned to name day and month; None where none of them tells.

    >>> order_figures([Partial(6, 14, figures=True), Partial(6, 3, figures=True)])
    True
    """
    turned = any(day.figures and day.month > _LAST_MONTH for day in days)
    kept = any(day.figures and day.day > _LAST_MONTH for day in days)
    return turned if turned is not kept else None


def _find_figures(text: str) -> Partial | None:
    match = _FIGURES.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    first, second = (int(match["w" + n] or match["f" + n] or match["s" + n]) for n in "12")
    named = 1 <= min(first, second) <= _LAST_MONTH and max(first, second) <= 31
    return Partial(first, second, _weekday(match["weekday"]), figures=True) if named else None


def _weekday(word: str | None) -> int | None:
    return None if word is None else WEEKDAYS.get(word.lower(), 4)
