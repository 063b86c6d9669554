"""What would have brought an account one place higher: found by judging it again with further posts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from activity.ranking import ActivityRow, Category, Standing
from activity.semester import Semester
from scoring.assessment import assess
from scoring.merit import whole
from scoring.observation import last_day_judged
from scoring.rubric import Rubric
from scoring.ruling import Rulings

__all__ = ["StepUp", "find_step_up"]


@dataclass(frozen=True, slots=True)
class StepUp:
    """The way past the account that stands directly above.

    Attributes:
        rival: that account; the one of those above that stands lowest.
        gaps: what each weighed metric contributes to the rival's score more than to this one's, in points
            of the score, the largest first.
        days: silent days on which one post each would have been enough, the fewest that are; empty
            where no number of them would have been.
        score: what they would have made of it; None where there are none.
    """

    rival: Standing
    gaps: tuple[tuple[str, float], ...]
    days: tuple[date, ...]
    score: float | None


def find_step_up(
    row: ActivityRow, standing: Standing, category: Category, rubric: Rubric, semester: Semester, as_of: date
) -> StepUp | None:
    """Find the fewest further posts, one on each of some silent known days, that pass the one above.

    They fall in the middle of the longest silence left, again and again, for spread posts earn most.
    None for whoever stands first or has no place.

    Args:
        row: the account's, as it was judged: after flags and decisions.
    """
    above = [other for other in category.standings if _is_above(other, standing)]
    if not above:
        return None
    rival = above[-1]
    days = _plan_days(row, semester, as_of)
    found = assess(_add_posts(row, days), rubric, semester, as_of, Rulings())
    passes = whole(found.score) > whole(np.array([rival.score or 0.0]))
    enough = int(passes.argmax()) if passes.any() else None
    return StepUp(
        rival=rival,
        gaps=_compare(rival, standing),
        days=() if enough is None else tuple(sorted(semester.days()[n] for n in days[:enough])),
        score=None if enough is None else float(found.score[enough]),
    )


def _is_above(other: Standing, standing: Standing) -> bool:
    return other.place is not None and standing.place is not None and other.place < standing.place


def _compare(rival: Standing, standing: Standing) -> tuple[tuple[str, float], ...]:
    own = {metric.name: metric.points for metric in standing.weighed}
    gaps = [(m.name, (m.points - own.get(m.name, 0.0)) * m.weight / 100) for m in rival.weighed]
    return tuple(sorted(gaps, key=lambda gap: (-gap[1], gap[0])))


def _plan_days(row: ActivityRow, semester: Semester, as_of: date) -> list[int]:
    """Silent known days, in the order in which posts would be put there."""
    judged = (last_day_judged(semester, as_of) - semester.first_day) // timedelta(days=1) + 1
    taken = [-1, *(n for n in range(judged) if row.posts[n]), judged]
    room = {
        n: min(abs(n - other) for other in taken)
        for n in range(judged)
        if row.nights[n].known and not row.posts[n]
    }
    planned: list[int] = []
    while room:
        day = max(room, key=lambda n: (room[n], -n))
        planned.append(day)
        del room[day]
        room = {n: min(left, abs(n - day)) for n, left in room.items()}
    return planned


def _add_posts(row: ActivityRow, days: Sequence[int]) -> list[ActivityRow]:
    """The row as it is, then with the first of the days, the first two, and so on."""
    posts, rows = list(row.posts), [row]
    for day in days:
        posts[day] += 1
        rows.append(replace(row, posts=tuple(posts)))
    return rows
