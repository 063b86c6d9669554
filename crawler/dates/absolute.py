"""The grammar of dates that name their day: one regular expression, day, month and year in any order."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crawler.dates.clock import place_on_day, read_clock_after, read_clock_before
from crawler.dates.hint import YEAR_FIGURES
from crawler.dates.reading import DateReading, is_plausible, is_plausible_day
from crawler.dates.word import MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN, WEEKDAYS

__all__ = ["find_absolute"]

_M: Final = MONTH_PATTERN
_SEP: Final = r"[\s.,/\-\u2013]{0,4}"
_YEAR: Final = r"(?:19|20)\d{2}(?!\d)"
# A year of two figures only where nothing else can be meant: 07-Mar-23, 5 Mar '23, 4/23/24.
_CORE: Final = re.compile(
    # Digits and the first letters of months: at all other characters nothing need be tried.
    r"(?=[\dadfjmnops])(?:"
    rf"(?<!\d)(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?{_SEP}(?:of\s)?(?P<m1>{_M}){_SEP}(?:(?:tahun|thn|th\.?)\s)?"
    rf"(?P<y1>{_YEAR}|(?<=[-/'\u2019])\d{{2}}(?![\d.:/-])|['\u2019]\s?\d{{2}}(?!\d))"
    rf"|(?<![^\W\d_])(?P<m2>{_M})(?:\s{{0,2}}|,\s)(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?:[,.]\s?|\s{{1,3}}|\s?-\s?|/)(?P<y2>{_YEAR})"
    # Chinese, Japanese and Korean: "2026年06月26日", "2026년 6월 26일".
    rf"|(?<!\d)(?P<y9>{_YEAR})\s?[年년]\s?(?P<m9>1[0-2]|0?[1-9])\s?[月월]\s?(?P<d9>[0-3]?\d)\s?[日일]"
    # What C calls a time: "Fri Jun 26 23:47:00 WITA 2026".
    rf"|(?<![^\W\d_])(?P<m6>{_M})\s{{1,2}}(?P<d6>[0-3]?\d)(?=\s[012]\d:\d\d)(?P<c6>\s[\d:]{{5,8}}(?:\s[A-Z]{{3,4}})?)\s(?P<y6>{_YEAR})"
    rf"|(?<![\d.,/:])(?<![^\W_]-)(?P<y3>{_YEAR})(?:(?P<s3>[-/.])(?P<m3>1[0-2]|0?[1-9])(?P=s3)|[\s,/-]{{1,2}}(?P<n3>{_M})[\s/-]?)"
    r"(?P<d3>[0-3]?\d)(?:st|nd|rd|th)?(?![\d/]|[-.,]\d)"
    r"|(?<![\d.,/:$€£])(?<![^\W_]-)(?<![^\W\d_])(?P<d4>[0-3]?\d)(?P<s4>\s?[-/.]\s?)(?P<m4>[0-3]?\d)(?P=s4)"
    rf"(?P<y4>{_YEAR}|(?<=/)\d{{2}}(?!\d))(?![/]|[-.,]\d)"
    # A cell of a table, or what stands behind its label: "05.03.26", "pada 05-03-26"; see `_stands_apart`.
    r"|(?<![\w.,/:$-])(?P<d5>[0-3]?\d)(?P<s5>[.-])(?P<m5>[01]?\d)(?P=s5)(?P<y5>[0-3]\d)(?![\w/]|[-.,:]\d)"
    # The month in Roman figures, as letters number theirs: "25/XI/2026".
    r"|(?<![\w.,/:$-])(?P<d7>[0-3]?\d)(?P<s7>\s?[-/.]\s?|\s)(?P<m7>(?-i:I{1,3}|I?V|VI{1,3}|I?X|XI{1,2}))(?P=s7)"
    rf"(?P<y7>{_YEAR})(?![\w/-])"
    # PHP's "d M y", "12 Jan 26": as a count may stand behind a day, only where nothing else is said.
    rf"|(?<![\w.,/:$-])(?P<d8>[0-3]?\d)\s(?P<m8>{_M})\s(?P<y8>[0-3]\d)(?![\w/]|[-.,:]\d))",
    re.IGNORECASE,
)
# Longest: "05th .of september .,- tahun 2023", "2023, - september 05th", and what must not follow.
_BEFORE_YEAR: Final = 40
_BEHIND_YEAR: Final = 32
_WEEKDAY_BEFORE: Final = re.compile(
    # Market days follow the weekday: "Selasa Pon, 5 September 2023".
    rf"(?<![^\W_])(?P<weekday>{WEEKDAY_PATTERN})\.?"
    r"(?:\s(?:pon|wage|kliwon|legi|manis|pahing|paing))?[\s,/|()-]{0,4}(?:(?:tanggal|tgl|the)\.?\s)?$",
    re.IGNORECASE,
)
# "No. 12/05/2023" is a letter's number, "Versi 2.5.2010" a program's, "Rp 10.12.2020" a price.
_NUMBERED: Final = re.compile(
    r"(?<![^\W_])(?:no(?:mor)?|nmr|versi|version|ver|v|rev|release|rp|idr|usd|te?lp|telepon|telephone|phone|tel|hp|wa|fax"
    r"|faks|ip|nik|nip|npwp|pasal|ayat|kode|code|isbn|doi)\s?[.:#]{0,2}\s{0,2}$",
    re.IGNORECASE,
)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# What may stand in front of figures that need not be a date: nothing, or a word that announces one.
_APART: Final = re.compile(r"[\s|•·(\u2013—-]*")
_ANNOUNCED: Final = re.compile(
    r"(?<![^\W_])(?:date|tanggal|tgl\.?|post(?:ing|ed)|diposting(?:kan)?|terbit|diterbitkan|tayang|diunggah|dipublikasikan|publish(?:ed)?"
    r"|ditulis|dibuat|pada|on)\s?:?\s{0,2}$",
    re.IGNORECASE,
)
# Behind figures that stand first in their line: its end, a word or a clock.
_BEHIND: Final = re.compile(r"$|\s[^\W\d]|,?\s[012]\d[.:]|\s?[|•·)]")
_ENDS: Final = re.compile(r"\s*$|,?\s[012]\d[.:]\d\d|\s?[|•·)]")
# "Minggu ke-4 November 2026" counts weeks.
_COUNTED: Final = re.compile(
    r"(?<![^\W_])(?:ke-|(?:minggu|pekan|week)\s(?:ke\s|of\s)|week\s)$", re.IGNORECASE
)
# "12-14 Mei 2023", "28 April - 3 Mei 2023" span days: they are an event's, and neither end is a post's.
_RANGE_BEFORE: Final = re.compile(
    rf"(?<![\d:.,])(?P<first>[0-3]?\d)(?P<month>\s{_M})?\s?(?:[-\u2013—]|s\.?/?d\.?|sampai(?:\sdengan)?|hingga|to|dan|and|&)\s?$",
    re.IGNORECASE,
)

# "4 Maret 2024 s.d. 9 Maret 2024": both ends name their year.
_TO: Final = r"\s?(?:[-\u2013—]|s\.?/?d\.?|sampai(?:\sdengan)?|hingga|to|until)\s?"
_RANGE_BEHIND: Final = re.compile(rf"{_TO}(?:{WEEKDAY_PATTERN},?\s)?[0-3]?\d\s{_M}", re.IGNORECASE)
_WHOLE_BEFORE: Final = re.compile(rf"[0-3]?\d\s{_M}\s{_YEAR}{_TO}(?:{WEEKDAY_PATTERN},?\s)?$", re.IGNORECASE)


def find_absolute(
    text: str, *, now: datetime, zone: ZoneInfo, day_first: bool, future_ok: bool
) -> Iterator[DateReading]:
    """Find every date with a day, a month and a year, with the clock beside it."""
    for match in _find_cores(text):
        day = _read_day(match, text, day_first=day_first)
        if day is None or _RANGE_BEHIND.match(text, match.end()):
            continue
        after = read_clock_after(text, match.end("d6") if match["y6"] else match.end())
        before = None if after else read_clock_before(text, match.start())
        clock = after or before
        at, precision = place_on_day(day, clock, zone)
        brief = match["y8"] is not None
        if not is_plausible(at, now, future_ok=future_ok and not brief):
            continue
        weekday = _WEEKDAY_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
        start = match.start() if weekday is None else match.start() - len(weekday[0])
        start = start if before is None else min(start, before.start)
        end = match.end() if after is None else max(match.end(), after.end)
        yield DateReading(at, precision, start, end, text[start:end].strip(), brief=brief)


def _find_cores(text: str) -> Iterator[re.Match[str]]:
    """What has the shape of a date: looked for around the figures of years only, since the search is dear."""
    end = 0
    for begin, reach in _find_windows(text):
        for match in _CORE.finditer(text, max(0, begin, end), reach):
            end = match.end()
            yield match


def _find_windows(text: str) -> Iterator[tuple[int, int]]:
    """Spans that hold every date whole; those that overlap are one."""
    begin = reach = -1
    for year in YEAR_FIGURES.finditer(text):
        if year.start() - _BEFORE_YEAR > reach:
            if reach >= 0:
                yield begin, reach
            begin = year.start() - _BEFORE_YEAR
        reach = year.end() + _BEHIND_YEAR
    if reach >= 0:
        yield begin, reach


def _read_day(match: re.Match[str], text: str, *, day_first: bool) -> date | None:
    before = text[max(0, match.start() - 30) : match.start()]
    if match["y1"]:
        if _COUNTED.search(before):
            return None
        spanned = _RANGE_BEFORE.search(before)
        if spanned is not None and (spanned["month"] or 0 < int(spanned["first"]) < int(match["d1"])):
            return None
        if _WHOLE_BEFORE.search(before):
            return None
        return _day(_year(match["y1"]), MONTHS[_word(match["m1"])], int(match["d1"]))
    if match["y2"]:
        return _day(int(match["y2"]), MONTHS[_word(match["m2"])], int(match["d2"]))
    if match["y6"]:
        return _day(int(match["y6"]), MONTHS[_word(match["m6"])], int(match["d6"]))
    if _NUMBERED.search(before):
        return None
    if match["y5"]:
        apart = _stands_apart(match, before, text, whole=len(match["d5"] + match["m5"]) == 4)
        return _day(2000 + int(match["y5"]), int(match["m5"]), int(match["d5"])) if apart else None
    if match["y8"]:
        opens = _APART.fullmatch(before) or _ANNOUNCED.search(before) or _WEEKDAY_BEFORE.search(before)
        alone = opens and _ENDS.match(text, match.end())
        return _day(2000 + int(match["y8"]), MONTHS[_word(match["m8"])], int(match["d8"])) if alone else None
    if match["y7"]:
        apart = _stands_apart(match, before, text, whole=True)
        return _day(int(match["y7"]), _ROMAN.index(match["m7"]) + 1, int(match["d7"])) if apart else None
    if year := match["y3"] or match["y9"]:
        figures = match["m3"] or match["m9"]
        month = int(figures) if figures else MONTHS[_word(match["n3"])]
        return _day(int(year), month, int(match["d3"] or match["d9"]))
    return _read_figures(match, before, day_first=day_first)


def _stands_apart(match: re.Match[str], before: str, text: str, *, whole: bool) -> bool:
    """Whether figures that may be a version's or a letter's are announced as a date, or open their line."""
    if _ANNOUNCED.search(before) or _WEEKDAY_BEFORE.search(before):
        return True
    opens = match.start() == len(before) and _APART.fullmatch(before) is not None
    return whole and opens and _BEHIND.match(text, match.end()) is not None


def _read_figures(match: re.Match[str], before: str, *, day_first: bool) -> date | None:
    """Day and month as two figures; a stated weekday decides between them, then the site's habit."""
    year, first, second = _year(match["y4"]), int(match["d4"]), int(match["m4"])
    orders = ((first, second), (second, first)) if day_first else ((second, first), (first, second))
    days = [found for day, month in orders if (found := _day(year, month, day)) is not None]
    stated = _WEEKDAY_BEFORE.search(before)
    if stated is not None:
        number = WEEKDAYS.get(stated["weekday"].lower(), 4)
        days.sort(key=lambda found: found.weekday() != number)
    return days[0] if days else None


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if is_plausible_day(year, month, day) else None


def _year(figures: str) -> int:
    number = int(figures.lstrip("'\u2019 "))
    if number >= 100:
        return number
    return number + (2000 if number < 70 else 1900)


def _word(month: str) -> str:
    return month.lower().rstrip(".")
