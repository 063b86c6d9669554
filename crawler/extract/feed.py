"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, each date read by our own grammar."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from lxml import etree

from activity.errors import UnparsableError
from activity.post import DateEvidence, EvidenceKind, Post, PostDate
from activity.visit import Page
from crawler.dates import read_machine_date
from crawler.extract.key import clean_address, post_key
from crawler.extract.kind import judge_kind
from crawler.extract.xml import child_text, local_name, parse_xml

__all__ = ["Feed", "extract_feed", "plain_text"]

_TAG = re.compile(r"<[^>]*>")
_PUBLISHED = ("pubdate", "published", "issued", "created", "date", "date_published")
# A wiki's feed of edits, by its title or by links that compare two versions, bears the days of editing.
_CHANGES = re.compile(r"\b(?:recent changes|perubahan (?:terbaru|terkini))\b", re.IGNORECASE)
_EDIT = re.compile(r"[?&;](?:do=diff|diff=|oldid=|rev=|action=(?:diff|history))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds, in its own order.

    Attributes:
        next_url: the page after this one, where the feed names one.
        generator: the program that wrote it, as it says, lower case.
        comments: whether its items are readers' comments or a wiki's edits rather than posts.
        future: how many items were left out because their day has not come.
    """

    posts: tuple[Post, ...]
    next_url: str | None
    title: str
    generator: str = ""
    comments: bool = False
    future: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    url: str
    title: str
    raw: str
    where: str
    labels: tuple[str, ...] = ()


def extract_feed(page: Page, *, now: datetime, zone: ZoneInfo, site: str | None = None) -> Feed:
    """Read a feed; raises UnparsableError for what is none.

    Args:
        site: the account's address, for the posts' keys; the feed's own where absent.
    """
    body = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith(b"{"):
        return _read_json(page, body, now, zone, site or page.url)
    root = parse_xml(page.body)
    if local_name(root) not in {"rss", "rdf", "feed", "channel"}:
        raise UnparsableError(f"{page.url} is not a feed.")
    channel = next((e for e in root if local_name(e) == "channel"), root)
    elements = [e for e in root.iter() if local_name(e) in {"item", "entry"}]
    items = [item for e in elements if (item := _read_item(e, page.url)) is not None]
    posts, future = _make_posts(items, page, now, zone, site or page.url)
    title = plain_text(child_text(channel, "title"))
    return Feed(
        posts,
        _find_next(channel, page.url),
        title,
        child_text(channel, "generator").lower(),
        _is_comments(title, [item.url for item in items]),
        future,
    )


def plain_text(markup: str) -> str:
    """A title without tags and entities, on one line, at most 500 characters."""
    return " ".join(html.unescape(_TAG.sub("", html.unescape(markup))).split())[:500]


def _read_item(element: etree._Element, base: str) -> _Item | None:
    url = _find_link(element)
    if not url:
        return None
    labels = []
    raw, where = "", ""
    for child in element:
        name = local_name(child)
        if name == "category":
            labels.append(child.get("term") or "".join(child.itertext()))
    for name in _PUBLISHED:
        raw = child_text(element, name)
        if raw:
            where = name
            break
    return _Item(urljoin(base, url), plain_text(child_text(element, "title")), raw, where, tuple(labels))


def _find_link(element: etree._Element) -> str:
    original = child_text(element, "origlink")  # FeedBurner's own links only count clicks
    if original:
        return original
    fallback = ""
    for child in element:
        name = local_name(child)
        if name == "link":
            address = (child.get("href") or "".join(child.itertext())).strip()
            if address and child.get("rel", "alternate") == "alternate":
                return address
        elif name == "guid" and child.get("isPermaLink", "true").lower() == "true":
            text = "".join(child.itertext()).strip()
            fallback = text if text.startswith("http") else fallback
        elif name == "id" and not fallback:
            text = "".join(child.itertext()).strip()
            fallback = text if text.startswith("http") else ""
    return fallback


def _find_next(channel: etree._Element, base: str) -> str | None:
    for child in channel:
        if local_name(child) == "link" and child.get("rel") == "next" and child.get("href"):
            return urljoin(base, str(child.get("href")))
    return None


def _is_comments(title: str, urls: list[str]) -> bool:
    if re.match(
        r"(comments?|komentar|tanggapan)\b.{0,12}\b(on|for|to|pada|untuk|di)\b", title, re.IGNORECASE
    ):
        return True
    if _CHANGES.search(title) or (urls and all(_EDIT.search(url) for url in urls)):
        return True
    return bool(urls) and all("#comment" in url or "showComment=" in url for url in urls)


def _make_posts(
    items: list[_Item], page: Page, now: datetime, zone: ZoneInfo, site: str
) -> tuple[tuple[Post, ...], int]:
    posts: dict[str, Post] = {}
    future = 0
    for item in items:
        if not item.url.startswith(("http://", "https://")):
            continue
        date = _read_date(item, page.url, now, zone)
        if date is not None and date.at > now:
            future += 1
            continue
        key, url = post_key(item.url, site), clean_address(item.url)
        posts.setdefault(key, Post(key, url, item.title, date, judge_kind(url, item.title, item.labels)))
    return tuple(posts.values()), future


def _read_date(item: _Item, source: str, now: datetime, zone: ZoneInfo) -> PostDate | None:
    reading = read_machine_date(item.raw, now=now, zone=zone, future_ok=True) if item.raw else None
    if reading is None:
        return None
    evidence = DateEvidence(EvidenceKind.FEED, item.where, item.raw, reading.at, reading.precision, source)
    return PostDate(reading.at, reading.precision, (evidence,))


def _read_json(page: Page, body: bytes, now: datetime, zone: ZoneInfo, site: str) -> Feed:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnparsableError(f"{page.url} is not JSON.") from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise UnparsableError(f"{page.url} is not a JSON feed.")
    items = list(_read_json_items(data["items"], page.url))
    posts, future = _make_posts(items, page, now, zone, site)
    following = data.get("next_url")
    return Feed(
        posts,
        urljoin(page.url, following) if isinstance(following, str) else None,
        plain_text(str(data.get("title") or "")),
        future=future,
    )


def _read_json_items(items: list[Any], base: str) -> Iterator[_Item]:
    for item in items:
        if not isinstance(item, dict):
            continue
        url = item.get("url") or item.get("external_url") or item.get("id")
        if isinstance(url, str) and url:
            labels = item.get("tags")
            yield _Item(
                urljoin(base, url),
                plain_text(str(item.get("title") or "")),
                str(item.get("date_published") or ""),
                "date_published",
                tuple(str(label) for label in labels) if isinstance(labels, list) else (),
            )
