"""What a page states for machines of another post, or of an event."""

import re
from collections.abc import Mapping
from typing import Any, Final

from crawler.extract.page.document import Document
from crawler.extract.page.key import post_key

__all__ = ["is_events", "is_of_another"]

_WORD: Final = re.compile(r"\w+")
# Of an event, a person, an offer, an edit.
_EVENTS: Final = re.compile(
    r"(?<![^\s])(?:start|end|door|birth|death|founding|valid|availability|expires|datemodified|dateposted)\w*",
    re.IGNORECASE,
)


def is_of_another(value: Mapping[str, Any], document: Document) -> bool:
    """Tell whether an article in JSON-LD has another address than the page, and another headline.

    A list of posts may hold a single one (`ItemList`). A program that writes its addresses otherwise still
    writes the headline.
    """
    url, headline = _address(value), _plain(str(value.get("headline") or value.get("name") or ""))
    if not url or not headline or _is_own(url, document):
        return False
    heading = document.tree.css_first("h1, h2")
    title = document.tree.css_first("title")
    heads = [
        document.metas.get("og:title", ""),
        *(each.text() for each in (heading, title) if each is not None),
    ]
    return not any(_overlaps(headline, _plain(head)) for head in heads)


def is_events(itemprop: str) -> bool:
    """Tell whether a property names the day of an event, a person or an edit, and not of a publication.

    >>> is_events("startDate"), is_events("datePublished")
    (True, False)
    """
    return _EVENTS.search(itemprop) is not None


def _address(value: Mapping[str, Any]) -> str:
    for name in ("url", "mainEntityOfPage"):
        stated = value.get(name)
        stated = (stated.get("@id") or stated.get("url")) if isinstance(stated, dict) else stated
        if isinstance(stated, str) and stated.startswith(("http://", "https://", "/")):
            return stated
    return ""


def _is_own(url: str, document: Document) -> bool:
    resolved = document.resolve(url) or url
    own = {post_key(each, document.url) for each in (document.url, document.canonical) if each is not None}
    return post_key(resolved.partition("#")[0], document.url) in own


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _overlaps(one: str, other: str) -> bool:
    return bool(other) and (one in other or other in one)
