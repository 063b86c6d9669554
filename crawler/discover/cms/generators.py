"""Generators of static sites, and small engines: known by a name, each with a feed where nobody links it."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["ENGINES", "GENERATORS"]

_PELICAN: Final = ("feeds/all.atom.xml",)
GENERATORS: Final = (
    Program("hugo", generator=r"hugo", feeds=("index.xml",)),
    Program("jekyll", generator=r"jekyll", feeds=("feed.xml",)),
    Program("pelican", generator=r"pelican", parts=("/theme/css/",), feeds=_PELICAN, part_feeds=_PELICAN),
    Program("nikola", generator=r"nikola", feeds=("rss.xml",)),
    Program("docusaurus", generator=r"docusaurus", feeds=("blog/rss.xml",)),
    Program("astro", generator=r"astro", parts=("/_astro/",), feeds=("rss.xml",), part_feeds=("rss.xml",)),
    Program("eleventy", generator=r"eleventy|hexo|zola|gatsby", feeds=("atom.xml", "feed.xml")),
    Program("mkdocs", generator=r"mkdocs", feeds=("feed_rss_created.xml",)),
    Program(
        "next",
        generator=r"next\.js|nuxt",
        parts=("/_next/static/", "/_nuxt/"),
        part_feeds=("rss.xml", "feed.xml"),
    ),
)
ENGINES: Final = (
    Program("ghost", generator=r"ghost", feeds=("rss/",)),
    Program("grav", generator=r"grav", feeds=("blog.rss", "blog.atom")),
    Program("spip", generator=r"spip", feeds=("spip.php?page=backend",)),
)
