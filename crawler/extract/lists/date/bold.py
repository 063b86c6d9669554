"""Titles set in bold at the head of a line whose other parts stand in elements of their own."""

from typing import Final

from crawler.extract.lists.date.prose import count_title_words
from crawler.extract.page.outline import INLINE, Outline, TextLine

__all__ = ["blank_bold", "find_bold_end"]

_BOLD: Final = frozenset({"b", "strong"})
# An author sets off words of a sentence by these.
_AUTHORS: Final = _BOLD | {"a", "em", "i", "u", "mark"}
_TITLE_WORDS: Final = 3
# Letters; asked for each day of a line, a whole page in bold took time by its square.
_LONGEST_TITLE: Final = 400


def find_bold_end(outline: Outline, line: TextLine) -> int:
    """Find where the bold title that opens a line ends; 0 where none does, or a sentence goes on behind it.

    "<strong>Lelang kendaraan dinas</strong><small>4 Mei 2026 • PDF • 310 KB</small>", which a stylesheet
    draws as two lines.
    """
    bold = next((above for above in _around(outline, line.first) if outline.tags[above] in _BOLD), None)
    title = "" if bold is None else outline.text_of(bold)
    if bold is None or len(title) > _LONGEST_TITLE or count_title_words(title) < _TITLE_WORDS:
        return 0
    behind = [(offset, i) for offset, i in line.offsets if i >= outline.ends[bold]]
    if not behind or not all(
        _is_apart(outline, i) for _, i in behind if any(map(str.isalnum, outline.texts[i]))
    ):
        return 0
    return behind[0][0]


def blank_bold(outline: Outline, line: TextLine, text: str) -> str:
    """Blank out the bold title that opens a line, whose text is `text`."""
    end = find_bold_end(outline, line)
    return " " * end + text[end:]


def _around(outline: Outline, index: int) -> list[int]:
    return list(outline.ancestors(index))[:2]


def _is_apart(outline: Outline, index: int) -> bool:
    own = outline.tags[outline.parents[index]]
    return own in INLINE and own not in _AUTHORS
