"""Where a site's posts are listed, told from its home page; the cheapest and surest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from activity.visit import Page, Purpose
from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = [
    "Endpoint",
    "EndpointKind",
    "discover_endpoints",
    "discover_sitemaps",
    "generator_of",
    "is_wordpress",
    "wordpress_posts",
]

_FIELDS = "per_page=100&_fields=id,date,date_gmt,link,title,status"
_BLOGGER = "/feeds/posts/summary?alt=json&orderby=published&max-results=150&start-index=1"
_WORDPRESS = re.compile(r"/wp-(content|includes)/|content=\"WordPress")
# Plugins that write a map of their own; they say so in a comment.
_MAPPERS = re.compile(r"<!--[^>]{0,60}(?:yoast|rank math)", re.IGNORECASE)
_FEED_TYPES = re.compile(
    r"application/(rss|atom|rdf|feed)\+?(xml|json)?|text/xml|application/json", re.IGNORECASE
)
_FEED_LINK = re.compile(
    r"/(feed|rss|atom)/?$|(rss|atom|feed|index)[\w.]*\.xml$|feed\.json$|[?&](feed|format)=(rss|atom|feed)|feed\.php|@@?rss",
    re.IGNORECASE,
)
_SIDE_FEED = re.compile(
    r"comment|komentar|/tags?/|/categor|/kategori/|/author/|/label/|podcast|oembed", re.IGNORECASE
)


class EndpointKind(StrEnum):
    """How an endpoint is read."""

    WORDPRESS = "wordpress"
    BLOGGER = "blogger"
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    STATE = "state"

    @property
    def purpose(self) -> Purpose:
        """What its pages are asked for."""
        if self in {EndpointKind.WORDPRESS, EndpointKind.BLOGGER, EndpointKind.STATE}:
            return Purpose.API
        return Purpose(self.value)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that may list posts, and what made us think so."""

    kind: EndpointKind
    url: str
    reason: str


def discover_endpoints(page: Page, document: Document) -> tuple[Endpoint, ...]:
    """What the home page or its headers advertise, best first; none of it is proven to hold posts."""
    found = [*_discover_wordpress(page, document), *_discover_blogger(document), *_discover_feeds(document)]
    return tuple({endpoint.url: endpoint for endpoint in reversed(found)}.values())[::-1]


def is_wordpress(document: Document) -> bool:
    """Whether WordPress made a page, told by its name or by where its files lie."""
    return _WORDPRESS.search(document.html[:200_000]) is not None


def wordpress_posts(root: str, base: str = "posts") -> str:
    """The list of posts, or of another kind of post, below a REST root (`/wp-json/`, `/?rest_route=/`)."""
    glue = "&" if "?" in root else "?"
    return f"{root.rstrip('/')}/wp/v2/{base}{glue}{_FIELDS}"


def _discover_wordpress(page: Page, document: Document) -> Iterator[Endpoint]:
    header = re.search(r"<([^>]+)>\s*;\s*rel=\"?https://api\.w\.org/", page.headers.get("link", ""))
    element = document.tree.css_first('link[rel="https://api.w.org/"]')
    root = header[1] if header else (element.attributes.get("href") or "" if element else "")
    if root:
        yield Endpoint(
            EndpointKind.WORDPRESS,
            wordpress_posts(urljoin(document.url, root)),
            "the page names its REST API",
        )
    elif is_wordpress(document):
        plain = "/?p=" in document.html and "/wp-json" not in document.html
        root = urljoin(document.url, "?rest_route=/" if plain else "wp-json/")
        yield Endpoint(EndpointKind.WORDPRESS, wordpress_posts(root), "the page is made by WordPress")


def _discover_blogger(document: Document) -> Iterator[Endpoint]:
    generator = generator_of(document)
    if "blogger" in generator or document.tree.css_first('link[href*="/feeds/posts/default"]'):
        yield Endpoint(EndpointKind.BLOGGER, urljoin(document.url, _BLOGGER), "the page is made by Blogger")


def _discover_feeds(document: Document) -> list[Endpoint]:
    feeds: dict[str, tuple[int, Endpoint]] = {}
    for link in document.tree.css("link[href]"):
        attributes = link.attributes
        rel = (attributes.get("rel") or "").lower().split()
        url = document.resolve(attributes.get("href") or "")
        if url is None or "alternate" not in rel or "oembed" in url or "/wp-json" in url:
            continue
        if _FEED_TYPES.match(attributes.get("type") or ""):
            label = f"{url} {attributes.get('title') or ''}"
            feeds.setdefault(
                url, (_rank(url, label, document.url), _feed(url, "advertised in the page's head"))
            )
    for link in document.tree.css("a[href]"):
        href = link.attributes.get("href") or ""
        if _FEED_LINK.search(href) and not href.startswith("#"):
            url = document.resolve(href)
            if url is not None and same_site(url, document.url):
                feeds.setdefault(url, (_rank(url, url, document.url) + 1, _feed(url, "linked from the page")))
    return [endpoint for _, endpoint in sorted(feeds.values(), key=lambda pair: pair[0])]


def _feed(url: str, reason: str) -> Endpoint:
    return Endpoint(EndpointKind.FEED, url, reason)


def _rank(url: str, label: str, home: str) -> int:
    depth = len([segment for segment in urlsplit(url).path.split("/") if segment])
    return depth + 20 * bool(_SIDE_FEED.search(label)) + 10 * (not same_site(url, home))


def discover_sitemaps(document: Document) -> tuple[str, ...]:
    """Where the site's map may be, likeliest first."""
    named = document.tree.css_first('link[rel="sitemap"]')
    paths = [named.attributes.get("href") or ""] if named else []
    if is_wordpress(document):
        own = ["/wp-sitemap.xml", "/sitemap_index.xml"]
        paths += reversed(own) if _MAPPERS.search(document.html) else own
    if "plone" in generator_of(document):
        paths.append("/sitemap.xml.gz")
    urls = [urljoin(document.url, path) for path in (*paths, "/sitemap.xml")]
    return tuple(dict.fromkeys(urls))


def generator_of(document: Document) -> str:
    """What the page says made it, lower case."""
    element = document.tree.css_first('meta[name="generator" i]')
    return (element.attributes.get("content") or "").lower() if element else ""
