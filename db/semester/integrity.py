"""What accounts left behind in a semester, as the flags look at it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, Select, and_, literal_column, select

from activity.agency import Channel
from activity.flag import AccountTrail, FlaggedPost, Look, Sieve, Trace
from activity.jury import Override
from activity.outcome import Outcome
from activity.semester import Semester, night_of
from activity.visit import Proof
from db.engine import reading
from db.schema.base import ClaimCause, RunStatus
from db.schema.models import (
    AccountRecord,
    AgencyRecord,
    AliasRecord,
    ClaimRecord,
    PostRecord,
    RunRecord,
    SnapshotRecord,
)
from db.semester.suspicion import exceeds, find_suspects
from db.setting import check_timezone
from db.upsert import batched

__all__ = ["load_decided", "load_trails"]

# Looks before the semester tell whether its first one went over everything again; those after its end,
# until the award, what was deleted when all had been counted.
_BEFORE = timedelta(days=31)
_AFTER = timedelta(days=60)
_BATCH = 500
# What a list proves that came tonight, whatever it showed.
_MET = frozenset({Proof.OLDER_MET, Proof.TOTAL_REACHED, Proof.ENDED, Proof.SAME_PAGE})
_STREAM = 5000


@dataclass(frozen=True, slots=True)
class _JudgedSpan:
    """The days whose posts are judged, and the nights whose looks tell of them."""

    first_day: date
    last_day: date
    first_night: date
    last_night: date


def load_trails(
    engine: Engine, semester: Semester, as_of: date, zone: ZoneInfo, sieve: Sieve
) -> tuple[AccountTrail, ...]:
    """Load the trails of all accounts, or in a very large database of all that can be flagged.

    Costs, per query: the semester's posts by the index on account and day; claims given up, all of them
    (few are); looks by the index on account and night, of accounts with late or missing posts only;
    hacked nights by an index of their own. Beyond `sieve.every` posts, indexes choose whom to read; see
    `db.semester.suspicion`. Raises ConfigError for another time zone.
    """
    span = _span(semester, as_of)
    with reading(engine) as connection:
        check_timezone(connection, zone)
        if exceeds(connection, span.first_day, span.last_day, sieve.every):
            return _load_some(connection, span, zone, sieve)
        return _load(connection, span, zone, sieve, None)


def load_decided(
    engine: Engine, decisions: Sequence[Override]
) -> Mapping[tuple[str, Channel, str], FlaggedPost]:
    """Load the posts that decisions name, by agency, channel and key; of copies the one that counts."""
    found: dict[tuple[str, Channel, str], FlaggedPost] = {}
    with reading(engine) as connection:
        for each in decisions:
            if each.post is not None:
                for row in connection.execute(_select_named(each)):
                    found[each.agency, each.channel, each.post] = FlaggedPost(*row)
    return found


def _select_named(decision: Override) -> Select[*tuple[Any, ...]]:
    columns = (PostRecord.key, PostRecord.url, PostRecord.title, PostRecord.local_day, RunRecord.night)
    return (
        select(*columns)
        .join(RunRecord, RunRecord.id == PostRecord.first_run_id)
        .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(
            AgencyRecord.slug == decision.agency,
            AccountRecord.channel == decision.channel,
            PostRecord.key == decision.post,
        )
        .order_by(PostRecord.local_day.is_not(None), AccountRecord.id)
    )


def _span(semester: Semester, as_of: date) -> _JudgedSpan:
    last = semester.days()[-1]
    until = as_of if as_of < last else last + _AFTER
    return _JudgedSpan(semester.first_day, min(as_of, last), semester.first_day - _BEFORE, until)


def _load_some(
    connection: Connection, span: _JudgedSpan, zone: ZoneInfo, sieve: Sieve
) -> tuple[AccountTrail, ...]:
    suspects = find_suspects(connection, span.first_day, span.last_day, sieve)
    wanted = suspects | _load_hacked(connection, span)
    return tuple(
        trail
        for batch in batched(sorted(wanted), _BATCH)
        for trail in _load(connection, span, zone, sieve, frozenset(batch))
    )


def _load(
    connection: Connection, span: _JudgedSpan, zone: ZoneInfo, sieve: Sieve, chosen: frozenset[int] | None
) -> tuple[AccountTrail, ...]:
    traces = _load_traces(connection, span, zone, chosen)
    hacked = _load_hacked(connection, span)
    hacked = hacked if chosen is None else hacked & chosen
    asked = {account for account, found in traces.items() if _needs_looks(found, sieve)}
    looks = _load_looks(connection, span, zone, sorted(asked | hacked))
    wanted = traces.keys() | hacked
    return tuple(
        AccountTrail(
            row.slug,
            row.channel,
            row.id,
            row.address,
            tuple(looks.get(row.id, ())),
            tuple(traces.get(row.id, ())),
        )
        for batch in batched(sorted(wanted), _BATCH)
        for row in connection.execute(_select_accounts(batch))
    )


def _load_traces(
    connection: Connection, span: _JudgedSpan, zone: ZoneInfo, chosen: frozenset[int] | None
) -> dict[int, list[Trace]]:
    earlier = _load_earlier(connection, span)
    query = (
        select(
            PostRecord.account_id,
            PostRecord.key,
            PostRecord.url,
            PostRecord.title,
            PostRecord.local_day,
            PostRecord.published_at,
            PostRecord.first_seen,
            PostRecord.last_seen,
            PostRecord.deleted_at,
            RunRecord.night,
            RunRecord.status,
        )
        .join(RunRecord, RunRecord.id == PostRecord.first_run_id)
        .where(PostRecord.local_day.between(span.first_day, span.last_day))
    )
    if chosen is not None:
        query = query.where(PostRecord.account_id.in_(chosen))
    traces: dict[int, list[Trace]] = defaultdict(list)
    for row in connection.execution_options(yield_per=_STREAM).execute(query):
        traces[row.account_id].append(
            Trace(
                key=row.key,
                url=row.url,
                title=row.title,
                day=row.local_day,
                published_at=row.published_at,
                first_seen=row.night,
                last_seen=night_of(row.last_seen, zone),
                seen_at=row.first_seen,
                imported=row.status is RunStatus.IMPORTED,
                earlier=tuple(earlier.get((row.account_id, row.key), ())),
                deleted=None if row.deleted_at is None else night_of(row.deleted_at, zone),
            )
        )
    return traces


def _load_earlier(connection: Connection, span: _JudgedSpan) -> Mapping[tuple[int, str], list[date]]:
    """Older days that the site itself said before of posts of the span; our corrections are none."""
    query = (
        select(ClaimRecord.account_id, ClaimRecord.key, ClaimRecord.local_day)
        .join(
            PostRecord,
            and_(PostRecord.account_id == ClaimRecord.account_id, PostRecord.key == ClaimRecord.key),
        )
        .where(
            PostRecord.local_day.between(span.first_day, span.last_day),
            ClaimRecord.local_day < PostRecord.local_day,
            ClaimRecord.cause == ClaimCause.SITE,
        )
        .order_by(ClaimRecord.account_id, ClaimRecord.key, ClaimRecord.local_day)
    )
    found: dict[tuple[int, str], list[date]] = defaultdict(list)
    for account, key, day in connection.execute(query):
        if day is not None:
            found[account, key].append(day)
    return found


def _load_hacked(connection: Connection, span: _JudgedSpan) -> set[int]:
    shot = SnapshotRecord
    nights = shot.night.between(span.first_day, span.last_day)
    query = select(shot.account_id).where(shot.outcome == literal_column("'hacked'"), nights).distinct()
    return set(connection.execute(query).scalars())


def _needs_looks(traces: Iterable[Trace], sieve: Sieve) -> bool:
    """Whether a post came late, or was missed by a list that showed an older one."""
    newest = date.min
    for trace in sorted(traces, key=lambda trace: (trace.day or date.max, trace.key)):
        late = trace.day is not None and (trace.first_seen - trace.day).days >= sieve.late_days
        if (late and not trace.imported) or trace.last_seen < newest:
            return True
        newest = max(newest, trace.last_seen)
    return False


def _load_renamed(
    connection: Connection, zone: ZoneInfo, accounts: Sequence[int]
) -> Counter[tuple[int, date]]:
    """Count by account and night the posts that were known again under other addresses."""
    query = select(AliasRecord.account_id, AliasRecord.noted_at).where(AliasRecord.account_id.in_(accounts))
    return Counter((account, night_of(at, zone)) for account, at in connection.execute(query))


def _load_looks(
    connection: Connection, span: _JudgedSpan, zone: ZoneInfo, accounts: Sequence[int]
) -> Mapping[int, Sequence[Look]]:
    shot = SnapshotRecord
    columns = (
        shot.account_id,
        shot.night,
        shot.endpoint,
        shot.complete_from,
        shot.outcome,
        shot.posts_found,
        shot.detail,
        shot.proof,
    )
    looks: dict[int, list[Look]] = {}
    for batch in batched(accounts, _BATCH):
        renamed = _load_renamed(connection, zone, batch)
        query = (
            select(*columns)
            .where(shot.account_id.in_(batch), shot.saw)
            .where(shot.night.between(span.first_night, span.last_night))
            .order_by(shot.account_id, shot.night, shot.run_id)
        )
        for (account, night), rows in groupby(connection.execute(query), key=lambda row: (row[0], row[1])):
            before = looks.setdefault(account, [])
            look = _unite([_show_again(_look(row, before), row, before) for row in rows])
            before.append(replace(look, renamed=renamed[account, night]))
    return looks


def _look(row: Row[*tuple[Any, ...]], before: Sequence[Look]) -> Look:
    """What a snapshot proves: a list that came with posts, as it was, or saying that it has none.

    So did one that proves anything itself. A dead office's list shows nothing of the window, and one without
    days nothing that is not known: neither brings a post, and back-dated ones were missed by one look alone
    where it was two (the awkward sites 2110005, 2110057).
    """
    whole = row.outcome is not Outcome.LIMITED
    came = row.posts_found > 0 or row.outcome in {Outcome.OK, Outcome.EMPTY} or row.proof in _MET
    if row.proof is Proof.OVERLAPS and not came:
        # A night on which another list, or the home page, had its turn says so of what was read before.
        came = any(each.read and each.endpoint == (row.endpoint or "") for each in before)
    return Look(
        night=row.night,
        endpoint=row.endpoint or "",
        complete_from=row.complete_from if whole else None,
        read=whole and came,
        listed=row.posts_found,
        hacked=row.detail if row.outcome is Outcome.HACKED else "",
    )


def _show_again(look: Look, row: Row[*tuple[Any, ...]], before: Sequence[Look]) -> Look:
    """The same look with what it showed: a list that came as it was shows what it showed when it was read.

    A dead office's list comes without a change for weeks, and its looks bring no posts.
    """
    if row.proof is not Proof.SAME_PAGE or look.listed:
        return look
    listed = next(
        (each.listed for each in reversed(before) if each.endpoint == look.endpoint and each.listed), 0
    )
    return replace(look, listed=listed)


def _unite(looks: Sequence[Look]) -> Look:
    """The looks of one night as one: the last that read the list, with all that any of them tells."""
    best = max(enumerate(looks), key=lambda pair: (pair[1].read, pair[0]))[1]
    hacked = next((look.hacked for look in reversed(looks) if look.hacked), "")
    return replace(best, hacked=hacked)


def _select_accounts(numbers: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(AccountRecord.id, AgencyRecord.slug, AccountRecord.channel, AccountRecord.address)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(AccountRecord.id.in_(numbers))
        .order_by(AccountRecord.id)
    )
