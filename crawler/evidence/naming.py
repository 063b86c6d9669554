"""Which of several pages names a post: by the words of its address, and of its title. Pure."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from activity.post import Post

__all__ = ["find_naming", "read_words"]

_WORD = re.compile(r"[\w%]+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def read_words(body: bytes) -> frozenset[str]:
    r"""Read every word of a page: those of its addresses, its mark-up and its text.

    JSON escapes of letters count as the letters.

    >>> sorted(read_words(rb'"url":"https:\/\/a.id\/p\/C9x"'))
    ['C9x', 'a', 'https', 'id', 'p', 'url']
    """
    text = body.decode("utf-8", "replace")
    if "\\u" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return frozenset(_WORD.findall(text))


def find_naming(post: Post, pages: Sequence[frozenset[str]]) -> int | None:
    """Find the place of the first page that names a post's address and most of its title; else None.

    >>> post = Post("/berita/12", "https://a.id/berita/12", "Panen raya")
    >>> find_naming(post, [frozenset({"12"}), frozenset({"12", "Panen", "raya"}), frozenset({"raya"})])
    1
    """
    wanted, title = _address_words(post.url or post.key), frozenset(_WORD.findall(post.title))
    best, most = None, -1
    for place, words in enumerate(pages):
        told = len(title & words)
        if told > most and _has_all(wanted, words):
            best, most = place, told
    return best


def _address_words(url: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of an address's last part and query, as they are sent and as they are shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return frozenset(), frozenset()
    last = f"{parts.path.rstrip('/').rpartition('/')[2]} {parts.query}"
    return frozenset(_WORD.findall(last)), frozenset(_WORD.findall(unquote(last)))


def _has_all(wanted: Iterable[frozenset[str]], words: frozenset[str]) -> bool:
    return any(each and each <= words for each in wanted)
