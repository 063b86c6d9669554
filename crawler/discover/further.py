"""Lists beside the news: a site's announcements, and the further kinds of post that WordPress keeps."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from activity.visit import Page
from crawler.discover.endpoint import wordpress_posts
from crawler.discover.topic import pick_topics
from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = ["discover_announcements", "discover_types", "pick_kind_maps", "types_address"]

MAX_LINKS = 3_000
_LONGEST_LABEL = 40
# Agendas are left out: the days that their lists show are those of the events.
_ANNOUNCEMENTS = re.compile(r"\b(pengumuman|announcements?)\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"pengumuman|announce|agenda|events?\b|acara|kegiatan|berita|news|artikel|articles?\b|warta|kabar|siaran|rilis|"
    r"release|publikasi|notices?\b",
    re.IGNORECASE,
)
# WordPress's own maps, and those of its plugins.
_KIND_MAP = re.compile(
    r"/(?:wp-sitemap-posts-(?P<kind>[\w-]+?)-\d+|(?P<other>[\w-]+?)-sitemap\d*)\.xml$", re.IGNORECASE
)
_OWN = frozenset({"post", "page", "attachment", "nav_menu_item"})


def discover_announcements(document: Document) -> tuple[str, ...]:
    """Pages that a site's menu calls its announcements, in the page's order.

    Not those of a category: what these list stands in the list of all posts as well.
    """
    found: dict[str, None] = {}
    for link in document.tree.css("a[href]")[:MAX_LINKS]:
        url = document.resolve(link.attributes.get("href") or "")
        text = " ".join(link.text().split())
        if url is None or not same_site(url, document.url) or len(text) > _LONGEST_LABEL:
            continue
        parts = urlsplit(url)
        segments = [segment for segment in unquote(parts.path).split("/") if segment]
        last = f"{segments[-1] if segments else ''} {parts.query}"
        if len(segments) > 2 or len(re.split(r"[-_]", last)) > 2 or re.search(r"\d{2,}", last):
            continue
        if _ANNOUNCEMENTS.search(re.sub(r"[-_=&.]", " ", last)) and not pick_topics([url]):
            found[url] = None
    return tuple(found)


def types_address(posts: str) -> str | None:
    """Where a WordPress tells its kinds of post, from the address of its list of posts; else None.

    >>> types_address("https://a.id/wp-json/wp/v2/posts?per_page=100")
    'https://a.id/wp-json/wp/v2/types'
    """
    root, found, _ = posts.partition("/wp/v2/posts")
    return f"{root}/wp/v2/types" if found else None


def discover_types(page: Page, posts: str) -> tuple[str, ...]:
    """Lists of a WordPress's other kinds of post, of those that by their names are published as news are."""
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
    """Of the maps that a WordPress's index names, those of further kinds of post: the last of each kind.

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


def _is_published(kind: Mapping[str, Any]) -> bool:
    slug, base, name = (str(kind.get(field) or "") for field in ("slug", "rest_base", "name"))
    if slug in _OWN or not re.fullmatch(r"[\w-]+", base) or kind.get("rest_namespace", "wp/v2") != "wp/v2":
        return False
    return _PUBLISHED.search(f"{slug} {base} {name}".replace("_", " ")) is not None
