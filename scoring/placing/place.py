"""Places in one channel and level, the places that remain possible, and how firm they are."""

from collections.abc import Sequence
from datetime import date
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from activity.ranking import ActivityRow, Standing
from activity.semester import Semester
from scoring.jury.ruling import Rulings
from scoring.placing.assessment import assess
from scoring.placing.contest import Contest, enter_contest, join_contests
from scoring.placing.merit import count_above, level_off
from scoring.placing.range import place_ranges
from scoring.placing.stability import draw_weights, measure_stability
from scoring.placing.standing import NO_PLACE, GivenPlace, write_standings
from scoring.rubrics.rubric import Rubric

__all__ = ["place_standings"]

_BATCH = 8192
"""Accounts judged at once; it bounds the memory that a nation takes."""


def place_standings(
    rows: Sequence[ActivityRow], rubric: Rubric, semester: Semester, as_of: date, rulings: Rulings
) -> tuple[Standing, ...]:
    """Give places; equal merits share one and the next place skips them. The others follow by name."""
    batches = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
    found = [assess(batch, rubric, semester, as_of, rulings) for batch in batches]
    contest = join_contests([enter_contest(batch, rubric, rulings) for batch in found])
    places = iter(_give_places(contest, rubric))
    standings = (write_standings(each, list(islice(places, len(each.rows))), rubric) for each in found)
    return tuple(sorted(chain.from_iterable(standings), key=_order))


def _give_places(contest: Contest, rubric: Rubric) -> list[GivenPlace]:
    """The place of each account, NO_PLACE for those who do not compete."""
    where = np.flatnonzero(contest.competes)
    place, best, worst = _compare(contest, where)
    firm = _try_weights(contest, where, place, rubric)
    given = [NO_PLACE] * len(contest.competes)
    columns = (where.tolist(), place.tolist(), best.tolist(), worst.tolist(), firm)
    for n, mine, highest, lowest, holds in zip(*columns, strict=True):
        given[n] = GivenPlace(place=mine, best=highest, worst=lowest, stability=holds)
    return given


def _order(standing: Standing) -> tuple[float, str, str]:
    place = float("inf") if standing.place is None else standing.place
    return place, standing.agency.name.casefold(), standing.agency.slug


def _compare(contest: Contest, where: NDArray[np.intp]) -> Sequence[NDArray[np.int64]]:
    """The place of each account that competes, the best and the worst that remain possible."""
    merit, lowest, highest = level_off(contest.merit, contest.lowest, contest.highest)
    lowest = np.where(contest.falls, -1, lowest)
    rivals = highest[contest.may_compete]
    place = 1 + count_above(merit[where], merit[where])
    return place, *place_ranges(lowest[where], highest[where], rivals)


def _try_weights(
    contest: Contest, where: NDArray[np.intp], place: NDArray[np.int64], rubric: Rubric
) -> Sequence[float | None]:
    """The stability of each account that competes."""
    if not rubric.stability.draws:
        return [None] * len(where)
    points = {metric: found[where] for metric, found in contest.points.items()}
    (breaks,) = level_off(contest.merit[where, 1:])
    weightings = draw_weights(rubric.weights, rubric.stability)
    return list(measure_stability(points, breaks, place, weightings, rubric.strict).tolist())
