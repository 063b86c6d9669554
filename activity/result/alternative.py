"""A rubric tried with one rule set otherwise, and who would move."""

from dataclasses import dataclass

from activity.agency import Agency, Channel

__all__ = ["Alternative", "Move"]


@dataclass(frozen=True, slots=True)
class Move:
    """One account under both rubrics; None where it has no place, no score, or is not ranked.

    Attributes:
        shortlisted, wins: before and after.
    """

    agency: Agency
    channel: Channel
    level: str
    place: tuple[int | None, int | None]
    score: tuple[float | None, float | None]
    shortlisted: tuple[bool, bool]
    wins: tuple[bool, bool]

    @property
    def matters(self) -> bool:
        """Whether place, shortlist or win is another."""
        return any(before != after for before, after in (self.place, self.shortlisted, self.wins))

    @property
    def size(self) -> int:
        """Places moved; without a place, one side or the other, more than any number of them."""
        before, after = self.place
        if before is None or after is None:
            return 0 if before is after else 1_000_000
        return abs(before - after)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One rule set otherwise, the others as they are.

    Attributes:
        rule: its name in the rubric, such as `weights.frequency`; `rubric` where all rules are another's.
        before, after: what it says; a rubric's name where all rules are another's.
        moves: those whose place, shortlist or win would be another, who wins or no longer wins first.
        accounts: how many were compared.
    """

    rule: str
    before: str | float
    after: str | float
    moves: tuple[Move, ...]
    accounts: int

    @property
    def prizes(self) -> tuple[Move, ...]:
        """Those who would win, or no longer win."""
        return tuple(move for move in self.moves if move.wins[0] != move.wins[1])
