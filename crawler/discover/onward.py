"""Links to more of a list, told from those that go on with a post."""

import re
from typing import Final

from crawler.discover.page_number import is_page_of, number_of
from crawler.extract.page.document import Document

__all__ = ["find_titled", "leads_onward"]

MAX_LINKS: Final = 3_000
# "Muat kegiatan sebelumnya", "Tampilkan arsip lainnya".
_ONWARD: Final = re.compile(
    r"(?:\w+ ){0,3}(?:lagi|lebih|sebelumnya|selanjutnya|berikutnya|lainnya|terdahulu|lama|older|more|next)"
    r"(?: \w+){0,2}",
    re.IGNORECASE,
)
_TITLE_WORDS: Final = 3
_SIGNS: Final = "«‹←→›»<> .…"


def find_titled(document: Document) -> frozenset[str]:
    """Find where links with the words of a title lead: "... lanjut" in a card goes on with the post."""
    links = document.tree.css("a[href]")[:MAX_LINKS]
    told = ((" ".join(link.text().split()).strip(_SIGNS), link) for link in links)
    named = (link for text, link in told if len(text.split()) >= _TITLE_WORDS and not _ONWARD.fullmatch(text))
    urls = (document.resolve(link.attributes.get("href") or "") for link in named)
    return frozenset(url for url in urls if url is not None)


def leads_onward(document: Document, url: str | None, text: str) -> bool:
    """Tell whether a link says that there is more, and leads to a further page of this list."""
    if url is None or not _ONWARD.fullmatch(text) or not is_page_of(url, document.url):
        return False
    return (number_of(url) or 0) > (number_of(document.url) or 1)
