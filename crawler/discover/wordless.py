"""Pagers without words: arrows that are drawn, and pages to choose from a box."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.discover.page_number import is_page_of, number_of
from crawler.extract.page.document import Document
from crawler.extract.page.hyperlink import MOST_LINKS

__all__ = ["discover_wordless"]

# Two arrows at once lead to the last page.
_ON = re.compile(
    r"(?<!double-)(?<!double)(?:(?:angle|chevron|arrow|caret)(?:-circle)?[-_]right|right[-_]arrow|keyboard_arrow_right"
    r"|navigate_next|(?:^|[\s_/-])(?:next|kanan)(?:$|[\s_.-]))",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"pag(ination|er|ing|enav|e-numbers)|halaman|wp-pagenavi|nav-links|listingBar", re.IGNORECASE
)
_MOST_CLIMBED = 4


def discover_wordless(document: Document) -> str | None:
    """Find the page after this one by the only arrow that points on, or by a box's choices; None without.

    A card's button may be an arrow as well, and lead to `/berita/12` below `/berita`: of those are several.
    """
    current = number_of(document.url)
    arrows = set(_find_arrows(document, current))
    if len(arrows) == 1:
        return arrows.pop()
    least = 1 if current is None else current
    pages = [url for url in _find_choices(document) if (number_of(url) or 0) > least]
    return min(pages, key=lambda url: number_of(url) or 0, default=None)


def _find_arrows(document: Document, current: int | None) -> Iterator[str]:
    """Where arrows lead: behind this page of the list, or in a pager to any address of a higher number."""
    for each in document.links:
        link, url = each.element, each.url
        if link.text(strip=True) or not any(_ON.search(_marks(node)) for node in link.css("*")):
            continue
        number = None if url is None else number_of(url)
        if url is None or number is None:
            continue
        if number > (current or 0) and (is_page_of(url, document.url) or _is_in_pager(link)):
            yield url


def _is_in_pager(link: LexborNode) -> bool:
    above, steps = link.parent, 0
    while above is not None and steps < _MOST_CLIMBED:
        if _PAGER.search(f"{above.attributes.get('class') or ''} {above.attributes.get('id') or ''}"):
            return True
        above, steps = above.parent, steps + 1
    return False


def _marks(node: LexborNode) -> str:
    return " ".join(node.attributes.get(name) or "" for name in ("class", "alt", "src", "title", "data-icon"))


def _find_choices(document: Document) -> Iterator[str]:
    for option in document.tree.css("select option[value]")[:MOST_LINKS]:
        value = option.attributes.get("value") or ""
        url = document.resolve(value) if "/" in value or "?" in value else None
        if url is not None and is_page_of(url, document.url):
            yield url
