"""Feeds that nothing on a site names, at the addresses where programs put them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urljoin

from crawler.discover.endpoint import Endpoint, EndpointKind, generator_of
from crawler.discover.shape import find_folder
from crawler.extract.document import Document

__all__ = ["discover_generated", "discover_well_known"]

# What a page says made it, or what the addresses of its parts tell, and where that program writes its feed.
_GENERATORS: Final = (
    (r"wordpress", ("feed/",)),
    (r"hugo", ("index.xml",)),
    (r"jekyll", ("feed.xml",)),
    (r"pelican", ("feeds/all.atom.xml",)),
    (r"nikola", ("rss.xml",)),
    (r"ghost", ("rss/",)),
    (r"drupal", ("rss.xml",)),
    (r"joomla", ("?format=feed&type=rss",)),
    (r"plone", ("RSS",)),
    (r"dokuwiki", ("feed.php",)),
    (r"grav", ("blog.rss", "blog.atom")),
    (r"docusaurus", ("blog/rss.xml",)),
    (r"astro", ("rss.xml",)),
    (r"spip", ("spip.php?page=backend",)),
    (r"eleventy|hexo|zola|gatsby", ("atom.xml", "feed.xml")),
    (r"mkdocs", ("feed_rss_created.xml",)),
    (r"opensid", ("feed",)),
)
_PARTS: Final = (
    (r"/wp-(content|includes)/", ("feed/",)),
    (r"/theme/css/", ("feeds/all.atom.xml",)),
    (r"/_astro/", ("rss.xml",)),
    (r"/_next/static/|/_nuxt/", ("rss.xml", "feed.xml")),
)
# Written by a program at each request, or once and for all by a generator.
_COMPUTED: Final = ("feed", "rss.xml", "rss", "feed.xml", "feed/", "?feed=rss2", "atom.xml", "index.xml")
_STATIC: Final = ("feed.xml", "index.xml", "rss.xml", "atom.xml", "feed", "feed/", "rss", "?feed=rss2")
# Where each page is a script of its own, a feed may be one as well.
_SCRIPTS: Final = ("rss.php", "feed.php")
# Below the folder in which the posts lie.
_COMPUTED_BELOW: Final = ("feed", "feed/", "rss", "rss.xml")
_STATIC_BELOW: Final = ("index.xml", "feed.xml", "rss.xml", "feed")
# The sites whose feed lies in the folder of their posts are fewer than those with one at the root.
_BEFORE_BELOW: Final = 4
_PROGRAM: Final = re.compile(r"\.(php|aspx?|jsp|do)\b|[?&]id=\d|csrf", re.IGNORECASE)
_SERVER: Final = re.compile(
    r"gunicorn|werkzeug|wsgi|uvicorn|waitress|daphne|puma|passenger|iis|kestrel|zope|tomcat|jetty",
    re.IGNORECASE,
)


def discover_generated(document: Document) -> tuple[Endpoint, ...]:
    """Feeds that the program which the page names is known to write though the page does not link them."""
    generator = generator_of(document)
    paths = [
        path
        for pattern, known in _GENERATORS
        if re.search(pattern, generator)
        or re.search(rf"powered by.{{0,40}}{pattern}", document.html, re.IGNORECASE)
        for path in known
    ]
    return _usual(document, paths)


def discover_well_known(
    document: Document, posts: Sequence[str] = (), above: str | None = None
) -> tuple[Endpoint, ...]:
    """Feeds at addresses that are usual among all programs, likeliest first for a site like this.

    Args:
        document: the home page.
        posts: addresses of posts found so far; a feed may lie in their folder.
        above: a list of posts beside the home page; where posts have no folder, a feed may lie below it.
    """
    computed = _is_computed(document)
    at_root = _COMPUTED if computed else _STATIC
    folder = find_folder(posts) or (f"{above.rstrip('/')}/" if above and "?" not in above else None)
    below = [urljoin(folder, path) for path in (_COMPUTED_BELOW if computed else _STATIC_BELOW) if folder]
    told = [path for pattern, known in _PARTS if re.search(pattern, document.html) for path in known]
    scripts = _SCRIPTS if ".php" in document.html else ()
    return _usual(document, [*told, *at_root[:_BEFORE_BELOW], *scripts, *below, *at_root[_BEFORE_BELOW:]])


def _is_computed(document: Document) -> bool:
    """Whether a program answers each request; else the page lies there as a generator has written it."""
    headers = document.page.headers
    if "set-cookie" in headers or "x-powered-by" in headers or _SERVER.search(headers.get("server", "")):
        return True
    return _PROGRAM.search(document.html) is not None


def _usual(document: Document, paths: Iterable[str]) -> tuple[Endpoint, ...]:
    root = urljoin(document.url, "./")
    urls = dict.fromkeys(urljoin(root, path) for path in paths)
    return tuple(Endpoint(EndpointKind.FEED, url, "a usual address") for url in urls)
