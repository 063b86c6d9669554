"""The parts of a rubric: what can be weighed, and the numbers each step of scoring goes by."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Band", "CoverageRule", "FrequencyRule", "Metric", "RankingRule", "StatusRule", "TieBreak"]


class Metric(StrEnum):
    """What can be weighed; one file each in `scoring.metrics`."""

    FREQUENCY = "frequency"
    REGULARITY = "regularity"
    FRESHNESS = "freshness"


class TieBreak(StrEnum):
    """What tells equal scores apart; the points of a metric, or the number of counted posts."""

    FREQUENCY = "frequency"
    REGULARITY = "regularity"
    FRESHNESS = "freshness"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """How posts are counted against the target.

    Attributes:
        at_target: points for reaching the target exactly.
        full_at: times the target at which all 100 points are reached.
        cap_per_day: posts counted on one day.
        cap_per_week: posts counted in one week, as a multiple of the weekly target.
    """

    at_target: float
    full_at: float
    cap_per_day: int
    cap_per_week: float


@dataclass(frozen=True, slots=True)
class Band:
    """An age in days, inclusive, and the points it earns."""

    days: int
    points: float


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """How much must be known before anything is said.

    Attributes:
        minimum: least share of the nights due.
        reconstructed_worth: what a reconstructed night counts, a seen one being 1.
        semester_share: least share of the judged days on which the agency existed.
    """

    minimum: float
    reconstructed_worth: float
    semester_share: float


@dataclass(frozen=True, slots=True)
class StatusRule:
    """Days since the last post, each limit inclusive."""

    active_days: int
    vacuum_days: int
    law_days: int


@dataclass(frozen=True, slots=True)
class RankingRule:
    """How scores become places."""

    tie_break: tuple[TieBreak, ...]
    vacuum_may_place: bool
    places: int
    shortlist: int
    level_order: tuple[str, ...]
