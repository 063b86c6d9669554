"""What a strict rubric takes away: the place of whoever was silent for too long, points for what is weak."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from activity.metric import Metric
from scoring.measuring.measure import Measure
from scoring.rubrics.rule import Deduction, StrictRule

__all__ = ["deduct", "find_deductions", "find_vetoed", "metrics_of"]


def metrics_of(rule: StrictRule) -> set[Metric]:
    """Name the metrics that must be measured for it, also where they weigh nothing."""
    veto = {Metric.LONGEST_SILENCE} if rule.veto_days is not None else set()
    return veto | {each.metric for each in rule.deductions}


def find_vetoed(measures: Mapping[Metric, Measure], rule: StrictRule) -> NDArray[np.bool_]:
    """Find who was silent for more known nights in a row than the rubric suffers; unseen ones never count."""
    longest = measures[Metric.LONGEST_SILENCE].value if rule.veto_days is not None else None
    count = len(next(iter(measures.values())).value)
    vetoed: NDArray[np.bool_] = (
        np.zeros(count, dtype=np.bool_) if longest is None else longest > float(rule.veto_days or 0)
    )
    return vetoed


def deduct(
    score: NDArray[np.float64], points: Mapping[Metric, NDArray[np.float64]], rule: StrictRule
) -> NDArray[np.float64]:
    """Take from the scores what is deducted, never below 0; a metric that an account lacks costs nothing."""
    for each in rule.deductions:
        score = score - np.where(points[each.metric] < each.below, each.points, 0.0)
    return np.maximum(0.0, score) if rule.deductions else score


def find_deductions(points: Mapping[str, float], rule: StrictRule) -> tuple[Deduction, ...]:
    """Find those that an account with these points of its metrics meets."""
    return tuple(d for d in rule.deductions if points.get(d.metric.value, d.below) < d.below)
