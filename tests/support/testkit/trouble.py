"""What goes wrong in the sample city's year, when, and how a morning's message names it."""

from datetime import date, timedelta
from typing import NamedTuple

__all__ = [
    "BACKUP",
    "BLIND",
    "CLOCK",
    "DISK",
    "DRIFTING",
    "DRIFTS",
    "HUNG",
    "NETWORK",
    "TOKEN",
    "TROUBLES",
    "YEAR",
    "Trouble",
]


class Trouble(NamedTuple):
    """Something that goes wrong for some nights, and the words by which a morning's message names it."""

    name: str
    first: date
    nights: int
    words: str

    def covers(self, night: date) -> bool:
        """Whether it lasts on this night."""
        return self.first <= night < self.first + timedelta(self.nights)


YEAR = (date(2026, 1, 1), date(2027, 1, 1))
TROUBLES = (
    Trouble("a token that dies", date(2026, 2, 10), 5, "instagram: the token is refused"),
    Trouble("a channel that goes blind", date(2026, 3, 10), 7, "facebook: "),
    Trouble("a network down for three nights", date(2026, 5, 5), 3, "our own network"),
    Trouble("a disk that fills", date(2026, 6, 9), 1, "MB free here"),
    Trouble("a site that hangs", date(2026, 9, 15), 1, "dinkes website (unparsable)"),
    Trouble("a clock wrong for a night", date(2026, 10, 6), 1, "under a wrong clock"),
    Trouble("a backup that is not made", date(2026, 11, 10), 2, "The newest backup in"),
)
TOKEN, BLIND, NETWORK, DISK, HUNG, CLOCK, BACKUP = TROUBLES
DRIFTING = "kel-mekar-arum"
"""An office of the city that falls silent in April, and is vacuum in July."""
DRIFTS = "an office that drifts to vacuum"
