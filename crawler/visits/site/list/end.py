"""Whether a page of a list that shows no post stands behind the list's end, or is a failure."""

import re
from typing import Any, Final

from crawler.discover.page_number import number_of
from crawler.extract.page.document import Document
from crawler.extract.page.json_value import load_json
from crawler.health import judge_document

__all__ = ["is_kept_back", "shows_end"]

# A fragment that a button loads; whole pages speak of logging in, too.
_LONGEST: Final = 400
_FAILED: Final = re.compile(
    r"kesalahan|\berror\b|\bgagal\b|unauthori[sz]ed|forbidden|ditolak|silakan (?:login|masuk)"
    r"|(?:session|sesi)\b.{0,20}(?:expired|habis|berakhir)|too many requests",
    re.IGNORECASE,
)
# `{"data": {"berita": {"data": []}}}`: what lists lie in.
_DEEPEST: Final = 4


def shows_end(document: Document, farthest: int) -> bool:
    """Tell whether nothing can stand behind a page that shows no post.

    It can where the list's pager goes on, where a form asks to log in, where an answer in JSON holds no
    empty list, and where a button's answer speaks of a failure.

    Args:
        farthest: the highest number of a page that the list links to.
    """
    if judge_document(document) is not None:
        # Upkeep, or a challenge, that calls itself a page: the list's own is kept from us.
        return False
    number = number_of(document.url)
    if number is not None and farthest > number:
        return False
    body = document.page.body.lstrip()
    if body[:1] in {b"{", b"["}:
        return _is_empty_list(load_json(body.decode("utf-8", "replace")), _DEEPEST)
    if document.tree.css_first("input[type=password]") is not None:
        return False
    text = document.tree.root.text(separator=" ", strip=True) if document.tree.root else ""
    return len(text) > _LONGEST or _FAILED.search(text) is None


def is_kept_back(document: Document) -> bool:
    """Tell whether a page stands for one that is kept from us: upkeep, a challenge, a form to log in."""
    return judge_document(document) is not None or document.tree.css_first("input[type=password]") is not None


def _is_empty_list(value: Any, depth: int) -> bool:
    """Whether JSON holds an empty list or an empty piece of markup, and no list of things."""
    if isinstance(value, list):
        return not value
    inner = list(value.items()) if isinstance(value, dict) and depth else []
    lists = [_is_empty_list(each, depth - 1) for _, each in inner if isinstance(each, list)]
    if lists:
        return all(lists)
    bare = any(each == "" and name in {"html", "content", "view", "data"} for name, each in inner)
    return bare or any(_is_empty_list(each, depth - 1) for _, each in inner if isinstance(each, dict))
