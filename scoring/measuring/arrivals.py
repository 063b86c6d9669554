"""Posts that tell no day, as arrays: over which nights they came, so that none of those is called silent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from activity.ranking import ActivityRow

__all__ = ["NO_ARRIVALS", "Arrivals", "collect_arrivals", "find_first_list"]


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """Posts without a day that came between two looks; one entry a post, in the order of the accounts.

    Attributes:
        account: index of the account.
        after: day of the look that did not show it yet, from the semester's first day on; below 0 before it.
        by: day of the look that met it.
    """

    account: NDArray[np.intp]
    after: NDArray[np.int32]
    by: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.account)

    def take(self, accounts: NDArray[np.intp]) -> "Arrivals":
        """Choose those of some accounts, under their new indices; one may be taken more than once."""
        if not len(self):
            return self
        starts = np.searchsorted(self.account, accounts, side="left")
        counts = np.searchsorted(self.account, accounts, side="right") - starts
        offsets = np.repeat(np.cumsum(counts) - counts - starts, counts)
        chosen = np.arange(int(counts.sum()), dtype=np.intp) - offsets
        return Arrivals(np.repeat(np.arange(len(accounts)), counts), self.after[chosen], self.by[chosen])

    def watched(self) -> "Arrivals":
        """Choose those that one night alone can have brought."""
        narrow = self.by - self.after == 1
        return Arrivals(self.account[narrow], self.after[narrow], self.by[narrow])

    def newest(self, days: NDArray[np.int32], accounts: int, without: int) -> NDArray[np.int32]:
        """Find the last of some days, such as `by`, of each account; `without` where it has no post here."""
        found = np.full(accounts, without, dtype=np.int32)
        np.maximum.at(found, self.account, days)
        return found

    def cover(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """Mark the nights over which any came, of accounts by days."""
        covered = np.zeros(shape, dtype=np.bool_)
        for account, after, by in zip(self.account, self.after.tolist(), self.by.tolist(), strict=True):
            covered[account, max(0, after + 1) : max(0, by + 1)] = True
        return covered

    def inside(self) -> NDArray[np.intp]:
        """Find the positions of those that were met in the semester."""
        return np.flatnonzero(self.by >= 0)


_NONE = np.zeros(0, dtype=np.int32)
NO_ARRIVALS = Arrivals(np.zeros(0, dtype=np.intp), _NONE, _NONE)


def collect_arrivals(rows: Sequence[ActivityRow], first: date, length: int) -> Arrivals:
    """Collect what came between two looks, up to the last day judged."""
    found = [
        (number, (each.missed - first).days, by)
        for number, row in enumerate(rows)
        for each in row.arrivals
        if each.missed is not None and (by := (each.met - first).days) < length
    ]
    if not found:
        return NO_ARRIVALS
    columns = np.array(found, dtype=np.int32)
    return Arrivals(columns[:, 0].astype(np.intp), columns[:, 1], columns[:, 2])


def find_first_list(
    rows: Sequence[ActivityRow], first: date, length: int, most: float
) -> Iterator[tuple[int, int]]:
    """Find accounts whose first list, read in the semester, proves no silence before it; with its night.

    So it is where more than the share `most` of what they had by then tell no day: any of those may have come
    on any night before. A few among many dated posts leave what the list proves as it is.
    """
    for number, row in enumerate(rows):
        found = [(each.met - first).days for each in row.arrivals if each.missed is None]
        nights = [night for night in found if night < length]
        if nights:
            newest = max(nights)
            dated = sum(row.posts[: newest + 1])
            if len(nights) > most * (len(nights) + dated):
                yield number, newest
