"""What an element states exactly of a moment that its text shows roughly."""

import re
from typing import Final

from crawler.extract.page.outline import Outline

__all__ = ["read_stated"]

# The hAtom microformat writes it into `<abbr title>`, scripts that count "3 hours ago" into their own.
_NAMES: Final = (
    "datetime",
    "title",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-livestamp",
)
_MOMENT: Final = re.compile(r"\s*(?:(?:19|20)\d\d-\d\d?-\d\d?(?:[T ].*)?|1\d{9}(?:\d{3})?)\s*")


def read_stated(outline: Outline, index: int) -> str:
    """The moment in an element's attributes as it is written there; empty where none states one."""
    if outline.tags[index] == "-text":
        return ""
    attributes = outline.nodes[index].attributes
    if not attributes:
        return ""
    return next((v for name in _NAMES if (v := attributes.get(name)) and _MOMENT.fullmatch(v)), "")
