"""The list that a page links, whatever its name, below whose address the posts lie."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from crawler.extract.page.document import Document

__all__ = ["discover_above"]


def discover_above(document: Document, posts: Sequence[str]) -> str | None:
    """Find a link of the page under whose address most of these posts lie: their list, whatever its name."""
    counts: Counter[str] = Counter()
    for url in document.linked:
        if url in counts or not (urlsplit(url).path.strip("/") or urlsplit(url).query):
            continue
        counts[url] = sum(_lies_below(post, url) for post in posts)
    ranked = sorted(counts, key=lambda url: (-counts[url], len(url)))
    return ranked[0] if ranked and counts[ranked[0]] * 2 > len(posts) else None


def _lies_below(post: str, url: str) -> bool:
    """Whether a post's address goes on from a list's: in its folder, or by more in its query."""
    parts = urlsplit(url)
    if parts.query:
        own, stated = (
            set(parse_qsl(address, keep_blank_values=True)) for address in (urlsplit(post).query, parts.query)
        )
        return stated < own and post.partition("?")[0] == url.partition("?")[0]
    folder = re.sub(r"\.\w{2,5}$", "", url).rstrip("/") + "/"
    return post.startswith(folder) and post != url
