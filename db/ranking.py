"""Rankings as they were computed, each different one kept once."""

import json
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert, select

from activity.ranking import Ranking, Standing
from activity.semester import Semester
from db.engine import reading, writing
from db.models import RankingRecord, RankingRowRecord

__all__ = ["is_ranked", "save_ranking"]


def is_ranked(engine: Engine, semester: Semester) -> bool:
    """Whether any ranking of a semester was ever kept."""
    query = select(RankingRecord.id).where(RankingRecord.semester == str(semester)).limit(1)
    with reading(engine) as connection:
        return connection.execute(query).scalar() is not None


def save_ranking(engine: Engine, ranking: Ranking, now: datetime) -> int:
    """Keep a ranking and give its number; the identical one is found again instead of added."""
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
        known = select(RankingRecord.id).where(RankingRecord.content == content)
        found = connection.execute(known).scalar()
        if found is not None:
            return found
        query = insert(RankingRecord).values(head | {"content": content, "created_at": now})
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
        "status": standing.status,
        "reason": standing.reason,
        "metrics": [asdict(metric) for metric in standing.metrics],
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
    }


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True, default=date.isoformat).encode()).hexdigest()
