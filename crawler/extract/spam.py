"""Gambling spam: which words convict, which only count together, and what speaks for the office.

The terms are those found on defaced Indonesian government sites. Keywords alone convict wrongly, so
a text that warns of gambling is spared, and weak terms need company and a foreign link.
"""

import re

from selectolax.lexbor import LexborNode

from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site

__all__ = ["find_spam", "is_spam_title"]

_STRONG = re.compile(
    r"\b(slot\W?gacor|gacor|max\W?win|slot\W?88|slot\W?online|situs\W?slot|situs\W?judi|rtp\W?live|rtp\W?slot|"
    r"scatter\W?hitam|mahjong\W?ways|togel\W?online|bandar\W?togel|toto\W?slot|sbobet|pragmatic\W?play|"
    r"slot\W?dana|akun\W?pro)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(slot|judi|togel|casino|poker|jackpot|deposit|bonus|link\W?alternatif)\b", re.IGNORECASE
)
_WARNING = re.compile(
    r"bahaya|cegah|pencegahan|berantas|pemberantasan|anti\b|waspada|perangi|lawan|tolak|polisi|polres|satpol|"
    r"sosialisasi|edukasi|stop\b|dampak|larang|larangan|blokir|tangkap|ringkus|korban|jauhi|hindari|razia|"
    r"kominfo|komdigi|literasi|deklarasi|penyuluhan|imbau|himbau",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0|opacity\s*:\s*0\s*(;|$)"
    r"|(height|width)\s*:\s*[01](px)?\s*(;|$)",
    re.IGNORECASE,
)
MAX_DEPTH = 12


def is_spam_title(title: str, url: str = "") -> bool:
    """Tell whether a post's own title, or its address, advertises gambling.

    >>> is_spam_title("Link Slot Gacor Maxwin Hari Ini"), is_spam_title("Waspada Bahaya Judi Slot Online")
    (True, False)
    """
    words = f"{title} {re.sub(r'[-_/+]', ' ', url.partition('//')[2].partition('/')[2])}"
    # What warns is looked for last: it may begin at any letter, what convicts only at a word's first.
    convicted = bool(_STRONG.search(words)) or len({w.lower() for w in _WEAK.findall(title)}) >= 3
    return convicted and _WARNING.search(words) is None


def find_spam(document: Document) -> str | None:
    """Find what on a page, visible or hidden, shows that it was defaced with gambling links; else None.

    The answer quotes the words and the links, so that a person can confirm it.
    """
    title = document.tree.css_first("title")
    heading = title.text(strip=True) if title else ""
    if _STRONG.search(heading) and not _WARNING.search(heading):
        return f"The page's title reads {heading[:120]!r}."
    own: list[str] = []
    foreign: list[str] = []
    hidden = 0
    for link in document.links:
        href = link.element.attributes.get("href") or ""
        text = link.text[:200]
        if not (_STRONG.search(f"{text} {href}") or _WEAK.search(text)) or _WARNING.search(text):
            continue
        url = link.url
        is_own = url is None or same_site(url, document.url)
        before = len(foreign)
        if _STRONG.search(f"{text} {href.replace('-', ' ')}"):
            (own if is_own else foreign).append(f"{text or href} -> {url or href}")
        elif not is_own and len({w.lower() for w in _WEAK.findall(text)}) >= 2:
            foreign.append(f"{text} -> {url}")
        hidden += len(foreign) > before and _is_hidden(link.element)
    if foreign:
        seen = f" ({hidden} of them hidden from readers)" if hidden else ""
        return f"{len(foreign)} links to gambling hosts{seen}, such as {foreign[0][:200]}."
    if len(own) >= 2:
        return f"{len(own)} of the site's own links advertise gambling, such as {own[0][:200]}."
    return None


def _is_hidden(node: LexborNode) -> bool:
    """Whether an element's own styles, or those of what it lies in, keep it from readers' eyes."""
    above: LexborNode | None = node
    for _ in range(MAX_DEPTH):
        if above is None:
            return False
        if "hidden" in above.attributes or _HIDING.search(above.attributes.get("style") or ""):
            return True
        above = above.parent
    return False
