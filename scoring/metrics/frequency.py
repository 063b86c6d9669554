"""Frequency: counted posts against the target, concave so that a flood cannot buy the prize."""

from math import log

from activity.ranking import MetricScore
from scoring.coverage import known_nights
from scoring.observation import Observation, count_posts
from scoring.rubric import Rubric
from scoring.rule import FrequencyRule, Metric

__all__ = ["score_frequency"]


def score_frequency(observation: Observation, rubric: Rubric) -> MetricScore:
    """`70·min(1, n/T) + 30·min(1, ln(max(1, n/T))/ln 5)` with the default rubric's numbers.

    n are the posts counted after the caps; T is the weekly target times the known weeks, so that
    nobody owes a post for a night that nobody saw. The value is posts a known week.
    """
    weekly = rubric.target(observation.channel, observation.level) or 0.0
    weeks = known_nights(observation, rubric.coverage) / 7
    count = count_posts(observation, weekly, rubric.frequency)
    ratio = count / (weekly * weeks) if weekly and weeks else 0.0
    points = _points(ratio, rubric.frequency)
    return MetricScore(
        name=Metric.FREQUENCY,
        value=count / weeks if weeks else 0.0,
        points=points,
        weight=rubric.weights[Metric.FREQUENCY],
        explanation=(
            f"{count} posts counted against {weekly:g} a week × {weeks:.2f} known weeks"
            f" = {weekly * weeks:.2f}: ratio {ratio:.3f}, {_formula(ratio, rubric.frequency)} = {points:.2f}"
        ),
    )


def _points(ratio: float, rule: FrequencyRule) -> float:
    extra = min(1.0, log(ratio) / log(rule.full_at)) if ratio > 1 and rule.full_at > 1 else 0.0
    return rule.at_target * min(1.0, ratio) + (100 - rule.at_target) * extra


def _formula(ratio: float, rule: FrequencyRule) -> str:
    rest = 100 - rule.at_target
    if ratio <= 1 or not rest:
        return f"{rule.at_target:g}·{min(1.0, ratio):.3f}"
    return f"{rule.at_target:g} + {rest:g}·min(1, ln {ratio:.3f} / ln {rule.full_at:g})"
