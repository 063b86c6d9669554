"""PopojiCMS: `detailpost/…`, categories with pages, a feed of the newest twenty."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["POPOJI"]

POPOJI: Final = Program(
    "popoji",
    generator=r"popoji\s?cms",
    parts=("popojicms", "PopojiCMS"),
    feeds=("feed",),
    part_feeds=("feed",),
    lists=r"/category/(?:all|berita|news)/?",
    never=r"/category/[^/?]+(?:/page/\d+)?/?(?:\?|$)",
)
