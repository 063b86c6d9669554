"""Further prizes beside the places of a ranking: the most active, the most engaging. Pure."""

from dataclasses import dataclass

from activity.agency import Agency
from activity.channel import Channel

__all__ = ["Prize", "PrizeCategory", "PrizeWinner"]


@dataclass(frozen=True, slots=True)
class PrizeWinner:
    """Who holds one of a prize's places.

    Attributes:
        value: the figure that won it, in the metric's own unit.
    """

    agency: Agency
    place: int
    value: float


@dataclass(frozen=True, slots=True)
class PrizeCategory:
    """A prize on one channel at one level; equals share a place, and all of them win."""

    channel: Channel
    level: str
    winners: tuple[PrizeWinner, ...]


@dataclass(frozen=True, slots=True)
class Prize:
    """One further category of awards.

    Attributes:
        metric: whose figure decides.
        categories: as the ranking has them, also where nobody wins.
    """

    name: str
    metric: str
    places: int
    categories: tuple[PrizeCategory, ...]
