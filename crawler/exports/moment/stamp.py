"""Moments as exports write them, mostly without a zone, and in which zone and order they must be read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from activity.errors import ExportError
from activity.post import Precision
from crawler.dates.machine import read_machine_date
from crawler.exports.export import ExportReading
from crawler.exports.moment.swapped import Shapes, find_mirrored, refuse_exchanged
from crawler.exports.moment.zone import split_zone

__all__ = ["Clocked", "Extremes", "StampedMoment", "Stamps", "settle_stamps"]

_NUMBERS = re.compile(
    r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})"
    r"(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([AP]\.?M\.?)?)?",
    re.IGNORECASE,
)
_HALVED = re.compile(
    r"(?<!\d)(?:0?\d|1[0-2])[:.]\d{2}(?:[:.]\d{2})?\s+(?!(?:[AP]\.?\s?M|WI[BT]|WITA)\b)[^\W\d_]{3,}",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_LONGEST = 100
_FIRST_YEAR = 1990
_CANDIDATES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/Los_Angeles", "UTC")
# Uploading takes minutes; a post that was scheduled is further off and is outvoted.
_AGREES = timedelta(minutes=15)
_MOST_SAMPLES = 5_000
_CONVINCING = 0.8
_FAR = datetime(2999, 1, 1, tzinfo=UTC)
_ELSEWHERE = ZoneInfo("Asia/Jayapura")

Clocked = tuple[str, str, datetime | None]
"""Whose post, its moment as the file writes it, and what the clock in its address says, aware UTC."""


@dataclass(frozen=True, slots=True)
class StampedMoment:
    """A moment read: aware UTC."""

    at: datetime
    precision: Precision


@dataclass(frozen=True, slots=True)
class Stamps:
    """How this file's moments are read.

    Attributes:
        zone: None where every moment states its own.
        agreeing, clocked: how many of the moments that have a clock agree with it, and of how many.
    """

    day_first: bool
    zone: ZoneInfo | None
    agreeing: int = 0
    clocked: int = 0

    def read(self, text: str) -> StampedMoment | None:
        """Read a moment; None where it cannot be read."""
        read = _read_moment(text, day_first=self.day_first)
        if read is None:
            return None
        at, precision = read.at, read.precision
        if at.tzinfo is None:
            if self.zone is None:
                return None
            at = at.replace(tzinfo=self.zone)
        return StampedMoment(at.astimezone(UTC), precision)


class Extremes:
    """The earliest and latest moment of each owner, as the file writes them, in either order.

    Those that name their zone and those that do not are compared among themselves.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, bool, bool], tuple[datetime, str, datetime, str]] = {}

    def take(self, owner: str, order: bool, at: datetime, text: str) -> None:
        """Look at one moment."""
        key = (owner, order, at.tzinfo is None)
        known = self._found.get(key)
        if known is None:
            self._found[key] = (at, text, at, text)
        elif at < known[0]:
            self._found[key] = (at, text, *known[2:])
        elif at > known[2]:
            self._found[key] = (*known[:2], at, text)

    def of(self, owner: str, stamps: Stamps) -> tuple[datetime, datetime]:
        """Find the earliest and latest moment of an owner, aware UTC."""
        moments = []
        for naive in (True, False):
            if (found := self._found.get((owner, stamps.day_first, naive))) is not None:
                moments += [stamps.read(found[1]), stamps.read(found[3])]
        known = [moment.at for moment in moments if moment is not None]
        return min(known), max(known)


def settle_stamps(
    clocked: Iterable[Clocked], reading: ExportReading, name: str, extremes: Extremes, *, day_first: bool
) -> Stamps:
    """Find the order of day and month and the zone in which all moments of a file make sense.

    Instagram's addresses hold a clock; the zone in which most of them agree with it is the file's.
    Without one the zone must be stated.

    Raises:
        ExportError: a moment that cannot be read, a zone that nobody told, or told against the clocks.
    """
    survey = _survey(clocked, extremes)
    orders = [order for order in (day_first, not day_first) if order not in survey.unreadable]
    if not orders:
        raise ExportError(
            "{name}: {unreadable!r} is no date that can be read.",
            "Dates such as 03/27/2026 06:08 or 2026-03-27 06:08 are read; export it again, or correct it.",
            name=name,
            unreadable=survey.unreadable[day_first],
        )
    found = _infer(survey.samples, orders, reading)
    _refuse_exchanged(survey, orders, name, convinced=found is not None)
    if not survey.naive:
        return Stamps(orders[0], None)
    if found is not None:
        return _agree(found, reading, name)
    if reading.stated is None:
        said = f"a zone with several meanings or none, {survey.word!r}" if survey.word else "no zone"
        raise ExportError(
            "{name}: its times name {said}, and no address in it tells.",
            "Give --timezone: Asia/Makassar, for example, or the zone of the account that exported it.",
            name=name,
            said=said,
        )
    return Stamps(orders[0], reading.stated)


def _refuse_exchanged(survey: "_StampSurvey", orders: Sequence[bool], name: str, *, convinced: bool) -> None:
    """Raise ExportError where the dates are of two hands, unless the addresses' clocks bear them out."""
    mirrored = [find_mirrored(_read_samples(survey.samples, order)) for order in orders]
    if mirrored and all(mirrored) and mirrored[0] is not None:
        raise refuse_exchanged(name, mirrored[0])
    examples = survey.shapes.exchanged()
    if examples is not None and not convinced:
        raise refuse_exchanged(name, examples)


def _read_samples(
    samples: Sequence[tuple[str, datetime]], order: bool
) -> Iterator[tuple[str, datetime, datetime]]:
    for text, clock in samples:
        if (read := _read_moment(text, day_first=order)) is not None:
            yield text, read.at, clock


@dataclass(slots=True)
class _StampSurvey:
    """What the first look at every moment of a file shows.

    Attributes:
        unreadable: an example for each order.
        word: a zone that some moment names and nobody can place.
    """

    samples: list[tuple[str, datetime]] = field(default_factory=list)
    unreadable: dict[bool, str] = field(default_factory=dict)
    shapes: Shapes = field(default_factory=Shapes)
    naive: bool = False
    word: str = ""


def _survey(clocked: Iterable[Clocked], extremes: "Extremes") -> _StampSurvey:
    survey = _StampSurvey()
    for owner, text, clock in clocked:
        survey.shapes.take(text)
        for order in (True, False):
            read = _read_moment(text, day_first=order)
            if read is None:
                survey.unreadable.setdefault(order, text)
                continue
            survey.naive = survey.naive or read.at.tzinfo is None
            survey.word = survey.word or read.word
            extremes.take(owner, order, read.at, text)
        if clock is not None and len(survey.samples) < _MOST_SAMPLES:
            survey.samples.append((text, clock))
    return survey


def _infer(
    samples: Sequence[tuple[str, datetime]], orders: Sequence[bool], reading: ExportReading
) -> Stamps | None:
    """The first of the likely zones in which the moments agree with the clocks, None where none convinces."""
    if not samples:
        return None
    names = dict.fromkeys([zone.key for zone in (reading.stated, reading.zone) if zone] + list(_CANDIDATES))
    votes: Counter[tuple[bool, str]] = Counter()
    for order, zone_name in product(orders, names):
        stamps = Stamps(order, ZoneInfo(zone_name))
        votes[order, zone_name] = sum(_agrees(stamps.read(text), clock) for text, clock in samples)
    (order, zone_name), agreeing = max(votes.items(), key=lambda vote: vote[1])
    if agreeing < _CONVINCING * len(samples):
        return None
    return Stamps(order, ZoneInfo(zone_name), agreeing, len(samples))


def _agrees(moment: StampedMoment | None, clock: datetime) -> bool:
    if moment is None:
        return False
    if moment.precision is Precision.DAY:
        return timedelta(0) <= clock - moment.at < timedelta(days=1)
    return abs(moment.at - clock) <= _AGREES


def _agree(found: Stamps, reading: ExportReading, name: str) -> Stamps:
    if reading.stated is not None and found.zone is not None and found.zone.key != reading.stated.key:
        raise ExportError(
            "{name}: --timezone says {key}, but {agreeing} of {clocked} addresses say {key_2}.",
            "Leave --timezone out.",
            name=name,
            key=reading.stated.key,
            agreeing=found.agreeing,
            clocked=found.clocked,
            key_2=found.zone.key,
        )
    return found


class _Read(NamedTuple):
    """A moment as written: aware where its zone is known; else `word` is what stood for one."""

    at: datetime
    precision: Precision
    word: str = ""


@lru_cache(maxsize=4_000)
def _read_moment(text: str, *, day_first: bool) -> _Read | None:
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    rest, zone = split_zone(text)
    match = _NUMBERS.fullmatch(rest)
    read = _read_numbers(match, day_first=day_first) if match else _read_words(rest, day_first=day_first)
    if read is None or zone is None or read.at.tzinfo is not None:
        return read
    if zone.place is not None:
        return read._replace(at=read.at.replace(tzinfo=zone.place))
    if zone.offset is not None:
        return read._replace(at=read.at.replace(tzinfo=UTC) - zone.offset)
    return read._replace(word=zone.word)


def _read_numbers(match: re.Match[str], *, day_first: bool) -> _Read | None:
    try:
        day = _read_day(match, day_first=day_first)
        if match[5] is None:
            return _Read(datetime.combine(day, time()), Precision.DAY)
        clock = time(_hour(int(match[5]), match[8]), int(match[6]), int(match[7] or 0))
    except ValueError:
        return None
    return _Read(datetime.combine(day, clock), Precision.SECOND if match[7] else Precision.MINUTE)


def _read_words(text: str, *, day_first: bool) -> _Read | None:
    """Dates with a month's name, or words beside them, in the few files that a person wrote.

    The order of day and month is the file's also here. Read in two zones: a text that means one moment in
    both has named its own.
    """
    try:
        text = _IN_TEXT.sub(lambda match: _read_day(match, day_first=day_first).isoformat(), text, count=1)
    except ValueError:
        return None
    found = read_machine_date(text, now=_FAR, zone=ZoneInfo("UTC"))
    if found is None or found.relative:
        return None
    elsewhere = read_machine_date(text, now=_FAR, zone=_ELSEWHERE)
    stated = elsewhere is not None and elsewhere.at == found.at
    # "03.30 sore", "9:30 nachm.": half a day off where the word behind the clock is not known.
    if not stated and _HALVED.search(text):
        return _Read(datetime.combine(found.at.date(), time()), Precision.DAY)
    return _Read(found.at if stated else found.at.replace(tzinfo=None), found.precision)


def _read_day(match: re.Match[str], *, day_first: bool) -> date:
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
    else:
        day, month = (int(first), int(second)) if day_first else (int(second), int(first))
        year = int(third)
    if not _FIRST_YEAR <= year < _FAR.year:
        raise ValueError("no year of any platform")
    return date(year, month, day)


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no hour of half a day")
    return hour % 12 + (12 if half[0].upper() == "P" else 0)
