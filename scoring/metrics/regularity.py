"""Regularity: the share of weeks that hold a post."""

import numpy as np

from activity.message import Message
from activity.metric import Metric
from scoring.measuring.measure import DIGITS, Measure, Sources, per
from scoring.measuring.observation import Observations
from scoring.rubrics.rubric import Rubric

__all__ = ["score_regularity"]


def score_regularity(seen: Observations, rubric: Rubric) -> Measure:
    """Score weeks with a post over weeks that can be judged, in percent; also the value.

    A week can be judged when it has a post, or when enough of its nights are known to call it
    empty; a week that nobody saw is left out, and so is one in which a post without a day may stand.
    """
    least = rubric.regularity_nights
    held = seen.by_week(seen.due_posts) > 0
    empty = ~held & (seen.by_week(seen.known.view(np.uint8)) >= least)
    if len(seen.arrivals):
        empty &= seen.by_week(seen.arrivals.cover(seen.posts.shape).view(np.uint8)) == 0
    posted = np.count_nonzero(held, axis=1)
    judged = posted + np.count_nonzero(empty, axis=1)
    points = np.round(per(100 * posted, judged), DIGITS)

    def explain(account: int, sources: Sources) -> Message:
        weeks = judged[account].item()
        return Message(
            "{full} of {weeks} judged weeks hold a post ({count} left out, fewer than {least} nights "
            "known): 100·{full}/{weeks} = {gained:.2f}; {posts}",
            full=posted[account].item(),
            weeks=weeks,
            count=len(seen.weeks) - weeks,
            least=least,
            gained=points[account].item(),
            posts=sources.tell_posts(account),
        )

    return Measure(Metric.REGULARITY, points, points, np.ones(len(points), np.bool_), explain)
