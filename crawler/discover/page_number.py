"""Addresses of the pages of one list: the counter in them, and what is left without it."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

__all__ = ["is_page_of", "number_of", "read_label", "says_page", "strip_counter"]

_YEAR = re.compile(r"(19|20)\d\d")
# The archive of a month or a day ends in a number that counts no pages.
_DATE_FOLDER = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){1,2}/?$")
_COUNTER = re.compile(
    r"page|paged|p|pg|hal|halaman|laman|start\d?|limitstart\d?|offset|b_start:int|per_page|no|skip|from"
    # Modules put their own name in front: `tx_news_pi1[currentPage]`, `_portlet_INSTANCE_x_cur`.
    r"|current_?page|page_?(?:no|num|number|index)|\w+_(?:page|cur)",
    re.IGNORECASE,
)
# Signs a counter's value, and differs from page to page with it.
_SEAL = re.compile(r"c_?hash|token|hash|sig(?:nature)?", re.IGNORECASE)
_PAGE_PATH = re.compile(
    r"/(?:page|hal|halaman|laman|p)[/:-]?(\d+)(?=/|\.|$)|/index(\d+)\.html?$|[/-](\d+)(?:\.html?)?/?$"
)
# What screen readers are told before the number: Elementor's `<span>Page</span>2`, "Ke halaman 2".
_SPOKEN: Final = re.compile(
    r"(?:(?:(?:go|pergi|buka|lihat)\s)?(?:to|ke)\s?)?(?:page|halaman|laman|hal\.?)\s?(\d{1,4})", re.IGNORECASE
)
# No list has more pages; Python refuses to read a number of thousands of figures.
_MOST_FIGURES = 9


def says_page(url: str) -> bool:
    """Tell whether an address says in words that it is that of a page: `?hal=2`, `/page/2`."""
    parts = urlsplit(url)
    match = _PAGE_PATH.search(parts.path)
    if match is not None and (match[1] or match[2]):
        return True
    return any(
        _is_counter(name) and value.isdigit() and name not in {"p", "no", "from"}
        for name, value in parse_qsl(parts.query)
    )


def read_label(text: str) -> str:
    """Give the number that a link to a page says with the word for a page before it, else its whole text.

    >>> read_label("Page2"), read_label("Ke halaman 12"), read_label("7"), read_label("Laman Kontak")
    ('2', '12', '7', 'Laman Kontak')
    """
    match = _SPOKEN.fullmatch(text)
    return text if match is None else match[1]


def number_of(url: str) -> int | None:
    """Give the number of a page of a list, or how many items stand before it, as its address tells."""
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if _is_counter(name) and value.isdecimal() and len(value) <= _MOST_FIGURES:
            return int(value)
    match = _PAGE_PATH.search(parts.path)
    # An archive of a year ends in a number as well.
    if match is None or _DATE_FOLDER.search(parts.path) or (match[3] and _YEAR.fullmatch(match[3])):
        return None
    return int(next(group for group in match.groups() if group)[:_MOST_FIGURES])


def is_page_of(url: str, base: str) -> bool:
    """Tell whether an address is another page of the same list: it differs in a counter only."""
    return number_of(url) is not None and strip_counter(url) == strip_counter(base)


def strip_counter(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give the path and the query of an address without what counts pages in them."""
    parts = urlsplit(url)
    counted = parts.path if _DATE_FOLDER.search(parts.path) else _PAGE_PATH.sub("", parts.path)
    path = re.sub(r"/index\d*\.(html?|php)$", "", counted).rstrip("/")
    query = tuple(
        sorted(
            (n, v)
            for n, v in parse_qsl(parts.query)
            if not (_SEAL.fullmatch(n) or (_is_counter(n) and v.isdigit()))
        )
    )
    return path, query


def _is_counter(name: str) -> bool:
    return _COUNTER.fullmatch(name.rpartition("[")[2].rstrip("]")) is not None
