"""How often a place holds when the weights are moved a little."""

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from activity.metric import Metric
from scoring.measuring.strictness import deduct
from scoring.placing.merit import whole
from scoring.placing.score import Points, total_score
from scoring.rubrics.rule import StabilityRule, StrictRule

__all__ = ["draw_weights", "measure_stability"]


def draw_weights(weights: Mapping[Metric, float], rule: StabilityRule) -> list[dict[Metric, float]]:
    """Draw weightings that add up to 100, each weight moved at random by at most its `sway` either way.

    Python's own generator is used, whose numbers for a seed are promised to stay the same.
    """
    random = Random(rule.seed)  # noqa: S311
    weighed = [metric for metric in Metric if weights.get(metric)]
    drawn: list[dict[Metric, float]] = []
    for _ in range(rule.draws):
        moved = {m: weights[m] * (1 + rule.sway * (2 * random.random() - 1)) for m in weighed}
        total = sum(moved.values())
        drawn.append({metric: 100 * weight / total for metric, weight in moved.items()})
    return drawn


def measure_stability(
    points: Points,
    breaks: NDArray[np.int64],
    places: NDArray[np.int64],
    weightings: Sequence[Mapping[Metric, float]],
    strict: StrictRule,
) -> NDArray[np.float64]:
    """Measure the share of the weightings in which each place is the same as the one given.

    Args:
        points: of those who compete.
        breaks: what tells equal scores apart, higher is better, from 0.
        places: by the rubric's own weights.
    """
    levels = int(breaks.max(initial=0)) + 1
    held = np.zeros(len(places), dtype=np.int64)
    for weights in weightings:
        keys = whole(deduct(total_score(points, weights), points, strict)) * levels + breaks
        held += _holds(keys, places)
    return held / max(1, len(weightings))


def _holds(keys: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether exactly `place - 1` keys are above each.

    That is so when the key at the place is one's own, and the one before it, if any, is above.
    """
    rising = np.sort(keys)
    at = len(keys) - places
    before = rising[np.minimum(at + 1, len(keys) - 1)]
    holds: NDArray[np.bool_] = (rising[at] == keys) & ((places == 1) | (before > keys))
    return holds
