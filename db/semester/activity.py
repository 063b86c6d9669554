"""A semester's activity, the one input of scoring: a handful of grouped queries, whatever the city's size."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, bindparam, select, text

from activity.agency import Agency
from activity.arrival import Arrival
from activity.channel import CHANNELS, Channel
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Engagement
from activity.semester import Night, Semester
from db.companion import asking_beside
from db.engine import reading
from db.office.registry import read_agency
from db.schema.column import Day, MomentColumn, Word
from db.schema.models import AccountRecord, AgencyRecord
from db.semester.arrivals import load_arrivals
from db.semester.datelines import Datelines, load_datelines
from db.semester.night_state import NightStates, count_nights
from db.semester.post_count import count_posts
from db.setting import check_timezone

__all__ = ["load_activity"]

_UNDATED = """
SELECT counted_post.agency_id, counted_post.channel, count(*) AS posts
FROM counted_post JOIN run ON run.id = counted_post.first_run_id
WHERE counted_post.local_day IS NULL AND run.night BETWEEN :first_day AND :last_day
GROUP BY counted_post.agency_id, counted_post.channel
"""

# One row an account, each looked up in an index instead of read from all its history.
_ACCOUNTS = """
SELECT account.id, account.agency_id, account.channel, account.address,
    (SELECT max(post.local_day) FROM post
        WHERE post.account_id = account.id AND post.local_day < :first_day) AS newest_before,
    (SELECT shot.followers FROM snapshot AS shot
        WHERE shot.account_id = account.id AND shot.night <= :as_of AND shot.followers IS NOT NULL
        ORDER BY shot.night DESC, shot.run_id DESC LIMIT 1) AS followers,
    last.night, last.run_id, last.outcome, last.detail, last.fetched_at
FROM account LEFT JOIN snapshot AS last ON last.account_id = account.id AND last.run_id = (
    SELECT shot.run_id FROM snapshot AS shot WHERE shot.account_id = account.id AND shot.night <= :as_of
    ORDER BY shot.night DESC, shot.run_id DESC LIMIT 1)
ORDER BY account.id
"""

# The newest figures of each post; a post is taken into account with whatever the platform shows of it.
_INTERACTIONS = """
SELECT counted_post.agency_id, counted_post.channel, count(*) AS posts, sum(coalesce(newest.likes, 0)
    + coalesce(newest.comments, 0) + coalesce(newest.shares, 0)) AS interactions
FROM post_metric AS newest
JOIN counted_post ON counted_post.account_id = newest.account_id AND counted_post.key = newest.key
WHERE counted_post.local_day BETWEEN :first_day AND :last_day
  AND coalesce(newest.likes, newest.comments, newest.shares) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM post_metric AS later WHERE later.account_id = newest.account_id
    AND later.key = newest.key AND later.observed_at > newest.observed_at)
GROUP BY counted_post.agency_id, counted_post.channel
"""

_Place = tuple[int, Channel]

_NIGHTS = (Night.UNSEEN, Night.RECONSTRUCTED, Night.SEEN)
"""By how well a night is known: 0, 1 and 2."""


@dataclass(slots=True)
class _Findings:
    """What the queries found of one agency's channel; `index` is its row in the counts."""

    index: int
    address: str | None = None
    undated: int = 0
    newest_before: date | None = None
    followers: int | None = None
    last: tuple[date, int, Any] | None = None
    engagement: tuple[int, int] | None = None
    datelines: Datelines = field(default_factory=Datelines)
    arrivals: tuple[Arrival, ...] = ()


def load_activity(engine: Engine, semester: Semester, as_of: date, zone: ZoneInfo) -> tuple[ActivityRow, ...]:
    """Load a row for each agency that exists in the semester, and each channel in use, by slug.

    In use are the channels on which every office is expected, and those of which an account is known.

    Posts up to `as_of` count by the local day they claim, each key of an agency's channel once.
    Looks after `as_of` reconstruct nights before it, but say nothing of the outcome. Raises
    ConfigError when `zone` is not the one whose days the database holds.
    """
    last_day = min(as_of, semester.end_day - timedelta(days=1))
    with reading(engine) as connection, asking_beside(connection) as ask:
        check_timezone(connection, zone)
        agencies = connection.execute(select(AgencyRecord.__table__).order_by(AgencyRecord.slug)).all()
        found, place_of = _list_places(connection)
        # One place more than there are, with nothing in it, stands for every agency without an account.
        nothing = _Findings(index=len(found))
        first_day, places = semester.first_day, len(found) + 1
        counted = ask(lambda beside: count_posts(beside, first_day, last_day, place_of, places))
        known = ask(lambda beside: count_nights(beside, first_day, last_day, place_of, places))
        _find(connection, found, semester, as_of, zone)
        posts, states = counted(), known()
    used = {channel for _, channel in found}
    channels = [channel for channel, facts in CHANNELS.items() if facts.ranked or channel in used]
    counts, nights = list(_tuples(posts, semester)), list(_nights(states, semester))
    return tuple(
        _activity_row(agency, channel, semester, each, (counts[each.index], nights[each.index]), states)
        for row in agencies
        if _exists_in(agency := read_agency(row), semester)
        for channel in channels
        for each in (found.get((row.id, channel), nothing),)
    )


def _list_places(connection: Connection) -> tuple[dict[_Place, _Findings], dict[int, int]]:
    """Every place that has an account, of which nothing is found yet, and the index of each account's."""
    found: dict[_Place, _Findings] = {}
    place_of = {}
    account = AccountRecord.__table__.c
    query = select(account.id, account.agency_id, account.channel).order_by(account.id)
    for number, agency, channel in connection.execute(query):
        place_of[number] = found.setdefault((agency, channel), _Findings(len(found))).index
    return found, place_of


def _find(
    connection: Connection,
    found: Mapping[_Place, _Findings],
    semester: Semester,
    as_of: date,
    zone: ZoneInfo,
) -> None:
    """Find of every place what one row of a query says of it."""
    bounds = {
        "first_day": semester.first_day,
        "last_day": min(as_of, semester.end_day - timedelta(days=1)),
        "as_of": as_of,
    }
    for row in _query(connection, _ACCOUNTS, bounds):
        _take_account(found[_place(row)], row)
    for row in _query(connection, _UNDATED, bounds):
        found[_place(row)].undated = row.posts
    for place, datelines in load_datelines(connection, semester, bounds["last_day"], zone).items():
        found[place].datelines = datelines
    for place, arrivals in load_arrivals(connection, semester, bounds["last_day"], zone).items():
        named = {post.key for post in found[place].datelines.posts}
        found[place].arrivals = tuple(each.arrival for each in arrivals if each.arrival.key not in named)
    for row in _query(connection, _INTERACTIONS, bounds):
        found[_place(row)].engagement = (row.posts, row.interactions)


def _query(connection: Connection, sql: str, bounds: Mapping[str, date]) -> Iterable[Any]:
    used = {name: day for name, day in bounds.items() if f":{name}" in sql}
    clause = text(sql).bindparams(*(bindparam(name, type_=Day()) for name in used))
    return connection.execute(clause.columns(**_TYPES), used)


_TYPES: Mapping[str, Any] = {
    "channel": Word(Channel),
    "night": Day(),
    "newest_before": Day(),
    "outcome": Word(Outcome),
    "fetched_at": MomentColumn(),
}


def _place(row: Any) -> _Place:
    return row.agency_id, row.channel


def _take_account(found: _Findings, row: Any) -> None:
    """Accounts come oldest first, so that the address valid last is the one that stays."""
    found.address = row.address
    if row.followers is not None:
        found.followers = row.followers
    if row.newest_before is not None:
        found.newest_before = max(found.newest_before or row.newest_before, row.newest_before)
    if row.night is not None and (found.last is None or found.last[:2] <= (row.night, row.run_id)):
        found.last = (row.night, row.run_id, row)


def _exists_in(agency: Agency, semester: Semester) -> bool:
    begun = agency.valid_from is None or agency.valid_from < semester.end_day
    return begun and (agency.valid_to is None or agency.valid_to > semester.first_day)


def _tuples(posts: NDArray[np.int32], semester: Semester) -> Iterator[tuple[int, ...]]:
    """Posts on every day of the semester, also on those not judged; whoever has none shares one value.

    A nation's silent accounts are many: each with a value of its own they took a seventh of all memory.
    """
    rest = (0,) * (len(semester.days()) - posts.shape[1])
    silent = (0,) * len(semester.days())
    busy: list[bool] = np.any(posts, axis=1).tolist()
    for counts, any_post in zip(posts, busy, strict=True):
        yield (*counts.tolist(), *rest) if any_post else silent


def _nights(states: NightStates, semester: Semester) -> Iterator[tuple[Night, ...]]:
    """Each day's state; what is not judged is not due. Few patterns are common to most accounts."""
    rest = (Night.NOT_DUE,) * (len(semester.days()) - states.seen.shape[1])
    known: dict[bytes, tuple[Night, ...]] = {}
    for codes in states.known.astype(np.uint8) + states.seen:
        pattern = codes.tobytes()
        if pattern not in known:
            known[pattern] = (*(_NIGHTS[code] for code in pattern), *rest)
        yield known[pattern]


def _activity_row(
    agency: Agency,
    channel: Channel,
    semester: Semester,
    found: _Findings,
    days: tuple[tuple[int, ...], tuple[Night, ...]],
    states: NightStates,
) -> ActivityRow:
    last, since = found.last[2] if found.last else None, states.since[found.index]
    posts, nights = days
    return ActivityRow(
        agency=agency,
        channel=channel,
        address=found.address,
        posts=posts,
        nights=_due_nights(agency, semester, nights),
        newest_before=found.newest_before,
        earliest_known=max(since, agency.valid_from or date.min) if since else None,
        undated=found.undated - found.datelines.counted_undated,
        outcome=last.outcome if last else None,
        detail=last.detail if last else "",
        checked_at=last.fetched_at if last else None,
        followers=found.followers,
        engagement=_engagement(found),
        datelines=found.datelines.posts,
        arrivals=found.arrivals,
    )


def _engagement(found: _Findings) -> Engagement | None:
    if found.engagement is None:
        return None
    posts, interactions = map(int, found.engagement)
    return Engagement(posts, interactions, found.followers)


def _due_nights(agency: Agency, semester: Semester, nights: tuple[Night, ...]) -> tuple[Night, ...]:
    """The same without the days on which the agency does not exist."""
    if agency.valid_from is None and agency.valid_to is None:
        return nights
    count, first = len(nights), semester.first_day
    begin = 0 if agency.valid_from is None else min(count, max(0, (agency.valid_from - first).days))
    end = count if agency.valid_to is None else min(count, max(begin, (agency.valid_to - first).days))
    return (*[Night.NOT_DUE] * begin, *nights[begin:end], *[Night.NOT_DUE] * (count - end))
