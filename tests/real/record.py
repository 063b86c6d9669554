"""Keep what a real system renders of our texts: its pages, trimmed, beside the truth about them.

A recorded site is a folder of two files: `case.json` holds the moment, the window and every known post that
can be reached; `pages.xz` one JSON line for each page. It is what `tests/crawler/test_golden_systems.py`
reads without a network, and what `run.py --replay` serves again.
"""

import json
import lzma
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from selectolax.lexbor import LexborHTMLParser
from truth import NIGHTS, SINCE, ZONE, Served, place_of

from activity.agency import Account, Channel
from activity.visit import Fetch, Harvest, Page, Target, Visit, Window
from crawler.drive.guard import Guard
from crawler.probe import probe
from crawler.visits.site.website import visit

__all__ = ["record_site"]

_KEPT_HEADERS = ("content-type", "etag", "last-modified", "link", "x-wp-total", "x-wp-totalpages")
_READABLE = ("html", "xml", "json", "text/plain")
_ASSET = re.compile(r"\.(?:css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|pdf|zip|gz)$", re.IGNORECASE)
# What fills pages and says nothing to us: styles, pictures drawn in the page, scripts other than JSON.
_FILLING = re.compile(
    rb"(<style\b[^>]*>)[^<]*(?:<(?!/style)[^<]*)*(?=</style>)"
    rb"|(<svg\b[^>]*>).*?(?=</svg>)"
    rb"|(<script\b(?![^>]*json)[^>]*>).*?(?=</script>)",
    re.DOTALL | re.IGNORECASE,
)
# Of the alternates in a head only feeds: WordPress names an embedding and a JSON for each page.
_LEADING = "a[href], link[rel=alternate][type*=rss], link[rel=alternate][type*=atom], link[rel=next], loc"
# Beside the posts' own pages: enough for every list and feed, not for all tags and months of a site.
_MOST_OTHERS = 60
_LARGEST = 400_000
_MOST_LISTS = 8
# Text packs best with its last letters as context and without alignment.
_PACKING = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "pb": 0}]


@dataclass(slots=True)
class _Recording:
    """The pages kept so far, by address."""

    served: Served
    client: httpx.Client
    pages: dict[str, dict[str, object]] = field(default_factory=dict)

    def keep(self, url: str, status: int, headers: dict[str, str], body: bytes) -> None:
        kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        self.pages[url] = {"url": url, "status": status, "headers": kept, "body": _trim(body)}

    def fetch(self, url: str) -> bytes:
        """The body of a page worth keeping, kept; else nothing."""
        answer = self.client.get(url, follow_redirects=True)
        readable = any(word in answer.headers.get("content-type", "") for word in _READABLE)
        if answer.status_code != 200 or not readable or len(answer.content) > _LARGEST:
            return b""
        self.keep(url, 200, dict(answer.headers), answer.content)
        return answer.content


def record_site(served: Served, folder: Path) -> None:
    """Write the pages that a visit asks for and those that links lead to, with the truth beside them."""
    with httpx.Client(timeout=180) as client:
        recording = _Recording(served, client)
        _record_visit(recording)
        _record_links(recording)
    host = urlsplit(served.url).netloc
    name = f"{folder.name}.example"
    folder.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(json.dumps(page, ensure_ascii=False) for page in recording.pages.values())
    (folder / "pages.xz").write_bytes(lzma.compress(_renamed(lines, host, name).encode(), filters=_PACKING))
    posts = sorted(
        (post.at, url, post.title) for url, post in served.addresses.items() if url in recording.pages
    )
    case = {
        "address": served.url.rstrip("/") + "/",
        "now": NIGHTS[0].isoformat(),
        "since": SINCE.isoformat(),
        "zone": ZONE.key,
        "lists": _lists(recording),
        "posts": [{"at": at.isoformat(), "url": url, "title": title} for at, url, title in posts],
    }
    text = json.dumps(case, indent=1, ensure_ascii=False)
    (folder / "case.json").write_text(_renamed(text, host, name) + "\n")
    print(f"{served.name}: {len(recording.pages)} pages kept in {folder}", flush=True)


def _record_visit(recording: _Recording) -> None:
    """Keep what a first visit asks, an API's pages among it."""
    pages: list[Page] = []
    account = Account(1, recording.served.name, Channel.WEBSITE, recording.served.url)
    target = Target(account, Window(SINCE, NIGHTS[0]), ZONE)
    guard = Guard((ip_network("127.0.0.0/8"),))
    probe(target, _listening(visit(target), pages), guard=guard, user_agent="Denyut", clock=lambda: NIGHTS[0])
    for page in pages:
        if page.ok:
            recording.keep(page.fetch.url, 200, dict(page.headers), page.body)


def _listening(inner: Visit, pages: list[Page]) -> Generator[Fetch, Page, Harvest]:
    try:
        fetch = next(inner)
        while True:
            page = yield fetch
            pages.append(page)
            fetch = inner.send(page)
    except StopIteration as stop:
        harvest: Harvest = stop.value
        return harvest


def _record_links(recording: _Recording) -> None:
    """Follow the site's own links from its home page; the posts' pages come in any case."""
    home = recording.served.url.rstrip("/") + "/"
    posts = set(map(place_of, recording.served.addresses))
    waiting = [home, urljoin(home, "/robots.txt"), urljoin(home, "/sitemap.xml"), *recording.pages]
    met = set(waiting)
    others = 0
    for url in waiting:
        is_post = place_of(url) in posts
        if not is_post and others >= _MOST_OTHERS:
            continue
        body = recording.fetch(url)
        others += bool(body) and not is_post
        for link in _links(url, body):
            if link not in met and urlsplit(link).netloc == urlsplit(home).netloc:
                met.add(link)
                waiting.append(link)
    for url in recording.served.addresses.keys() - recording.pages.keys():
        recording.fetch(url)


def _links(url: str, body: bytes) -> Iterator[str]:
    """What a page leads to: links that robots may follow, feeds and further pages in its head."""
    for node in LexborHTMLParser(body).css(_LEADING):
        target = node.attributes.get("href") or (node.text() if node.tag == "loc" else "")
        if target and "nofollow" not in (node.attributes.get("rel") or ""):
            link = urldefrag(urljoin(url, target.strip())).url
            if not _ASSET.search(urlsplit(link).path):
                yield link


def _lists(recording: _Recording) -> dict[str, int]:
    """How many posts the pages show that show most of them; no post's own page is among these."""
    posts = set(map(place_of, recording.served.addresses))
    shown = {}
    for url, page in recording.pages.items():
        # A feed may be called rss.html, and be served as such (Tinkerer).
        fed = "<rss" in str(page["body"])[:500]
        if place_of(url) not in posts and "html" in str(page["headers"]) and not fed:
            links = _links(url, str(page["body"]).encode())
            shown[url] = len(posts & set(map(place_of, links)))
    chosen = [
        url
        for url in sorted(shown, key=lambda url: -shown[url])
        if shown[url] >= 3 and url + "/" not in shown
    ]
    return {url: shown[url] for url in chosen[:_MOST_LISTS]}


def _trim(body: bytes) -> str:
    def opened(found: re.Match[bytes]) -> bytes:
        return found[1] or found[2] or found[3]

    return _FILLING.sub(opened, body).decode("utf-8", "replace")


def _renamed(text: str, host: str, name: str) -> str:
    """The site under a name of its own: the port of this run is chance."""
    for written in (host, host.replace(":", "%3A"), host.replace(":", "&#58;")):
        text = text.replace(written, name)
    return text
