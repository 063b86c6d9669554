"""What would have brought an account one place higher: found by judging it again with further posts."""

import sys
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from activity.metric import Metric
from activity.ranking import ActivityRow, Category, Standing
from activity.result.explanation import StepUp
from activity.semester import Semester
from scoring.measuring.observation import Observations, observe
from scoring.measuring.strictness import deduct, metrics_of
from scoring.placing.merit import whole
from scoring.placing.score import measure_all, points_of, total_score
from scoring.rubrics.rubric import Rubric

__all__ = ["StepUp", "find_step_up"]


def find_step_up(
    row: ActivityRow, standing: Standing, category: Category, rubric: Rubric, semester: Semester, as_of: date
) -> StepUp | None:
    """Find few further posts, one on each of some silent known days, that pass the one above.

    The best single day first, then the best beside it, and so on: where one post would have been enough, one
    is named. No further post lowers a score, so that posts on all silent days tell whether any would do.
    None for whoever stands first or has no place.

    Args:
        row: the account's, as it was judged: after flags and decisions.
    """
    rival = _find_rival(standing, category)
    if rival is None:
        return None

    used = {metric for metric in Metric if rubric.weights.get(metric)} | metrics_of(rubric.strict)
    alone = observe([row], semester, as_of, rubric.undated)

    def score(tried: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        seen = alone.take(np.zeros(len(tried), dtype=np.intp))
        accounts = np.repeat(np.arange(len(tried)), [len(days) for days in tried])
        seen.posts[accounts, [day for days in tried for day in days]] += 1
        points = points_of(measure_all(seen, [row] * len(tried), rubric, used))
        return deduct(total_score(points, rubric.weights), points, rubric.strict)

    days, reached = _choose_days(_silent_days(alone), score, rival.score or 0.0)
    dates = semester.days()
    return StepUp(
        rival=rival,
        gaps=_compare(rival, standing),
        days=tuple(sorted(dates[n] for n in days)),
        score=reached,
    )


def _find_rival(standing: Standing, category: Category) -> Standing | None:
    """The lowest of those above; found by halving, for a nation's category has thousands."""
    if standing.place is None:
        return None
    first = bisect_left(category.standings, standing.place, key=_depth)
    return category.standings[first - 1] if first else None


def _depth(standing: Standing) -> int:
    return sys.maxsize if standing.place is None else standing.place


def _compare(rival: Standing, standing: Standing) -> tuple[tuple[str, float], ...]:
    own, theirs = standing.contributions, rival.contributions
    gaps = [(name, theirs.get(name, 0.0) - own.get(name, 0.0)) for name in {**theirs, **own}]
    return tuple(sorted(gaps, key=lambda gap: (-gap[1], gap[0])))


def _silent_days(alone: Observations) -> list[int]:
    """Known days without a post, those in the middle of the longest silences first."""
    posted = alone.posts[0] > 0
    taken = np.array([-1, *np.flatnonzero(posted), alone.days])
    silent = np.flatnonzero(alone.known[0] & ~posted)
    gaps = np.abs(silent[:, None] - taken).min(axis=1)
    ordered: list[int] = silent[np.lexsort((silent, -gaps))].tolist()
    return ordered


def _choose_days(
    silent: Sequence[int], score: Callable[[Sequence[Sequence[int]]], NDArray[np.float64]], goal: float
) -> tuple[list[int], float | None]:
    """Days whose posts bring the score above the goal, and that score; none where even all would not."""
    chosen: list[int] = []
    left = list(silent)
    if not left or not _passes(score([left])[0], goal):
        return [], None
    while True:
        found = score([[*chosen, day] for day in left])
        best = int(found.argmax())
        chosen.append(left.pop(best))
        if _passes(found[best], goal):
            return chosen, float(found[best])


def _passes(score: float, goal: float) -> bool:
    return bool(whole(np.array(score)) > whole(np.array(goal)))
