"""How many of the nights due are known."""

from activity.ranking import Coverage
from activity.semester import Night
from scoring.observation import Observation
from scoring.rule import CoverageRule

__all__ = ["is_enough", "known_nights", "measure_coverage"]


def measure_coverage(observation: Observation, rule: CoverageRule) -> Coverage:
    """Count the nights seen, reconstructed and due."""
    nights = observation.nights
    seen, reconstructed = nights.count(Night.SEEN), nights.count(Night.RECONSTRUCTED)
    due = len(nights) - nights.count(Night.NOT_DUE)
    known = seen + rule.reconstructed_worth * reconstructed
    return Coverage(seen, reconstructed, due, known / due if due else 0.0)


def known_nights(observation: Observation, rule: CoverageRule) -> float:
    """Seen nights, and reconstructed ones at the rubric's worth."""
    nights = observation.nights
    return nights.count(Night.SEEN) + rule.reconstructed_worth * nights.count(Night.RECONSTRUCTED)


def is_enough(coverage: Coverage, days: int, rule: CoverageRule) -> bool:
    """Whether enough is known, of an agency that existed on enough of the days judged."""
    return coverage.share >= rule.minimum - 1e-9 and coverage.due >= rule.semester_share * days - 1e-9
