"""What belongs to a picture: its caption, marked as one or not."""

import re
from typing import Final

from crawler.extract.page.outline import Outline

__all__ = ["is_below_picture", "is_caption"]

# The day in a picture's caption is the picture's; a theme's "caption" may be no more than small type.
_CAPTION_MARK: Final = re.compile(
    r"(?:wp|photo|foto|image|img|media|fig|picture|gambar)[\w-]{0,40}caption|caption[\w-]{0,40}(?:photo|foto|image|gambar)"
    r"|(?:photo|foto|image|gambar)[_-]?(?:credit|desc)|keterangan[_-]?(?:foto|gambar)",
    re.IGNORECASE,
)
_SMALL_TYPE: Final = frozenset({"small", "em", "i"})
_CAPTION: Final = re.compile(r"(?:^|\s)caption(?:$|\s)", re.IGNORECASE)


def is_below_picture(outline: Outline, index: int) -> bool:
    """Tell whether small or slanted type stands right below a picture, as a caption that no theme marks."""
    if outline.tags[index] not in _SMALL_TYPE:
        return False
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
