"""What a post's own page calls it."""

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.document import Document
from crawler.extract.region import is_frame_element

__all__ = ["extract_title", "find_heading"]

_MOST_HEADINGS = 60


def find_heading(document: Document) -> LexborNode | None:
    """The post's heading; None where the page has none.

    On hand-written sites the h1 holds the office's name, so the longest heading that the page's
    title repeats comes first, an h1 outside the frame next.
    """
    known = " ".join(_page_titles(document)).lower()
    headings = [
        (element, folded)
        for element in islice(document.tree.css("h1, h2, h3, h4"), _MOST_HEADINGS)
        if (folded := _fold(element.text(separator=" ")))
    ]
    repeated = [(element, text) for element, text in headings if len(text) > 12 and text.lower() in known]
    if repeated:
        return max(repeated, key=lambda pair: len(pair[1]))[0]
    firsts = [element for element, _ in headings if element.tag == "h1"]
    outside = (element for element in firsts if not _in_frame(element))
    return next(outside, firsts[0] if firsts else None)


def extract_title(document: Document, heading: LexborNode | None) -> str:
    """The heading's text, or what the page states as its title for machines."""
    if heading is not None:
        return _fold(heading.text(separator=" "))
    return next(iter(_page_titles(document)), "")


def _in_frame(element: LexborNode) -> bool:
    above = element.parent
    while above is not None and above.tag not in {"body", "main", "article"}:
        if is_frame_element(above):
            return True
        above = above.parent
    return False


def _page_titles(document: Document) -> list[str]:
    return [folded for text in _stated_titles(document) if (folded := _fold(text))]


def _stated_titles(document: Document) -> Iterator[str]:
    for selector in ('meta[property="og:title"]', 'meta[name="twitter:title"]'):
        element = document.tree.css_first(selector)
        if element is not None:
            yield element.attributes.get("content") or ""
    title = document.tree.css_first("title")
    if title is not None:
        yield title.text()


def _fold(text: str) -> str:
    return " ".join(text.split())
