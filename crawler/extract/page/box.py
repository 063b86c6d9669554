"""Boxes of a page that are told by their own heading: what readers wrote, not what the site did."""

import re
from typing import Final

from crawler.extract.page.outline import Outline

__all__ = ["find_boxes", "find_reader_boxes"]

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th", "legend", "caption", "strong", "b"})
# Of small letters: to match them whatever their case takes three times as long.
_READERS: Final = re.compile(
    r"\W*(?:(?:recent|latest|newest)\s)?comments?\W*|\W*(?:komentar|tanggapan)(?:\s(?:terbaru|terkini|terakhir|warga"
    r"|pengunjung|masuk))?\W*|\W*(?:buku\stamu|guest\s?book|shoutbox)\W*"
)
_OTHERS: Final = re.compile(
    _READERS.pattern
    + r"|\W*(?:(?:artikel|berita|tulisan|post(?:ingan)?|kabar|warta|info(?:rmasi)?|pengumuman|articles?"
    r"|posts?|news|stories|related|recent|latest|popular|similar|more|terkait|terbaru|terkini|terpopuler|populer"
    r"|lain(?:nya)?|serupa|from|the|blog|you|may|might|also|like|agenda|kegiatan|upcoming|events?|pilihan"
    r"|rekomendasi|recommended|reading|resources)\b[\s/&-]{0,3}){2,6}\W*"
    r"|\W*(?:baca\s(?:juga|lainnya)|see\salso|read\s(?:next|more|also)|keep\sreading|reviews?|ulasan|agenda"
    r"|leave\sa\s(?:reply|comment)|trending|(?:ter)?populer|terbaru|terkini|terkait|related|recent|latest|popular|arsip|archives?|up\snext)\W*"
)
_LONGEST_HEADING: Final = 30
_HEADING_MARK: Final = re.compile(r"title|judul|head|caption", re.IGNORECASE)
# A heading is wrapped no deeper than this.
_MOST_WRAPPED: Final = 3


def find_reader_boxes(outline: Outline) -> tuple[range, ...]:
    """Find comments and guest books that only their heading tells: links there lead to old posts."""
    return _find(outline, _READERS)


def find_boxes(outline: Outline) -> tuple[range, ...]:
    """Find readers' words or other posts that only their heading tells: "Artikel Terkait"."""
    return _find(outline, _OTHERS)


def _find(outline: Outline, headings: re.Pattern[str]) -> tuple[range, ...]:
    found = []
    for index, text in enumerate(outline.texts):
        if not 0 < len(text) <= _LONGEST_HEADING or not headings.fullmatch(text.lower()):
            continue
        above = list(outline.ancestors(index))[:_MOST_WRAPPED]
        if any(outline.tags[i] in _HEADINGS or _HEADING_MARK.search(outline.marks(i)) for i in above[:2]):
            found.append(_box_below(outline, index, text))
    return tuple(box for box in found if len(box))


def _box_below(outline: Outline, index: int, text: str) -> range:
    """From behind the heading to the next one beside it, or to the end of what holds both."""
    heading = index
    for above in outline.ancestors(index):
        if outline.text_of(above) != text:
            break
        heading = above
    begin, end = outline.ends[heading], outline.ends[outline.parents[heading]]
    tag = outline.tags[heading]
    for other in range(begin, end):
        if outline.tags[other] == tag and outline.parents[other] == outline.parents[heading]:
            return range(begin, other if tag in _HEADINGS else end)
    return range(begin, end)
