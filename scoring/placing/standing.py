"""Standings written from what was found of the accounts and from the places given to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np

from activity.ranking import ActivityRow, Coverage, MetricScore, Reason, Standing, Status
from activity.semester import Semester
from scoring.jury.ruling import Rulings
from scoring.measuring.coverage import Coverages
from scoring.measuring.measure import Measure, Sources
from scoring.measuring.observation import NO_DAY, Observations, last_true
from scoring.measuring.rhythm import measure_rhythm
from scoring.measuring.strictness import find_deductions
from scoring.measuring.vacuum import days_until_vacuum, find_cause
from scoring.placing.assessment import Assessment, assess
from scoring.rubrics.rubric import Rubric
from scoring.rubrics.rule import StrictRule

__all__ = ["NO_PLACE", "GivenPlace", "score_account", "write_standings"]


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place, those that remain possible, and how firm it is."""

    place: int | None
    best: int | None
    worst: int | None
    stability: float | None


NO_PLACE = GivenPlace(None, None, None, None)


class _Figures(NamedTuple):
    """What is counted of one account; days are indices, NO_DAY for none."""

    assessed: bool
    reason: Reason
    status: Status
    rhythm: float | None
    score: float
    counted: int
    posts: int
    beyond_law: bool
    newest: int
    since: int
    silent_days: int
    days_left: int
    known_until: int


def score_account(row: ActivityRow, rubric: Rubric, semester: Semester, as_of: date) -> Standing:
    """Judge one row; the standing has no place yet. One whose reason is NONE may compete for one."""
    found = assess([row], rubric, semester, as_of, Rulings())
    return write_standings(found, [NO_PLACE], rubric)[0]


def write_standings(found: Assessment, places: Sequence[GivenPlace], rubric: Rubric) -> list[Standing]:
    """Write one standing for each account, in their order."""
    write = partial(_write, found.seen, rubric.status.warn_days, rubric.strict)
    columns = (_figures(found, rubric), _tell_metrics(found, rubric), _tell_coverages(found.coverages))
    return list(map(write, found.rows, places, *columns))


def _write(
    seen: Observations,
    warn_days: int,
    strict: StrictRule,
    row: ActivityRow,
    given: GivenPlace,
    figures: _Figures,
    metrics: tuple[MetricScore, ...],
    coverage: Coverage,
) -> Standing:
    vacuum = figures.assessed and figures.status is Status.VAKUM
    soon = figures.assessed and 0 < figures.days_left <= warn_days
    return Standing(
        agency=row.agency,
        channel=row.channel,
        address=row.address,
        place=given.place,
        score=figures.score if figures.assessed else None,
        status=figures.status if figures.assessed else Status.TIDAK_DINILAI,
        reason=figures.reason,
        metrics=metrics if figures.assessed else (),
        deductions=_tell_deductions(metrics, strict) if figures.assessed else (),
        coverage=coverage,
        posts=figures.posts,
        counted=figures.counted,
        undated=row.undated,
        last_post=seen.day(figures.newest),
        silent_since=seen.day(figures.since),
        silent_days=None if figures.silent_days == NO_DAY else figures.silent_days,
        beyond_law=figures.beyond_law and figures.assessed,
        outcome=row.outcome,
        detail=row.detail,
        known_until=seen.day(figures.known_until),
        best_place=given.best,
        worst_place=given.worst,
        stability=given.stability,
        rhythm=figures.rhythm,
        cause=find_cause(row.outcome, row.detail) if vacuum else None,
        vacuum_on=seen.day(seen.days - 1 + figures.days_left) if soon else None,
        held=sum(row.held[: seen.days]),
        flags=row.flags,
    )


def _tell_deductions(metrics: Sequence[MetricScore], strict: StrictRule) -> tuple[tuple[str, float], ...]:
    met = find_deductions({metric.name: metric.points for metric in metrics}, strict)
    return tuple((each.metric.value, each.points) for each in met)


def _figures(found: Assessment, rubric: Rubric) -> Iterator[_Figures]:
    silences = found.silences
    columns = (
        found.score,
        found.counted,
        found.seen.due_posts.sum(axis=1, dtype=np.int64),
        found.beyond_law,
        silences.last_post,
        silences.since,
        silences.days,
        days_until_vacuum(silences, rubric.status),
        last_true(found.seen.known),
    )
    numbers = (column.tolist() for column in columns)
    return map(_Figures, found.assessed, found.reasons, found.statuses, measure_rhythm(found.seen), *numbers)


def _tell_coverages(coverages: Coverages) -> Iterator[Coverage]:
    columns = (coverages.seen, coverages.reconstructed, coverages.due, coverages.share)
    return map(Coverage, *(column.tolist() for column in columns))


def _tell_metrics(found: Assessment, rubric: Rubric) -> Iterator[tuple[MetricScore, ...]]:
    """The metrics of each account with their explanations; those that it lacks left out."""
    sources = Sources(found.seen, found.coverages)
    columns = [
        _tell_metric(measure, rubric.weights[metric], sources) for metric, measure in found.measures.items()
    ]
    return (tuple(filter(None, mine)) for mine in zip(*columns, strict=True))


def _tell_metric(measure: Measure, weight: float, sources: Sources) -> list[MetricScore | None]:
    """One metric of each account, None for those that lack it; its line is formed when it is asked for."""
    figures = zip(measure.value.tolist(), measure.points.tolist(), measure.known.tolist(), strict=True)
    return [
        MetricScore(measure.metric, value, points, weight, partial(measure.explain, number, sources))
        if known
        else None
        for number, (value, points, known) in enumerate(figures)
    ]
