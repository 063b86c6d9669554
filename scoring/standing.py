"""Standings written from what was found of the accounts and from the places given to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from activity.ranking import ActivityRow, Coverage, MetricScore, Standing, Status
from activity.semester import Semester
from scoring.assessment import Assessment, assess
from scoring.coverage import Coverages
from scoring.measure import tell_sources
from scoring.observation import NO_DAY, last_true
from scoring.rhythm import measure_rhythm
from scoring.rubric import Rubric
from scoring.ruling import Rulings
from scoring.vacuum import days_until_vacuum, find_cause

__all__ = ["NO_PLACE", "GivenPlace", "score_account", "write_standings"]


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place, those that remain possible, and how firm it is."""

    place: int | None
    best: int | None
    worst: int | None
    stability: float | None


NO_PLACE = GivenPlace(None, None, None, None)


def score_account(row: ActivityRow, rubric: Rubric, semester: Semester, as_of: date) -> Standing:
    """Judge one row; the standing has no place yet. One whose reason is NONE may compete for one."""
    found = assess([row], rubric, semester, as_of, Rulings())
    return write_standings(found, [NO_PLACE], rubric)[0]


def write_standings(found: Assessment, places: Sequence[GivenPlace], rubric: Rubric) -> list[Standing]:
    """One standing for each account, in their order."""
    seen, warn_days = found.seen, rubric.status.warn_days
    last = seen.first_day + timedelta(days=seen.days - 1)
    return [
        Standing(
            agency=row.agency,
            channel=row.channel,
            address=row.address,
            place=given.place,
            score=score if assessed else None,
            status=status if assessed else Status.TIDAK_DINILAI,
            reason=reason,
            metrics=metrics if assessed else (),
            coverage=coverage,
            posts=posts,
            counted=counted,
            undated=row.undated,
            last_post=seen.day(newest),
            silent_since=seen.day(since),
            silent_days=None if days == NO_DAY else days,
            beyond_law=beyond_law and assessed,
            outcome=row.outcome,
            detail=row.detail,
            known_until=seen.day(until),
            best_place=given.best,
            worst_place=given.worst,
            stability=given.stability,
            rhythm=rhythm,
            cause=find_cause(row.outcome, row.detail) if assessed and status is Status.VAKUM else None,
            vacuum_on=last + timedelta(days=left) if assessed and 0 < left <= warn_days else None,
            held=sum(row.held[: seen.days]),
            flags=row.flags,
        )
        for row, given, assessed, reason, status, metrics, coverage, rhythm, (
            score,
            counted,
            posts,
            beyond_law,
            newest,
            since,
            days,
            left,
            until,
        ) in zip(
            found.rows,
            places,
            found.assessed,
            found.reasons,
            found.statuses,
            _tell_metrics(found, rubric),
            _tell_coverages(found.coverages),
            measure_rhythm(seen),
            _figures(found, rubric),
            strict=True,
        )
    ]


def _figures(found: Assessment, rubric: Rubric) -> Iterator[tuple[Any, ...]]:
    """The numbers of each account, as Python's own."""
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
    return zip(*(column.tolist() for column in columns), strict=True)


def _tell_coverages(coverages: Coverages) -> Iterator[Coverage]:
    columns = (coverages.seen, coverages.reconstructed, coverages.due, coverages.share)
    return map(Coverage, *(column.tolist() for column in columns))


def _tell_metrics(found: Assessment, rubric: Rubric) -> Iterator[tuple[MetricScore, ...]]:
    """The metrics of each account with their explanations; those that it lacks left out."""
    sources = tell_sources(found.seen, found.coverages)
    columns = [
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
        for metric, measure in found.measures.items()
    ]
    return (tuple(filter(None, mine)) for mine in zip(*columns, strict=True))
