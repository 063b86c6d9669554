"""What a site's other pages taught about its dates, and by what name it goes."""

from dataclasses import dataclass
from typing import Final

__all__ = ["NO_HINTS", "SiteHints"]


@dataclass(frozen=True, slots=True)
class SiteHints:
    """Habits of one site, learnt from pages whose dates are known; all of it may be unknown.

    Attributes:
        day_first: whether figures are dd/mm (True) or mm/dd (False).
        clocks: date strings that stand on every page of the site: today's clock, the founding day.
        date_selector: CSS selector of the element that carries the date on the site's posts.
        names: titles that lists and posts bear alike, by which no post can be called.
    """

    day_first: bool | None = None
    clocks: tuple[str, ...] = ()
    date_selector: str | None = None
    names: frozenset[str] = frozenset()


NO_HINTS: Final = SiteHints()
