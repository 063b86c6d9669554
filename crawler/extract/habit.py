"""Which order a page writes day and month in."""

import re
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.document import Document
from crawler.extract.hints import SiteHints

__all__ = ["count_orders", "infer_day_first"]

_FIGURES: Final = re.compile(
    r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2}|(?<=/)\d{2})(?![\d/]|[.-]\d)"
)
# Offices of the United States write mm/dd on their own domains; nobody else owns these.
_MONTH_FIRST_DOMAINS: Final = (".gov", ".mil", ".us")


def infer_day_first(document: Document, hints: SiteHints, now: datetime) -> bool:
    """Whether 03/04 is the third of April here.

    What the site's other pages taught decides; then any figure above 12 on this page; then the
    reading under which fewer dates lie in the future; then the domain and the page's own language.
    """
    if hints.day_first is not None:
        return hints.day_first
    pairs = _find_figures(document)
    if not pairs:
        return True
    day_votes, month_votes = _count(pairs)
    if day_votes != month_votes:
        return day_votes > month_votes
    late_if_day = sum(_is_late(year, second, first, now) for first, second, year in pairs)
    late_if_month = sum(_is_late(year, first, second, now) for first, second, year in pairs)
    if late_if_day != late_if_month:
        return late_if_day < late_if_month
    return not _is_american(document)


def count_orders(document: Document) -> tuple[int, int]:
    """How many of a page's dates in figures can only be dd/mm, and how many only mm/dd."""
    return _count(_find_figures(document))


def _find_figures(document: Document) -> list[tuple[int, int, int]]:
    return [
        (int(match[1]), int(match[3]), int(match[4]))
        for line in document.outline.lines
        if "/" in line.text or "20" in line.text or "19" in line.text
        for match in _FIGURES.finditer(line.text)
    ]


def _count(pairs: list[tuple[int, int, int]]) -> tuple[int, int]:
    day_votes = sum(first > 12 >= second for first, second, _ in pairs)
    return day_votes, sum(second > 12 >= first for first, second, _ in pairs)


def _is_late(year: int, month: int, day: int, now: datetime) -> bool:
    try:
        return date(year if year > 99 else 2000 + year, month, day) > now.date()
    except ValueError:
        return False


def _is_american(document: Document) -> bool:
    host = urlsplit(document.url).hostname or ""
    root = document.tree.css_first("html")
    language = "" if root is None else (root.attributes.get("lang") or "")
    return host.endswith(_MONTH_FIRST_DOMAINS) or language.lower().replace("_", "-") == "en-us"
