"""What each account brings to the comparison: its merit as things stand, and at its worst and best."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from activity.metric import Metric
from activity.ranking import ActivityRow, Reason, Status
from scoring.jury.ruling import Rulings
from scoring.measuring.count import count_posts
from scoring.measuring.observation import UNSEEN, Observations
from scoring.measuring.strictness import deduct, find_vetoed, metrics_of
from scoring.measuring.vacuum import judge_silence, measure_silence
from scoring.placing.assessment import Assessment
from scoring.placing.merit import Merit, make_merit
from scoring.placing.range import at_best, at_worst, find_open_posts
from scoring.placing.score import Points, measure_all, points_of, total_score
from scoring.rubrics.rubric import Rubric
from scoring.rubrics.rule import TieBreak

__all__ = ["Contest", "enter_contest", "join_contests"]

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """Accounts of one channel and level, compared; one entry an account.

    Attributes:
        competes: who competes for a place.
        merit, lowest, highest: as things stand, at worst and at best.
        falls: who would have no place at worst.
        may_compete: who competes as things stand or at best.
    """

    points: Points
    competes: NDArray[np.bool_]
    merit: Merit
    lowest: Merit
    highest: Merit
    falls: NDArray[np.bool_]
    may_compete: NDArray[np.bool_]


def enter_contest(found: Assessment, rubric: Rubric, rulings: Rulings) -> Contest:
    """Line the accounts up for comparison; the extremes of those with anything open."""
    rows = found.rows
    competes = np.array([reason is Reason.NONE for reason in found.reasons], dtype=np.bool_)
    fallen = {Reason.VACUUM, Reason.VETO}
    eligible = competes | np.array([reason in fallen for reason in found.reasons], dtype=np.bool_)
    preferred = np.array([rulings.preferred.get((r.agency.slug, r.channel), 0) for r in rows], dtype=np.int64)
    merit = make_merit(found.score, found.points, found.counted, preferred, rubric.ranking)
    posts = find_open_posts(rows, found.seen, rubric.integrity, rulings.settled)
    unseen = (found.seen.nights == UNSEEN).any(axis=1)
    chosen = np.flatnonzero(eligible & (unseen | posts.any))
    some, seen, posts = [rows[n] for n in chosen.tolist()], found.seen.take(chosen), posts.take(chosen)
    low, survives = _try_case(at_worst(seen, posts), some, preferred[chosen], rubric)
    best = at_best(seen, posts, rubric.frequency.cap_per_day)
    high, revives = _try_case(best, some, preferred[chosen], rubric)
    return Contest(
        points=found.points,
        competes=competes,
        merit=merit,
        lowest=_put(merit, chosen, np.minimum(low, merit[chosen])),
        highest=_put(merit, chosen, np.maximum(high, merit[chosen])),
        falls=_put(np.zeros_like(competes), chosen, ~survives),
        may_compete=competes | _put(np.zeros_like(competes), chosen, revives),
    )


def _try_case(
    seen: Observations, rows: Sequence[ActivityRow], preferred: NDArray[np.int64], rubric: Rubric
) -> tuple[Merit, NDArray[np.bool_]]:
    """The merit of each account if its days were these, and whether it could have a place with it."""
    ties = {Metric(each.value) for each in rubric.ranking.tie_break if each is not TieBreak.COUNT}
    weighed = {metric for metric, weight in rubric.weights.items() if weight}
    measures = measure_all(seen, rows, rubric, ties | weighed | metrics_of(rubric.strict))
    points = points_of(measures)
    counted = count_posts(seen, rubric.target(seen.channel, seen.level) or 0.0, rubric.frequency)
    score = deduct(total_score(points, rubric.weights), points, rubric.strict)
    merit = make_merit(score, points, counted, preferred, rubric.ranking)
    statuses, _ = judge_silence(measure_silence(seen), rubric.status)
    may_place = rubric.ranking.vacuum_may_place
    alive = np.array([may_place or status is not Status.VAKUM for status in statuses], dtype=np.bool_)
    return merit, alive & ~find_vetoed(measures, rubric.strict)


def _put(all_of: NDArray[_Kind], chosen: NDArray[np.intp], some: NDArray[_Kind]) -> NDArray[_Kind]:
    """A copy with other entries for some of the accounts."""
    copy = all_of.copy()
    copy[chosen] = some
    return copy


def join_contests(parts: Sequence[Contest]) -> Contest:
    """Join to one contest of all the accounts, in the order given."""
    return Contest(
        points={m: np.concatenate([part.points[m] for part in parts]) for m in parts[0].points},
        competes=np.concatenate([part.competes for part in parts]),
        merit=np.concatenate([part.merit for part in parts]),
        lowest=np.concatenate([part.lowest for part in parts]),
        highest=np.concatenate([part.highest for part in parts]),
        falls=np.concatenate([part.falls for part in parts]),
        may_compete=np.concatenate([part.may_compete for part in parts]),
    )
