"""What an account can be scored by."""

from enum import StrEnum

__all__ = ["Metric"]


class Metric(StrEnum):
    """What can be weighed; one file each in `scoring.metrics`."""

    FREQUENCY = "frequency"
    REGULARITY = "regularity"
    FRESHNESS = "freshness"
    LONGEST_SILENCE = "longest_silence"
    POSTS_A_WEEK = "posts_a_week"
    ENGAGEMENT = "engagement"
