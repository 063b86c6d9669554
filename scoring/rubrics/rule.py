"""The parts of a rubric: what can be weighed, and the numbers each step of scoring goes by."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from activity.agency import Channel
from activity.flag import FlagKind, Treatment
from activity.metric import Metric

__all__ = [
    "Band",
    "CoverageRule",
    "Deduction",
    "FrequencyRule",
    "IntegrityRule",
    "OverallRule",
    "OverallWay",
    "PrizeRule",
    "RankingRule",
    "StabilityRule",
    "StatusRule",
    "StrictRule",
    "TieBreak",
    "UndatedRule",
]


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
class UndatedRule:
    """What posts without a day take from silence.

    Attributes:
        most: the greatest share of posts without a day with which an account is still assessed.
    """

    most: float


@dataclass(frozen=True, slots=True)
class StatusRule:
    """Days since the last post, each limit inclusive.

    Attributes:
        warn_days: how long before it becomes vacuum an account is warned of.
    """

    active_days: int
    vacuum_days: int
    law_days: int
    warn_days: int = 14


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that the score loses where a metric has fewer points than `below`."""

    metric: Metric
    below: float
    points: float


@dataclass(frozen=True, slots=True)
class StrictRule:
    """What takes away a place, or points.

    Attributes:
        veto_days: a longer silence within the semester leaves no place; None for no veto.
    """

    veto_days: int | None = None
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class PrizeRule:
    """A further prize, for the best by one metric's figure."""

    name: str
    metric: Metric
    places: int


@dataclass(frozen=True, slots=True)
class RankingRule:
    """How scores become places."""

    tie_break: tuple[TieBreak, ...]
    vacuum_may_place: bool
    places: int
    shortlist: int
    level_order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StabilityRule:
    """How a place is tried against other weights.

    Attributes:
        sway: how far each weight moves, as a share of itself, either way.
        draws: how many weightings are tried.
        seed: of the generator that draws them, so that anybody gets the same.
    """

    sway: float = 0.2
    draws: int = 200
    seed: int = 1


@dataclass(frozen=True, slots=True)
class IntegrityRule:
    """When something is flagged, and what a flag does.

    Attributes:
        treatment: of each kind of flag.
        dateline: of a post that shows no date but the dateline of its text.
        back_dated_days: a post is back-dated when it claims a day more than this before the last
            night that should have shown it and did not.
        burst_days: length of the last stretch of the semester that is looked at.
        burst_share: least share of the semester's posts in it.
        burst_posts: least posts in it.
        similarity: least similarity of two texts, 0 to 1.
        similar_words: least words of a text that is compared at all.
        copied_days: within how many days of another office's post the same words are a copy.
        repeated_times: from how many like texts of one account on they are repetitions.
        repeated_days: within how many days; a weekly event announced every week repeats nothing.
        greeting_share: least share of an account's posts that are mere greetings.
        greeting_posts: least number of them.
        deleted_nights: lists read by interface without the post before it counts as deleted; a website's
            post is asked for at its own address instead.
    """

    treatment: Mapping[FlagKind, Treatment]
    back_dated_days: int = 1
    burst_days: int = 7
    burst_share: float = 0.4
    burst_posts: int = 10
    similarity: float = 0.9
    similar_words: int = 5
    copied_days: int = 7
    repeated_times: int = 3
    repeated_days: int = 7
    greeting_share: float = 0.5
    greeting_posts: int = 3
    deleted_nights: int = 3
    dateline: Treatment = Treatment.HOLD


class OverallWay(StrEnum):
    """How channels become one standing of an agency."""

    NONE = "none"
    MEAN = "mean"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class OverallRule:
    """How channels are combined.

    Attributes:
        way: weighted mean of the scores, or points for places (the winner of n gets n).
        weights: of each channel, of any size; ones not named weigh 0.
        missing_is_zero: whether a channel without a score counts as 0 (else it is left out).
        least_channels: fewest scored channels to be ranked overall.
    """

    way: OverallWay
    weights: Mapping[Channel, float]
    missing_is_zero: bool = False
    least_channels: int = 1
