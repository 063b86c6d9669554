"""What remains possible: each account at its best and at its worst, and the places that follow from it.

An account at its best: every unseen night held as many posts as a day may count, and every held post
counts; at its worst: every unseen night was silent, and no flagged post counts. Engagement is taken as it
stands, for nothing bounds it.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from activity.flag import FlaggedPost, FlagKind, Treatment
from activity.ranking import ActivityRow
from scoring.jury.ruling import Matter
from scoring.jury.treatment import choose_treatments
from scoring.measuring.observation import NO_DAY, SEEN, UNSEEN, Observations
from scoring.placing.merit import count_above
from scoring.rubrics.rule import IntegrityRule

__all__ = ["OpenPosts", "at_best", "at_worst", "find_open_posts", "place_ranges"]

_COUNTED = {Treatment.COUNT, Treatment.FIRST_SEEN}


@dataclass(frozen=True, slots=True, eq=False)
class OpenPosts:
    """Posts a day that may still go either way, shaped like `Observations.posts`.

    Attributes:
        may_come: that do not count on this day now.
        may_go: that are flagged, and count on this day now.
    """

    may_come: NDArray[np.int32]
    may_go: NDArray[np.int32]

    @property
    def any(self) -> NDArray[np.bool_]:
        """Which accounts have any."""
        either: NDArray[np.bool_] = np.any(self.may_come + self.may_go, axis=1)
        return either

    def take(self, accounts: NDArray[np.intp]) -> "OpenPosts":
        """Those of some of the accounts, by their indices."""
        return OpenPosts(self.may_come[accounts], self.may_go[accounts])


def find_open_posts(
    rows: Sequence[ActivityRow],
    seen: Observations,
    rule: IntegrityRule,
    settled: AbstractSet[Matter],
) -> OpenPosts:
    """Find the held posts, and those that count although flagged, or placed by a dateline alone.

    One that counts on the day it was first seen may come on the day it claims. Posts that the jury has
    decided on (`settled`) are open no more, nor are those that the rubric drops.
    """
    found = OpenPosts(np.zeros_like(seen.posts), np.zeros_like(seen.posts))
    for number, row in enumerate(rows):
        if row.held:
            found.may_come[number] = row.held[: seen.days]
        for post, does in (*_flagged(row, rule.treatment, settled), *_loose(row, rule, settled)):
            moved = does is Treatment.FIRST_SEEN
            _add(found.may_go[number], post.first_seen if moved else post.day, seen.first_day)
            if moved:
                _add(found.may_come[number], post.day, seen.first_day)
    return found


def _flagged(
    row: ActivityRow, treatment: Mapping[FlagKind, Treatment], settled: AbstractSet[Matter]
) -> list[tuple[FlaggedPost, Treatment]]:
    """The flagged posts that count, each once, with what is done with it."""
    return [
        (post, does)
        for key, (post, does) in choose_treatments(row.flags, treatment).items()
        if does in _COUNTED and (row.agency.slug, row.channel, key) not in settled
    ]


def _loose(
    row: ActivityRow, rule: IntegrityRule, settled: AbstractSet[Matter]
) -> list[tuple[FlaggedPost, Treatment]]:
    """The posts that only a dateline places in time, where the rubric lets them count."""
    if rule.dateline not in _COUNTED:
        return []
    place = row.agency.slug, row.channel
    return [(post, rule.dateline) for post in row.datelines if (*place, post.key) not in settled]


def _add(per_day: NDArray[np.int32], day: date | None, first_day: date) -> None:
    if day is not None and 0 <= (index := (day - first_day).days) < len(per_day):
        per_day[index] += 1


def at_best(seen: Observations, posts: OpenPosts, cap_per_day: int) -> Observations:
    """Fill unseen nights with posts, and count every post that may be.

    The nights stay unseen, so that nothing is owed for them: no truth about them can be better.
    """
    counted = seen.posts + posts.may_come
    filled = np.where(seen.nights == UNSEEN, np.maximum(counted, cap_per_day), counted)
    return replace(seen, posts=filled.astype(np.int32))


def at_worst(seen: Observations, posts: OpenPosts) -> Observations:
    """Take unseen nights for silent, and count no flagged post.

    Where nights are unseen the days before the semester are not trusted to be known either: without an
    earlier post, the account opens the semester as one that never posted. A post without a day came on the
    night after the last look without it; where that was not the only one, it parts no silence in two.
    """
    unseen = seen.nights == UNSEEN
    never = unseen.any(axis=1) & (seen.newest_before == NO_DAY)
    arrivals = seen.arrivals
    return replace(
        seen,
        posts=np.maximum(seen.posts - posts.may_go, 0).astype(np.int32),
        nights=np.where(unseen, np.uint8(SEEN), seen.nights),
        # Watched since ages ago: before any semester, and yet not NO_DAY, which says that nothing is known.
        earliest=np.where(never, np.int32(NO_DAY // 2), seen.earliest).astype(np.int32),
        alive=np.maximum(seen.alive, arrivals.newest(arrivals.after + 1, len(seen.alive), NO_DAY)),
        arrivals=arrivals.watched(),
    )


def place_ranges(
    lowest: NDArray[np.int64], highest: NDArray[np.int64], rivals: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the best and the worst place of each account that competes.

    Better than the best are only those rivals whose worst is above it; before the worst may stand all
    whose best is above that.

    Args:
        lowest, highest: levels of those who compete, at their worst and best.
        rivals: levels of all who may compete in some case, at their best.
    """
    best = 1 + count_above(lowest, highest)
    # Whose best is above its own worst is among those rivals itself.
    worst = 1 + count_above(rivals, lowest) - (highest > lowest)
    return best, worst
