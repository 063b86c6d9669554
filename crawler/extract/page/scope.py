"""Which thing a piece of microdata speaks of: the page's own, or one that it only mentions."""

from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["is_mentioned"]

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
