"""What an element states exactly of a moment that its text shows roughly."""

import re
from typing import Final

from crawler.extract.page.outline import Outline

__all__ = ["CARD_NAMES", "read_card_stated", "read_stated"]

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
# Of a card, which a script sorts or filters by it, so that its text need not tell the day at all.
CARD_NAMES: Final = ("data-date", "data-tanggal", "data-published", "data-created", "data-timestamp")
_MOMENT: Final = re.compile(r"\s*(?:(?:19|20)\d\d-\d\d?-\d\d?(?:[T ].*)?|1\d{9}(?:\d{3})?)\s*")


def read_stated(outline: Outline, index: int) -> str:
    """The moment in an element's attributes as it is written there; empty where none states one."""
    return _read(outline, index, _NAMES)


def read_card_stated(outline: Outline, index: int) -> str:
    """The moment that the attributes of a whole card state; empty where none does."""
    return _read(outline, index, CARD_NAMES)


def _read(outline: Outline, index: int, names: tuple[str, ...]) -> str:
    if outline.tags[index] == "-text":
        return ""
    attributes = outline.nodes[index].attributes
    if not attributes:
        return ""
    return next((v for name in names if (v := attributes.get(name)) and _MOMENT.fullmatch(v)), "")
