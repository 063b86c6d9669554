"""Pages of a listing, newest first, by opaque cursors."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

from samplecity.graph.fault import unsupported
from samplecity.graph.oddity import Oddity
from samplecity.office import Item

__all__ = ["Slice", "cut"]

_GAP = urlsafe_b64encode(b"gap").decode()


@dataclass(frozen=True, slots=True)
class Slice:
    """One page, with cursors at its own first and last item.

    Attributes:
        earlier: whether newer items come before it.
        more: whether older items follow.
    """

    items: tuple[Item, ...]
    before: str
    after: str
    earlier: bool
    more: bool


def cut(items: tuple[Item, ...], limit: int, after: str | None, oddity: Oddity | None = None) -> Slice:
    """The `limit` items behind a cursor; raises GraphFaultError for a cursor of nobody."""
    if oddity is Oddity.EMPTY_PAGE and not after:
        return Slice((), "", _GAP, earlier=False, more=True)
    same = oddity is Oddity.SAME_CURSOR
    start = 0 if same else _find_start(items, after)
    shown = items[start : start + limit]
    return Slice(
        shown,
        _write(shown[0]) if shown else "",
        _write(shown[-1]) if shown else "",
        start > 0,
        start + limit < len(items) or (same and bool(shown)),
    )


def _find_start(items: tuple[Item, ...], after: str | None) -> int:
    if not after or after == _GAP:
        return 0
    number = _read(after)
    positions = [place for place, item in enumerate(items) if item.number == number]
    if not positions:
        raise unsupported("Invalid cursors values")
    return positions[0] + 1


def _write(item: Item) -> str:
    return urlsafe_b64encode(f"item:{item.number}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        return int(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().removeprefix("item:"))
    except (Base64Error, ValueError):
        raise unsupported("Invalid cursors values") from None
