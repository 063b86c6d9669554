"""Where a site's posts are listed, told from its home page; the cheapest and surest first."""

import re
from urllib.parse import urljoin, urlsplit

from activity.visit import Page
from crawler.discover.cms.registry import PROGRAMS
from crawler.discover.cms.wordpress import WORDPRESS, is_wordpress, list_maps
from crawler.discover.kind import Endpoint, EndpointKind
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site

__all__ = [
    "Endpoint",
    "EndpointKind",
    "discover_endpoints",
    "discover_sitemaps",
    "is_wordpress",
]

_FEED_TYPES = re.compile(
    r"application/(rss|atom|rdf|feed)\+?(xml|json)?|text/xml|application/json", re.IGNORECASE
)
_FEED_LINK = re.compile(
    r"/(feed|rss|atom)/?$|(rss|atom|feed|index)[\w.]{0,60}\.xml$|feed\.json$|[?&](feed|format)=(rss|atom|feed)|feed\.php|@@?rss"
    r"|[\w-]\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_SIDE_FEED = re.compile(
    r"comment|komentar|/tags?/|/categor|/kategori/|/author/|/label/|podcast|oembed", re.IGNORECASE
)


def discover_endpoints(page: Page, document: Document) -> tuple[Endpoint, ...]:
    """Find what the home page or its headers advertise, best first; none of it is proven to hold posts."""
    own = [endpoint for program in PROGRAMS for endpoint in program.discover(page, document)]
    found = [*own, *_discover_feeds(document)]
    return tuple({endpoint.url: endpoint for endpoint in reversed(found)}.values())[::-1]


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
    for each in document.links:
        href, url = each.element.attributes.get("href") or "", each.url
        if url is None or href.startswith("#") or not same_site(url, document.url):
            continue
        if _FEED_LINK.search(href):
            feeds.setdefault(url, (_rank(url, url, document.url) + 1, _feed(url, "linked from the page")))
    return [endpoint for _, endpoint in sorted(feeds.values(), key=lambda pair: pair[0])]


def _feed(url: str, reason: str) -> Endpoint:
    return Endpoint(EndpointKind.FEED, url, reason)


def _rank(url: str, label: str, home: str) -> int:
    depth = len([segment for segment in urlsplit(url).path.split("/") if segment])
    return depth + 20 * bool(_SIDE_FEED.search(label)) + 10 * (not same_site(url, home))


def discover_sitemaps(document: Document) -> tuple[str, ...]:
    """Find where the site's map may be, likeliest first."""
    named = document.tree.css_first('link[rel="sitemap"]')
    paths = [named.attributes.get("href") or ""] if named else []
    if is_wordpress(document):
        paths += list_maps(document)
    for program in PROGRAMS:
        if program is not WORDPRESS and program.maps and program.names_itself(document):
            paths += program.maps
    urls = [urljoin(document.url, path) for path in (*paths, "/sitemap.xml")]
    return tuple(dict.fromkeys(urls))
