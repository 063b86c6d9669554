"""Month archives, for sites whose lists do not continue in any other way."""

import re
from datetime import date, datetime, timedelta

from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = ["discover_archives", "turn_month"]

MAX_ARCHIVES = 36
_YEAR_FIGURES = r"(?P<year>(?:19|20)\d\d)"
_MONTH_FIGURES = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR_NAME, _MONTH_NAME = r"(?:tahun|thn|th|year|yr|y)", r"(?:bulan|bln|bl|month|mon|mo|m)"
# A path, WordPress's `?m=202606`, and the query of lists that are filtered by month.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/{_YEAR_FIGURES}[/-]{_MONTH_FIGURES}/?(?:index\.html?)?$",
        rf"[?&]m={_YEAR_FIGURES}(?P<month>0[1-9]|1[0-2])$",
        rf"[?&]\w+={_YEAR_FIGURES}-{_MONTH_FIGURES}$",
        rf"[?&]{_MONTH_NAME}={_MONTH_FIGURES}&{_YEAR_NAME}={_YEAR_FIGURES}$",
        rf"[?&]{_YEAR_NAME}={_YEAR_FIGURES}&{_MONTH_NAME}={_MONTH_FIGURES}$",
    )
)


def discover_archives(document: Document, since: datetime) -> tuple[str, ...]:
    """Pages of one month's posts each, from the newest back to the month of `since` (aware, local).

    With a day's grace, for archives that follow the day of UTC.
    """
    first = since - timedelta(days=1)
    found: dict[tuple[int, int], str] = {}
    for link in document.tree.css("a[href], option[value]")[:3_000]:
        href = link.attributes.get("href") or link.attributes.get("value") or ""
        url = document.resolve(href)
        match = _find_month(href)
        if url is None or match is None or not same_site(url, document.url):
            continue
        month = (int(match["year"]), int(match["month"]))
        if month >= (first.year, first.month):
            found.setdefault(month, url)
    return tuple(found[month] for month in sorted(found, reverse=True)[:MAX_ARCHIVES])


def turn_month(url: str, today: date) -> str | None:
    """The address of this month's archive, made after that of an earlier month; None for any other address.

    >>> turn_month("https://a.id/2026/06/", date(2026, 7, 1))
    'https://a.id/2026/07/'
    """
    match = _find_month(url)
    if match is None or (int(match["year"]), int(match["month"])) >= (today.year, today.month):
        return None
    month = f"{today.month:02}" if len(match["month"]) == 2 else str(today.month)
    changes = sorted((match.span("year"), match.span("month")), reverse=True)
    for begin, end in changes:
        url = url[:begin] + (str(today.year) if (begin, end) == match.span("year") else month) + url[end:]
    return url


def _find_month(url: str) -> re.Match[str] | None:
    return next((match for form in _FORMS if (match := form.search(url))), None)
