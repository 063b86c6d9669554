"""Feeds that nothing on a site names, at the addresses where programs put them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urljoin

from crawler.discover.cms.registry import PROGRAMS
from crawler.discover.kind import Endpoint, EndpointKind
from crawler.discover.shape import find_folder
from crawler.extract.page.document import Document

__all__ = ["discover_generated", "discover_well_known"]

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
    """Find feeds that the program which the page names is known to write though the page links none."""
    return _usual(
        document, [path for program in PROGRAMS if program.names_itself(document) for path in program.feeds]
    )


def discover_well_known(
    document: Document, posts: Sequence[str] = (), above: str | None = None
) -> tuple[Endpoint, ...]:
    """Find feeds at addresses that are usual among all programs, likeliest first for a site like this.

    Args:
        document: the home page.
        posts: addresses of posts found so far; a feed may lie in their folder.
        above: a list of posts beside the home page; where posts have no folder, a feed may lie below it.
    """
    computed = _is_computed(document)
    at_root = _COMPUTED if computed else _STATIC
    folder = find_folder(posts) or (f"{above.rstrip('/')}/" if above and "?" not in above else None)
    below = [urljoin(folder, path) for path in (_COMPUTED_BELOW if computed else _STATIC_BELOW) if folder]
    told = [path for each in PROGRAMS if each.leaves_parts(document) for path in each.part_feeds]
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
