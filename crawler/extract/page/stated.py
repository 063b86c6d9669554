"""What an element states exactly of a moment that its text shows roughly."""

import re
from typing import Final

from crawler.dates.hint import is_whole_date, read_closing_date
from crawler.dates.relative import is_bare_age
from crawler.extract.page.outline import Outline

__all__ = ["CARD_NAMES", "is_rough", "may_state_ages", "read_card_stated", "read_stated"]

# The hAtom microformat writes it into `<abbr title>`, scripts that count "3 hours ago" into their own.
_NAMES: Final = (
    "datetime",
    "title",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-livestamp",
    "data-ts",
    # DataTables sorts the cells of a column by these.
    "data-order",
    "data-sort",
    "sorttable_customkey",
)
# What a reader sees under the pointer, of elements that show "6 days ago"; written for people, too.
_TOOLTIPS: Final = (
    "title",
    "data-original-title",
    "data-bs-original-title",
    "data-bs-title",
    "data-title",
    "data-tooltip",
    "aria-label",
)
# Of a card, which a script sorts or filters by it, so that its text need not tell the day at all.
CARD_NAMES: Final = ("data-date", "data-tanggal", "data-published", "data-created", "data-timestamp")
# Asked of a whole page, so that most pages' elements need not be. Looked for name by name: one expression
# over all of them took a third as long as everything else of a page.
_TOOLTIP_ENDS: Final = ("title=", "tooltip=", "label=")
_TOOLTIP_DAY: Final = re.compile(r"""["'][^"'<>]{0,50}(?:19|20)\d\d""")
_LONGEST_AGE: Final = 40
_CLOCK: Final = re.compile(
    r"(?:pukul|pkl\.?|jam)?\s?\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?:\s?(?:wi[bt]|wita|[ap]\.?m\.?))?", re.IGNORECASE
)
_LONGEST_CLOCK: Final = 20
# Nothing is given back: a line of spaces before another line took time by its square.
_MOMENT: Final = re.compile(
    r"\s*+(?:(?:19|20)\d\d-\d\d?-\d\d?(?:[T ].*+)?|1\d{9}(?:\d{3})?|(?:19|20)\d\d[01]\d[0-3]\d(?:\d{6})?)\s*+"
)


def read_stated(outline: Outline, index: int, *, aged: bool = False) -> str:
    """Read the moment in an element's attributes as it is written there; empty where none states one.

    Args:
        aged: whether the element's text tells an age and little else, so that a moment behind a few words of
            its tooltip is what the age is counted from (Trac: "See timeline at …").
    """
    return (
        _read(outline, index, _NAMES if outline.tags[index] != "data" else ("value", *_NAMES))
        or _read_tooltip(outline, index, aged=aged)
        or _read_scope(outline, index)
    )


def may_state_ages(html: str) -> bool:
    """Tell whether any element of a page may show "6 hari" and tell the day under the pointer."""
    behind = (part for end in _TOOLTIP_ENDS for part in html.split(end)[1:])
    return any(_TOOLTIP_DAY.match(part) for part in behind)


def is_rough(outline: Outline, index: int) -> bool:
    """Tell whether an element shows an age or a clock and nothing else: "6 hari", "07.59 WIB"."""
    if not outline.is_small(index):
        return False
    text = outline.text_of(index)
    return is_bare_age(text) or (len(text) <= _LONGEST_CLOCK and _CLOCK.fullmatch(text) is not None)


def read_card_stated(outline: Outline, index: int) -> str:
    """Read the moment that the attributes of a whole card state; empty where none does."""
    return _read(outline, index, CARD_NAMES)


def _read_scope(outline: Outline, index: int) -> str:
    """What `<meta itemprop="datePublished">` says of the item that an element is, beside the day shown."""
    stated = outline.published.get(index, "")
    return stated if _MOMENT.fullmatch(stated) else ""


def _read_tooltip(outline: Outline, index: int, *, aged: bool) -> str:
    if outline.tags[index] == "-text":
        return ""
    attributes = outline.nodes[index].attributes
    told = [value for name in _TOOLTIPS if (value := attributes.get(name))]
    whole = next(filter(is_whole_date, told), "")
    if whole or not aged or len(outline.text_of(index)) > _LONGEST_AGE:
        return whole
    return next(filter(None, map(read_closing_date, told)), "")


def _read(outline: Outline, index: int, names: tuple[str, ...]) -> str:
    if outline.tags[index] == "-text":
        return ""
    attributes = outline.nodes[index].attributes
    if not attributes:
        return ""
    if "content" in attributes and "datePublished" in (attributes.get("itemprop") or "").split():
        names = ("content", *names)
    return next((v for name in names if (v := attributes.get(name)) and _MOMENT.fullmatch(v)), "")
