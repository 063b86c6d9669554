"""How many posts count, after the caps."""

from math import floor

import numpy as np
from numpy.typing import NDArray

from scoring.measuring.observation import Observations
from scoring.rubrics.rule import FrequencyRule

__all__ = ["count_posts"]


def count_posts(seen: Observations, target: float, rule: FrequencyRule) -> NDArray[np.int64]:
    """Count posts on due days after the caps a day and a week.

    A week's cap is a multiple of the weekly target, because a flood beyond it says nothing about the
    other weeks; it is never below the cap of one day.
    """
    weekly = max(rule.cap_per_day, floor(rule.cap_per_week * target))
    capped = np.minimum(seen.due_posts, rule.cap_per_day)
    counted: NDArray[np.int64] = np.minimum(seen.by_week(capped), weekly).sum(axis=1, dtype=np.int64)
    return counted
