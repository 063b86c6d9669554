"""Lists beside the news: a site's announcements, and what else its menu calls by the name of a list."""

import re
from urllib.parse import unquote, urlsplit

from crawler.discover.listing import discover_listings
from crawler.discover.topic import pick_topics
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site

__all__ = ["discover_announcements", "discover_frames", "discover_further"]

_LONGEST_LABEL = 40
# Agendas are left out: the days that their lists show are those of the events.
_ANNOUNCEMENTS = re.compile(r"\b(pengumuman|announcements?)\b", re.IGNORECASE)
# Neither these: they show pages, files or days of events, or the same posts by month.
_OTHERWISE = re.compile(
    r"\b(agenda|events?|kalender|calendar|jadwal|informasi|information|indeks|index|arsip|archives?|galeri|gallery"
    r"|foto|videos?|unduh\w*|downloads?|ppid|en)\b",
    re.IGNORECASE,
)

_SCRIPT = re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.IGNORECASE)


def discover_further(document: Document) -> tuple[str, ...]:
    """Find pages that a site's menu calls its announcements, then others that it calls lists of posts.

    A feed may hold the posts of one of them only.
    """
    named = (url for url in discover_listings(document) if not pick_topics([url]))
    own = (url for url in named if not _OTHERWISE.search(_words_of(url)))
    return tuple(dict.fromkeys([*discover_announcements(document), *own]))


def discover_frames(document: Document) -> tuple[str, ...]:
    """Find pages of the site that a page shows in frames: an old module's list stands there by itself."""
    sources = (node.attributes.get("src") or "" for node in document.tree.css("iframe[src], frame[src]"))
    found = dict.fromkeys(url for source in sources if (url := document.resolve(source)) is not None)
    return tuple(url for url in found if same_site(url, document.url) and url != document.url)


def _words_of(url: str) -> str:
    """The words of an address by which it may be told apart, those of `/index.php?modul=kegiatan` too."""
    parts = urlsplit(url)
    return re.sub(r"[-_=&./?]", " ", f"{_SCRIPT.sub('', parts.path)} {parts.query}")


def discover_announcements(document: Document) -> tuple[str, ...]:
    """Find pages that a site's menu calls its announcements, in the page's order.

    Not those of a category: what these list stands in the list of all posts as well.
    """
    found: dict[str, None] = {}
    for link in document.links:
        url = link.url
        if url is None or not same_site(url, document.url) or len(link.text) > _LONGEST_LABEL:
            continue
        parts = urlsplit(url)
        segments = [segment for segment in unquote(parts.path).split("/") if segment]
        last = f"{segments[-1] if segments else ''} {parts.query}"
        if len(segments) > 2 or len(re.split(r"[-_]", last)) > 2 or re.search(r"\d{2,}", last):
            continue
        if _ANNOUNCEMENTS.search(re.sub(r"[-_=&.]", " ", last)) and not pick_topics([url]):
            found[url] = None
    return tuple(found)
