"""Which thing a piece of microdata speaks of: the page's own, or one that it only mentions."""

from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["find_scope_address", "is_mentioned"]

_MOST_ABOVE: Final = 30
_OWN: Final = frozenset({"mainentity", "blogpost", "blogposts", "itemlistelement", "haspart", "article"})


def is_mentioned(element: LexborNode) -> bool:
    """Tell whether a property belongs to a thing within another: what is reviewed, a comment, a source."""
    above = element.parent
    for _ in range(_MOST_ABOVE):
        if above is None:
            break
        if "itemscope" in above.attributes:
            role = (above.attributes.get("itemprop") or "").lower().split()
            return bool(role) and not _OWN & set(role)
        above = above.parent
    return False


def find_scope_address(element: LexborNode) -> str:
    """Find the address that the thing of which an element states a property calls its own; empty for none.

    That which holds the page's heading is the page's own, wherever it leads.
    """
    above = element.parent
    for _ in range(_MOST_ABOVE):
        if above is None:
            return ""
        if "itemscope" in above.attributes:
            break
        above = above.parent
    link = None if above is None else above.css_first('a[itemprop~="url"][href], link[itemprop~="url"][href]')
    if above is None or link is None or above.css_first("h1") is not None:
        return ""
    return link.attributes.get("href") or ""
