"""How many of the nights due are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.measuring.observation import NOT_DUE, RECONSTRUCTED, SEEN, Observations
from scoring.rubrics.rule import CoverageRule

__all__ = ["Coverages", "are_enough", "measure_coverage"]


@dataclass(frozen=True, slots=True, eq=False)
class Coverages:
    """Nights known and due, one entry an account.

    Attributes:
        known: seen nights, and reconstructed ones at the rubric's worth.
        share: known over due, 0 where none is due.
    """

    seen: NDArray[np.int64]
    reconstructed: NDArray[np.int64]
    due: NDArray[np.int64]
    known: NDArray[np.float64]
    share: NDArray[np.float64]


def measure_coverage(seen: Observations, rule: CoverageRule) -> Coverages:
    """Count the nights seen, reconstructed and due."""
    looked = np.count_nonzero(seen.nights == SEEN, axis=1)
    rebuilt = np.count_nonzero(seen.nights == RECONSTRUCTED, axis=1)
    due = seen.days - np.count_nonzero(seen.nights == NOT_DUE, axis=1)
    known = looked + rule.reconstructed_worth * rebuilt
    return Coverages(looked, rebuilt, due, known, known / np.maximum(due, 1))


def are_enough(coverages: Coverages, days: int, rule: CoverageRule) -> NDArray[np.bool_]:
    """Tell whether enough is known, of an agency that existed on enough of the days judged."""
    # In floats 0.55 of 100 days are 55.00000000000001, and an office that existed on 55 would miss the share.
    some = coverages.seen + coverages.reconstructed > 0
    long_enough = coverages.due >= rule.semester_share * days - 1e-9
    return some & (coverages.share >= rule.minimum - 1e-9) & long_enough
