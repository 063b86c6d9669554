"""Month archives, for sites whose lists do not continue in any other way."""

import re
from datetime import date, datetime, timedelta

from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = ["discover_archives", "turn_month"]

MAX_ARCHIVES = 36
_MONTH = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])/?(?:index\.html?)?$|[?&]m=((?:19|20)\d\d)(0[1-9]|1[0-2])$"
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
        match = _MONTH.search(href)
        if url is None or match is None or not same_site(url, document.url):
            continue
        month = (int(match[1] or match[3]), int(match[2] or match[4]))
        if month >= (first.year, first.month):
            found.setdefault(month, url)
    return tuple(found[month] for month in sorted(found, reverse=True)[:MAX_ARCHIVES])


def turn_month(url: str, today: date) -> str | None:
    """The address of this month's archive, made after that of an earlier month; None for any other address.

    >>> turn_month("https://a.id/2026/06/", date(2026, 7, 1))
    'https://a.id/2026/07/'
    """
    match = _MONTH.search(url)
    if match is None:
        return None
    place = (1, 2) if match[1] else (3, 4)
    year, month = (int(match[group]) for group in place)
    if (year, month) >= (today.year, today.month):
        return None
    padded = len(match[place[1]]) == 2
    between = url[match.end(place[0]) : match.start(place[1])]
    turned = f"{today.year}{between}{today.month:02}" if padded else f"{today.year}{between}{today.month}"
    return url[: match.start(place[0])] + turned + url[match.end(place[1]) :]
