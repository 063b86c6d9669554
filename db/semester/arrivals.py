"""Posts that tell no day, and between which looks each of them came: one query for a nation."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, text

from activity.agency import Channel
from activity.arrival import Arrival, choose_arrivals, may_be_from
from activity.post import Precision
from activity.semester import Semester
from db.nightly.odd import leave_out_odd
from db.schema.column import Day, MomentColumn, Word

__all__ = ["FoundArrival", "load_arrivals"]

# The short index of posts without a day finds them; the index of an account's nights the look before. Copies
# that a renamed handle or a moved site left are one post, which came when the first of them did. A file that
# was handed in tells nothing of when a post came.
_SELECT = """
SELECT counted_post.agency_id, counted_post.channel, counted_post.account_id, counted_post.key,
    post.published_at, post.precision, run.night AS met,
    (SELECT max(shot.night) FROM snapshot AS shot
        WHERE shot.account_id = post.account_id AND shot.night < run.night AND shot.saw @shot) AS missed
FROM counted_post
JOIN account ON account.agency_id = counted_post.agency_id AND account.channel = counted_post.channel
JOIN post ON post.account_id = account.id AND post.key = counted_post.key
JOIN run ON run.id = post.first_run_id
WHERE counted_post.local_day IS NULL AND run.night BETWEEN :look_back AND :last_day
    AND run.status <> 'imported' @run
"""
_TYPES: Mapping[str, Any] = {
    "channel": Word(Channel),
    "published_at": MomentColumn(),
    "precision": Word(Precision),
    "met": Day(),
    "missed": Day(),
}

# So far back a post may still end a silence: twice what the law allows, as for the nights.
_LOOK_BACK = timedelta(days=366)

_Place = tuple[int, Channel]


class FoundArrival(NamedTuple):
    """An arrival, and the account whose row of the post counts."""

    account_id: int
    arrival: Arrival


def load_arrivals(
    connection: Connection, semester: Semester, last_day: date, zone: ZoneInfo
) -> Mapping[_Place, tuple[FoundArrival, ...]]:
    """Load by agency and channel what posts without a day say of the semester up to the last day judged.

    A post that names a time long past was found late, and says nothing of when it was found.
    """
    bounds = {"look_back": semester.first_day - _LOOK_BACK, "last_day": last_day}
    sql = _SELECT.replace("@shot", leave_out_odd(connection, "shot.run_id"))
    query = text(sql.replace("@run", leave_out_odd(connection, "run.id")))
    query = query.bindparams(*(bindparam(name, type_=Day()) for name in bounds))
    found: dict[_Place, dict[str, FoundArrival]] = defaultdict(dict)
    for row in connection.execute(query.columns(**_TYPES), bounds):
        earliest = semester.first_day if row.missed is None else row.missed
        if not may_be_from(earliest, row.published_at, row.precision, zone):
            continue
        mine = found[row.agency_id, row.channel]
        here = Arrival(row.key, row.met, row.missed)
        known = mine.get(row.key)
        if known is None or _order(here) < _order(known.arrival):
            mine[row.key] = FoundArrival(row.account_id, here)
    return {
        place: tuple(
            mine[each.key]
            for each in choose_arrivals((f.arrival for f in mine.values()), semester.first_day, last_day)
        )
        for place, mine in found.items()
    }


def _order(arrival: Arrival) -> tuple[date, int]:
    """Of copies the first to come, of those of one night the one that is bounded best."""
    return arrival.met, -arrival.missed.toordinal() if arrival.missed else 0
