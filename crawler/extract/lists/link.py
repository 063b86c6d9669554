"""The links of a listing that could lead to a post, and how likely each does."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.document import Document
from crawler.extract.outline import Outline
from crawler.extract.region import is_frame

__all__ = ["HEADINGS", "ListedLink", "find_listed_links", "links_within", "pick_link"]

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = frozenset({"li", "tr", "p", "div", "dd", "dt", "article", "section", *HEADINGS})
_WEAK_PATH: Final = re.compile(
    r"/(?:categor(?:y|ies)|kategori|tags?|labels?|authors?|penulis|users?|profile?s?|people|bio|contributors?"
    r"|topics?|search)(?:/|$)"
    r"|[?&](?:cat|tag|author|kategori)=",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"(?:facebook\.com/(?:sharer|share|dialog)|twitter\.com/(?:intent|share)|x\.com/intent|wa\.me"
    r"|whatsapp\.com/send|t\.me/share"
    r"|linkedin\.com/share|pinterest\.\w+/pin|reddit\.com/submit|addtoany|sharethis|telegram\.me)",
    re.IGNORECASE,
)
_WEAK_TEXT: Final = re.compile(
    r"\W*(?:(?:baca\s)?(?:selengkapnya|selanjutnya|lanjut(?:kan)?(?:\smembaca)?)"
    r"|lihat(?:\sdetail|\sselengkapnya)?|detail|read\s?more"
    r"|more|view"
    r"|continue(?:\sreading)?|full\s(?:story|text)|learn\smore|download|unduh|pdf|html?|docx?|opini?on|order|link|here|di\ssini|klik.*"
    r"|\d+\s(?:comments?|komentar)|comments?|komentar|share|bagikan|print|cetak|home|beranda|edit|[\d\s.,:/-]+)\W*",
    re.IGNORECASE,
)
_NEVER_TEXT: Final = re.compile(
    r"\W*(?:(?:no|\d+)\s(?:comments?|komentar)"
    r"|(?:leave|add)\sa\scomment|reply|share|bagikan|print|cetak|home|beranda|edit|next|previous"
    r"|older.*|newer.*"
    r"|berikutnya|sebelumnya|login|log\sin|[«»‹›<>]+)\W*",
    re.IGNORECASE,
)
# One more than the copies for wide and for narrow screens.
_SHARED: Final = 3
# An archive of many years on one page; what lies behind is older or a flood.
_MOST_LINKS: Final = 6_000


@dataclass(frozen=True, slots=True)
class ListedLink:
    """One link that could lead to a post.

    Attributes:
        index: of the anchor in the outline.
        worth: how much it looks like a post's title; below 0 it leads elsewhere.
        shape: tags and classes above it, nearest first.
        block: index of the nearest block element above it.
    """

    index: int
    url: str
    text: str
    worth: float
    heading: bool
    shape: str
    block: int


def find_listed_links(document: Document) -> tuple[ListedLink, ...]:
    """Every link that may lead to a post, in document order."""
    outline = document.outline
    own = document.url.partition("#")[0]
    found: list[ListedLink] = []
    for index, tag in enumerate(outline.tags):
        if tag != "a":
            continue
        attributes = outline.nodes[index].attributes
        href = (attributes.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")) or "nofollow ugc" in href:
            continue
        url = document.resolve(href)
        if url is None or url == own or _SHARE.search(url):
            continue
        if url.count("/") < 4 and urlsplit(url).path in {"", "/"} and not urlsplit(url).query:
            continue
        text = outline.text_of(index)
        if _NEVER_TEXT.fullmatch(text) or is_frame(outline, index):
            continue
        if len(found) == _MOST_LINKS:
            break
        found.append(_describe(outline, index, url, own, text, (attributes.get("rel") or "").split()))
    return _without_shared(found)


def _without_shared(links: Sequence[ListedLink]) -> tuple[ListedLink, ...]:
    """Without the author, section or source that item after item links in the same words and place."""
    repeated = Counter((link.url, link.text, link.shape) for link in links)
    return tuple(
        link for link in links if link.heading or repeated[link.url, link.text, link.shape] < _SHARED
    )


def links_within(links: Sequence[ListedLink], begin: int, end: int) -> Sequence[ListedLink]:
    """Those whose anchor lies in `range(begin, end)`."""
    low = bisect_left(links, begin, key=lambda link: link.index)
    high = bisect_left(links, end, key=lambda link: link.index)
    return links[low:high]


def pick_link(links: Sequence[ListedLink]) -> ListedLink | None:
    """The one that looks most like an item's title; an address linked twice gains by it."""
    counts: dict[str, int] = {}
    for link in links:
        counts[link.url] = counts.get(link.url, 0) + 1
    best, best_worth = None, 0.0
    for link in links:
        worth = link.worth + (6.0 if counts[link.url] > 1 else 0.0)
        if worth > best_worth:
            best, best_worth = link, worth
    return best


def _describe(outline: Outline, index: int, url: str, own: str, text: str, rel: list[str]) -> ListedLink:
    above = list(outline.ancestors(index))[:6]
    heading = any(outline.tags[i] in HEADINGS for i in above[:4]) or any(
        outline.tags[i] in HEADINGS for i in range(index, outline.ends[index])
    )
    block = next((i for i in above if outline.tags[i] in _BLOCKS), index)
    shape = "/".join(f"{outline.tags[i]}.{outline.attribute(i, 'class')[:40]}" for i in above[:4])
    worth = _worth(url, text, rel, heading=heading)
    if worth > 0 and _is_foreign(url, own):
        # The source a post quotes stands beside the post's own link.
        worth = max(0.5, worth - 20.0)
    return ListedLink(index, url, text, worth, heading, shape, block)


def _is_foreign(url: str, own: str) -> bool:
    """Whether the last two labels of the hosts differ; subdomains of one site do not."""
    # The address came out of `resolve`: host and path stand where they must.
    theirs, ours = (address.split("/", 3)[2] for address in (url, own))
    return theirs != ours and theirs.lower().split(".")[-2:] != ours.lower().split(".")[-2:]


def _worth(url: str, text: str, rel: list[str], *, heading: bool) -> float:
    if "tag" in rel or "author" in rel or "category" in rel:
        return -10.0
    if not heading and _WEAK_PATH.search(url):
        return -5.0
    if not text:
        return 1.0
    if _WEAK_TEXT.fullmatch(text):
        return 2.0
    return 3.0 + min(len(text), 90) / 4 + (20.0 if heading else 0.0)
