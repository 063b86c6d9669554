"""Which order a page writes day and month in."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.extract.article.hints import SiteHints
from crawler.extract.article.witness import read_url_date
from crawler.extract.page.document import Document

__all__ = ["count_figures", "count_orders", "count_told", "has_figures", "judge_order"]

_FIGURES: Final = re.compile(
    r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2}|(?<=/)\d{2})(?![\d/]|[.-]\d)"
)
# Offices of the United States write mm/dd on their own domains; nobody else owns these.
_MONTH_FIRST_DOMAINS: Final = (".gov", ".mil", ".us")
# Sold to anybody, or writing both ways.
_NO_COUNTRIES: Final = frozenset(
    {"io", "co", "tv", "me", "ai", "fm", "cc", "ws", "ly", "to", "gg", "ca", "ph"}
)
_DAY_FIRST_LANGUAGES: Final = frozenset(
    {"en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za", "en-sg", "en-my", "en-id"}
)
_INDONESIAN: Final = (
    "yang",
    "dan",
    "untuk",
    "dengan",
    "pada",
    "dari",
    "di",
    "ini",
    "oleh",
    "dalam",
    "warga",
    "akan",
)
_ENGLISH: Final = ("the", "and", "of", "with", "for", "to", "in", "is")
_STATED: Final = re.compile(r"\s*(?:19|20)\d\d-(\d\d)-(\d\d)")
_FEWEST_WORDS: Final = 3
_UTC: Final = ZoneInfo("UTC")
_MOST_LINES: Final = 150
_BEFORE_ITS_DAY: Final = timedelta(days=31)
_MOST_ELEMENTS: Final = 40


def judge_order(document: Document, hints: SiteHints, now: datetime) -> bool | None:
    """Tell whether 03/04 is the third of April here; None where figures stand there and nothing tells.

    What the site's other pages taught decides; then any figure above 12 on this page, or a figure that
    an attribute beside it explains; then the day in the page's address; then the reading under which fewer
    dates lie in the future; then the language of the text, which a theme's `lang="en-US"` does not change,
    and the domain.
    """
    if hints.day_first is not None:
        return hints.day_first
    pairs = _find_figures(document)
    if not pairs:
        return True
    day_votes, month_votes = count_orders(document)
    if day_votes != month_votes:
        return day_votes > month_votes
    stated = read_url_date(document.url, _UTC, now)
    day_votes, month_votes = (0, 0) if stated is None else count_told(document, stated.day(_UTC))
    if day_votes != month_votes:
        return day_votes > month_votes
    late_if_day = sum(_is_late(year, second, first, now) for first, second, year in pairs)
    late_if_month = sum(_is_late(year, first, second, now) for first, second, year in pairs)
    country = _judge_country(document)
    if late_if_day != late_if_month:
        turned = late_if_day > late_if_month
        # What is up before its day lies ahead as well (the awkward site 2142499).
        return None if turned and country and _is_soon(pairs, now) else not turned
    return country


def count_orders(document: Document) -> tuple[int, int]:
    """Count the dates of a page in figures that can only be dd/mm, and those only mm/dd."""
    days, months = _count(_find_figures(document))
    for element in document.tree.css("time[datetime]")[:_MOST_ELEMENTS]:
        shown = _FIGURES.search(element.text(strip=True))
        stated = _STATED.match(element.attributes.get("datetime") or "")
        if shown is None or stated is None or shown[1] == shown[3]:
            continue
        first, second = int(shown[1]), int(shown[3])
        if max(first, second) <= 12:
            days += (second, first) == (int(stated[1]), int(stated[2]))
            months += (first, second) == (int(stated[1]), int(stated[2]))
    return days, months


def count_told(document: Document, told: date) -> tuple[int, int]:
    """Tell whether figures that can be either show a known day: as dd/mm, or as mm/dd; never both.

    An article's 03/09/2026 is the third of September where its list's `datetime` says so, though the list's
    own text is mm/dd (the awkward site 133957).
    """
    pairs = [pair for pair in _find_figures(document) if max(pair[:2]) <= 12 and pair[0] != pair[1]]
    figures = (told.month, told.day, told.year % 100)
    days = any((second, first, year % 100) == figures for first, second, year in pairs)
    months = any((first, second, year % 100) == figures for first, second, year in pairs)
    return (int(days), int(months)) if days != months else (0, 0)


def has_figures(text: str) -> bool:
    """Tell whether a date stands in a text of which day and month may be swapped.

    >>> has_figures("03/09/2026"), has_figures("2026-09-03T08:00:00+07:00")
    (True, False)
    """
    return _FIGURES.search(text) is not None


def count_figures(texts: Iterable[str]) -> tuple[int, int]:
    """Count the dates in some texts that can only be dd/mm, and those only mm/dd.

    >>> count_figures(["25/11/2026", "3/12/2026"])
    (1, 0)
    """
    return _count([(int(m[1]), int(m[3]), int(m[4])) for text in texts for m in _FIGURES.finditer(text)])


def _find_figures(document: Document) -> list[tuple[int, int, int]]:
    return [
        (int(match[1]), int(match[3]), int(match[4]))
        for number in document.outline.dated
        for match in _FIGURES.finditer(document.outline.lines[number].text)
    ]


def _count(pairs: list[tuple[int, int, int]]) -> tuple[int, int]:
    day_votes = sum(first > 12 >= second for first, second, _ in pairs)
    return day_votes, sum(second > 12 >= first for first, second, _ in pairs)


def _is_late(year: int, month: int, day: int, now: datetime) -> bool:
    try:
        return date(year if year > 99 else 2000 + year, month, day) > now.date()
    except ValueError:
        return False


def _is_soon(pairs: list[tuple[int, int, int]], now: datetime) -> bool:
    """Tell whether no date, as dd/mm, lies farther ahead than posts are put up before their day."""
    far = now + _BEFORE_ITS_DAY
    return not any(_is_late(year, second, first, far) for first, second, year in pairs)


def _judge_country(document: Document) -> bool | None:
    """By what is written and where: Indonesian is dd/mm, American mm/dd, English of no country unknown."""
    if _is_indonesian(document):
        return True
    host = urlsplit(document.url).hostname or ""
    root = document.tree.css_first("html")
    language = ((root.attributes.get("lang") if root is not None else "") or "").lower().replace("_", "-")
    if host.endswith(_MONTH_FIRST_DOMAINS) or language == "en-us":
        return False
    ending = host.rpartition(".")[2]
    is_country = len(ending) == 2 and ending not in _NO_COUNTRIES
    is_english = language.startswith("en") or (not language and _is_english(document))
    if is_country or not is_english or language in _DAY_FIRST_LANGUAGES:
        return True
    return None


def _is_indonesian(document: Document) -> bool:
    ours, theirs = _count_words(document)
    return ours >= _FEWEST_WORDS and ours > theirs


def _is_english(document: Document) -> bool:
    ours, theirs = _count_words(document)
    return theirs >= _FEWEST_WORDS and theirs > ours


def _count_words(document: Document) -> tuple[int, int]:
    """How often the small words of Indonesian and of English stand in the text."""
    words = Counter(" ".join(line.text for line in document.outline.lines[:_MOST_LINES]).lower().split())
    ours, theirs = (sum(words[word] for word in listed) for listed in (_INDONESIAN, _ENGLISH))
    return ours, theirs
