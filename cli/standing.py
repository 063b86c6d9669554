"""Standings as a machine reads them; the same keys wherever a command prints JSON."""

from typing import Any

from activity.errors import ConfigError
from activity.ranking import Change, Ranking, Standing
from cli.flags import flag_json
from cli.judge import Judgement
from cli.stage import stage_json

__all__ = ["check_levels", "describe_combined", "describe_head", "describe_standing"]


def check_levels(ranking: Ranking, levels: list[str] | None) -> None:
    """Raise ConfigError for a level that no ranked agency has."""
    known = {category.level for category in ranking.categories}
    for level in levels or ():
        if level not in known:
            raise ConfigError(
                "--level: no agency is of level {level!r}.",
                "There are: {known}.",
                level=level,
                known=", ".join(sorted(known)),
            )


def describe_head(judgement: Judgement) -> dict[str, Any]:
    """What a ranking is: semester, day, rubric, stage, and how the data has drifted from a sealed one."""
    ranking = judgement.ranking
    return {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of.isoformat(),
        "rubric": {"name": ranking.rubric, "version": ranking.version, "sha256": ranking.digest},
        **stage_json(judgement.progress),
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
        "flags": [flag_json(flag) for flag in s.flags],
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
