"""What an explanation of one standing holds, as a machine reads it."""

from typing import TYPE_CHECKING, Any

from desk.semester.explanation import Explanation, PostLine
from desk.view.ranking_json import describe_standing

if TYPE_CHECKING:
    from scoring.placing.step_up import StepUp

__all__ = ["explanation_json"]


def explanation_json(told: Explanation) -> dict[str, Any]:
    """The same for a machine."""
    return {
        **describe_standing(told.standing),
        "nights": [
            {
                "state": span.state.value,
                "from": span.first.isoformat(),
                "to": span.last.isoformat(),
                "count": span.count,
                "looks": span.outcomes,
            }
            for span in told.nights
        ],
        "post_list": [_describe_post(post) for post in told.posts],
        "known_after_the_seal": [_describe_post(post) for post in told.later],
        "decisions": [
            {
                "number": each.number,
                "action": each.action.value,
                "post": each.post,
                "who": each.who,
                "reason": each.reason,
                "evidence": each.evidence,
            }
            for each in told.decisions
        ],
        "one_place_higher": None if told.step is None else _describe_step(told.step),
    }


def _describe_post(post: PostLine) -> dict[str, Any]:
    return {
        "key": post.key,
        "day": post.day.isoformat() if post.day else None,
        "title": post.title,
        "url": post.url,
        "witness": post.witness,
        "first_seen": post.first_seen.isoformat(),
        "flags": list(post.flags),
        "treatment": post.treatment,
        "counts_on": post.counts_on.isoformat() if post.counts_on else None,
    }


def _describe_step(step: "StepUp") -> dict[str, Any]:
    return {
        "rival": step.rival.agency.slug,
        "score": step.rival.score,
        "differs": [{"metric": name, "points": gap} for name, gap in step.gaps],
        "posts_needed": len(step.days) or None,
        "days": [day.isoformat() for day in step.days],
        "would_score": step.score,
    }
