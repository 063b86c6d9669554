"""Blogger's feed in JSON, with its totals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from activity.errors import UnparsableError
from activity.post import DateEvidence, EvidenceKind, Post, PostDate
from activity.visit import Page
from crawler.dates import read_machine_date
from crawler.extract.feed.item import plain_text
from crawler.extract.feed.kind import judge_kind
from crawler.extract.page.document import decode_body
from crawler.extract.page.json_value import load_json
from crawler.extract.page.key import join_address, post_key

__all__ = ["BloggerPage", "extract_blogger"]


@dataclass(frozen=True, slots=True)
class BloggerPage:
    """One page of posts, newest first.

    Attributes:
        entries: how many entries came, which may be fewer than were asked for.
        start: number of the first one, from 1.
        total: posts on the whole site, None where the feed does not say.
    """

    posts: tuple[Post, ...]
    entries: int
    start: int = 1
    total: int | None = None


def extract_blogger(page: Page, *, now: datetime, zone: ZoneInfo, site: str) -> BloggerPage:
    """Read `/feeds/posts/summary?alt=json`; raises UnparsableError for anything else."""
    data = load_json(decode_body(page.body))
    feed = data.get("feed") if isinstance(data, dict) else None
    if not isinstance(feed, dict):
        raise UnparsableError(f"{page.url} is not Blogger's feed.")
    entries = [entry for entry in _list(feed.get("entry")) if isinstance(entry, dict)]
    posts = [post for entry in entries if (post := _read_entry(entry, page.url, now, zone, site)) is not None]
    return BloggerPage(
        tuple(posts),
        len(entries),
        _number(feed.get("openSearch$startIndex")) or 1,
        _number(feed.get("openSearch$totalResults")),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return str(value.get("$t", "")) if isinstance(value, dict) else ""


def _number(value: Any) -> int | None:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _read_entry(entry: dict[str, Any], source: str, now: datetime, zone: ZoneInfo, site: str) -> Post | None:
    url = _find_link(entry, source)
    if url is None:
        return None
    raw = _text(entry.get("published"))[:100]
    reading = read_machine_date(raw, now=now, zone=zone, future_ok=True) if raw else None
    if reading is not None and reading.at > now:
        return None
    date = None
    if reading is not None:
        evidence = DateEvidence(EvidenceKind.API, "published", raw, reading.at, reading.precision, source)
        date = PostDate(reading.at, reading.precision, (evidence,))
    title = plain_text(_text(entry.get("title")))
    labels = [str(c.get("term", "")) for c in _list(entry.get("category")) if isinstance(c, dict)]
    return Post(post_key(url, site), url, title, date, judge_kind(url, title, labels))


def _find_link(entry: dict[str, Any], source: str) -> str | None:
    for link in _list(entry.get("link")):
        if isinstance(link, dict) and link.get("rel") == "alternate":
            href = link.get("href")
            if isinstance(href, str) and href.startswith(("http://", "https://")):
                return join_address(source, href)
    return None
