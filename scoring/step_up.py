"""What would have brought an account one place higher: found by judging it again with further posts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from activity.explanation import StepUp
from activity.ranking import ActivityRow, Category, Standing
from activity.semester import Semester
from scoring.assessment import assess
from scoring.merit import whole
from scoring.observation import last_day_judged
from scoring.rubric import Rubric
from scoring.ruling import Rulings

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
    above = [other for other in category.standings if _is_above(other, standing)]
    if not above:
        return None
    rival = above[-1]

    def score(tried: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        rows = [replace(row, posts=_add_posts(row.posts, days)) for days in tried]
        return assess(rows, rubric, semester, as_of, Rulings()).score

    days, reached = _choose_days(_silent_days(row, semester, as_of), score, rival.score or 0.0)
    return StepUp(
        rival=rival,
        gaps=_compare(rival, standing),
        days=tuple(sorted(semester.days()[n] for n in days)),
        score=reached,
    )


def _is_above(other: Standing, standing: Standing) -> bool:
    return other.place is not None and standing.place is not None and other.place < standing.place


def _compare(rival: Standing, standing: Standing) -> tuple[tuple[str, float], ...]:
    own, theirs = standing.contributions, rival.contributions
    gaps = [(name, theirs.get(name, 0.0) - own.get(name, 0.0)) for name in {**theirs, **own}]
    return tuple(sorted(gaps, key=lambda gap: (-gap[1], gap[0])))


def _silent_days(row: ActivityRow, semester: Semester, as_of: date) -> list[int]:
    """Known days without a post, those in the middle of the longest silences first."""
    judged = (last_day_judged(semester, as_of) - semester.first_day) // timedelta(days=1) + 1
    taken = [-1, *(n for n in range(judged) if row.posts[n]), judged]
    silent = [n for n in range(judged) if row.nights[n].known and not row.posts[n]]
    return sorted(silent, key=lambda n: (-min(abs(n - other) for other in taken), n))


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


def _add_posts(posts: Sequence[int], days: Sequence[int]) -> tuple[int, ...]:
    """The posts with one more on each of the days."""
    more = list(posts)
    for day in days:
        more[day] += 1
    return tuple(more)
