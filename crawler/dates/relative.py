"""Dates told as a distance from now: "3 bulan yang lalu", "kemarin, 10:30", "2 hours ago"."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import Precision
from crawler.dates.clock import place_on_day, read_clock_after
from crawler.dates.reading import DateReading, is_plausible, local_midnight
from crawler.dates.word import UNIT_PATTERN, UNITS

__all__ = ["Interval", "Rounding", "find_intervals", "find_relative", "is_bare_age"]

_INDONESIAN: Final = (
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
)
_ENGLISH: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS: Final = {word: n for words in (_INDONESIAN, _ENGLISH) for n, word in enumerate(words, 1)}
_NUMBER: Final = r"(?P<number{n}>\d{{1,3}}(?![\d.,]\d)|(?:an?|{words})(?=\s)|se(?!conds?\b|cs?\b))"
_UNIT: Final = UNIT_PATTERN.replace("{", "{{").replace("}", "}}")
_STEP: Final = rf"{_NUMBER.replace('{words}', '|'.join(_WORDS))}\s?(?P<unit{{n}}>{_UNIT})"
_JOIN: Final = r"\s?(?:,|dan|and|&)?\s?(?:(?:dan|and)\s)?"
_AGO: Final = re.compile(
    rf"(?<![\w.,]){_STEP.format(n=1)}(?:{_JOIN}{_STEP.format(n=2)})?(?:{_JOIN}{_STEP.format(n=3)})?"
    r"\s(?:(?:yang|yg)\s)?(?:lalu|silam|(?P<english>ago))(?!\w)",
    re.IGNORECASE,
)
# "sejam", "seminggu" alone on a card mean "ago"; in a sentence they are durations.
_ALONE: Final = re.compile(
    r"(?P<number1>se)(?P<unit1>detik|menit|jam|hari|minggu|pekan|bulan|tahun)", re.IGNORECASE
)
# What stands for "6 days ago" where the moment itself is told beside it: "6 hari", "2d", "sekitar sebulan".
_BARE: Final = re.compile(
    r"(?:(?:sekitar|kira-kira|hampir|lebih\sdari|kurang\sdari|about|almost|over|less\sthan)\s)?"
    rf"{_STEP.format(n=1)}",
    re.IGNORECASE,
)
_LONGEST_BARE: Final = 40
_LAST: Final = re.compile(
    r"(?:(?:last\s)(?P<en>week|month|year)|(?P<id>minggu|pekan|bulan|tahun)\slalu)", re.I
)
_NEAR_DAY: Final = re.compile(
    r"(?<!\w)(?:(?P<yesterday>kemarin|kemaren|yesterday)|(?P<today>hari\sini|today))(?!\w)", re.IGNORECASE
)
_JUST_NOW: Final = re.compile(
    r"(?:baru\ssaja|barusan|just\snow|(?:beberapa|a\sfew)\s(?:detik|seconds)(?:\s(?:yang\s)?lalu|\sago))",
    re.I,
)
# Both are tried on text in lower case: matching without case is several times dearer.
_HINT: Final = re.compile(r"lalu|ago|silam|kemar|yesterday|hari\sini|today|baru|just|last")
_HINT_BEFORE: Final = re.compile(r"\W*se")
# Around a bare "kemarin" only what a card prints about its author may stand: a counter
# ("Kemarin: 120") or a headline ("Banjir kemarin surut") dates nothing.
_AROUND: Final = re.compile(
    r"[\s,.|•·\u2013—-]*(?:(?:di)?(?:posting|post(?:ed)?|tulis|terbit(?:kan)?|publi[sk]\w*|tayang)\s?:?\s?(?:pada|on)?)?"
    r"[\s|•·\u2013—-]*"
    r"(?:(?:oleh|by)\s[\w .]{1,40})?[\s,.|•·\u2013—-]*",
    re.IGNORECASE,
)
_MOST_AROUND: Final = 60
_SEPARATED: Final = re.compile(r"[|\u00bb\u203a\u2022\u00b7\u2013\u2014-]\s*$")
_HOURS: Final = re.compile(r"\d\s?[-\u2013]\s?\d")
_STEPS: Final = {
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
    Precision.WEEK: timedelta(weeks=1),
}
_LONG: Final = {Precision.MONTH: timedelta(days=30), Precision.YEAR: timedelta(days=365)}


Interval = tuple[datetime, datetime]


class Rounding(StrEnum):
    """How a program makes a whole number of a distance.

    Down as Carbon and Django do, to the nearest as WordPress and moment.js do, or by the midnights between.
    """

    DOWN = "down"
    NEAREST = "nearest"
    MIDNIGHTS = "midnights"


def find_relative(text: str, *, now: datetime, zone: ZoneInfo) -> Iterator[DateReading]:
    """Find every date told as a distance from `now`; the precision says how wide it leaves the interval."""
    lowered = text.lower()
    if _HINT.search(lowered) is None and _HINT_BEFORE.match(lowered) is None:
        return
    for match in _AGO.finditer(text):
        reading = _read_distance(match, text, now, zone)
        if reading is not None:
            yield reading
    yield from _find_near_days(text, now, zone)
    yield from _find_whole(text, now, zone)


def find_intervals(text: str, *, now: datetime, zone: ZoneInfo) -> Mapping[Rounding, Interval]:
    """Find the bounds of what a short text tells as a distance from `now`, by how a program rounds.

    Nothing where the text tells none. What counts midnights may round other units than days either way.
    """
    match = _AGO.search(text) or _ALONE.fullmatch(text.strip())
    measured = None if match is None else _measure(match, now, zone)
    return {} if measured is None else measured.intervals


def is_bare_age(text: str) -> bool:
    """Tell whether a short text is nothing but a number of units, as "6 days ago" without its last word.

    >>> is_bare_age("sekitar 6 hari"), is_bare_age("2d"), is_bare_age("Diklat 6 hari")
    (True, True, False)
    """
    return len(text) <= _LONGEST_BARE and _BARE.fullmatch(text.strip(" ()|·•")) is not None


@dataclass(frozen=True, slots=True)
class _Measured:
    """A distance taken from now: the moment it names in so many words, and what each rounding leaves open."""

    at: datetime
    unit: Precision
    intervals: Mapping[Rounding, Interval]


def _measure(match: re.Match[str], now: datetime, zone: ZoneInfo) -> _Measured | None:
    measured = None
    at, early, late_by = now, timedelta(), timedelta()
    groups = match.groupdict()
    for step in ("1", "2", "3"):
        if groups.get(f"unit{step}") is None:
            continue
        word = groups[f"number{step}"].lower()
        unit = _read_unit(groups[f"unit{step}"], indonesian=not groups.get("english"))
        count = int(word) if word.isdigit() else _WORDS.get(word, 1)
        moved, before = _go_back(at, count, unit, zone), _go_back(at, count + 1, unit, zone)
        if moved is None or before is None:
            return None
        half = _STEPS.get(unit, _LONG.get(unit, timedelta())) / 2
        late = min(moved + half, now)
        day = moved.astimezone(zone).date()
        midnights = local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone)
        intervals = {
            Rounding.DOWN: (before, moved),
            Rounding.NEAREST: (moved - half, late),
            Rounding.MIDNIGHTS: midnights if unit is Precision.DAY and step == "1" else (before, late),
        }
        if measured is not None:
            intervals = {
                rounding: (begin - early, min(end + late_by, now))
                for rounding, (begin, end) in intervals.items()
            }
        # Django once counted months as 30 days, Carbon counts the calendar's: they part by so much.
        drift = moved - (at - count * _LONG.get(unit, timedelta())) if unit in _LONG else timedelta()
        early, late_by = early + max(drift, timedelta()), late_by + max(-drift, timedelta())
        at, measured = moved, _Measured(moved, unit, intervals)
    return measured


def _read_unit(word: str, *, indonesian: bool) -> Precision:
    """The unit a word names; "3 hr lalu" counts days (hari), "3 hr ago" hours."""
    folded = word.lower().rstrip(".")
    return Precision.DAY if indonesian and folded == "hr" else UNITS[folded]


def _read_distance(match: re.Match[str], text: str, now: datetime, zone: ZoneInfo) -> DateReading | None:
    measured = _measure(match, now, zone)
    if measured is None or not is_plausible(measured.at, now, future_ok=False):
        return None
    at, precision = measured.at, measured.unit
    if precision is Precision.DAY:
        at = local_midnight(at.astimezone(zone).date(), zone)
    if precision.names_a_day and not _on_one_day(measured, zone):
        precision = Precision.WEEK
    return _reading(match, text, at, precision)


def _on_one_day(measured: _Measured, zone: ZoneInfo) -> bool:
    """Whether all that a distance may mean belongs to one day; of "3 hari yang lalu" it never does."""
    begin = min(begin for begin, _ in measured.intervals.values())
    end = max(end for _, end in measured.intervals.values()) - timedelta(microseconds=1)
    return begin.astimezone(zone).date() == end.astimezone(zone).date()


def _go_back(at: datetime, count: int, unit: Precision, zone: ZoneInfo) -> datetime | None:
    if unit in _STEPS:
        return at - count * _STEPS[unit]
    local = at.astimezone(zone)
    months = local.year * 12 + local.month - 1 - (count if unit is Precision.MONTH else 12 * count)
    year, month = divmod(months, 12)
    if year < 1:
        return None
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def _find_near_days(text: str, now: datetime, zone: ZoneInfo) -> Iterator[DateReading]:
    for match in _NEAR_DAY.finditer(text):
        clock = read_clock_after(text, match.end())
        end = match.end() if clock is None else clock.end
        if not _tells_a_day(text, match.start(), match.end(), end):
            continue
        day = now.astimezone(zone).date() - timedelta(days=1 if match["yesterday"] else 0)
        at, precision = place_on_day(day, clock, zone)
        yield DateReading(at, precision, match.start(), end, text[match.start() : end], relative=True)


def _find_whole(text: str, now: datetime, zone: ZoneInfo) -> Iterator[DateReading]:
    bare = text.strip()
    alone = _ALONE.fullmatch(bare)
    if alone is not None and (reading := _read_distance(alone, bare, now, zone)) is not None:
        yield reading
    last = _LAST.fullmatch(bare)
    if last is not None:
        unit = UNITS[(last["en"] or last["id"]).lower()]
        if (at := _go_back(now, 1, unit, zone)) is not None:
            yield _reading(last, bare, at, unit)
    just = _JUST_NOW.search(text)
    if just is not None and _is_byline(text[: just.start()]):
        yield _reading(just, text, now.astimezone(UTC), Precision.MINUTE)


def _tells_a_day(text: str, start: int, word_end: int, end: int) -> bool:
    """Whether "hari ini" is a post's day: not a counter's, a headline's or that of opening hours."""
    if _HOURS.search(text, word_end, end):
        return False
    if end > word_end:
        return _is_byline(text[:start]) or _SEPARATED.search(text[:start]) is not None
    return _is_byline(text[:start]) and _is_byline(text[end:])


def _is_byline(part: str) -> bool:
    return len(part) < _MOST_AROUND and _AROUND.fullmatch(part) is not None


def _reading(match: re.Match[str], text: str, at: datetime, precision: Precision) -> DateReading:
    return DateReading(
        at.astimezone(UTC),
        precision,
        match.start(),
        match.end(),
        text[match.start() : match.end()],
        relative=True,
    )
