"""Regularity: the share of weeks that hold a post."""

from activity.ranking import MetricScore
from activity.semester import Night
from scoring.observation import Observation
from scoring.rubric import Rubric
from scoring.rule import Metric

__all__ = ["score_regularity"]


def score_regularity(observation: Observation, rubric: Rubric) -> MetricScore:
    """Weeks with a post over weeks that can be judged, in percent; also the value.

    A week can be judged when it has a post, or when enough of its nights are known to call it
    empty; a week that nobody saw is left out.
    """
    posted = empty = 0
    for week in observation.weeks:
        if any(observation.due_posts[week.start : week.stop]):
            posted += 1
        elif _is_known(observation, week, rubric.regularity_nights):
            empty += 1
    judged = posted + empty
    points = 100 * posted / judged if judged else 0.0
    unknown = len(observation.weeks) - judged
    return MetricScore(
        name=Metric.REGULARITY,
        value=points,
        points=points,
        weight=rubric.weights[Metric.REGULARITY],
        explanation=(
            f"{posted} of {judged} judged weeks hold a post ({unknown} left out,"
            f" fewer than {rubric.regularity_nights} nights known): 100·{posted}/{judged} = {points:.2f}"
        ),
    )


def _is_known(observation: Observation, week: range, least: int) -> bool:
    nights = observation.nights[week.start : week.stop]
    return nights.count(Night.SEEN) + nights.count(Night.RECONSTRUCTED) >= least
