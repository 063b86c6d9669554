"""Lists beside the news: a site's announcements."""

import re
from urllib.parse import unquote, urlsplit

from crawler.discover.topic import pick_topics
from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = ["discover_announcements"]

MAX_LINKS = 3_000
_LONGEST_LABEL = 40
# Agendas are left out: the days that their lists show are those of the events.
_ANNOUNCEMENTS = re.compile(r"\b(pengumuman|announcements?)\b", re.IGNORECASE)


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
