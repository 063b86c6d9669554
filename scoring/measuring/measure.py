"""What a metric gives for a batch of accounts, and what its explanations name as their sources."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.coverage import Coverages
from scoring.measuring.observation import NO_DAY, Observations, first_true, last_true

__all__ = ["DIGITS", "Measure", "Sources", "per"]

_Columns = tuple[NDArray[np.integer], ...]
DIGITS = 12
"""Points are rounded to this many decimals: the last bits of a logarithm differ between machines."""


@dataclass(frozen=True, eq=False)
class Sources:
    """The posts and the nights that figures of a batch come from, in words, an account at a time.

    A nation's sentences take more memory than all its figures, so that none is kept.
    """

    seen: Observations
    coverages: Coverages

    def tell_posts(self, account: int) -> Message:
        """How many posts an account has, on how many days, and the first and the last of these."""
        first, last, total, on = (column[account].item() for column in self._posts)
        if first == NO_DAY:
            return Message("no post")
        return Message(
            "{total} posts on {on} days, {first} to {last}",
            total=total,
            on=on,
            first=self.seen.day(first),
            last=self.seen.day(last),
        )

    def tell_nights(self, account: int) -> Message:
        """How many of an account's nights are known, and the first and the last of these."""
        first, last, total, due = (column[account].item() for column in self._nights)
        if first == NO_DAY:
            return Message("no night known")
        return Message(
            "{total} of {due} nights known, {first} to {last}",
            total=total,
            due=due,
            first=self.seen.day(first),
            last=self.seen.day(last),
        )

    @cached_property
    def _posts(self) -> _Columns:
        posts = self.seen.due_posts
        posted = posts > 0
        return first_true(posted), last_true(posted), posts.sum(axis=1), posted.sum(axis=1)

    @cached_property
    def _nights(self) -> _Columns:
        looks, known = self.coverages, self.seen.known
        return first_true(known), last_true(known), looks.seen + looks.reconstructed, looks.due


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One metric of a batch, one entry an account.

    Attributes:
        value: in the metric's own unit.
        points: 0 to 100, rounded to `DIGITS`.
        known: whether the account has this metric at all.
        explain: the formula of the account of that number, with its figures filled in, in one line; formed
            only where it is shown.
    """

    metric: Metric
    value: NDArray[np.float64]
    points: NDArray[np.float64]
    known: NDArray[np.bool_]
    explain: Callable[[int, Sources], Message]


def per(figure: NDArray[np.number], whole: NDArray[np.number]) -> NDArray[np.float64]:
    """Divide `figure / whole`, 0 where the whole is 0."""
    share: NDArray[np.float64] = np.divide(figure, whole, out=np.zeros(len(figure)), where=whole != 0)
    return share
