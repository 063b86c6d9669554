"""Moments as exports write them, mostly without a zone, and in which zone and order they must be read."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from activity.errors import ExportError
from activity.post import Precision
from crawler.dates.machine import read_machine_date
from crawler.exports.export import Reading

__all__ = ["Clocked", "Extremes", "Moment", "Stamps", "settle_stamps"]

_NUMBERS = re.compile(
    r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([AP]M)?)?"
    r"(?:\s*([A-Z]{3,4}|Z|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WIB": 7, "WITA": 8, "WIT": 9,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_CANDIDATES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/Los_Angeles", "UTC")
# Uploading takes minutes; a post that was scheduled is further off and is outvoted.
_AGREES = timedelta(minutes=15)
_MOST_SAMPLES = 5_000
_CONVINCING = 0.8
_FAR = datetime(2999, 1, 1, tzinfo=UTC)

Clocked = tuple[str, str, datetime | None]
"""Whose post, its moment as the file writes it, and what the clock in its address says, aware UTC."""


@dataclass(frozen=True, slots=True)
class Moment:
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

    def read(self, text: str) -> Moment | None:
        """A moment; None where it cannot be read."""
        naive = _read_naive(text, day_first=self.day_first)
        if naive is None:
            return None
        at, precision = naive
        if at.tzinfo is None:
            if self.zone is None:
                return None
            at = at.replace(tzinfo=self.zone)
        return Moment(at.astimezone(UTC), precision)


class Extremes:
    """The earliest and latest moment of each owner, as the file writes them, in either order."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, bool], tuple[datetime, str, datetime, str]] = {}

    def take(self, owner: str, order: bool, at: datetime, text: str) -> None:
        """Look at one moment; those of one file name their zone all, or none does."""
        plain = at if at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)
        known = self._found.get((owner, order))
        if known is None:
            self._found[owner, order] = (plain, text, plain, text)
        elif plain < known[0]:
            self._found[owner, order] = (plain, text, *known[2:])
        elif plain > known[2]:
            self._found[owner, order] = (*known[:2], plain, text)

    def of(self, owner: str, stamps: Stamps) -> tuple[datetime, datetime]:
        """The earliest and latest moment of an owner, aware UTC."""
        _, first, _, last = self._found[owner, stamps.day_first]
        earliest, latest = stamps.read(first), stamps.read(last)
        assert earliest is not None
        assert latest is not None
        return earliest.at, latest.at


def settle_stamps(
    clocked: Iterable[Clocked], reading: Reading, name: str, extremes: Extremes, *, day_first: bool
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
            f"{name}: {survey.unreadable[day_first]!r} is no date that can be read.",
            "Export it again; dates such as 03/27/2026 06:08 or 2026-03-27 06:08 are read.",
        )
    if not survey.naive:
        return Stamps(orders[0], None)
    found = _infer(survey.samples, orders, reading)
    if found is not None:
        return _agree(found, reading, name)
    if reading.stated is None:
        raise ExportError(
            f"{name}: its times do not say in which zone they are, and no address in it tells.",
            "Give --timezone: Asia/Makassar, for example, or the zone of the account that exported it.",
        )
    return Stamps(orders[0], reading.stated)


@dataclass(slots=True)
class _Survey:
    """What the first look at every moment of a file shows; `unreadable` has an example for each order."""

    samples: list[tuple[str, datetime]]
    unreadable: dict[bool, str]
    naive: bool = False


def _survey(clocked: Iterable[Clocked], extremes: "Extremes") -> _Survey:
    survey = _Survey([], {})
    for owner, text, clock in clocked:
        for order in (True, False):
            read = _read_naive(text, day_first=order)
            if read is None:
                survey.unreadable.setdefault(order, text)
                continue
            survey.naive = survey.naive or read[0].tzinfo is None
            extremes.take(owner, order, read[0], text)
        if clock is not None and len(survey.samples) < _MOST_SAMPLES:
            survey.samples.append((text, clock))
    return survey


def _infer(
    samples: Sequence[tuple[str, datetime]], orders: Sequence[bool], reading: Reading
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


def _agrees(moment: Moment | None, clock: datetime) -> bool:
    if moment is None:
        return False
    if moment.precision is Precision.DAY:
        return timedelta(0) <= clock - moment.at < timedelta(days=1)
    return abs(moment.at - clock) <= _AGREES


def _agree(found: Stamps, reading: Reading, name: str) -> Stamps:
    if reading.stated is not None and found.zone is not None and found.zone.key != reading.stated.key:
        raise ExportError(
            f"{name}: --timezone says {reading.stated.key}, but {found.agreeing} of {found.clocked} "
            f"addresses say {found.zone.key}.",
            "Leave --timezone out.",
        )
    return found


def _read_naive(text: str, *, day_first: bool) -> tuple[datetime, Precision] | None:
    match = _NUMBERS.fullmatch(text.strip())
    if match is None:
        return _read_words(text)
    try:
        day = _read_day(match, day_first=day_first)
        if match[5] is None:
            return datetime.combine(day, time()), Precision.DAY
        clock = time(_hour(int(match[5]), match[8]), int(match[6]), int(match[7] or 0))
        at = datetime.combine(day, clock)
        if match[9]:
            at = at.replace(tzinfo=UTC) - _offset(match[9].upper())
    except (ValueError, KeyError, OverflowError):
        return None
    return at, Precision.SECOND if match[7] else Precision.MINUTE


def _read_words(text: str) -> tuple[datetime, Precision] | None:
    """Dates with a month's name, in the few files that a person wrote; their zone is the reader's."""
    found = read_machine_date(text, now=_FAR, zone=ZoneInfo("UTC"))
    if found is None or found.relative:
        return None
    stated = re.search(r"(?:[+-]\d{2}:?\d{2}|\bZ|\bGMT|\bUTC|\bWIB|\bWITA|\bWIT)\s*$", text) is not None
    return (found.at if stated else found.at.replace(tzinfo=None)), found.precision


def _read_day(match: re.Match[str], *, day_first: bool) -> date:
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(third) != 4:
        raise ValueError("no year")
    day, month = (first, second) if day_first else (second, first)
    return date(int(third), int(month), int(day))


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no hour of half a day")
    return hour % 12 + (12 if half.upper() == "PM" else 0)


def _offset(zone: str) -> timedelta:
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return timedelta(minutes=minutes if zone[0] == "+" else -minutes)
    return timedelta(hours=_ZONES[zone])
