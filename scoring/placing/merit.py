"""What decides a place, as whole numbers: the score, then the rubric's tie-breaks, then the jury's wish.

Scores and points are compared after rounding to nine decimals: the noise of floats is no tie-break.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from activity.metric import Metric
from scoring.rubrics.rule import RankingRule, TieBreak

__all__ = ["Merit", "count_above", "level_off", "make_merit", "whole"]

# Points are exact to twelve decimals (`DIGITS` of a measure); their sum by weights is so to nine at least.
_DIGITS = 9

Merit = NDArray[np.int64]
"""A row an account, the most weighty column first; higher is better."""


def make_merit(
    score: NDArray[np.float64],
    points: Mapping[Metric, NDArray[np.float64]],
    counted: NDArray[np.int64],
    preferred: NDArray[np.int64],
    rule: RankingRule,
) -> Merit:
    """Line up what accounts are compared by."""
    breaks = (
        counted if each is TieBreak.COUNT else whole(points[Metric(each.value)]) for each in rule.tie_break
    )
    merit = np.empty((len(score), len(rule.tie_break) + 2), dtype=np.int64)
    for number, column in enumerate((whole(score), *breaks, preferred)):
        merit[:, number] = column
    return merit


def whole(figures: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round figures to units of the last decimal that counts."""
    rounded: NDArray[np.int64] = np.rint(figures * 10**_DIGITS).astype(np.int64)
    return rounded


def level_off(*merits: Merit) -> list[NDArray[np.int64]]:
    """Give one number to each merit, over all that are given: equal for equals, higher for better."""
    stacked = np.concatenate(merits)
    if not len(stacked):
        return [np.zeros(0, dtype=np.int64) for _ in merits]
    order = np.lexsort(stacked.T[::-1])
    rises = np.any(stacked[order][1:] != stacked[order][:-1], axis=1)
    levels = np.empty(len(stacked), dtype=np.int64)
    levels[order] = np.concatenate(([0], np.cumsum(rises)))
    return np.split(levels, np.cumsum([len(merit) for merit in merits])[:-1])


def count_above(levels: NDArray[np.int64], mine: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count how many of the levels are above each of mine."""
    return len(levels) - np.searchsorted(np.sort(levels), mine, side="right")
