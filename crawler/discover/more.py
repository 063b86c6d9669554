"""Lists that a button of the page's own script continues, where no link does."""

import re
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site

__all__ = ["MORE_LABEL", "find_more", "has_more_button"]

MAX_SCRIPTS = 60
# Each card may have a "more" of its own; what continues the list stands there once, or above and below it.
MOST_BUTTONS = 2
# Understood by scripts and by us alike.
MORE_LABEL: Final = (
    r"(?:(?:muat|lihat|tampilkan|buka|load|show|view|see|get)\s+(?:\S+\s+){0,2}(?:lebih|lagi|more|older|lainnya|"
    r"sebelumnya|berikutnya|next|lama|semua|all)(?:\s+\S+){0,3}|more(?:\s+(?:posts?|news|articles?))?|"
    r"older(?:\s+\S+)?|selengkapnya|lainnya|berikutnya|selanjutnya|(?:berita|artikel|kabar|pos)\s+lainnya)"
)
_LABEL: Final = re.compile(MORE_LABEL, re.IGNORECASE)
_MARKS: Final = re.compile(
    r"(?:^|[\s_-])(?:load|show|view)[_-]?more|infinite[_-]?scroll|btn[_-]more", re.IGNORECASE
)
_OFF: Final = re.compile(r"(?:^|\s)(?:is-)?disabled(?:\s|$)", re.IGNORECASE)
_BUTTONS: Final = (
    "button, [role=button], input[type=button], a:not([href]), a[href^='#'], a[href^='javascript' i]"
)
# `"/berita/load?page=" + page`, `` `/posts?page=${next}` ``: the address ends where a number of pages is put.
_CALL: Final = re.compile(
    r"[\"'`]([^\"'`\s<>$]*(?:[?&](?:page|paged|hal|halaman|pg)=|/page/))(?:[\"'`]\s*\+|\$\{)", re.IGNORECASE
)


def find_more(document: Document) -> str | None:
    """Find what stands in front of a page's number in the address that an inline script asks for."""
    for script in document.tree.css("script:not([src])")[:MAX_SCRIPTS]:
        match = _CALL.search(script.text(deep=True))
        url = None if match is None else document.resolve(match[1])
        if url is not None and same_site(url, document.url):
            return url
    return None


def has_more_button(document: Document) -> bool:
    """Tell whether a button without an address continues the page's list, nobody knows how far."""
    found = [node for node in document.tree.css(_BUTTONS) if _continues(node)]
    return 0 < len(found) <= MOST_BUTTONS


def _is_off(node: LexborNode) -> bool:
    """Tell whether a button is switched off, or what stands around it is, as on the last page of a pager."""
    return any(
        each is not None
        and (
            "disabled" in each.attributes
            or each.attributes.get("aria-disabled") == "true"
            or _OFF.search(each.attributes.get("class") or "") is not None
        )
        for each in (node, node.parent)
    )


def _continues(node: LexborNode) -> bool:
    attributes = node.attributes
    if _is_off(node) or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return False
    # A switch of the page's own menu or of a hidden text.
    if "aria-expanded" in attributes or "data-toggle" in attributes or "data-bs-toggle" in attributes:
        return False
    if "display:none" in (attributes.get("style") or "").replace(" ", ""):
        return False
    text = " ".join((node.text() or attributes.get("value") or attributes.get("aria-label") or "").split())
    marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return bool(_LABEL.fullmatch(text.strip(" .…»›+↓▼")) or (len(text) <= 40 and _MARKS.search(marks)))
