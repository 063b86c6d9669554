"""Frequency: counted posts against the target, concave so that a flood cannot buy the prize."""

from math import log

import numpy as np
from numpy.typing import NDArray

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.count import count_posts
from scoring.measuring.coverage import measure_coverage
from scoring.measuring.measure import DIGITS, Measure, Sources, per
from scoring.measuring.observation import Observations
from scoring.rubrics.rubric import Rubric
from scoring.rubrics.rule import FrequencyRule

__all__ = ["score_frequency"]


def score_frequency(seen: Observations, rubric: Rubric) -> Measure:
    """Score `70·min(1, n/T) + 30·min(1, ln(max(1, n/T))/ln 5)` with the default rubric's numbers.

    n are the posts counted after the caps; T is the weekly target times the known weeks, so that
    nobody owes a post for a night that nobody saw. The value is counted posts a known week.
    """
    weekly = rubric.target(seen.channel, seen.level) or 0.0
    weeks = measure_coverage(seen, rubric.coverage).known / 7
    counts = count_posts(seen, weekly, rubric.frequency)
    ratios = per(counts, weekly * weeks)
    points = np.round(_points(ratios, rubric.frequency), DIGITS)

    def explain(account: int, sources: Sources) -> Message:
        known, ratio = weeks[account].item(), ratios[account].item()
        return Message(
            "{count} posts counted against {weekly:g} a week × {known:.2f} known weeks = {due:.2f}: "
            "ratio {ratio:.3f}, {formula} = {gained:.2f}; {posts}; {nights}",
            count=counts[account].item(),
            weekly=weekly,
            known=known,
            due=weekly * known,
            ratio=ratio,
            formula=_formula(ratio, rubric.frequency),
            gained=points[account].item(),
            posts=sources.tell_posts(account),
            nights=sources.tell_nights(account),
        )

    return Measure(Metric.FREQUENCY, per(counts, weeks), points, np.ones(len(points), np.bool_), explain)


def _points(ratios: NDArray[np.float64], rule: FrequencyRule) -> NDArray[np.float64]:
    base = rule.at_target * np.minimum(1.0, ratios)
    beyond = np.flatnonzero(ratios > 1)
    if rule.full_at > 1 and len(beyond):
        scale = log(rule.full_at)
        extra = np.array([min(1.0, log(ratio) / scale) for ratio in ratios[beyond].tolist()])
        base[beyond] += (100 - rule.at_target) * extra
    return base


def _formula(ratio: float, rule: FrequencyRule) -> str:
    rest = 100 - rule.at_target
    if ratio <= 1 or not rest:
        return f"{rule.at_target:g}·{min(1.0, ratio):.3f}"
    return Message(
        "{at_target:g} + {rest:g}·min(1, ln {ratio:.3f} / ln {full_at:g})",
        at_target=rule.at_target,
        rest=rest,
        ratio=ratio,
        full_at=rule.full_at,
    )
