"""Engagement: the engagement rate by followers, shown rather than weighed, since it can be bought."""

from collections.abc import Sequence

import numpy as np

from activity.message import Message
from activity.metric import Metric
from activity.ranking import ActivityRow
from scoring.measuring.measure import DIGITS, Measure, Sources
from scoring.rubrics.rubric import Rubric

__all__ = ["score_engagement"]


def score_engagement(rows: Sequence[ActivityRow], rubric: Rubric) -> Measure:
    """Score `100·min(1, rate / the rate that earns all)`; the value is the rate.

    The engagement rate by followers is the mean over posts of likes, comments and shares over the
    followers. An account that does not show these figures lacks the metric.
    """
    found = [None if row.engagement is None else row.engagement.rate for row in rows]
    known = np.array([rate is not None for rate in found], dtype=np.bool_)
    rates = np.array([rate or 0.0 for rate in found])
    full = rates / rubric.engagement_full if rubric.engagement_full else np.zeros(len(rates))
    points = np.round(100 * np.minimum(1.0, full), DIGITS)

    def explain(account: int, _: Sources) -> Message:
        row = rows[account]
        return Message(
            "{interactions} interactions with {posts} posts that show them; mean of interactions "
            "over followers (now {followers}) = {rate:.4f}: 100·min(1, "
            "{rate:.4f}/{engagement_full:g}) = {gained:.2f}",
            interactions=row.engagement.interactions if row.engagement else 0,
            posts=row.engagement.posts if row.engagement else 0,
            followers=row.followers,
            rate=rates[account].item(),
            engagement_full=rubric.engagement_full,
            gained=points[account].item(),
        )

    return Measure(Metric.ENGAGEMENT, rates, points, known, explain)
