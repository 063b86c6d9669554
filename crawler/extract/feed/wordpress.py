"""WordPress' own list of posts, as its REST API gives it."""

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

__all__ = ["WordPressPage", "extract_wordpress"]


@dataclass(frozen=True, slots=True)
class WordPressPage:
    """One page of posts, newest first.

    Attributes:
        total: posts on the whole site, None where the server does not say (`X-WP-Total`).
        pages: pages of this size, None likewise.
        dropped: items that are published and state no address that could be opened.
    """

    posts: tuple[Post, ...]
    total: int | None = None
    pages: int | None = None
    dropped: int = 0


def extract_wordpress(page: Page, *, now: datetime, zone: ZoneInfo, site: str) -> WordPressPage:
    """Read `/wp-json/wp/v2/posts`; raises UnparsableError for an error object or anything else."""
    data = load_json(decode_body(page.body))
    if not isinstance(data, list):
        raise UnparsableError(f"{page.url} lists no posts.")
    posts = [post for item in data if (post := _read_post(item, page.url, now, zone, site)) is not None]
    return WordPressPage(
        tuple(posts),
        _number(page.headers.get("x-wp-total")),
        _number(page.headers.get("x-wp-totalpages")),
        sum(_find_address(item, page.url) is None for item in data),
    )


def _find_address(item: Any, source: str) -> str | None:
    link = item.get("link") if isinstance(item, dict) else None
    return join_address(source, link) if isinstance(link, str) else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _read_post(item: Any, source: str, now: datetime, zone: ZoneInfo, site: str) -> Post | None:
    url = _find_address(item, source)
    if url is None or item.get("status", "publish") != "publish":
        return None
    date = _read_date(item, source, now, zone)
    if date is not None and date.at > now:
        return None
    title = item.get("title")
    words = plain_text(str(title.get("rendered", "") if isinstance(title, dict) else title or ""))
    return Post(post_key(url, site), url, words, date, judge_kind(url, words))


def _read_date(item: dict[str, Any], source: str, now: datetime, zone: ZoneInfo) -> PostDate | None:
    for field in ("date_gmt", "date"):
        raw = item.get(field)
        if not isinstance(raw, str) or len(raw) > 100 or raw.startswith("0000"):
            continue
        stated = f"{raw}Z" if field == "date_gmt" and not raw.endswith("Z") else raw
        reading = read_machine_date(stated, now=now, zone=zone, future_ok=True)
        if reading is not None:
            evidence = DateEvidence(EvidenceKind.API, field, raw, reading.at, reading.precision, source)
            return PostDate(reading.at, reading.precision, (evidence,))
    return None
