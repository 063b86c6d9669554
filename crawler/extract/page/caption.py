"""What belongs to a picture: its caption, marked as one or not."""

import re
from typing import Final

from crawler.extract.page.outline import Outline

__all__ = ["is_below_picture", "is_caption", "is_told_below_picture"]

# The day in a picture's caption is the picture's; a theme's "caption" may be no more than small type.
_CAPTION_MARK: Final = re.compile(
    r"(?:wp|photo|foto|image|img|media|fig|picture|gambar)[\w-]{0,40}caption|caption[\w-]{0,40}(?:photo|foto|image|gambar)"
    r"|(?:photo|foto|image|gambar)[_-]?(?:credit|desc)|keterangan[_-]?(?:foto|gambar)",
    re.IGNORECASE,
)
_SMALL_TYPE: Final = frozenset({"small", "em", "i"})
_PLAIN_TYPE: Final = frozenset({"td", "p", "div", "span", "center"})
_MOST_IN_CAPTION: Final = 12
_CLOSED: Final = re.compile(r"\s*\)\W*")
_CAPTION: Final = re.compile(r"(?:^|\s)caption(?:$|\s)", re.IGNORECASE)


def is_below_picture(outline: Outline, index: int) -> bool:
    """Tell whether small or slanted type stands right below a picture, as a caption that no theme marks."""
    return outline.tags[index] in _SMALL_TYPE and _is_behind_picture(outline, index)


def is_told_below_picture(outline: Outline, index: int, shown: str) -> bool:
    """Tell whether a line or a cell right below a picture ends with a day in brackets, as a caption does.

    `<tr><td><img></td></tr><tr><td>Camat dan nelayan di dermaga (7/10/2026)</td></tr>`.
    """
    if not shown or outline.tags[index] not in _PLAIN_TYPE or outline.ends[index] - index > _MOST_IN_CAPTION:
        return False
    before, _, behind = outline.text_of(index).rpartition(shown)
    words, bracket, _ = before.rpartition("(")
    if not (words.strip() and bracket) or ")" in before[len(words) :] or not _CLOSED.fullmatch(behind):
        return False
    return _is_behind_picture(outline, outline.parents[index] if outline.tags[index] == "td" else index)


def _is_behind_picture(outline: Outline, index: int) -> bool:
    before, child = -1, outline.parents[index] + 1
    while child < index:
        before = before if outline.tags[child] in {"br", "-text"} and not outline.texts[child] else child
        child = outline.ends[child]
    subtree = range(before, outline.ends[before]) if before >= 0 else ()
    return any(outline.tags[i] == "img" for i in subtree) and not any(outline.texts[i] for i in subtree)


def is_caption(outline: Outline, index: int) -> bool:
    """Tell whether an element is marked as a picture's caption."""
    if outline.tags[index] in {"figure", "figcaption"}:
        return True
    marks = outline.marks(index)
    if _CAPTION_MARK.search(marks):
        return True
    parent = max(outline.parents[index], 0)
    return bool(_CAPTION.search(marks)) and "img" in outline.tags[parent : outline.ends[parent]]
