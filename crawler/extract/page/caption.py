"""What belongs to a picture: its caption, marked as one or not."""

import re
from typing import Final

from crawler.extract.page.outline import HEADINGS, Outline

__all__ = [
    "is_below_picture",
    "is_caption",
    "is_drawn_credit",
    "is_right_below_picture",
    "is_told_below_picture",
]

# The day in a picture's caption is the picture's; a theme's "caption" may be no more than small type.
_CAPTION_MARK: Final = re.compile(
    r"(?:wp|photo|foto|image|img|media|fig|picture|gambar)[\w-]{0,40}caption|caption[\w-]{0,40}(?:photo|foto|image|gambar)"
    r"|(?:photo|foto|image|img|gambar)[_-]?(?:credit|desc)|(?:keterangan|ket|sumber|credit)[_-]?(?:foto|gambar|photo|image)",
    re.IGNORECASE,
)
# A hero's box may be called so, too, and hold the post's own heading and day.
_PICTURE_MARK: Final = re.compile(
    r"(?:^|\s)(?:photo|foto|image|img|gambar)[_-]?(?:info|meta|source|sumber|ket)(?![^\W\d_])", re.IGNORECASE
)
_CAMERA: Final = re.compile(
    r"(?:^|[\s_-])(?:camera|kamera|image|picture|photo|foto)(?:$|[\s_-])", re.IGNORECASE
)
_SMALL_TYPE: Final = frozenset({"small", "em", "i"})
_PLAIN_TYPE: Final = frozenset({"td", "p", "div", "span", "center"})
_PICTURES: Final = frozenset({"img", "amp-img", "video"})
# An author's picture may stand beside such a box, with the name and the day.
_TITLES: Final = frozenset({"div", "span", "center", "h4", "h5", "h6"})
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_IN_CAPTION: Final = 12
_CREDIT: Final = re.compile(
    r"\b(?:foto|photo|ilustrasi)\s?[:/]|\bdo[ck]\.|\bvideo\s?:|©|\A\W*dokumentasi\b|\bsumber\s?:\s?dokumentasi\b",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(r"\b(?:penulis|editor|reporter|pewarta|redaktur|oleh|by|author)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"\s*\)\W*(?:(?:dok|foto|ist)\W*)?", re.IGNORECASE)
_CAPTION: Final = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)


def is_below_picture(outline: Outline, index: int) -> bool:
    """Tell whether small or slanted type stands right below a picture, as a caption that no theme marks."""
    return outline.tags[index] in _SMALL_TYPE and _is_behind_picture(outline, index)


def is_told_below_picture(outline: Outline, index: int, shown: str) -> bool:
    """Tell whether a line or a cell right below a picture ends with a day in brackets, or names who took it.

    `<tr><td><img></td></tr><tr><td>Camat dan nelayan di dermaga (7/10/2026)</td></tr>`; "Apel siaga, 5 Mei
    2026 | Foto: Prokopim". A byline may name who took the picture, too.
    """
    if (
        not shown
        or outline.tags[index] not in _PLAIN_TYPE | _TITLES
        or outline.ends[index] - index > _MOST_IN_CAPTION
    ):
        return False
    text = outline.text_of(index)
    # "Selasa (6/10/2026" is one day.
    before, _, behind = text.rpartition(shown.rpartition("(")[2] or shown)
    words, bracket, _ = before.rpartition("(")
    ends = words.strip() and bracket and ")" not in before[len(words) :] and _CLOSED.fullmatch(behind)
    # Pictures of a gallery may have nothing but their days: each box its own.
    bare = outline.tags[index] in _TITLES
    told = _CREDIT.search(text) or ((bare or before.strip()) and _is_of_gallery(outline, index))
    if not (ends or (told and not _BYLINE.search(text))):
        return False
    if outline.tags[index] == "td" and _is_below_pictures(outline, index):
        return True
    cell = outline.parents[index] if outline.tags[index] == "td" else index
    return _is_behind_picture(outline, cell) or _begins_with_picture(outline, index)


def is_right_below_picture(outline: Outline, index: int) -> bool:
    """Tell whether an element of few parts stands right below a picture, or begins with one."""
    if outline.tags[index] not in _PLAIN_TYPE | _SMALL_TYPE or outline.ends[index] - index > _MOST_IN_CAPTION:
        return False
    return _is_behind_picture(outline, index) or _begins_with_picture(outline, index)


def is_drawn_credit(outline: Outline, index: int) -> bool:
    """Tell whether the sign right before a text is a camera's or a picture's: `<i class="fa-camera"></i>`."""
    parent = outline.parents[index]
    signs = [i for i in range(parent + 1, index) if outline.tags[i] == "i" and outline.ends[i] == i + 1]
    return bool(signs) and _CAMERA.search(outline.marks(signs[-1])) is not None


def _is_of_gallery(outline: Outline, index: int) -> bool:
    """Whether an element is one of several paragraphs that stand behind a picture each.

    An author's picture stands in one box with the name and the day (Substack).
    """
    parent = outline.parents[index]
    beside = [i for i in range(parent + 1, outline.ends[parent]) if outline.parents[i] == parent]
    told = [i for i in beside if outline.tags[i] == "p" and _is_behind_picture(outline, i)]
    if outline.tags[index] == "td":
        return _is_below_pictures(outline, index)
    if outline.tags[index] in _TITLES:
        # What a logo for the printer stands above may hold the post's own heading and day (Passle).
        heads = not HEADINGS.isdisjoint(outline.tags[index + 1 : outline.ends[index]])
        return not heads and _is_behind_picture(outline, index) and _is_slide(outline, index, dated=True)
    return index in told and (len(told) > 1 or _is_slide(outline, index))


def _is_slide(outline: Outline, index: int, *, dated: bool = False) -> bool:
    """Whether the box of an element and its picture is one of several with a picture, or with a year, too."""
    box = outline.parents[index]
    row = outline.parents[box]
    if row < 0 or outline.text_of(box) != outline.text_of(index):
        return False
    alike = (i for i in range(row + 1, outline.ends[row]) if outline.parents[i] == row)
    held = (i for i in alike if outline.tags[i] == outline.tags[box])
    pictured = [i for i in held if "img" in outline.tags[i : outline.ends[i]]]
    return sum(not dated or _YEAR.search(outline.text_of(i)) is not None for i in pictured) > 1


def _is_below_pictures(outline: Outline, cell: int) -> bool:
    """Whether a cell stands under a picture in the row above, in a row of several such cells."""
    row = outline.parents[cell]
    before, child = -1, outline.parents[row] + 1
    while child < row:
        before = child if outline.tags[child] == "tr" else before
        child = outline.ends[child]
    if before < 0 or outline.text_of(before):
        return False
    pictured = [_PICTURES & set(outline.tags[i : outline.ends[i]]) for i in _cells(outline, before)]
    return len(pictured) > 1 and all(pictured) and len(pictured) == len(_cells(outline, row))


def _cells(outline: Outline, row: int) -> list[int]:
    return [
        i for i in range(row + 1, outline.ends[row]) if outline.tags[i] == "td" and outline.parents[i] == row
    ]


def _begins_with_picture(outline: Outline, index: int) -> bool:
    texts = (i for i in range(index + 1, outline.ends[index]) if outline.texts[i])
    return not _PICTURES.isdisjoint(outline.tags[index + 1 : next(texts, index + 1)])


def _is_behind_picture(outline: Outline, index: int) -> bool:
    before, child = -1, outline.parents[index] + 1
    while child < index:
        before = before if outline.tags[child] in {"br", "-text"} and not outline.texts[child] else child
        child = outline.ends[child]
    subtree = range(before, outline.ends[before]) if before >= 0 else ()
    return any(outline.tags[i] in _PICTURES for i in subtree) and not any(outline.texts[i] for i in subtree)


def is_caption(outline: Outline, index: int) -> bool:
    """Tell whether an element is marked as a picture's caption."""
    if outline.tags[index] in {"figure", "figcaption"}:
        return True
    marks = outline.marks(index)
    if _CAPTION_MARK.search(marks):
        return True
    parent = max(outline.parents[index], 0)
    # A slider's caption may hold the post's own heading and day.
    headed = not HEADINGS.isdisjoint(outline.tags[index : outline.ends[index]])
    marked = _CAPTION.search(marks) or _PICTURE_MARK.search(marks)
    return bool(marked) and not headed and "img" in outline.tags[parent : outline.ends[parent]]
