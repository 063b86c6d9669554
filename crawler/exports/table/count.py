"""Figures as platforms and spreadsheets write them: grouped by thousands, or rounded with a word."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

__all__ = ["read_count"]

_MOST: Final = 10**15
# Software writes whole numbers with a fraction of zero: "150.0", "1050,00".
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0{1,2})?|(\d{4,})[.,]0+")
_GROUPED: Final = re.compile(r"([1-9]\d{0,2}(?:([.,' ])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,]0{1,2})?")
_ROUNDED: Final = re.compile(r"(\d{1,6}(?:([.,])\d{1,2})?)\s?([a-z]+)\.?")
_WORDS: Final = {"rb": 3, "ribu": 3, "k": 3, "jt": 6, "juta": 6, "mio": 6, "miliar": 9, "milyar": 9}


@lru_cache(maxsize=10_000)
def read_count(cell: str) -> int | None:
    """Read a figure; None where the cell is empty, holds none, or could mean two.

    Nothing is counted in halves, so that a group of three digits behind one mark are thousands,
    whichever mark the language takes; "1.05" is what a spreadsheet left of something, and no figure.

    >>> [read_count(cell) for cell in ("1.050", "1,204,567", "150.0", "1,2 rb", "1,5 jt", "1.05", "")]
    [1050, 1204567, 150, 1200, 1500000, None, None]
    """
    text = " ".join(cell.replace("’", "'").split()).casefold()
    if not text.isascii():
        return None
    found: int | None
    if whole := _WHOLE.fullmatch(text):
        found = int(whole[1] or whole[2]) if len(text) < 20 else _MOST
    elif grouped := _GROUPED.fullmatch(text):
        found = int(re.sub(r"\D", "", grouped[1])) if len(text) < 30 else _MOST
    else:
        found = _read_rounded(text)
    return found if found is not None and found < _MOST else None


def _read_rounded(text: str) -> int | None:
    """ "1,2 rb": rounded by the platform. "1.2M" are millions where English's point says so."""
    match = _ROUNDED.fullmatch(text)
    if match is None:
        return None
    # "1,2 M" may be a milliard in Indonesian and a million elsewhere.
    power = 6 if match[3] == "m" and match[2] == "." else _WORDS.get(match[3])
    figure = Decimal(match[1].replace(",", "."))
    return None if power is None else int(figure * 10**power)
