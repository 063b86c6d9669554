"""The posts of a semester that only a dateline places in it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Connection, bindparam, text

from activity.agency import Channel
from activity.flag import FlaggedPost
from activity.post import EvidenceKind
from activity.semester import Semester
from db.schema.column import Day, MomentColumn, Word

__all__ = ["Datelines", "load_datelines"]

# They have no certain day, so that the short index of those finds them; the view counts copies once.
_SELECT = """
SELECT counted_post.agency_id, counted_post.channel, post.key, post.url, post.title, post.published_at,
    post.evidence, run.night
FROM post
JOIN counted_post ON counted_post.account_id = post.account_id AND counted_post.key = post.key
JOIN run ON run.id = post.first_run_id
WHERE post.local_day IS NULL
  AND post.published_at BETWEEN (:first_day) * CAST(86400 AS BIGINT) AND (:end_day) * CAST(86400 AS BIGINT)
ORDER BY post.published_at, post.key
"""
_TYPES: Mapping[str, Any] = {
    "channel": Word(Channel),
    "published_at": MomentColumn(),
    "evidence": JSON(),
    "night": Day(),
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Datelines:
    """Of one agency's channel.

    Attributes:
        posts: by the day that their dateline names.
        counted_undated: how many of them are counted among the posts without a certain day.
    """

    posts: tuple[FlaggedPost, ...] = ()
    counted_undated: int = 0


def load_datelines(
    connection: Connection, semester: Semester, last_day: date, zone: ZoneInfo
) -> Mapping[tuple[int, Channel], Datelines]:
    """Load posts dated by a dateline, by agency and channel, up to and with the last day judged."""
    bounds = {"first_day": semester.first_day - _DAY, "end_day": last_day + 2 * _DAY}
    query = text(_SELECT).bindparams(*(bindparam(name, type_=Day()) for name in bounds))
    found: dict[tuple[int, Channel], list[FlaggedPost]] = defaultdict(list)
    for row in connection.execute(query.columns(**_TYPES), bounds):
        day = row.published_at.astimezone(zone).date()
        witness = row.evidence[0]["kind"] if row.evidence else None
        if witness == EvidenceKind.DATELINE and semester.first_day <= day <= last_day:
            post = FlaggedPost(row.key, row.url, row.title, day, row.night)
            found[row.agency_id, row.channel].append(post)
    return {
        place: Datelines(
            tuple(posts), sum(semester.first_day <= post.first_seen <= last_day for post in posts)
        )
        for place, posts in found.items()
    }
