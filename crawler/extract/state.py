"""Posts in JSON: the state a script-drawn page carries, or the API that its script asks."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from activity.errors import UnparsableError
from activity.post import DateEvidence, Post
from activity.visit import Page
from crawler.extract.document import Document, parse_document
from crawler.extract.feed import plain_text
from crawler.extract.key import post_key, same_site
from crawler.extract.kind import judge_kind
from crawler.extract.state_record import find_objects, find_records

__all__ = [
    "extract_json_posts",
    "extract_state",
    "find_apis",
    "find_continuation",
    "find_own_date",
    "find_templates",
]

MAX_SCRIPTS = 60
MAX_LINKS = 3_000
_ASSIGNED: Final = re.compile(r"^\s*(?:window\.|self\.|var |const |let )?[\w$.\[\]\"']+\s*=\s*(?=[{\[])")
_API: Final = re.compile(
    r"(?:fetch|axios(?:\.get)?|\$\.(?:get|getJSON|ajax)|url)\s*[(:]\s*[\"'`]([^\"'`$\s]+)(?:[\"'`]|\$\{)"
)
# `const api = "/api/v1"`, `baseURL: "/api"`: what the paths of the requests are put behind.
_BASE: Final = re.compile(r"([\w$]+)\s*[:=]\s*[\"'`]((?:https?:/)?/[\w\-./:]*)[\"'`]")
_JOINED: Final = re.compile(
    r"(?:([\w$]+)\s*\+\s*[\"'`]|\$\{(?:\w+\.)*([\w$]+)\})(/?[\w\-./?=&]+)|\.get\(\s*[\"'`](/[\w\-./?=&]+)"
)
_TEMPLATE: Final = re.compile(
    r"[\"'`]((?:https?:/)?/?[\w\-./?=&#]*[/=])"
    r"(?:\$\{\s*\w+(?:\.\w+)*\.(slug|id)\b[^}]*\}|[\"'`]\s*\+\s*\w+(?:\.\w+)*\.(slug|id)\b)"
)
_NEWS: Final = re.compile(r"berita|news|artikel|article|post|blog|kabar|warta|pengumuman", re.IGNORECASE)
_NEXT: Final = ("next", "next_page_url", "nextpageurl", "next_url")


def extract_state(document: Document, *, now: datetime, zone: ZoneInfo, site: str) -> tuple[Post, ...]:
    """Posts from the JSON in a page's scripts (`__NEXT_DATA__`, `window.state = …`), in their order."""
    templates = find_templates(document.html)
    posts: dict[str, Post] = {}
    for data in _load_scripts(document):
        for post in _read_posts(data, document.page, now, zone, site, templates, _links_by_name(document)):
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
    posts = {post.key: post for post in _read_posts(data, page, now, zone, site, templates, {})}
    if not posts:
        raise UnparsableError(f"{page.url} lists no posts.")
    return tuple(posts.values())


def find_own_date(document: Document, *, now: datetime, zone: ZoneInfo) -> DateEvidence | None:
    """What the JSON in an article's page says of that very article; None unless it names the address."""
    own = _last_segment(document.url)
    for data in _load_scripts(document) if own else ():
        for record in find_objects(data, document.url, now, zone):
            known = {record.names.get("slug"), _last_segment(urljoin(document.url, record.address))}
            if own in known:
                return record.date.evidence[0]
    return None


def find_apis(document: Document, scripts: str = "") -> tuple[str, ...]:
    """Addresses on the site's own host that its scripts ask for data, at most five, news first."""
    text = f"{document.html}\n{scripts}"
    raw = [match[1] for match in _API.finditer(text)]
    bases = {name: base for name, base in _BASE.findall(text) if "api" in base.lower()}
    for match in _JOINED.finditer(text):
        base = bases.get(match[1] or match[2] or "baseURL")
        if base is not None:
            raw.append(f"{base.rstrip('/')}/{(match[3] or match[4]).lstrip('/')}")
    found = (document.resolve(f"{url}1" if url.endswith("=") else url) for url in raw)
    own = [url for url in found if url is not None and same_site(url, document.url) and "." not in url[-5:-1]]
    ordered = sorted(dict.fromkeys(own), key=lambda url: (not _NEWS.search(url), url.endswith("/")))
    return tuple(ordered)[:5]


def find_continuation(page: Page) -> str | None:
    """Where a list in JSON goes on, by its own link or its count of pages; None at its end or unknown."""
    if page.body.lstrip()[:1] in {b"{", b"["}:
        return _continue(_load(page.body.decode("utf-8", "replace")), page.url, 4)
    found = (_continue(data, page.url, 6) for data in _load_scripts(parse_document(page)))
    return next((url for url in found if url is not None), None)


def _continue(data: Any, base: str, depth: int) -> str | None:
    if not isinstance(data, dict) or depth == 0:
        return None
    stated = next((str(data[name]) for name in _NEXT if isinstance(data.get(name), str)), "")
    if stated.startswith(("/", "http", "?")):
        return urljoin(base, stated)
    current = data.get("current_page") or data.get("page")
    last = data.get("last_page") or data.get("total_pages") or data.get("totalPages")
    if isinstance(current, int) and isinstance(last, int) and current < last:
        return _with_page(base, current + 1)
    found = (_continue(value, base, depth - 1) for value in data.values())
    return next((url for url in found if url is not None), None)


def find_templates(text: str) -> Mapping[str, str]:
    """How scripts build a post's address: the part before its `slug` or `id`."""
    # The address a reader sees, not the one under which the script asks for the text.
    found = [match for match in _TEMPLATE.finditer(text) if "api/" not in match[1]]
    return {match[2] or match[3]: match[1] for match in found}


def _load_scripts(document: Document) -> Iterator[Any]:
    for script in document.tree.css("script:not([src])")[:MAX_SCRIPTS]:
        text = script.text(deep=True).strip()
        if (script.attributes.get("type") or "").endswith("ld+json") or len(text) < 40:
            continue
        data = _load(_ASSIGNED.sub("", text, count=1))
        if data is not None:
            yield data


def _load(text: str) -> Any:
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        return None
    try:
        return json.JSONDecoder().raw_decode(start)[0]
    except (ValueError, RecursionError):
        return None


def _read_posts(
    data: Any,
    page: Page,
    now: datetime,
    zone: ZoneInfo,
    site: str,
    templates: Mapping[str, str],
    links: Mapping[str, str],
) -> Iterator[Post]:
    for record in find_records(data, page.url, now, zone):
        url = record.resolve(page.url, templates, links)
        if record.date.at <= now and url is not None and same_site(url, site):
            words = plain_text(record.title)
            yield Post(post_key(url, site), url, words, record.date, judge_kind(url, words))


def _links_by_name(document: Document) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for link in document.tree.css("a[href]")[:MAX_LINKS]:
        url = document.resolve(link.attributes.get("href") or "")
        if url is not None and same_site(url, document.url):
            found.setdefault(_last_segment(url), url)
    return found


def _last_segment(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _with_page(url: str, number: int) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {"page": str(number)}
    return urlunsplit(parts._replace(query=urlencode(query)))
