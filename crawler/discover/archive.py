"""Archives of months and years, for sites whose lists do not continue in any other way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from selectolax.lexbor import LexborNode

from crawler.extract.page.document import Document
from crawler.extract.page.hyperlink import MOST_LINKS
from crawler.extract.page.key import same_site

__all__ = ["MonthArchive", "discover_months", "turn_month"]

MAX_ARCHIVES = 36
_YEAR_FIGURES = r"(?P<year>(?:19|20)\d\d)"
_MONTH_FIGURES = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR_NAME, _MONTH_NAME = r"(?:tahun|thn|th|year|yr|y)", r"(?:bulan|bln|bl|month|mon|mo|m)"
# A path, or a file as chalow's `2026-06.html`; WordPress's `?m=202606` and tDiary's `?date=202606`; the query
# of lists that are filtered by month.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/{_YEAR_FIGURES}[/-]{_MONTH_FIGURES}(?:/?(?:index\.html?)?|\.html?|\.php)$",
        rf"[?&](?:m|ym|date|month|bulan|arsip|archives?)={_YEAR_FIGURES}(?P<month>0[1-9]|1[0-2])$",
        rf"[?&]\w+={_YEAR_FIGURES}-{_MONTH_FIGURES}$",
        rf"[?&]{_MONTH_NAME}={_MONTH_FIGURES}&{_YEAR_NAME}={_YEAR_FIGURES}$",
        rf"[?&]{_YEAR_NAME}={_YEAR_FIGURES}&{_MONTH_NAME}={_MONTH_FIGURES}$",
    )
)


# "Maret 2026 (14)", "[14]", or a badge behind the name.
_COUNT = re.compile(r"[(\[{]\s*(\d{1,5})(?:\s*[^\W\d]{1,12})?\s*[)\]}]\s*$")
_BADGE = re.compile(r"[(\[{]?\s*(\d{1,5})(?:\s*[^\W\d]{1,12})?\s*[)\]}]?")
# A year is never the count of a month's posts.
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_ADDRESS = re.compile(rf"(?:[?&]{_YEAR_NAME}=|/){_YEAR_FIGURES}/?$", re.IGNORECASE)
_MOST_FORMS = 20
_MOST_OPTIONS = 600


@dataclass(frozen=True, slots=True)
class MonthArchive:
    """One month's archive, with the number of posts that the page says it holds; None where it says none.

    A year's is that of its January, and holds what came after.
    """

    year: int
    month: int
    url: str
    count: int | None = None


def discover_months(document: Document, since: datetime) -> tuple[MonthArchive, ...]:
    """Find pages of one month's posts each, from the newest back to the month of `since` (aware, local).

    With a day's grace, for archives that follow the day of UTC.
    """
    first = since - timedelta(days=1)
    found: dict[tuple[int, int], MonthArchive] = {}
    for link in document.tree.css("a[href], option[value]")[:MOST_LINKS]:
        href = link.attributes.get("href") or link.attributes.get("value") or ""
        # Beside its home page a folder's file has no path of its own: "2026-06.html".
        url = document.resolve(href) if _YEAR.search(href) is not None else None
        match = None if url is None else _find_month(url)
        if url is None or match is None or not same_site(url, document.url):
            continue
        year, month = int(match["year"]), int(match["month"])
        known = found.get((year, month))
        # A calendar links the month as well, and counts nothing.
        if (year, month) >= (first.year, first.month) and (known is None or known.count is None):
            count = _read_count(link)
            found[year, month] = MonthArchive(year, month, url if known is None else known.url, count)
    if not found:
        found = {(year, 1): MonthArchive(year, 1, url) for year, url in _find_years(document, first.year)}
    return tuple(found[key] for key in sorted(found, reverse=True)[:MAX_ARCHIVES])


def _find_years(document: Document, first: int) -> Iterator[tuple[int, str]]:
    """Pages of one year's posts each, that a form or a box to choose from leads to."""
    for form in document.tree.css("form")[:_MOST_FORMS]:
        boxes = form.css("select")
        years = [v for option in form.css("option") if (v := (option.attributes.get("value") or "").strip())]
        name = boxes[0].attributes.get("name") if len(boxes) == 1 else None
        posts = (form.attributes.get("method") or "get").lower() != "get"
        if posts or not name or not years or not all(map(_YEAR.fullmatch, years)):
            continue
        hidden = [
            (i.attributes.get("name") or "", i.attributes.get("value") or "")
            for i in form.css("input[type=hidden]")
        ]
        base = document.resolve(form.attributes.get("action") or document.url) or document.url
        for year in years:
            query = urlencode([*((n, v) for n, v in hidden if n), (name, year)])
            if int(year) >= first and same_site(base, document.url):
                yield int(year), f"{base.partition('?')[0].partition('#')[0]}?{query}"
    for option in document.tree.css("option[value]")[:_MOST_OPTIONS]:
        value = option.attributes.get("value") or ""
        match = _YEAR_ADDRESS.search(value)
        url = document.resolve(value) if match is not None else None
        if (
            match is not None
            and url is not None
            and int(match["year"]) >= first
            and same_site(url, document.url)
        ):
            yield int(match["year"]), url


def _read_count(link: LexborNode) -> int | None:
    """How many posts a month has, as its link, the text behind it or a badge beside it says."""
    text = " ".join(link.text(separator=" ").split())
    inside = _COUNT.search(text)
    if inside is not None:
        return int(inside[1])
    badges = [" ".join(child.text().split()) for child in link.css("span, small, em, i, b, sup, div")]
    node, behind = link.next, ""
    for _ in range(3):
        if node is None or (node.tag not in {"-text", "span", "small", "em", "i", "b", "sup"}):
            break
        words = node.text_content if node.tag == "-text" else node.text()
        behind = " ".join((words or "").split())
        if behind:
            break
        node = node.next
    for words in (*badges, behind):
        match = _BADGE.fullmatch(words)
        if match is not None and not _YEAR.fullmatch(words):
            return int(match[1])
    return None


def turn_month(url: str, today: date) -> str | None:
    """Make the address of this month's or year's archive from an earlier one's; None for any other.

    >>> turn_month("https://a.id/2026/06/", date(2026, 7, 1)), turn_month("/?tahun=2026", date(2027, 1, 2))
    ('https://a.id/2026/07/', '/?tahun=2027')
    """
    match = _find_month(url)
    of_year = _YEAR_ADDRESS.search(url) if match is None else None
    if of_year is not None and int(of_year["year"]) < today.year:
        return f"{url[: of_year.start('year')]}{today.year}{url[of_year.end('year') :]}"
    if match is None or (int(match["year"]), int(match["month"])) >= (today.year, today.month):
        return None
    month = f"{today.month:02}" if len(match["month"]) == 2 else str(today.month)
    changes = sorted((match.span("year"), match.span("month")), reverse=True)
    for begin, end in changes:
        url = url[:begin] + (str(today.year) if (begin, end) == match.span("year") else month) + url[end:]
    return url


def _find_month(url: str) -> re.Match[str] | None:
    return next((match for form in _FORMS if (match := form.search(url))), None)
