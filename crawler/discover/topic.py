"""Pages and feeds of one category, tag or author each: between them they reach further back than one feed."""

import re
from collections.abc import Iterable
from itertools import takewhile
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from crawler.discover.endpoint import EndpointKind, discover_endpoints
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site
from crawler.extract.page.shelf import AUTHORS, CATEGORIES, TAGS

__all__ = ["derive_feed", "discover_categories", "discover_topic_feeds", "discover_topics", "pick_topics"]

# Categories part a site's posts among them; tags and authors repeat what they hold.
_KINDS = (
    re.compile(rf"{CATEGORIES}|cat|rubrik|sections?|topics?|topik", re.IGNORECASE),
    re.compile(TAGS, re.IGNORECASE),
    re.compile(AUTHORS, re.IGNORECASE),
)
_FEED = re.compile(r"feeds?|rss|atom", re.IGNORECASE)


def discover_topics(document: Document) -> tuple[str, ...]:
    """Find pages of a category, a tag or an author that a page links to, in this order of worth."""
    return pick_topics(url for url in document.linked if same_site(url, document.url))


def discover_categories(document: Document) -> tuple[str, ...]:
    """Find pages of categories that a page links to, in its order: some portals have no other lists."""
    return tuple(url for url in discover_topics(document) if _rank(url) == 0)


def pick_topics(urls: Iterable[str]) -> tuple[str, ...]:
    """Pick those addresses that are pages of a topic, each once, categories before tags before authors."""
    ranked = {url: rank for url in urls if (rank := _rank(url)) is not None}
    return tuple(sorted(ranked, key=lambda url: ranked[url]))


def discover_topic_feeds(document: Document) -> tuple[str, ...]:
    """Find feeds of a part of a site that a page names: its own, below its address, then those of topics.

    The news of a larger site have a feed that no other page names, as Atom and as RSS (Sites conformes).
    """
    named = discover_endpoints(document.page, document)
    feeds = [endpoint.url for endpoint in named if endpoint.kind is EndpointKind.FEED]
    here = urlsplit(document.url).path.rstrip("/")
    own = [url for url in feeds if here and urlsplit(url).path.startswith(f"{here}/")]
    topics = [url for url in feeds if _rank(url, feed=True) is not None and url not in own[:1]]
    return (*own[:1], *sorted(topics, key=lambda url: _rank(url, feed=True) or 0))


def derive_feed(feed: str, topic: str) -> str | None:
    """Derive the address of a topic's feed as the whole site's feed is made from its list's address.

    >>> derive_feed("https://a.id/blog/feeds/rss/", "https://a.id/blog/category/warga/")
    'https://a.id/blog/category/warga/feeds/rss/'
    >>> derive_feed("https://a.id/?feed=rss2", "https://a.id/?cat=3")
    'https://a.id/?cat=3&feed=rss2'
    """
    whole, part = urlsplit(feed), urlsplit(topic)
    ours, theirs = (parts.path.strip("/").split("/") for parts in (whole, part))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))
    suffix = "/".join(ours[shared:])
    if not suffix and not whole.query:
        return None
    path = part.path
    if suffix:
        path = f"{path.rstrip('/')}/{suffix}" + ("/" if whole.path.endswith("/") else "")
    query = urlencode([*parse_qsl(part.query), *parse_qsl(whole.query)])
    return urlunsplit(part._replace(path=path, query=query))


def _rank(url: str, *, feed: bool = False) -> int | None:
    """0 for a category, 1 for a tag, 2 for an author; None for an address of another kind."""
    parts = urlsplit(url)
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    if not feed and (any(_FEED.fullmatch(segment) for segment in segments) or "feed" in parts.query):
        return None
    for rank, kind in enumerate(_KINDS):
        if any(kind.fullmatch(segment) for segment in segments[:-1]):
            return rank
        if any(kind.fullmatch(name) and value for name, value in parse_qsl(parts.query)):
            return rank
    return None
