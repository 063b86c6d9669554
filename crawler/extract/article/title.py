"""What a post's own page calls it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode

from crawler.dates import find_dates
from crawler.extract.page.document import Document
from crawler.extract.page.region import is_brand_element, is_frame, is_frame_element

__all__ = ["extract_title", "find_heading", "page_titles"]

_MOST_HEADINGS: Final = 60
_SHORTEST_TITLE: Final = 16
_MOST_ABOVE: Final = 5
_INLINE: Final = frozenset({"span", "b", "strong", "em", "i", "font", "u", "small", "big", "mark"})
_SEPARATOR: Final = re.compile(r"(?<!\s)\s++(?:[|\u2013\u2014\u00bb\u00b7:-]|::)\s++")
_QUOTES: Final = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
_UTC: Final = ZoneInfo("UTC")
_NO_NAMES: Final = frozenset[str]()


def find_heading(
    document: Document, *, in_lines: bool = True, names: frozenset[str] = _NO_NAMES
) -> LexborNode | None:
    """Find the post's heading; None where the page has none.

    On hand-written sites the h1 holds the office's name, so the longest heading that the page's
    title repeats comes first, then an h1 outside the frame and the brand, then a line of
    text that says what the page's title says (`in_lines`), then any other heading there. A title
    that the site's lists bear as well (`names`) is the office's: a line above the menu said it, and the
    post's own heading below was passed over (the awkward site 3501282).
    """
    titles = [title for title in page_titles(document) if title not in names]
    known = _plain(" ".join(titles))
    headings = [
        (element, folded)
        for element in islice(document.common.headings, _MOST_HEADINGS)
        if (folded := _fold(element.text(separator=" ")))
    ]
    repeated = [(element, text) for element, text in headings if len(text) > 12 and _plain(text) in known]
    if repeated:
        return max(repeated, key=lambda pair: len(pair[1]))[0]
    named = [element for element, text in headings if not _is_date(text, document)]
    ranked = sorted(named, key=lambda element: element.tag != "h1")
    outside = next((element for element in ranked if not _in_frame(element)), None)
    if outside is not None and outside.tag == "h1":
        return outside
    line = _find_line(document, titles) if in_lines else None
    return line or outside or (ranked[0] if ranked else None)


def _find_line(document: Document, titles: Sequence[str]) -> LexborNode | None:
    """A line that says what the page's title says, where no heading does: Lokomedia's is a paragraph."""
    parts = {
        part
        for title in titles
        for part in (_plain(title), *_plain(_SEPARATOR.sub("\n", title)).split("\n"))
        if len(part) > _SHORTEST_TITLE
    }
    outline, lengths = document.outline, {len(part) for part in parts}
    for line in outline.lines if parts else ():
        if len(line.text) not in lengths:
            continue
        # Breadcrumbs and tickers repeat a title as well: theirs is a link, or stands in the frame.
        above = list(outline.ancestors(line.first))[:_MOST_ABOVE]
        if _plain(line.text) not in parts or any(outline.tags[i] in {"a", "li", "nav"} for i in above):
            continue
        block = next((i for i in above if outline.tags[i] not in _INLINE), None)
        if block is not None and not is_frame(outline, line.first):
            return outline.nodes[block]
    return None


def extract_title(document: Document, heading: LexborNode | None) -> str:
    """Read the heading's text, or what the page states as its title for machines."""
    if heading is not None:
        return _fold(heading.text(separator=" "))
    return next(iter(page_titles(document)), "")


def _is_date(text: str, document: Document) -> bool:
    """Blogger heads the posts of one day with that day."""
    readings = find_dates(text, now=document.page.fetched_at, zone=_UTC)
    return any(reading.end - reading.start > 0.8 * len(text) for reading in readings)


def _in_frame(element: LexborNode) -> bool:
    # A wiki's logo is a heading that leads home; an article's heading may well be called a header.
    if is_brand_element(element) and element.css_first("a") is not None:
        return True
    above = element.parent
    while above is not None and above.tag not in {"body", "main", "article"}:
        if is_frame_element(above) or is_brand_element(above):
            return True
        above = above.parent
    return False


def page_titles(document: Document) -> list[str]:
    """List what a page states as its title, to machines first; the same twice where it says so twice."""
    return [folded for text in _stated_titles(document) if (folded := _fold(text))]


def _stated_titles(document: Document) -> Iterator[str]:
    for name in ("og:title", "twitter:title"):
        yield document.metas.get(name, "")
    title = document.tree.css_first("title")
    if title is not None:
        yield title.text()


def _plain(text: str) -> str:
    """In lower case and with straight quotes: programs make them curly in one place only."""
    return text.lower().translate(_QUOTES)


def _fold(text: str) -> str:
    return " ".join(text.split())
