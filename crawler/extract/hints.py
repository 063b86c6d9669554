"""What a site's other pages taught about its dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

__all__ = ["NO_HINTS", "SiteHints"]


@dataclass(frozen=True, slots=True)
class SiteHints:
    """Habits of one site, learnt from pages whose dates are known; all of it may be unknown.

    Attributes:
        day_first: whether figures are dd/mm (True) or mm/dd (False).
        clocks: date strings that stand on every page of the site: today's clock, the founding day.
        date_selector: CSS selector of the element that carries the date on the site's posts.
    """

    day_first: bool | None = None
    clocks: tuple[str, ...] = ()
    date_selector: str | None = None

    def as_facts(self) -> dict[str, Any]:
        """As plain JSON, for `Memory.facts`."""
        return {"day_first": self.day_first, "clocks": list(self.clocks), "date_selector": self.date_selector}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """What `as_facts` wrote; anything missing or odd is unknown."""
        day_first, selector = facts.get("day_first"), facts.get("date_selector")
        return cls(
            day_first if isinstance(day_first, bool) else None,
            tuple(clock for clock in facts.get("clocks") or () if isinstance(clock, str)),
            selector if isinstance(selector, str) else None,
        )


NO_HINTS: Final = SiteHints()
