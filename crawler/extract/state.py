"""Posts in JSON: the state a script-drawn page carries, or the API that its script asks."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from activity.errors import UnparsableError
from activity.post import DateEvidence, EvidenceKind, Post, PostDate
from activity.visit import Page
from crawler.dates import read_machine_date
from crawler.extract.document import Document
from crawler.extract.feed import plain_text
from crawler.extract.key import post_key, same_site
from crawler.extract.kind import judge_kind

__all__ = ["extract_json_posts", "extract_state", "find_apis", "find_templates"]

MAX_DEPTH = 12
MAX_ITEMS = 5_000
_TITLES = ("title", "judul", "headline", "name", "nama")
_DATES = (
    *("published_at", "publishedat", "datepublished", "date_published", "published", "publish_date"),
    *("publishdate", "pubdate", "date", "tanggal", "tgl", "tanggal_posting", "posted_at"),
    *("created_at", "createdat"),
)
_LINKS = ("url", "link", "permalink", "href", "path")
_NAMES = ("slug", "id", "_id")
_ASSIGNED = re.compile(r"^\s*(?:window\.|var |const |let )?[\w$.\[\]\"']+\s*=\s*(?=[{\[])")
_API = re.compile(
    r"(?:fetch|axios(?:\.get)?|\$\.(?:get|getJSON|ajax)|url)\s*[(:]\s*[\"'`]([^\"'`$\s]+)[\"'`]"
)
_TEMPLATE = re.compile(
    r"[\"'`]((?:https?:/)?/?[\w\-./?=&#]*[/=])"
    r"(?:\$\{\s*\w+(?:\.\w+)*\.(slug|id)\b[^}]*\}|[\"'`]\s*\+\s*\w+(?:\.\w+)*\.(slug|id)\b)"
)


def extract_state(document: Document, *, now: datetime, zone: ZoneInfo, site: str) -> tuple[Post, ...]:
    """Posts from the JSON in a page's scripts (`__NEXT_DATA__`, `window.state = …`), in their order."""
    templates = find_templates(document.html)
    posts: dict[str, Post] = {}
    for script in document.tree.css("script:not([src])"):
        text = script.text(deep=True).strip()
        if (script.attributes.get("type") or "").endswith("ld+json") or len(text) < 40:
            continue
        for post in _read_posts(
            _load(_ASSIGNED.sub("", text, count=1)), document.page, now, zone, site, templates
        ):
            posts.setdefault(post.key, post)
    return tuple(posts.values())


def extract_json_posts(
    page: Page, *, now: datetime, zone: ZoneInfo, site: str, templates: Mapping[str, str]
) -> tuple[Post, ...]:
    """Posts of an API's answer; raises UnparsableError where it is no JSON or lists none.

    Args:
        templates: address before a `slug` or an `id`, where items carry no address of their own.
    """
    data = _load(page.body.decode("utf-8", "replace"))
    posts = {post.key: post for post in _read_posts(data, page, now, zone, site, templates)}
    if not posts:
        raise UnparsableError(f"{page.url} lists no posts.")
    return tuple(posts.values())


def find_apis(document: Document, scripts: str = "") -> tuple[str, ...]:
    """Addresses on the site's own host that its scripts ask for data, at most five."""
    found = (document.resolve(match[1]) for match in _API.finditer(f"{document.html}\n{scripts}"))
    own = [url for url in found if url is not None and same_site(url, document.url) and "." not in url[-5:-1]]
    return tuple(dict.fromkeys(own))[:5]


def find_templates(text: str) -> Mapping[str, str]:
    """How scripts build a post's address: the part before its `slug` or `id`."""
    return {match[2] or match[3]: match[1] for match in _TEMPLATE.finditer(text)}


def _load(text: str) -> Any:
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        return None
    try:
        return json.JSONDecoder().raw_decode(start)[0]
    except (ValueError, RecursionError):
        return None


def _read_posts(
    data: Any, page: Page, now: datetime, zone: ZoneInfo, site: str, templates: Mapping[str, str]
) -> Iterator[Post]:
    for item in _records(data, MAX_DEPTH):
        title = _first(item, _TITLES)
        date = _read_date(item, page.url, now, zone)
        url = _find_url(item, page.url, templates)
        if title and date is not None and date.at <= now and url is not None and same_site(url, site):
            words = plain_text(title)
            yield Post(post_key(url, site), url, words, date, judge_kind(url, words))


def _records(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object that stands in a list, to a depth; a post is one of many alike."""
    if depth == 0:
        return
    if isinstance(data, dict):
        for value in data.values():
            yield from _records(value, depth - 1)
    elif isinstance(data, list):
        for value in data[:MAX_ITEMS]:
            if isinstance(value, dict):
                yield {str(name).lower(): inner for name, inner in value.items()}
            yield from _records(value, depth - 1)


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _read_date(item: Mapping[str, Any], source: str, now: datetime, zone: ZoneInfo) -> PostDate | None:
    for name in _DATES:
        raw = item.get(name)
        reading = read_machine_date(raw, now=now, zone=zone, future_ok=True) if isinstance(raw, str) else None
        if reading is not None and isinstance(raw, str):
            evidence = DateEvidence(EvidenceKind.API, name, raw, reading.at, reading.precision, source)
            return PostDate(reading.at, reading.precision, (evidence,))
    return None


def _find_url(item: Mapping[str, Any], base: str, templates: Mapping[str, str]) -> str | None:
    address = _first(item, _LINKS)
    if address:
        return urljoin(base, address)
    for name in _NAMES:
        value = item.get(name)
        if name in templates and isinstance(value, str | int):
            return urljoin(base, f"{templates[name]}{value}")
    return None
