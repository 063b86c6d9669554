"""Month archives, for sites whose lists do not continue in any other way."""

import re
from datetime import datetime

from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = ["discover_archives"]

MAX_ARCHIVES = 36
_MONTH = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])/?(?:index\.html?)?$|[?&]m=((?:19|20)\d\d)(0[1-9]|1[0-2])$"
)


def discover_archives(document: Document, since: datetime) -> tuple[str, ...]:
    """Pages of one month's posts each, from the newest back to the month of `since` (aware, local)."""
    found: dict[tuple[int, int], str] = {}
    for link in document.tree.css("a[href], option[value]")[:3_000]:
        href = link.attributes.get("href") or link.attributes.get("value") or ""
        url = document.resolve(href)
        match = _MONTH.search(href)
        if url is None or match is None or not same_site(url, document.url):
            continue
        month = (int(match[1] or match[3]), int(match[2] or match[4]))
        if month >= (since.year, since.month):
            found.setdefault(month, url)
    return tuple(found[month] for month in sorted(found, reverse=True)[:MAX_ARCHIVES])
