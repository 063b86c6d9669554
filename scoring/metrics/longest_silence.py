"""Longest silence: the most nights known to have passed between two posts."""

from datetime import date
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.measure import Measure, Sources
from scoring.measuring.observation import NOT_DUE, Observations, first_true
from scoring.rubrics.rubric import Rubric
from scoring.rubrics.rule import Band

__all__ = ["score_longest_silence"]


def score_longest_silence(seen: Observations, rubric: Rubric) -> Measure:
    """Score the band in which the longest run of known nights without a post lies; the value is the run.

    The run lies within the semester, between two days with a post, or one and the semester's ends. Unseen
    nights inside it are not counted, and do not end it. A post without a day ends it on the night that
    met it.
    """
    silent = np.cumsum(seen.known, axis=1, dtype=np.int32)
    at_post = np.maximum.accumulate(np.where(seen.ended, silent, np.int32(0)), axis=1)
    runs = silent - at_post
    longest = runs.max(axis=1, initial=0)
    points = _points(longest, rubric.silence_bands)
    ends = runs.argmax(axis=1)

    begins = cache(partial(_begin, seen, ends))

    def explain(account: int, sources: Sources) -> Message:
        span = (seen.day(begins()[account].item()), seen.day(ends[account].item()))
        nights, gained = longest[account].item(), points[account].item()
        return _tell(nights, span, gained, sources.tell_nights(account))

    return Measure(
        Metric.LONGEST_SILENCE, longest.astype(np.float64), points, np.ones(len(points), np.bool_), explain
    )


def _tell(nights: int, span: tuple[date | None, date | None], gained: float, looks: Message) -> Message:
    if not nights:
        return Message(
            "longest silence {nights} known nights: {gained:g} points of its band; {looks}",
            nights=nights, gained=gained, looks=looks,
        )  # fmt: skip
    return Message(
        "longest silence {nights} known nights, {first} to {last}: {gained:g} points of its band; {looks}",
        nights=nights, first=span[0], last=span[1], gained=gained, looks=looks,
    )  # fmt: skip


def _begin(seen: Observations, ends: NDArray[np.intp]) -> NDArray[np.int32]:
    """The day after the last post before each end, or the first on which the agency exists."""
    days = np.arange(seen.days, dtype=np.int32)
    before = seen.ended & (days <= ends[:, None])
    after_post = np.where(before, days + 1, np.int32(0)).max(axis=1, initial=0)
    begin: NDArray[np.int32] = np.maximum(after_post, first_true(seen.nights != NOT_DUE))
    return begin


def _points(longest: NDArray[np.int32], bands: tuple[Band, ...]) -> NDArray[np.float64]:
    points = np.zeros(len(longest))
    for band in reversed(bands):
        points[longest <= band.days] = band.points
    return points
