"""One account judged by itself: its metrics, score and status, before anybody has a place."""

from datetime import date

from activity.agency import Participation
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Coverage, MetricScore, Reason, Standing, Status
from activity.semester import Semester
from scoring.coverage import is_enough, measure_coverage
from scoring.metrics.frequency import score_frequency
from scoring.metrics.freshness import score_freshness
from scoring.metrics.regularity import score_regularity
from scoring.observation import Observation, count_posts, observe
from scoring.rubric import Rubric
from scoring.rule import CoverageRule
from scoring.vacuum import judge_silence, measure_silence

__all__ = ["METRICS", "score_account"]

METRICS = (score_frequency, score_regularity, score_freshness)


def score_account(row: ActivityRow, rubric: Rubric, semester: Semester, as_of: date) -> Standing:
    """Judge one row; the standing has no place yet.

    A standing whose reason is NONE may compete for one.
    """
    seen = observe(row, semester, as_of)
    coverage = measure_coverage(seen, rubric.coverage)
    reason = _reason_against(row, coverage, len(seen.nights), rubric.coverage)
    silence = measure_silence(seen)
    status, beyond_law = Status.TIDAK_DINILAI, False
    metrics: tuple[MetricScore, ...] = ()
    if reason is Reason.NONE:
        metrics = tuple(score(seen, rubric) for score in METRICS)
        status, beyond_law = judge_silence(silence, rubric.status)
        reason = _reason_without_place(row, status, rubric)
    return Standing(
        agency=row.agency,
        channel=row.channel,
        address=row.address,
        place=None,
        score=_total(metrics) if metrics else None,
        status=status,
        reason=reason,
        metrics=metrics,
        coverage=coverage,
        posts=sum(seen.due_posts),
        counted=count_posts(seen, rubric.target(row.channel, row.agency.level) or 0.0, rubric.frequency),
        undated=row.undated,
        last_post=silence.last_post,
        silent_since=silence.since,
        silent_days=silence.days,
        beyond_law=beyond_law,
        outcome=row.outcome,
        detail=row.detail,
        known_until=_known_until(seen),
    )


def _reason_against(row: ActivityRow, coverage: Coverage, days: int, rule: CoverageRule) -> Reason:
    """Why a row is not assessed at all."""
    if row.agency.participation is Participation.TIDAK_DINILAI:
        return Reason.EXCLUDED
    if row.address is None:
        return Reason.NO_ACCOUNT
    if coverage.seen + coverage.reconstructed and is_enough(coverage, days, rule):
        return Reason.NONE
    return _reason_unknown(row, coverage)


def _reason_unknown(row: ActivityRow, coverage: Coverage) -> Reason:
    """Why too little is known: what stood in the way of the newest look, where that says more."""
    known = coverage.seen + coverage.reconstructed > 0
    if row.outcome is Outcome.NOT_VISIBLE:
        return Reason.NOT_VISIBLE
    if row.outcome is Outcome.NO_TOKEN:
        return Reason.NO_IMPORT if known else Reason.NO_TOKEN
    return Reason.LOW_COVERAGE if known else Reason.NEVER_SEEN


def _known_until(seen: Observation) -> date | None:
    last = next((i for i in range(len(seen.nights) - 1, -1, -1) if seen.nights[i].known), None)
    return None if last is None else seen.day(last)


def _reason_without_place(row: ActivityRow, status: Status, rubric: Rubric) -> Reason:
    """Why an assessed row still competes for no place."""
    if row.agency.participation is Participation.NON_KOMPETISI:
        return Reason.NOT_COMPETING
    if status is Status.VAKUM and not rubric.ranking.vacuum_may_place:
        return Reason.VACUUM
    return Reason.NONE


def _total(metrics: tuple[MetricScore, ...]) -> float:
    return min(100.0, sum(metric.points * metric.weight for metric in metrics) / 100)
