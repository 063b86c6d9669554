"""Rankings as they were computed, each different one kept once."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, func, insert, select, update

from activity.flag import Noticed
from activity.ranking import Change, MetricScore, Ranking, Standing
from activity.semester import Semester
from db.engine import reading, writing
from db.schema.models import RankingRecord, RankingRowRecord
from db.semester.flag import save_noticed

__all__ = ["is_ranked", "is_ranked_whole", "save_ranking"]


def is_ranked(engine: Engine, semester: Semester) -> bool:
    """Tell whether any ranking of a semester was ever kept."""
    query = select(RankingRecord.id).where(RankingRecord.semester == str(semester)).limit(1)
    with reading(engine) as connection:
        return connection.execute(query).scalar() is not None


def is_ranked_whole(engine: Engine, semester: Semester, since: datetime) -> bool:
    """Tell whether a ranking of a whole semester, to its last day, was first kept at this moment or later."""
    whole = RankingRecord.as_of >= semester.end_day - timedelta(days=1)
    query = select(RankingRecord.id).where(
        RankingRecord.semester == str(semester), whole, RankingRecord.created_at >= since
    )
    with reading(engine) as connection:
        return connection.execute(query.limit(1)).scalar() is not None


_NOTHING = Noticed()


def save_ranking(engine: Engine, ranking: Ranking, now: datetime, noticed: Noticed = _NOTHING) -> int:
    """Keep a ranking and give its number; the identical one is found again instead of added.

    Either way it is the semester's latest from now on, and what was noticed takes the place of what the one
    before had noticed.
    """
    head = {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of,
        "rubric": ranking.rubric,
        "version": ranking.version,
        "digest": ranking.digest,
        "places": ranking.places,
        "shortlist": ranking.shortlist,
    }
    rows = [_row(s, category.level) for category in ranking.categories for s in category.standings]
    content = _digest([head, sorted(rows, key=lambda row: (row["agency"], row["channel"]))])
    with writing(engine) as connection:
        save_noticed(connection, str(ranking.semester), noticed)
        highest = connection.execute(select(func.max(RankingRecord.turn))).scalar() or 0
        known = select(RankingRecord.id).where(RankingRecord.content == content)
        found = connection.execute(known).scalar()
        if found is not None:
            again = update(RankingRecord).where(RankingRecord.id == found).values(turn=highest + 1)
            connection.execute(again)
            return found
        values = head | {"content": content, "created_at": now, "turn": highest + 1}
        query = insert(RankingRecord).values(values)
        number = connection.execute(query.returning(RankingRecord.id)).scalar_one()
        if rows:
            connection.execute(insert(RankingRowRecord), [{"ranking_id": number, **row} for row in rows])
    return number


def _row(standing: Standing, level: str) -> dict[str, Any]:
    return {
        "agency": standing.agency.slug,
        "channel": standing.channel,
        "name": standing.agency.name,
        "level": level,
        "address": standing.address,
        "place": standing.place,
        "score": standing.score,
        "deducted": standing.deducted,
        "status": standing.status,
        "reason": standing.reason,
        "metrics": [_metric(metric) for metric in standing.metrics],
        "seen": standing.coverage.seen,
        "reconstructed": standing.coverage.reconstructed,
        "due": standing.coverage.due,
        "coverage": standing.coverage.share,
        "posts": standing.posts,
        "counted": standing.counted,
        "undated": standing.undated,
        "last_post": standing.last_post,
        "silent_since": standing.silent_since,
        "silent_days": standing.silent_days,
        "beyond_law": standing.beyond_law,
        "outcome": standing.outcome,
        "detail": standing.detail,
        **_row_beside(standing),
    }


def _row_beside(standing: Standing) -> dict[str, Any]:
    """How firm the standing is, how it fell silent, what was noticed, and what it was before."""
    kinds = Counter(flag.kind.value for flag in standing.flags)
    change = standing.change or Change((), None, None, ())
    return {
        "best_place": standing.best_place,
        "worst_place": standing.worst_place,
        "stability": standing.stability,
        "known_until": standing.known_until,
        "rhythm": standing.rhythm,
        "cause": standing.cause,
        "alive_on": ", ".join(standing.alive_on),
        "vacuum_on": standing.vacuum_on,
        "held": standing.held,
        "flags": ", ".join(f"{times} {kind}" for kind, times in sorted(kinds.items())),
        "place_before": change.place,
        "score_before": change.score,
        "agencies_before": ", ".join(change.agencies),
        "moved": _tell_moves(change),
    }


def _metric(metric: MetricScore) -> dict[str, Any]:
    return {
        "name": metric.name,
        "value": metric.value,
        "points": metric.points,
        "weight": metric.weight,
        "explanation": metric.explanation,
    }


def _tell_moves(change: Change) -> str:
    told = ((name, f"{points:+.2f}") for name, points in change.metrics)
    return ", ".join(f"{name} {points}" for name, points in told if float(points))


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True, default=date.isoformat).encode()).hexdigest()
