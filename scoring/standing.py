"""Accounts judged by themselves: their metrics, scores and status, before anybody has a place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from activity.agency import Participation
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Coverage, MetricScore, Reason, Standing, Status
from activity.semester import Semester
from scoring.count import count_posts
from scoring.coverage import Coverages, are_enough, measure_coverage
from scoring.measure import Measure, tell_sources
from scoring.observation import NO_DAY, Observations, last_true, observe
from scoring.rhythm import measure_rhythm
from scoring.rubric import Rubric
from scoring.rule import Metric
from scoring.ruling import Rulings
from scoring.score import Points, measure_all, points_of, total_score
from scoring.vacuum import Silences, days_until_vacuum, find_cause, judge_silence, measure_silence

__all__ = ["Assessment", "assess", "score_account"]


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """Accounts of one channel and level, judged one by one.

    Attributes:
        standings: without places; one whose reason is NONE may compete for one.
        assessed: who has a score.
        score, points, counted: of everybody, also where there is too little to show them.
    """

    seen: Observations
    standings: Sequence[Standing]
    assessed: NDArray[np.bool_]
    score: NDArray[np.float64]
    points: Points
    counted: NDArray[np.int64]


def score_account(row: ActivityRow, rubric: Rubric, semester: Semester, as_of: date) -> Standing:
    """Judge one row; the standing has no place yet."""
    return assess([row], rubric, semester, as_of, Rulings()).standings[0]


def assess(
    rows: Sequence[ActivityRow], rubric: Rubric, semester: Semester, as_of: date, rulings: Rulings
) -> Assessment:
    """Judge the rows of one channel and level, at least one."""
    seen = observe(rows, semester, as_of)
    coverages = measure_coverage(seen, rubric.coverage)
    silences = measure_silence(seen)
    against = list(_reasons_against(rows, coverages, seen.days, rubric))
    measures = measure_all(seen, rows, rubric)
    points = points_of(measures)
    score = total_score(points, rubric.weights)
    target = rubric.target(seen.channel, seen.level) or 0.0
    counted = count_posts(seen, target, rubric.frequency)
    statuses, beyond_law = judge_silence(silences, rubric.status)
    facts = _Facts(rows, seen, coverages, silences, against, statuses, beyond_law, score, counted)
    standings = list(_write(facts, _tell_metrics(measures, facts, rubric), rubric, rulings))
    assessed = np.array([reason is Reason.NONE for reason in against], dtype=np.bool_)
    return Assessment(seen, standings, assessed, score, points, counted)


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """All that is found of a batch, one entry an account."""

    rows: Sequence[ActivityRow]
    seen: Observations
    coverages: Coverages
    silences: Silences
    against: Sequence[Reason]
    statuses: Sequence[Status]
    beyond_law: NDArray[np.bool_]
    score: NDArray[np.float64]
    counted: NDArray[np.int64]


def _write(
    facts: _Facts, metrics: Sequence[tuple[MetricScore, ...]], rubric: Rubric, rulings: Rulings
) -> Iterator[Standing]:
    """The standings of a batch."""
    seen, rows = facts.seen, facts.rows
    silences, warn_days = facts.silences, rubric.status.warn_days
    last = seen.first_day + timedelta(days=seen.days - 1)
    columns = zip(
        facts.score.tolist(),
        facts.counted.tolist(),
        seen.due_posts.sum(axis=1, dtype=np.int64).tolist(),
        facts.beyond_law.tolist(),
        *(each.tolist() for each in (silences.last_post, silences.since, silences.days)),
        days_until_vacuum(silences, rubric.status).tolist(),
        last_true(seen.known).tolist(),
        measure_rhythm(seen),
        strict=True,
    )
    for row, against, found, measured, coverage, figures in zip(
        rows, facts.against, facts.statuses, metrics, _coverages(facts.coverages), columns, strict=True
    ):
        score, counted, posts, beyond, newest, since, days, left, until, rhythm = figures
        assessed = against is Reason.NONE
        status = found if assessed else Status.TIDAK_DINILAI
        vacuum = status is Status.VAKUM
        yield Standing(
            agency=row.agency,
            channel=row.channel,
            address=row.address,
            place=None,
            score=score if assessed else None,
            status=status,
            reason=_reason_without_place(row, status, rubric, rulings) if assessed else against,
            metrics=measured,
            coverage=coverage,
            posts=posts,
            counted=counted,
            undated=row.undated,
            last_post=seen.day(newest),
            silent_since=seen.day(since),
            silent_days=None if days == NO_DAY else days,
            beyond_law=beyond and assessed,
            outcome=row.outcome,
            detail=row.detail,
            known_until=seen.day(until),
            rhythm=rhythm,
            cause=find_cause(row.outcome, row.detail) if vacuum else None,
            vacuum_on=last + timedelta(days=left) if assessed and 0 < left <= warn_days else None,
            held=sum(row.held[: seen.days]),
            flags=row.flags,
        )


def _coverages(coverages: Coverages) -> Iterator[Coverage]:
    columns = (coverages.seen, coverages.reconstructed, coverages.due, coverages.share)
    return map(Coverage, *(column.tolist() for column in columns))


def _tell_metrics(
    measures: Mapping[Metric, Measure], facts: _Facts, rubric: Rubric
) -> list[tuple[MetricScore, ...]]:
    """The metrics of each row that is assessed, with their explanations; those it lacks left out."""
    sources = tell_sources(facts.seen, facts.coverages)
    scores = [
        [
            MetricScore(metric, value, points, rubric.weights[metric], line) if known else None
            for value, points, known, line in zip(
                measure.value.tolist(),
                measure.points.tolist(),
                measure.known.tolist(),
                measure.explain(sources),
                strict=True,
            )
        ]
        for metric, measure in measures.items()
    ]
    return [
        tuple(filter(None, mine)) if against is Reason.NONE else ()
        for against, *mine in zip(facts.against, *scores, strict=True)
    ]


def _reasons_against(
    rows: Sequence[ActivityRow], coverages: Coverages, days: int, rubric: Rubric
) -> Iterator[Reason]:
    """Why rows are not assessed at all."""
    enough = are_enough(coverages, days, rubric.coverage)
    known = coverages.seen + coverages.reconstructed > 0
    for row, is_enough, is_known in zip(rows, enough.tolist(), known.tolist(), strict=True):
        if row.agency.participation is Participation.TIDAK_DINILAI:
            yield Reason.EXCLUDED
        elif row.address is None:
            yield Reason.NO_ACCOUNT
        else:
            yield Reason.NONE if is_enough else _reason_unknown(row, is_known)


def _reason_unknown(row: ActivityRow, known: bool) -> Reason:
    """Why too little is known: what stood in the way of the newest look, where that says more."""
    if row.outcome is Outcome.NOT_VISIBLE:
        return Reason.NOT_VISIBLE
    if row.outcome is Outcome.NO_TOKEN:
        return Reason.NO_IMPORT if known else Reason.NO_TOKEN
    return Reason.LOW_COVERAGE if known else Reason.NEVER_SEEN


def _reason_without_place(row: ActivityRow, status: Status, rubric: Rubric, rulings: Rulings) -> Reason:
    """Why an assessed row still competes for no place."""
    if row.agency.participation is Participation.NON_KOMPETISI:
        return Reason.NOT_COMPETING
    if (row.agency.slug, row.channel) in rulings.excluded:
        return Reason.JURY
    if status is Status.VAKUM and not rubric.ranking.vacuum_may_place:
        return Reason.VACUUM
    return Reason.NONE
