"""The years of days that name none, as the headings of an archive tell them: "2026", then "06-26"."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from activity.post import Precision
from crawler.dates import DateReading
from crawler.dates.reading import local_midnight
from crawler.extract.article.witness import Setting
from crawler.extract.lists.date.partial import Partial
from crawler.extract.lists.date.year import order_days
from crawler.extract.page.outline import Outline

__all__ = ["find_headed_years", "give_headed_years"]

# "2026", "Tahun 2026", "2026年", "2026 (61)", "2026 · 12 tulisan".
_YEAR: Final = re.compile(
    r"\W*(?:tahun\s)?(?P<year>(?:19|20)\d\d)\s?[年년]?(?:\W{1,4}\d{1,4}(?:\s\w{1,9})?)?\W*", re.IGNORECASE
)
_LONGEST: Final = 24
# One year over a list may be its footer's or its section's.
_FEWEST: Final = 2
_AHEAD: Final = timedelta(days=1)


def find_headed_years(outline: Outline, begins: Sequence[int]) -> list[int]:
    """Find the year that heads each record of a list; empty where not all have one, or all the same.

    Args:
        begins: where the records begin, in document order.
    """
    heads = [
        (line.first, int(told["year"]))
        for line in outline.lines
        if len(line.text) <= _LONGEST and (told := _YEAR.fullmatch(line.text))
    ]
    above = [bisect_right(heads, (begin, 0)) - 1 for begin in begins]
    if not above or min(above) < 0:
        return []
    years = [heads[number][1] for number in above]
    pairs = list(pairwise(years))
    falls, rises = all(a >= b for a, b in pairs), all(a <= b for a, b in pairs)
    return years if (falls or rises) and len(set(years)) >= _FEWEST else []


def give_headed_years(
    days: Sequence[Partial | DateReading], raws: Sequence[str], years: Sequence[int], setting: Setting
) -> list[DateReading | None] | None:
    """Give each day and month a reading of the year that heads it; None where one cannot be.

    Within a year months may stand in any order (Teek's archive has October to December before September).
    """
    ordered = order_days(days)
    if ordered is None or not years:
        return None
    latest = (setting.now + _AHEAD).astimezone(setting.zone).date()
    given: list[DateReading | None] = []
    for day, raw, year in zip(ordered, raws, years, strict=True):
        if isinstance(day, DateReading):
            given.append(day)
            continue
        try:
            found = date(year, day.month, day.day)
        except ValueError:
            return None
        if found > latest or (day.weekday is not None and found.weekday() != day.weekday):
            return None
        given.append(DateReading(local_midnight(found, setting.zone), Precision.DAY, 0, len(raw), raw))
    return given
