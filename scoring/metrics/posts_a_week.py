"""Posts a week: what offices and their reports usually count, without any cap."""

import numpy as np

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.coverage import measure_coverage
from scoring.measuring.measure import DIGITS, Measure, Sources, per
from scoring.measuring.observation import Observations
from scoring.rubrics.rubric import Rubric

__all__ = ["score_posts_a_week"]


def score_posts_a_week(seen: Observations, rubric: Rubric) -> Measure:
    """Score `100·min(1, posts a known week / target)`; the value is posts a known week, all of them."""
    target = rubric.target(seen.channel, seen.level) or 0.0
    weeks = measure_coverage(seen, rubric.coverage).known / 7
    posts = seen.due_posts.sum(axis=1, dtype=np.int64)
    rates = per(posts, weeks)
    full = rates / target if target else np.zeros(len(rates))
    points = np.round(100 * np.minimum(1.0, full), DIGITS)

    def explain(account: int, sources: Sources) -> Message:
        return Message(
            "{tally} over {known:.2f} known weeks = {rate:.2f} a week: 100·min(1, "
            "{rate:.2f}/{target:g}) = {gained:.2f}; {nights}",
            tally=sources.tell_posts(account),
            known=weeks[account].item(),
            rate=rates[account].item(),
            target=target,
            gained=points[account].item(),
            nights=sources.tell_nights(account),
        )

    return Measure(Metric.POSTS_A_WEEK, rates, points, np.ones(len(points), np.bool_), explain)
