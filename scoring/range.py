"""What remains possible: each account at its best and at its worst, and the places that follow from it.

An account at its best: every unseen night held as many posts as a day may count, and every held post
counts; at its worst: every unseen night was silent, and no flagged post counts.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from activity.flag import FlagKind, Treatment
from activity.ranking import ActivityRow
from scoring.merit import count_above
from scoring.observation import NO_DAY, SEEN, UNSEEN, Observations
from scoring.ruling import Matter

__all__ = ["OpenPosts", "at_best", "at_worst", "find_open_posts", "place_ranges"]

_COUNTED = {Treatment.COUNT, Treatment.FIRST_SEEN}
_STRICTNESS = {treatment: number for number, treatment in enumerate(Treatment)}


@dataclass(frozen=True, slots=True, eq=False)
class OpenPosts:
    """Posts a day that may still go either way, shaped like `Observations.posts`.

    Attributes:
        held: that wait for the jury, and do not count now.
        doubtful: that are flagged, and count now.
    """

    held: NDArray[np.int32]
    doubtful: NDArray[np.int32]

    @property
    def any(self) -> NDArray[np.bool_]:
        """Which accounts have any."""
        either: NDArray[np.bool_] = np.any(self.held + self.doubtful, axis=1)
        return either

    def take(self, accounts: NDArray[np.intp]) -> "OpenPosts":
        """Those of some of the accounts, by their indices."""
        return OpenPosts(self.held[accounts], self.doubtful[accounts])


def find_open_posts(
    rows: Sequence[ActivityRow],
    seen: Observations,
    treatment: Mapping[FlagKind, Treatment],
    settled: AbstractSet[Matter],
) -> OpenPosts:
    """Find the held posts, and those that the strictest treatment of their flags lets count.

    Posts that the jury has decided on (`settled`) are open no more, nor are those that the rubric drops.
    """
    held, doubtful = np.zeros_like(seen.posts), np.zeros_like(seen.posts)
    for number, row in enumerate(rows):
        if row.held:
            held[number] = row.held[: seen.days]
        for day in _doubtful_days(row, seen, treatment, settled) if row.flags else ():
            doubtful[number, day] += 1
    return OpenPosts(held, doubtful)


def _doubtful_days(
    row: ActivityRow,
    seen: Observations,
    treatment: Mapping[FlagKind, Treatment],
    settled: AbstractSet[Matter],
) -> list[int]:
    """The days on which flagged posts count, one entry a post."""
    strictest: dict[str, tuple[Treatment, int]] = {}
    for flag in row.flags:
        does = treatment.get(flag.kind, Treatment.COUNT)
        for post in flag.posts:
            day = post.first_seen if does is Treatment.FIRST_SEEN else post.day
            before = strictest.get(post.key)
            if day is not None and (before is None or _STRICTNESS[before[0]] < _STRICTNESS[does]):
                strictest[post.key] = does, (day - seen.first_day).days
    return [
        day
        for key, (does, day) in strictest.items()
        if does in _COUNTED and 0 <= day < seen.days and (row.agency.slug, row.channel, key) not in settled
    ]


def at_best(seen: Observations, posts: OpenPosts, cap_per_day: int) -> Observations:
    """Unseen nights full of posts, and the held posts counted.

    The nights stay unseen, so that nothing is owed for them: neither can a posted night be worth less.
    """
    counted = seen.posts + posts.held
    filled = np.where(seen.nights == UNSEEN, np.maximum(counted, cap_per_day), counted)
    return replace(seen, posts=filled.astype(np.int32))


def at_worst(seen: Observations, posts: OpenPosts) -> Observations:
    """Unseen nights silent, and no flagged post counted.

    Where nights are unseen the days before the semester are not trusted to be known either: without an
    earlier post, the account opens the semester as one that never posted.
    """
    unseen = seen.nights == UNSEEN
    never = unseen.any(axis=1) & (seen.newest_before == NO_DAY)
    return replace(
        seen,
        posts=np.maximum(seen.posts - posts.doubtful, 0).astype(np.int32),
        nights=np.where(unseen, np.uint8(SEEN), seen.nights),
        earliest=np.where(never, np.int32(NO_DAY // 2), seen.earliest).astype(np.int32),
    )


def place_ranges(
    lowest: NDArray[np.int64], highest: NDArray[np.int64], rivals: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best and the worst place of each account that competes.

    Better than the best are only those rivals whose worst is above it; before the worst may stand all
    whose best is above that.

    Args:
        lowest, highest: levels of those who compete, at their worst and best.
        rivals: levels of all who may compete in some case, at their best.
    """
    best = 1 + count_above(lowest, highest)
    worst = 1 + count_above(rivals, lowest) - (highest > lowest)
    return best, worst
