"""What the dates of one slot say: day and month by vote, attributes weighed against texts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from crawler.dates import DateReading, find_dates
from crawler.extract.article.habit import count_figures
from crawler.extract.article.witness import Setting, read_url_date, says_same, shows_own_clock
from crawler.extract.lists.date.found import FoundDate

__all__ = ["begin_with_year", "settle_readings"]

# Attributes that name another day than the texts in more cases are those of an edit, or of the build.
_LEAST_AGREED: Final = 0.8
_FIGURES: Final = re.compile(r"(?<!\d)0?(\d{1,2})[/.-]0?(\d{1,2})[/.-]\d{2}")
_LAST_MONTH: Final = 12
# A theme's cards: "26/06/14, 26/06/10, 26/05/30".
_SHORT_YEAR: Final = re.compile(r"(?<![\d/])(\d\d)/(?:0[1-9]|1[0-2])/(\d\d)(?![\d/])")
_FEWEST_DAYS: Final = 4
# Fewer days fall by chance.
_FEWEST_FALLING: Final = 5
_FEWEST_TURNS: Final = 2
# Letters beside a date that tell what it is.
_AROUND: Final = 60


def settle_readings(
    dates: Sequence[FoundDate], setting: Setting, *, page_tells: bool = True, urls: Sequence[str] = ()
) -> list[DateReading | None]:
    """Settle on one reading for each date of a slot; None for days without a year.

    Where each leads, `urls`, may tell which of its figures is the month: `/2026/10/03/rapat`.

    None, too, for figures that may be either, 3/4/2025, where neither the slot nor the page tells.
    """
    stated = _read_stated(dates, setting)
    shown = _read_year_first(dates, setting) or _read_in_order(
        dates, stated, setting, page_tells=page_tells, urls=urls
    )
    pairs = [(a, b) for a, b in zip(shown, stated, strict=True) if a is not None and b is not None]
    agreed = sum(says_same(a, b, setting.zone) for a, b in pairs)
    varied = len(pairs) < 3 or len({b.at for _, b in pairs}) > 1 or len({a.at for a, _ in pairs}) == 1
    if not varied or agreed < _LEAST_AGREED * len(pairs) or shows_own_clock(pairs, setting.zone):
        return shown
    return [
        exact if text is not None and exact is not None and says_same(text, exact, setting.zone) else text
        for text, exact in zip(shown, stated, strict=True)
    ]


def begin_with_year(texts: Sequence[str]) -> bool:
    """Tell whether a list's figures are yy/mm/dd: what stands first hardly changes, unlike the last.

    >>> begin_with_year(["26/06/22", "26/06/18", "26/06/10", "26/05/30"])
    True
    >>> begin_with_year(["22/06/26", "18/06/26", "10/06/26", "30/05/26"])
    False
    """
    figures = [_SHORT_YEAR.search(text) for text in texts]
    years, days = ({match[n] for match in figures if match} for n in (1, 2))
    return all(figures) and len(days) >= _FEWEST_DAYS and len(years) < len(days)


def _read_stated(dates: Sequence[FoundDate], setting: Setting) -> list[DateReading | None]:
    """What the attributes say; those written for people tell the order of their own figures."""
    days, months = count_figures(date.stated for date in dates)
    order = setting.day_first if days == months else days > months
    ordered = replace(setting, day_first=order)
    return [ordered.machine(date.stated) if date.stated else None for date in dates]


def _read_in_order(
    dates: Sequence[FoundDate],
    stated: Sequence[DateReading | None],
    setting: Setting,
    *,
    page_tells: bool,
    urls: Sequence[str],
) -> list[DateReading | None]:
    """The texts, with day and month in the order that the slot tells, else the page."""
    vote = _vote(dates, stated, setting)
    if vote is None:
        vote = _vote_by_address(dates, urls, setting)
    if vote is None:
        vote = _vote_by_fall(dates, setting)
    setting = replace(setting, day_first=setting.day_first if vote is None else vote)
    shown = _read_again(dates, setting)
    if vote is None and not page_tells:
        return [None if text is None or _is_ambiguous(text) else text for text in shown]
    return shown


def _read_year_first(dates: Sequence[FoundDate], setting: Setting) -> list[DateReading | None]:
    """The texts as yy/mm/dd, where all of them can be no days of one list otherwise; else nothing."""
    if not begin_with_year([date.reading.raw if date.reading is not None else "" for date in dates]):
        return []
    shown = [_read_short_year(date, setting) for date in dates]
    return shown if all(shown) else []


def _read_short_year(date: FoundDate, setting: Setting) -> DateReading | None:
    if date.reading is None:
        return None
    raw, start, end = date.reading.raw, date.reading.start, date.reading.end
    whole = _SHORT_YEAR.sub(r"20\g<0>", raw, count=1)
    # Not the whole line, which may hold an archive.
    own = date.text[start:end].replace(raw, whole, 1)
    near = date.text[max(0, start - _AROUND) : start] + own + date.text[end : end + _AROUND]
    found = find_dates(near, now=setting.now, zone=setting.zone)
    return next((replace(reading, raw=raw) for reading in found if reading.raw == whole), None)


def _vote(dates: Sequence[FoundDate], stated: Sequence[DateReading | None], setting: Setting) -> bool | None:
    """Whether figures are dd/mm: by those above 12 in the slot, by attributes; None where neither tells."""
    days, months = count_figures(date.reading.raw for date in dates if date.reading is not None)
    if days != months:
        return days > months
    # What nothing is stated for takes no part, and need not be read.
    told = [(date, exact) for date, exact in zip(dates, stated, strict=True) if exact is not None]
    agreed = {}
    for order in (True, False):
        shown = _read_again([date for date, _ in told], replace(setting, day_first=order))
        agreed[order] = sum(
            # Read the wrong way round a day is none that the attribute states.
            reading is not None and reading.day(setting.zone) in {exact.day(setting.zone), exact.at.date()}
            for reading, (_, exact) in zip(shown, told, strict=True)
        )
    return agreed[True] > agreed[False] if agreed[True] != agreed[False] else None


def _vote_by_address(dates: Sequence[FoundDate], urls: Sequence[str], setting: Setting) -> bool | None:
    """Whether figures are dd/mm by the days in the addresses that they stand beside; None for neither."""
    days = [read_url_date(url, setting.zone, setting.now) for url in urls]
    told = [(date, day.day(setting.zone)) for date, day in zip(dates, days, strict=False) if day is not None]
    agreed = {}
    for order in (True, False):
        shown = _read_again([date for date, _ in told], replace(setting, day_first=order))
        pairs = zip(shown, (day for _, day in told), strict=True)
        agreed[order] = sum(a is not None and a.day(setting.zone) == day for a, day in pairs)
    return agreed[True] > agreed[False] if agreed[True] != agreed[False] else None


def _vote_by_fall(dates: Sequence[FoundDate], setting: Setting) -> bool | None:
    """Whether figures are dd/mm, by the order in which a list falls or rises; None where that tells nothing.

    "11/11/2026, 11/4/2026, 10/11/2026, 10/4/2026, 9/11/2026" goes up and down as dd/mm.
    """
    figures = [date for date in dates if date.reading is not None and not date.reading.relative]
    turns = {}
    for order in (True, False):
        shown = _read_again(figures, replace(setting, day_first=order))
        days = [reading.day(setting.zone) for reading in shown if reading is not None]
        steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(days)]
        # What would lie in the future is no day of this list.
        turns[order] = min(steps.count(1), steps.count(-1)) + len(figures) - len(days)
        if turns[order] == 0 and len(set(days)) < _FEWEST_FALLING:
            return None
    few, many = sorted(turns.values())
    return turns[True] == 0 if few == 0 and many >= _FEWEST_TURNS else None


def _is_ambiguous(reading: DateReading) -> bool:
    match = _FIGURES.search(reading.raw)
    return match is not None and match[1] != match[2] and max(int(match[1]), int(match[2])) <= _LAST_MONTH


def _read_again(dates: Sequence[FoundDate], setting: Setting) -> list[DateReading | None]:
    """The same dates under the order that is settled now; None for those that lie in the future.

    Each line is read once: an archive drawn without any block has all its dates in one.
    """
    lines: dict[str, dict[str, DateReading]] = {}
    return [_find_again(date, setting, lines) for date in dates]


def _find_again(
    date: FoundDate, setting: Setting, lines: dict[str, dict[str, DateReading]]
) -> DateReading | None:
    if date.reading is None or date.reading.relative or date.line < 0:
        return date.reading
    if date.text not in lines:
        found = find_dates(date.text, now=setting.now, zone=setting.zone, day_first=setting.day_first)
        lines[date.text] = {reading.raw: reading for reading in reversed(found)}
    return lines[date.text].get(date.reading.raw)
