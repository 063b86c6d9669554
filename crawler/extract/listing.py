"""The dated items of a page that lists posts."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from activity.post import PostDate
from crawler.extract.document import Document
from crawler.extract.hints import NO_HINTS, SiteHints

__all__ = ["ListedItem", "extract_listing"]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a list; `date` is None where the list shows none for it."""

    url: str
    title: str
    date: PostDate | None


def extract_listing(
    document: Document, *, now: datetime, zone: ZoneInfo, hints: SiteHints = NO_HINTS
) -> tuple[ListedItem, ...]:
    """Every item of the page's lists, in the page's order."""
    del document, now, zone, hints
    return ()
