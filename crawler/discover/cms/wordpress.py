"""WordPress: its REST API, its further kinds of post, its maps."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from activity.visit import Page
from crawler.discover.cms.program import Program
from crawler.discover.kind import Endpoint, EndpointKind
from crawler.extract.page.document import Document

__all__ = [
    "WORDPRESS",
    "discover_types",
    "feed_of_kind",
    "is_wordpress",
    "list_maps",
    "pick_kind_maps",
    "types_address",
    "wordpress_posts",
]

_FIELDS: Final = "per_page=100&_fields=id,date,date_gmt,link,title,status"
_FILES: Final = re.compile(r"/wp-(content|includes)/|content=\"WordPress")
_MAPS: Final = ("/wp-sitemap.xml", "/sitemap_index.xml")
# Plugins that write a map of their own; they say so in a comment.
_MAPPERS: Final = re.compile(r"<!--[^>]{0,60}(?:yoast|rank math)", re.IGNORECASE)
# WordPress's own maps, and those of its plugins.
_KIND_MAP: Final = re.compile(
    r"/(?:wp-sitemap-posts-(?P<kind>[\w-]+?)-\d+|(?P<other>[\w-]+?)-sitemap\d*)\.xml$", re.IGNORECASE
)
_LINK: Final = re.compile(r"<([^<>]++)>\s*+;\s*+rel=\"?https://api\.w\.org/")
_OWN: Final = frozenset({"post", "page", "attachment", "nav_menu_item"})
_PUBLISHED: Final = re.compile(
    r"pengumuman|announce|agenda|events?\b|acara|kegiatan|berita|news|artikel|articles?\b|warta|kabar|siaran|rilis|"
    r"release|publikasi|notices?\b",
    re.IGNORECASE,
)


def is_wordpress(document: Document) -> bool:
    """Tell whether WordPress made a page, told by its name or by where its files lie."""
    return _FILES.search(document.html[:200_000]) is not None


def wordpress_posts(root: str, base: str = "posts") -> str:
    """Make the list of posts, or of another kind, below a REST root (`/wp-json/`, `/?rest_route=/`)."""
    glue = "&" if "?" in root else "?"
    return f"{root.rstrip('/')}/wp/v2/{base}{glue}{_FIELDS}"


def list_maps(document: Document) -> tuple[str, ...]:
    """List the paths of its maps, a plugin's first where one is at work."""
    return _MAPS[::-1] if _MAPPERS.search(document.html) else _MAPS


def types_address(posts: str) -> str | None:
    """Tell where a WordPress tells its kinds of post, from the address of its list of posts; else None.

    >>> types_address("https://a.id/wp-json/wp/v2/posts?per_page=100")
    'https://a.id/wp-json/wp/v2/types'
    """
    root, found, _ = posts.partition("/wp/v2/posts")
    return f"{root}/wp/v2/types" if found else None


def discover_types(page: Page, posts: str) -> tuple[str, ...]:
    """Find lists of a WordPress's other kinds of post, of those whose names say that they are news."""
    root = posts.partition("/wp/v2/posts")[0]
    try:
        told = json.loads(page.body)
    except (ValueError, RecursionError):
        return ()
    kinds = told.values() if isinstance(told, dict) else ()
    return tuple(
        wordpress_posts(root, str(kind["rest_base"]))
        for kind in kinds
        if isinstance(kind, dict) and _is_published(kind)
    )


def pick_kind_maps(urls: Iterable[str]) -> tuple[str, ...]:
    """Pick from the maps that a WordPress's index names the last one of each further kind of post.

    WordPress numbers posts as they come, so that the newest stand in the last.

    >>> pick_kind_maps([f"https://a.id/wp-sitemap-posts-{kind}-1.xml" for kind in ("post", "page", "agenda")])
    ('https://a.id/wp-sitemap-posts-agenda-1.xml',)
    """
    found: dict[str, str] = {}
    for url in urls:
        match = _KIND_MAP.search(url)
        kind = "" if match is None else (match["kind"] or match["other"]).lower()
        if kind not in _OWN and _PUBLISHED.search(re.sub(r"[_-]", " ", kind)) and "categ" not in kind:
            found[kind] = url
    return tuple(found.values())


def feed_of_kind(feed: str, mapped: str) -> str | None:
    """Tell where a WordPress that is read by its feed has that of another kind of post, which nothing links.

    Args:
        feed: the feed of its posts.
        mapped: the map of that kind.

    >>> feed_of_kind("https://a.id/feed/", "https://a.id/wp-sitemap-posts-agenda-1.xml")
    'https://a.id/feed/?post_type=agenda'
    """
    match, parts = _KIND_MAP.search(mapped), urlsplit(feed)
    if match is None or not (parts.path.endswith(("/feed", "/feed/")) or "feed=" in parts.query):
        return None
    kind = f"post_type={match['kind'] or match['other']}"
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, kind)))))


def _is_published(kind: Mapping[str, Any]) -> bool:
    slug, base, name = (str(kind.get(field) or "") for field in ("slug", "rest_base", "name"))
    if slug in _OWN or not re.fullmatch(r"[\w-]+", base) or kind.get("rest_namespace", "wp/v2") != "wp/v2":
        return False
    return _PUBLISHED.search(f"{slug} {base} {name}".replace("_", " ")) is not None


def _discover(page: Page, document: Document) -> Iterator[Endpoint]:
    header = _LINK.search(page.headers.get("link", ""))
    element = document.tree.css_first('link[rel="https://api.w.org/"]')
    stated = header[1] if header else (element.attributes.get("href") or "" if element else "")
    root = document.resolve(stated) if stated else None
    if root is not None:
        yield Endpoint(
            EndpointKind.WORDPRESS,
            wordpress_posts(root),
            "the page names its REST API",
        )
    elif is_wordpress(document):
        plain = "/?p=" in document.html and "/wp-json" not in document.html
        root = urljoin(document.url, "?rest_route=/" if plain else "wp-json/")
        yield Endpoint(EndpointKind.WORDPRESS, wordpress_posts(root), "the page is made by WordPress")


WORDPRESS: Final = Program(
    "wordpress",
    generator=r"wordpress",
    parts=("/wp-content/", "/wp-includes/"),
    feeds=("feed/",),
    part_feeds=("feed/",),
    maps=_MAPS,
    never=(
        r"/(?:wp-(?:content|admin|includes|json)|wp-login\.php|xmlrpc\.php|oembed|embed|trackback)(?:/|\?|$)"
        r"|[?&](?:replytocom|paged|author)=|[?&]m=\d+(?:&|$)"
    ),
    read_as=EndpointKind.WORDPRESS,
    discover=_discover,
)
