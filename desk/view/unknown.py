"""A semester of which nothing is known, as on a city's first day: what is said instead of empty tables."""

from activity.condition import count_spare
from activity.message import Message
from activity.semester import Semester, night_of
from desk.semester.judge import Judgement

__all__ = ["tell_unknown"]


def tell_unknown(judgement: Judgement) -> str:
    """Say in one line that nothing is known of a semester, and what can still be judged; empty otherwise."""
    ranking, minimum = judgement.ranking, judgement.rubric.coverage.minimum
    standings = [s for category in ranking.categories for s in category.standings]
    if not standings or any(s.coverage.share or s.posts for s in standings):
        return ""
    semester, config = ranking.semester, judgement.config
    now = Semester.of(night_of(config.now(), config.zone))
    if semester != now:
        return Message(
            "Nothing is known of {semester}: no night of it was seen, and nothing was handed in. What can be "
            "judged is {now}; of {semester} only what is imported, or what websites still list: "
            "denyut crawl --since {first_day}",
            semester=semester,
            now=now,
            first_day=f"{semester.first_day:%Y-%m-%d}",
        )
    left = (semester.end_day - ranking.as_of).days - 1
    spare = max((count_spare(s.coverage, left, minimum) for s in standings if s.address), default=left)
    if spare >= 0:
        return Message(
            "Nothing is known of {semester} yet. It can still be judged: of its {left} nights left no more "
            "than {spare} may stay unseen.",
            semester=semester,
            left=left,
            spare=min(spare, left),
        )
    return Message(
        "Nothing is known of {semester} yet, and its {left} nights left are fewer than the rubric wants "
        "known ({minimum:.0%}). What can still be judged: whoever hands in exports or has a website that "
        "lists its older posts, and everybody from {end_day} on.",
        semester=semester,
        left=left,
        minimum=minimum,
        end_day=semester.end_day,
    )
