"""A semester's activity, the one input of scoring: a handful of grouped queries, whatever the city's size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, select, text

from activity.agency import Agency, Channel
from activity.outcome import Outcome
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from db.column import Day, Moment, Word
from db.engine import reading
from db.models import AgencyRecord
from db.registry import read_agency
from db.setting import check_timezone

__all__ = ["load_activity"]

# How far back of the semester the start of knowledge is looked for: twice what the law allows.
_LOOK_BACK = timedelta(days=366)

_COUNTS = """
SELECT agency_id, channel, local_day, count(*) AS posts FROM counted_post
WHERE local_day BETWEEN :first_day AND :last_day GROUP BY agency_id, channel, local_day
"""

_UNDATED = """
SELECT counted_post.agency_id, counted_post.channel, count(*) AS posts
FROM counted_post JOIN run ON run.id = counted_post.first_run_id
WHERE counted_post.local_day IS NULL AND run.night BETWEEN :first_day AND :last_day
GROUP BY counted_post.agency_id, counted_post.channel
"""

_SEEN = """
WITH look AS (
    SELECT DISTINCT account.agency_id, account.channel, snapshot.night
    FROM snapshot JOIN account ON account.id = snapshot.account_id
    WHERE snapshot.saw AND snapshot.night BETWEEN :first_day AND :last_day
), numbered AS (
    SELECT agency_id, channel, night,
        night - row_number() OVER (PARTITION BY agency_id, channel ORDER BY night) AS stretch
    FROM look
)
SELECT agency_id, channel, min(night) AS start, max(night) AS last
FROM numbered GROUP BY agency_id, channel, stretch ORDER BY agency_id, channel, min(night)
"""

# A look covers the days from `complete_from` to its own night; overlapping or touching ones are one stretch.
_KNOWN = """
WITH look AS (
    SELECT account.agency_id, account.channel, snapshot.night,
        min(CASE WHEN snapshot.complete_from < snapshot.night THEN snapshot.complete_from
            ELSE snapshot.night END) AS start
    FROM snapshot JOIN account ON account.id = snapshot.account_id
    WHERE (snapshot.saw OR snapshot.complete_from <= snapshot.night) AND snapshot.night >= :look_back
    GROUP BY account.agency_id, account.channel, snapshot.night
), marked AS (
    SELECT agency_id, channel, start, night, CASE WHEN start > 1 + max(night) OVER (
        PARTITION BY agency_id, channel ORDER BY start, night
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 1 ELSE 0 END AS opens
    FROM look
), numbered AS (
    SELECT agency_id, channel, start, night, sum(opens) OVER (
        PARTITION BY agency_id, channel ORDER BY start, night
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch
    FROM marked
)
SELECT agency_id, channel, min(start) AS start, max(night) AS last
FROM numbered GROUP BY agency_id, channel, stretch
HAVING min(start) <= :last_day AND max(night) >= :first_day ORDER BY agency_id, channel, min(start)
"""

# One row an account, each looked up in an index instead of read from all its history.
_ACCOUNTS = """
SELECT account.agency_id, account.channel, account.address,
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

_Place = tuple[int, Channel]
_Stretch = tuple[date, date]


@dataclass(slots=True)
class _Findings:
    """What the queries found of one agency's channel."""

    address: str | None = None
    posts: dict[date, int] = field(default_factory=dict)
    undated: int = 0
    seen: list[_Stretch] = field(default_factory=list)
    known: list[_Stretch] = field(default_factory=list)
    newest_before: date | None = None
    followers: int | None = None
    last: tuple[date, int, Any] | None = None


def load_activity(engine: Engine, semester: Semester, as_of: date, zone: ZoneInfo) -> tuple[ActivityRow, ...]:
    """One row for each agency that exists in the semester, and each channel, by slug.

    Posts up to `as_of` count by the local day they claim, each key of an agency's channel once.
    Looks after `as_of` reconstruct nights before it, but say nothing of the outcome. Raises
    ConfigError when `zone` is not the one whose days the database holds.
    """
    with reading(engine) as connection:
        check_timezone(connection, zone)
        agencies = connection.execute(select(AgencyRecord.__table__).order_by(AgencyRecord.slug)).all()
        found = _find(connection, semester, as_of)
    days = semester.days()
    return tuple(
        _activity_row(agency, channel, days, as_of, found.get((row.id, channel), _Findings()))
        for row in agencies
        if _exists_in(agency := read_agency(row), semester)
        for channel in Channel
    )


def _find(connection: Connection, semester: Semester, as_of: date) -> Mapping[_Place, _Findings]:
    first_day, last_day = semester.first_day, min(as_of, semester.end_day - timedelta(days=1))
    bounds = {
        "first_day": first_day,
        "last_day": last_day,
        "as_of": as_of,
        "look_back": first_day - _LOOK_BACK,
    }
    found: dict[_Place, _Findings] = defaultdict(_Findings)
    for row in _query(connection, _COUNTS, bounds):
        found[_place(row)].posts[row.local_day] = row.posts
    for row in _query(connection, _UNDATED, bounds):
        found[_place(row)].undated = row.posts
    for row in _query(connection, _SEEN, bounds):
        found[_place(row)].seen.append((row.start, row.last))
    for row in _query(connection, _KNOWN, bounds):
        found[_place(row)].known.append((row.start, row.last))
    for row in _query(connection, _ACCOUNTS, bounds):
        _take_account(found[_place(row)], row)
    return found


def _query(connection: Connection, sql: str, bounds: Mapping[str, date]) -> Iterable[Any]:
    used = {name: day for name, day in bounds.items() if f":{name}" in sql}
    clause = text(sql).bindparams(*(bindparam(name, type_=Day()) for name in used))
    return connection.execute(clause.columns(**_TYPES), used)


_TYPES: Mapping[str, Any] = {
    "channel": Word(Channel),
    "local_day": Day(),
    "start": Day(),
    "last": Day(),
    "night": Day(),
    "newest_before": Day(),
    "outcome": Word(Outcome),
    "fetched_at": Moment(),
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


def _activity_row(
    agency: Agency, channel: Channel, days: Sequence[date], as_of: date, found: _Findings
) -> ActivityRow:
    last = found.last[2] if found.last else None
    return ActivityRow(
        agency=agency,
        channel=channel,
        address=found.address,
        posts=tuple(found.posts.get(day, 0) for day in days),
        nights=_nights(agency, days, as_of, found),
        newest_before=found.newest_before,
        earliest_known=max(found.known[-1][0], agency.valid_from or date.min) if found.known else None,
        undated=found.undated,
        outcome=last.outcome if last else None,
        detail=last.detail if last else "",
        checked_at=last.fetched_at if last else None,
        followers=found.followers,
    )


def _nights(agency: Agency, days: Sequence[date], as_of: date, found: _Findings) -> tuple[Night, ...]:
    """Each day's state: the finer knowledge is written over the coarser, what is not due over all."""
    nights = [Night.UNSEEN] * len(days)
    _fill(nights, days[0], found.known, Night.RECONSTRUCTED)
    _fill(nights, days[0], found.seen, Night.SEEN)
    one = timedelta(days=1)
    if agency.valid_from is not None:
        _fill(nights, days[0], [(date.min, agency.valid_from - one)], Night.NOT_DUE)
    if agency.valid_to is not None:
        _fill(nights, days[0], [(agency.valid_to, date.max)], Night.NOT_DUE)
    _fill(nights, days[0], [(as_of + one, date.max)], Night.NOT_DUE)
    return tuple(nights)


def _fill(nights: list[Night], first_day: date, stretches: Iterable[_Stretch], state: Night) -> None:
    for start, last in stretches:
        begin = max((start - first_day).days, 0)
        end = min((last - first_day).days + 1, len(nights))
        nights[begin:end] = [state] * max(end - begin, 0)
