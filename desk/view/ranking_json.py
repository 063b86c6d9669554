"""A ranking as a machine reads it: the same keys wherever a command or a page gives JSON."""

from typing import TYPE_CHECKING, Any

from activity.flag import Flag
from activity.ranking import Change, Ranking, Standing
from desk.semester.judge import Judgement

if TYPE_CHECKING:
    from scoring.jury.decision import Progress

__all__ = ["describe_combined", "describe_flag", "describe_head", "describe_progress", "describe_standing"]


def describe_head(judgement: Judgement) -> dict[str, Any]:
    """What a ranking is: semester, day, rubric, stage, and how the data has drifted from a sealed one."""
    ranking = judgement.ranking
    return {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of.isoformat(),
        "rubric": {"name": ranking.rubric, "version": ranking.version, "sha256": ranking.digest},
        **describe_progress(judgement.progress),
        "drift": list(judgement.drift),
    }


def describe_standing(standing: Standing) -> dict[str, Any]:
    """Everything that is known of one standing."""
    s = standing
    return {
        "place": s.place,
        "agency": s.agency.slug,
        "name": s.agency.name,
        "level": s.agency.level,
        "channel": s.channel.value,
        "address": s.address,
        "score": s.score,
        "range": {"best": s.best_place, "worst": s.worst_place},
        "stability": s.stability,
        "status": s.status.value,
        "reason": s.reason.value or None,
        "known_until": s.known_until.isoformat() if s.known_until else None,
        "metrics": [
            {"name": m.name, "value": m.value, "points": m.points, "weight": m.weight, "how": m.explanation}
            for m in s.metrics
        ],
        "posts": s.posts,
        "counted": s.counted,
        "undated": s.undated,
        "deductions": [{"metric": metric, "points": points} for metric, points in s.deductions],
        **_describe_silence(s),
        "coverage": {
            "seen": s.coverage.seen,
            "reconstructed": s.coverage.reconstructed,
            "due": s.coverage.due,
            "share": s.coverage.share,
        },
        "outcome": s.outcome.value if s.outcome else None,
        "detail": s.detail,
        "held": s.held,
        "flags": [describe_flag(flag) for flag in s.flags],
        "before": _describe_change(s.change) if s.change else None,
    }


def _describe_silence(standing: Standing) -> dict[str, Any]:
    s = standing
    return {
        "last_post": s.last_post.isoformat() if s.last_post else None,
        "silent_since": s.silent_since.isoformat() if s.silent_since else None,
        "silent_days": s.silent_days,
        "beyond_law": s.beyond_law,
        "rhythm": s.rhythm,
        "cause": s.cause.value if s.cause else None,
        "alive_on": [channel.value for channel in s.alive_on],
        "vacuum_on": s.vacuum_on.isoformat() if s.vacuum_on else None,
    }


def _describe_change(change: Change) -> dict[str, Any]:
    return {
        "agencies": list(change.agencies),
        "place": change.place,
        "score": change.score,
        "moved": [{"metric": name, "points": points} for name, points in change.metrics],
    }


def describe_combined(ranking: Ranking) -> dict[str, Any]:
    """What only all channels together tell."""
    return {
        "overall": [
            {
                "level": level,
                "standings": [
                    {
                        "place": o.place,
                        "agency": o.agency.slug,
                        "name": o.agency.name,
                        "score": o.score,
                        "channels": [
                            {"channel": channel.value, "score": score, "place": place}
                            for channel, score, place in o.channels
                        ],
                    }
                    for o in overall
                ],
            }
            for level, overall in ranking.overall
        ],
        "sweeps": [
            {
                "agency": sweep.agency.slug,
                "name": sweep.agency.name,
                "level": sweep.agency.level,
                "places": {channel.value: place for channel, place in sweep.places},
            }
            for sweep in ranking.sweeps
        ],
    }


def describe_progress(progress: "Progress") -> dict[str, Any]:
    """How far a semester's result has come; moments in UTC."""
    seal, publication = progress.seal, progress.publication
    return {
        "stage": progress.stage.value,
        "published_at": publication.published_at.isoformat() if publication else None,
        "objections_until": publication.until if publication else None,
        "open_objections": list(progress.open_objections),
        "seal": seal
        and {
            "number": seal.number,
            "sha256": seal.archive,
            "sealed_at": seal.sealed_at.isoformat(),
            "who": seal.who,
        },
    }


def describe_flag(flag: Flag) -> dict[str, Any]:
    """A flag as plain JSON, days in ISO 8601."""
    return {
        "kind": flag.kind.value,
        "agency": flag.agency,
        "channel": flag.channel.value,
        "evidence": flag.evidence,
        "posts": [
            {
                "key": post.key,
                "url": post.url,
                "title": post.title,
                "day": post.day.isoformat() if post.day else None,
                "first_seen": post.first_seen.isoformat(),
            }
            for post in flag.posts
        ],
    }
