"""One post's own page: is it a post, what is it called, and when was it published."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from activity.post import PostDate, PostKind
from crawler.extract.document import Document
from crawler.extract.hints import NO_HINTS, SiteHints
from crawler.extract.witness import Setting, find_witnesses

__all__ = ["Article", "SiteHints", "extract_article"]


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says about itself.

    Attributes:
        date: None where no trustworthy witness was found, or where the page is no post.
        is_post: None where the page does not tell.
    """

    title: str
    date: PostDate | None
    kind: PostKind
    is_post: bool | None


def extract_article(
    document: Document, *, now: datetime, zone: ZoneInfo, hints: SiteHints = NO_HINTS
) -> Article:
    """Read one page as a post."""
    setting = Setting(now, zone, hints.day_first is not False)
    witnesses = find_witnesses(document, setting)
    date = PostDate(witnesses[0].at, witnesses[0].precision, witnesses) if witnesses else None
    heading = document.tree.css_first("h1")
    title = "" if heading is None else heading.text(separator=" ", strip=True)
    return Article(title, date, PostKind.NEWS, None)
