"""What a metric gives for a batch of accounts, and what its explanations name as their sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.coverage import Coverages
from scoring.measuring.observation import NO_DAY, Observations, first_true, last_true

__all__ = ["DIGITS", "Measure", "Sources", "per", "tell_sources"]

DIGITS = 12
"""Points are rounded to this many decimals: the last bits of a logarithm differ between machines."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The posts and the nights that figures come from, in words, one entry an account."""

    posts: Sequence[str]
    nights: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One metric of a batch, one entry an account.

    Attributes:
        value: in the metric's own unit.
        points: 0 to 100, rounded to `DIGITS`.
        known: whether the account has this metric at all.
        explain: the formula with its numbers filled in, one line each; formed only where it is shown.
    """

    metric: Metric
    value: NDArray[np.float64]
    points: NDArray[np.float64]
    known: NDArray[np.bool_]
    explain: Callable[[Sources], Sequence[str]]


def per(figure: NDArray[np.number], whole: NDArray[np.number]) -> NDArray[np.float64]:
    """Divide `figure / whole`, 0 where the whole is 0."""
    share: NDArray[np.float64] = np.divide(figure, whole, out=np.zeros(len(figure)), where=whole != 0)
    return share


def tell_sources(seen: Observations, coverages: Coverages) -> Sources:
    """Name the posts and nights of each account, with their first and last days."""
    days = [seen.first_day + timedelta(days=n) for n in range(seen.days)]
    posts, posted = seen.due_posts, seen.due_posts > 0
    tally = zip(*_spans(posted), posts.sum(axis=1).tolist(), posted.sum(axis=1).tolist(), strict=True)
    known = coverages.seen + coverages.reconstructed
    nights = zip(*_spans(seen.known), known.tolist(), coverages.due.tolist(), strict=True)
    return Sources(
        [
            Message("no post")
            if first == NO_DAY
            else Message(
                "{total} posts on {on} days, {first} to {last}",
                total=total,
                on=on,
                first=days[first],
                last=days[last],
            )
            for first, last, total, on in tally
        ],
        [
            Message("no night known")
            if first == NO_DAY
            else Message(
                "{total} of {due} nights known, {first} to {last}",
                total=total,
                due=due,
                first=days[first],
                last=days[last],
            )
            for first, last, total, due in nights
        ],
    )


def _spans(mask: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    return first_true(mask).tolist(), last_true(mask).tolist()
