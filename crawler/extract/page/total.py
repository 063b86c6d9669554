"""What a page says of a list's whole length: items, or pages of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crawler.extract.page.document import Document

__all__ = ["StatedTotal", "TotalUnit", "find_totals", "read_total"]

# What counts a list stands in a line of its own; a longer one is prose that counts something else.
LONGEST: Final = 90
_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d{1,7}"
_NOUN = (
    r"(?:data|berita|artikel|articles?|posts?|postingan|tulisan|kiriman|entri|entry|entries|items?|dokumen|documents?|"
    r"hasil|results?|pengumuman|news|records?|konten|warta|kabar|baris|rows)"
)
_SHOWN = (
    r"(?:menampilkan|menunjukkan|ditampilkan|tampil|showing|displaying|viewing|"
    r"hasil|results?|data|posts?|berita|artikel|items?)"
)
_RANGE: Final = re.compile(
    rf"(?P<lead>{_SHOWN}\W{{0,3}}(?:{_NOUN}\W{{0,2}})?(?:ke\W)?)?(?P<first>{_NUMBER})\s*"
    rf"(?:-|–|—|s/d|s\.d\.?|sd|sampai(?: dengan)?|hingga|to|until|ke)\s*(?P<last>{_NUMBER})\s*(?:{_NOUN}\s*)?"
    rf"(?:dari|of|out of|/|from)\s*(?:total\s*|sebanyak\s*)?(?P<total>{_NUMBER})(?:\s*(?P<noun>{_NOUN})\b)?",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(
    rf"\b(?:halaman|hal\.?|laman|page|pg\.?)(?:\s+ke)?\W{{0,3}}(?P<first>{_NUMBER})\s*"
    rf"(?:dari|of|/|from)\s*(?:total\s*)?(?P<total>{_NUMBER})(?!\s*[/\d])",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    rf"(?:\b(?:total|jumlah|ditemukan|found|semua|all)\W{{0,3}}(?P<a>{_NUMBER})\s*{_NOUN}\b"
    rf"|\b(?:total|jumlah)\s+(?:semua\s+)?{_NOUN}\W{{1,3}}(?P<b>{_NUMBER})\b"
    rf"|^\W*(?P<c>{_NUMBER})\s*{_NOUN}\s*(?:ditemukan|found|tersedia|in total|\W*$)"
    rf"|^\W*(?:total|jumlah)\s*:\s*(?P<d>{_NUMBER})\W*$)",
    re.IGNORECASE,
)


class TotalUnit(StrEnum):
    """What a total counts."""

    ITEMS = "items"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A list's length in its own words.

    Attributes:
        raw: the words, or the name of the field.
        first: number of the first item shown, or of this page, where it is told.
        last: number of the last item shown; None likewise.
    """

    total: int
    unit: TotalUnit
    raw: str
    first: int | None = None
    last: int | None = None


def find_totals(document: Document) -> tuple[StatedTotal, ...]:
    """Find every total that the page's short lines state, in its order; none is proven its main list's."""
    lines = (line.text for line in document.outline.lines if len(line.text) <= LONGEST)
    found = (read_total(text) for text in lines if any(c.isdigit() for c in text))
    return tuple(dict.fromkeys(total for total in found if total is not None))


def read_total(text: str) -> StatedTotal | None:
    """Read one line; None where it counts no list.

    >>> read_total("Menampilkan 1-10 dari 240 berita").total, read_total("Halaman 2 dari 12").unit
    (240, <TotalUnit.PAGES: 'pages'>)
    """
    return next(_iterate_readings(text), None)


def _iterate_readings(text: str) -> Iterator[StatedTotal]:
    if (match := _PAGE.search(text)) is not None:
        current, total = _figure(match["first"]), _figure(match["total"])
        if 1 <= current <= total:
            yield StatedTotal(total, TotalUnit.PAGES, match[0], current)
    if (match := _RANGE.search(text)) is not None:
        first, last, total = (_figure(match[name]) for name in ("first", "last", "total"))
        alone = match[0].strip() == text.strip(" ()[]|·.")
        if 0 <= first <= last <= total and total > 0 and (match["lead"] or match["noun"] or alone):
            yield StatedTotal(total, TotalUnit.ITEMS, match[0].strip(), first, last)
    if (match := _COUNT.search(text)) is not None:
        figure = next(group for group in match.groups() if group)
        yield StatedTotal(_figure(figure), TotalUnit.ITEMS, match[0].strip())


def _figure(text: str) -> int:
    return int(re.sub(r"\D", "", text))
