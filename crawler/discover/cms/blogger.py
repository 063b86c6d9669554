"""Blogger: its feed in JSON, which pages through everything."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from activity.visit import Page
from crawler.discover.cms.program import Program
from crawler.discover.kind import Endpoint, EndpointKind
from crawler.extract.page.document import Document

__all__ = ["BLOGGER"]

_POSTS: Final = "/feeds/posts/summary?alt=json&orderby=published&max-results=150&start-index=1"


def _discover(_page: Page, document: Document) -> Iterator[Endpoint]:
    if BLOGGER.names_itself(document) or document.tree.css_first('link[href*="/feeds/posts/default"]'):
        yield Endpoint(EndpointKind.BLOGGER, urljoin(document.url, _POSTS), "the page is made by Blogger")


BLOGGER: Final = Program(
    "blogger",
    # BlazeBlogger is another.
    generator=r"\bblogger\b",
    parts=("/feeds/posts/default",),
    feeds=("feeds/posts/default",),
    # Its standing pages, and the pages of its lists.
    never=r"^/p/[^/]+\.html(?:\?|$)|[?&]updated-max=",
    read_as=EndpointKind.BLOGGER,
    discover=_discover,
)
