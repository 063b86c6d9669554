"""Freshness: how recent the newest post was, averaged over the nights."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.measure import DIGITS, Measure, Sources, per
from scoring.measuring.observation import NO_DAY, UNSEEN, Observations
from scoring.rubrics.rubric import Rubric
from scoring.rubrics.rule import Band

__all__ = ["score_freshness"]


def score_freshness(seen: Observations, rubric: Rubric) -> Measure:
    """Score the mean over nights of the banded age of the newest post; the value is the mean age in days.

    Known nights always count. An unseen night counts only where the posts that are known make it
    better than the mean: what nobody saw can make an account fresher, never staler.
    """
    ages, known, unseen = _ages(seen), seen.known, seen.nights == UNSEEN
    nights = np.count_nonzero(known, axis=1)
    # Multiplied, for a sum over some of a row takes four times as long.
    mean_age = per(np.sum(ages * known, axis=1, dtype=np.int64), nights)
    earned = _earn(_count_by_band(ages, known, rubric.bands), rubric.bands)
    earned, taken = _add_helping(earned, nights, _count_by_band(ages, unseen, rubric.bands), rubric.bands)
    points = np.round(per(earned, nights + taken), DIGITS)

    def explain(account: int, sources: Sources) -> Message:
        return Message(
            "newest post {age:.1f} days old on average; mean points of {count} known nights and "
            "{more} unseen ones that known posts make better = {gained:.2f}; {posts}; {looks}",
            age=mean_age[account].item(),
            count=nights[account].item(),
            more=taken[account].item(),
            gained=points[account].item(),
            posts=sources.tell_posts(account),
            looks=sources.tell_nights(account),
        )

    return Measure(Metric.FRESHNESS, mean_age, points, np.ones(len(points), np.bool_), explain)


def _ages(seen: Observations) -> NDArray[np.int32]:
    """Age in days of the newest post on each day."""
    days = np.arange(seen.days, dtype=np.int32)
    told, eve, arrivals = np.where(seen.posts > 0, days, np.int32(NO_DAY)), seen.eve, seen.arrivals
    inside = arrivals.inside()
    if len(inside):
        # From the night that met it a post without a day is known to be no older than the look before.
        account = arrivals.account[inside]
        oldest = np.maximum(arrivals.after[inside] + 1, eve[account])
        np.maximum.at(told, (account, arrivals.by[inside]), oldest)
    newest = np.maximum.accumulate(told, axis=1)
    return days - np.where(newest == NO_DAY, eve[:, None], newest)


def _count_by_band(
    ages: NDArray[np.int32], nights: NDArray[np.bool_], bands: tuple[Band, ...]
) -> list[NDArray[np.int64]]:
    """Of these nights, how many fall into each band."""
    # Small numbers, for to count into large ones takes three times as long.
    masks = ((nights & (ages <= band.days)).view(np.uint8) for band in bands)
    within = [np.add.reduce(mask, axis=1, dtype=np.uint16).astype(np.int64) for mask in masks]
    return [within[0], *(more - less for less, more in pairwise(within))]


def _earn(counts: list[NDArray[np.int64]], bands: tuple[Band, ...]) -> NDArray[np.float64]:
    earned = np.zeros(len(counts[0]))
    for count, band in zip(counts, bands, strict=True):
        earned += band.points * count
    return earned


def _add_helping(
    earned: NDArray[np.float64],
    nights: NDArray[np.int64],
    unseen: list[NDArray[np.int64]],
    bands: tuple[Band, ...],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Add the unseen nights whose points raise the mean, best band first; also how many they are.

    A band above the mean stays above it while its own nights are added, so it is taken whole.
    """
    taken = np.zeros(len(earned), dtype=np.int64)
    for count, band in zip(unseen, bands, strict=True):
        helps = (nights > 0) & (band.points * (nights + taken) > earned)
        earned = earned + np.where(helps, band.points * count, 0.0)
        taken += np.where(helps, count, 0)
    return earned, taken
