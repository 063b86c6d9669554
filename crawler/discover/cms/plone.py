"""Plone: folders and collections with a feed each."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["PLONE"]

PLONE: Final = Program(
    "plone",
    generator=r"plone",
    parts=("++resource++", "++plone++", "++theme++"),
    feeds=("RSS",),
    maps=("/sitemap.xml.gz",),
    lists=r"/(?:news|berita)/?(?:aggregator/?)?",
    never=r"/@@|[?&]b_start(?::int|%3Aint)=|/(?:accessibility-info|folder_contents|login_form)(?:\?|$)",
)
