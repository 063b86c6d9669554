"""The years of days that name none, as the order of their list gives them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from activity.post import Precision
from crawler.dates import DateReading
from crawler.dates.reading import local_midnight
from crawler.extract.article.witness import Setting
from crawler.extract.lists.date.partial import Partial, order_figures

__all__ = ["give_years", "order_days"]

# Fewer days may fall by chance.
_FEWEST: Final = 3
# A page that passes more than one New Year is a list in no order, or of an office that posts twice a year.
_MOST_WRAPS: Final = 1
# From an old post on top to the newest below it is most of a year.
_LONGEST_STEP: Final = timedelta(days=60)
_MOST_LONGER: Final = 3
# An agenda of the next two months reads as one of ten months ago.
_LONGEST_SILENCE: Final = timedelta(days=300)
# Some pages begin with the last posts of the page before.
_LONGEST_OVERLAP: Final = timedelta(days=45)
_AHEAD: Final = timedelta(days=1)


def give_years(
    days: Sequence[Partial | DateReading],
    raws: Sequence[str],
    setting: Setting,
    newest: datetime | None = None,
) -> list[DateReading | None]:
    """Give each day and month of a list that falls steadily its reading, from the newest that can be.

    Readings among them, of days that do name a year, stay as they are and bound the others. None for
    all where the days do not fall. `newest` is the last date of the page before.
    """
    ordered = order_days(days)
    if ordered is None:
        return [day if isinstance(day, DateReading) else None for day in days]
    days = ordered
    fewest = 2 if newest is not None else _FEWEST
    if len(days) < fewest or len(set(_spots(days, setting))) < 2:
        return [day if isinstance(day, DateReading) else None for day in days]
    given = _fall(days, setting, newest)
    if given is None and newest is not None:
        given = _fall(days, setting, min(newest + _LONGEST_OVERLAP, setting.now))
    if given is None:
        return [day if isinstance(day, DateReading) else None for day in days]
    return [
        day if isinstance(day, DateReading) else _as_reading(found, raw, setting)
        for day, found, raw in zip(days, given, raws, strict=True)
    ]


def order_days(days: Sequence[Partial | DateReading]) -> Sequence[Partial | DateReading] | None:
    """Turn figures of days to day and month; None where nothing tells which is which."""
    figures = [day for day in days if isinstance(day, Partial) and day.figures]
    turned = order_figures(figures)
    if not figures or turned is False:
        return days
    if turned is None:
        return None
    return [
        replace(day, day=day.month, month=day.day) if isinstance(day, Partial) and day.figures else day
        for day in days
    ]


def _spots(days: Sequence[Partial | DateReading], setting: Setting) -> list[tuple[int, int]]:
    return [
        (day.month, day.day) if isinstance(day, Partial) else day.day(setting.zone).timetuple()[1:3]
        for day in days
    ]


def _fall(
    days: Sequence[Partial | DateReading], setting: Setting, newest: datetime | None
) -> list[date] | None:
    """The days with their years, each no younger than the one before; None where they do not fall."""
    latest = limit = (newest or setting.now + _AHEAD).astimezone(setting.zone).date()
    before = [] if newest is None else [latest]
    given: list[date] = []
    wraps = 0
    for number, day in enumerate(days):
        if isinstance(day, DateReading):
            found: date | None = day.day(setting.zone)
            if found is not None and found > latest:
                return None
        else:
            found = _latest(day, latest)
            wraps += bool(number) and found is not None and found.year < latest.year
        if found is None:
            return None
        if not given and limit - found > _LONGEST_SILENCE:
            return None
        given.append(found)
        latest = found
    return given if wraps <= _MOST_WRAPS and _is_steady([*before, *given]) else None


def _is_steady(given: Sequence[date]) -> bool:
    """Whether no step is far longer than the others: else the first is a pinned post, and no year passed."""
    steps = sorted((earlier - later for earlier, later in pairwise(given)), reverse=True)
    return steps[0] <= max(_LONGEST_STEP, _MOST_LONGER * steps[min(1, len(steps) - 1)])


def _latest(day: Partial, limit: date) -> date | None:
    """The last such day up to a limit on which the weekday, if told, is right."""
    for year in range(limit.year, limit.year - 8, -1):
        try:
            found = date(year, day.month, day.day)
        except ValueError:
            continue
        if found <= limit and (day.weekday is None or found.weekday() == day.weekday):
            return found
    return None


def _as_reading(day: date, raw: str, setting: Setting) -> DateReading:
    return DateReading(local_midnight(day, setting.zone), Precision.DAY, 0, len(raw), raw)
