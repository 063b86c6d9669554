"""What a list calls an item whose link is an icon, a number or "Selengkapnya"."""

from typing import Final

from crawler.extract.lists.link import HEADINGS, ListedLink
from crawler.extract.lists.record import Record
from crawler.extract.outline import Outline

__all__ = ["read_title"]


# Above what "Selengkapnya" and "PDF" are worth.
_STRONG_WORTH: Final = 3.5


def read_title(outline: Outline, record: Record) -> str:
    """The heading inside a linked card, the link's own text, the record's heading, or its longest line."""
    link = record.link
    own = _heading_within(outline, link.index, outline.ends[link.index])
    if own:
        return own
    if link.worth >= _STRONG_WORTH and len(link.text) < 300:
        return link.text
    return (
        _heading_within(outline, record.begin, record.end)
        or _described(outline, link)
        or _longest(outline, record)
    )


def _heading_within(outline: Outline, begin: int, end: int) -> str:
    for index in range(begin, end):
        if outline.tags[index] in HEADINGS and (text := outline.text_of(index)):
            return text
    return ""


def _described(outline: Outline, link: ListedLink) -> str:
    title = outline.attribute(link.index, "title")
    if title:
        return title
    for index in range(link.index, outline.ends[link.index]):
        if outline.tags[index] == "img" and (text := outline.attribute(index, "alt")):
            return text
    return ""


def _longest(outline: Outline, record: Record) -> str:
    dated = {date.index for date in record.dates}
    texts = [
        outline.texts[index]
        for index in range(record.begin, record.end)
        if outline.texts[index] and index not in dated
    ]
    return max(texts, key=len, default=record.link.text)
