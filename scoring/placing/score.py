"""Metrics put together: all of them measured, and the one score that the weights make of them."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from activity.metric import Metric
from activity.ranking import ActivityRow
from scoring.measuring.measure import Measure
from scoring.measuring.observation import Observations
from scoring.metrics.engagement import score_engagement
from scoring.metrics.frequency import score_frequency
from scoring.metrics.freshness import score_freshness
from scoring.metrics.longest_silence import score_longest_silence
from scoring.metrics.posts_a_week import score_posts_a_week
from scoring.metrics.regularity import score_regularity
from scoring.rubrics.rubric import Rubric

__all__ = ["Points", "measure_all", "points_of", "total_score"]

Points = Mapping[Metric, NDArray[np.float64]]
"""The points of each metric, one entry an account, not-a-number where an account lacks the metric."""

_BY_ACTIVITY: Mapping[Metric, Callable[[Observations, Rubric], Measure]] = {
    Metric.FREQUENCY: score_frequency,
    Metric.REGULARITY: score_regularity,
    Metric.FRESHNESS: score_freshness,
    Metric.LONGEST_SILENCE: score_longest_silence,
    Metric.POSTS_A_WEEK: score_posts_a_week,
}


def measure_all(
    seen: Observations,
    rows: Sequence[ActivityRow],
    rubric: Rubric,
    wanted: Collection[Metric] = tuple(Metric),
) -> dict[Metric, Measure]:
    """Measure each wanted metric of each row, in their usual order."""
    return {
        metric: score_engagement(rows, rubric)
        if metric is Metric.ENGAGEMENT
        else _BY_ACTIVITY[metric](seen, rubric)
        for metric in Metric
        if metric in wanted
    }


def points_of(measures: Mapping[Metric, Measure]) -> Points:
    """Give the points alone."""
    return {m: np.where(each.known, each.points, np.nan) for m, each in measures.items()}


def total_score(points: Points, weights: Mapping[Metric, float]) -> NDArray[np.float64]:
    """Take the weighted mean of the points, 0 to 100; weights add up to 100.

    A metric that an account lacks leaves the mean: what is not known is no zero.
    """
    count = len(next(iter(points.values())))
    earned, weighed = np.zeros(count), np.full(count, 100.0)
    for metric in Metric:
        if weight := weights.get(metric, 0.0):
            lacks = np.isnan(points[metric])
            earned = earned + np.where(lacks, 0.0, points[metric] * weight)
            weighed = weighed - np.where(lacks, weight, 0.0)
    # Weights such as 33.3, 33.3 and 33.4, taken from 100 one by one, may leave a speck instead of 0.
    known = weighed > 1e-9
    return np.minimum(100.0, np.where(known, earned, 0.0) / np.where(known, weighed, 1.0))
