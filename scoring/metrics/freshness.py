"""Freshness: how recent the newest post was, averaged over the nights."""

from functools import lru_cache

from activity.ranking import MetricScore
from activity.semester import Night
from scoring.observation import Observation
from scoring.rubric import Rubric
from scoring.rule import Band, Metric

__all__ = ["score_freshness"]


def score_freshness(observation: Observation, rubric: Rubric) -> MetricScore:
    """The mean over nights of the banded age of the newest post; the value is the mean age in days.

    Known nights always count. An unseen night counts only where the posts that are known make it
    better than the mean: what nobody saw can make an account fresher, never staler.
    """
    known, unseen = _night_ages(observation)
    known_points = _points(known, rubric.bands)
    helping = _helping(_points(unseen, rubric.bands), known_points)
    nights = len(known) + len(helping)
    points = (sum(known_points) + sum(helping)) / nights if nights else 0.0
    age = sum(known) / len(known) if known else 0.0
    return MetricScore(
        name=Metric.FRESHNESS,
        value=age,
        points=points,
        weight=rubric.weights[Metric.FRESHNESS],
        explanation=(
            f"newest post {age:.1f} days old on average; mean points of {len(known)} known nights"
            f" and {len(helping)} unseen ones that known posts make better = {points:.2f}"
        ),
    )


def _night_ages(observation: Observation) -> tuple[list[int], list[int]]:
    """Age in days of the newest post on each known night, and on each unseen one."""
    newest = observation.eve
    known: list[int] = []
    unseen: list[int] = []
    for index, (posts, night) in enumerate(zip(observation.posts, observation.nights, strict=True)):
        if posts:
            newest = index
        if night is Night.SEEN or night is Night.RECONSTRUCTED:
            known.append(index - newest)
        elif night is Night.UNSEEN:
            unseen.append(index - newest)
    return known, unseen


def _points(ages: list[int], bands: tuple[Band, ...]) -> list[float]:
    table = _points_by_age(bands)
    oldest = len(table) - 1
    return [table[age] if age < oldest else 0.0 for age in ages]


def _helping(unseen: list[float], known: list[float]) -> list[float]:
    """The unseen nights' points that raise the mean, best first."""
    total, count = sum(known), len(known)
    taken: list[float] = []
    for points in sorted(unseen, reverse=True):
        if not count or points * count <= total:
            break
        taken.append(points)
        total, count = total + points, count + 1
    return taken


@lru_cache(maxsize=16)
def _points_by_age(bands: tuple[Band, ...]) -> tuple[float, ...]:
    """Points for each age from 0 to one day beyond the last band, where they are 0."""
    table: list[float] = []
    for band in bands:
        table += [band.points] * (band.days + 1 - len(table))
    return (*table, 0.0)
