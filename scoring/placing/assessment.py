"""Accounts judged by themselves, before anybody is compared or has a place."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from activity.agency import Participation
from activity.channel import CHANNELS, Access
from activity.metric import Metric
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Reason, Status
from activity.semester import Semester
from scoring.jury.ruling import Rulings
from scoring.measuring.count import count_posts
from scoring.measuring.coverage import Coverages, are_enough, measure_coverage
from scoring.measuring.measure import Measure
from scoring.measuring.observation import Observations, observe
from scoring.measuring.strictness import deduct, find_vetoed
from scoring.measuring.undated import find_undated
from scoring.measuring.vacuum import Silences, judge_silence, measure_silence
from scoring.placing.score import Points, measure_all, points_of, total_score
from scoring.rubrics.rubric import Rubric

__all__ = ["Assessment", "assess"]


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """All that is found of accounts of one channel and level, one entry an account.

    Attributes:
        assessed: who has a score.
        statuses, beyond_law, measures, score, points, counted: of everybody, also where too little is
            known to show them.
        reasons: why an account has no place; NONE for those who compete.
    """

    rows: Sequence[ActivityRow]
    seen: Observations
    coverages: Coverages
    silences: Silences
    assessed: Sequence[bool]
    reasons: Sequence[Reason]
    statuses: Sequence[Status]
    beyond_law: NDArray[np.bool_]
    measures: Mapping[Metric, Measure]
    score: NDArray[np.float64]
    points: Points
    counted: NDArray[np.int64]


def assess(
    rows: Sequence[ActivityRow], rubric: Rubric, semester: Semester, as_of: date, rulings: Rulings
) -> Assessment:
    """Judge the rows of one channel and level, at least one."""
    seen = observe(rows, semester, as_of, rubric.undated)
    coverages = measure_coverage(seen, rubric.coverage)
    silences = measure_silence(seen)
    statuses, beyond_law = judge_silence(silences, rubric.status)
    enough = are_enough(coverages, seen.days, rubric.coverage)
    undated = find_undated(rows, seen, enough, statuses, rubric, semester, as_of)
    against = list(_reasons_against(rows, coverages, enough, undated))
    measures = measure_all(seen, rows, rubric)
    points = points_of(measures)
    vetoed = find_vetoed(measures, rubric.strict).tolist()
    target = rubric.target(seen.channel, seen.level) or 0.0
    return Assessment(
        rows=rows,
        seen=seen,
        coverages=coverages,
        silences=silences,
        assessed=[reason is Reason.NONE for reason in against],
        reasons=[
            reason or _reason_without_place(row, status, veto, rubric, rulings)
            for row, reason, status, veto in zip(rows, against, statuses, vetoed, strict=True)
        ],
        statuses=statuses,
        beyond_law=beyond_law,
        measures=measures,
        score=deduct(total_score(points, rubric.weights), points, rubric.strict),
        points=points,
        counted=count_posts(seen, target, rubric.frequency),
    )


def _reasons_against(
    rows: Sequence[ActivityRow], coverages: Coverages, enough: NDArray[np.bool_], undated: Container[int]
) -> Iterator[Reason]:
    """Why rows are not assessed at all.

    Args:
        undated: indices of those of which too much tells no day.
    """
    known = coverages.seen + coverages.reconstructed > 0
    columns = zip(rows, enough.tolist(), known.tolist(), strict=True)
    for number, (row, is_enough, is_known) in enumerate(columns):
        if row.agency.participation is Participation.TIDAK_DINILAI:
            yield Reason.EXCLUDED
        elif row.address is None:
            yield Reason.NO_ACCOUNT
        elif number in undated:
            yield Reason.UNDATED
        else:
            yield Reason.NONE if is_enough else _reason_unknown(row, is_known)


def _reason_unknown(row: ActivityRow, known: bool) -> Reason:
    """Why too little is known: what stood in the way of the newest look, where that says more."""
    if row.outcome is Outcome.NOT_VISIBLE:
        return Reason.NOT_VISIBLE
    if CHANNELS[row.channel].access is Access.FILES:
        return Reason.NO_IMPORT if known else Reason.NO_FILE
    if row.outcome is Outcome.NO_TOKEN:
        return Reason.NO_IMPORT if known else Reason.NO_TOKEN
    return Reason.LOW_COVERAGE if known else Reason.NEVER_SEEN


def _reason_without_place(
    row: ActivityRow, status: Status, vetoed: bool, rubric: Rubric, rulings: Rulings
) -> Reason:
    """Why an assessed row still competes for no place."""
    if row.agency.participation is Participation.NON_KOMPETISI:
        return Reason.NOT_COMPETING
    if (row.agency.slug, row.channel) in rulings.excluded:
        return Reason.JURY
    if status is Status.VAKUM and not rubric.ranking.vacuum_may_place:
        return Reason.VACUUM
    if vetoed:
        return Reason.VETO
    return Reason.NONE
