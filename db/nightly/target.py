"""The accounts that a run has still to visit, with all that their visits may know."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from activity.agency import Account
from activity.channel import CHANNELS, Channel
from activity.outcome import Outcome
from activity.visit import Budget, KnownPost, Memory, Target, Window
from db.engine import reading
from db.nightly.doubled import LEFT_OUT
from db.nightly.memory import unpack_memory
from db.nightly.run import RunRef
from db.schema.models import AccountRecord, AgencyRecord, MemoryRecord, PostRecord, SnapshotRecord
from db.setting import check_timezone
from db.upsert import batched

__all__ = ["count_targets", "load_due", "load_some", "load_targets", "load_unseen"]

_BATCH = 100
# A token that rests may call again in the same night; one that is dead waits for a person.
_RESTING = frozenset({Outcome.THROTTLED})
# A second try the same night is for whoever fell over tonight. Of a nation's 100,000 sites 15,000 are dead
# for good, and three times 25 s for each of them would fill every night.
_LONG_UNSEEN = 7


def load_targets(
    engine: Engine,
    channel: Channel,
    run: RunRef,
    window: Window,
    zone: ZoneInfo,
    *,
    budget: Budget,
    agencies: Collection[str] | None = None,
) -> Iterator[Target]:
    """Load accounts open on the window's last day and without a snapshot in this run, longest unseen first.

    Of those seen the same night whoever took longest comes first, so that no slow site, and no server
    with fifty names, alone holds up the end ("longest processing time first", Graham 1969; of 20,000
    sites the last slow ones had taken 7 s of 65).

    One whose token was stopped before it was read is due again in the same run. One at which a token
    was stopped comes last: a Page that is always at its limit would otherwise stop every run at its start.

    Which accounts is settled by the first one asked for; what is known of them is read a hundred
    at a time, in reads so short that they never hold up a writer, and before any of the hundred is
    handed out, so that no harvest of this run is in it. Raises ConfigError for another time zone
    than the database's.
    """
    due = load_due(engine, channel, run, window, zone, agencies=agencies)
    for batch in batched(due, _BATCH):
        yield from load_some(engine, batch, window, zone, budget=budget)


def load_due(
    engine: Engine,
    channel: Channel,
    run: RunRef,
    window: Window,
    zone: ZoneInfo,
    *,
    agencies: Collection[str] | None = None,
) -> tuple[Account, ...]:
    """Load the accounts themselves, in the order of `load_targets`, without what is known of them."""
    with reading(engine) as connection:
        check_timezone(connection, zone)
        due = _load_due(connection, channel, run, window, zone, LEFT_OUT)
    return _name(due, channel, agencies)


def load_unseen(
    engine: Engine,
    channel: Channel,
    run: RunRef,
    window: Window,
    zone: ZoneInfo,
    *,
    agencies: Collection[str] | None = None,
) -> tuple[Account, ...]:
    """Load the accounts that earlier waves could not see and this one may, in the order of `load_due`.

    Left out is whose site asked to be left alone for longer than `window.now`, and whom `_LONG_UNSEEN` looks
    in a row did not see; on a channel read by token everybody once an account was left out in this run, for
    then all its tokens rest or are dead.
    """
    passing = [outcome for outcome in Outcome if outcome.may_pass]
    unseen = exists().where(
        SnapshotRecord.run_id == run.id,
        SnapshotRecord.account_id == AccountRecord.id,
        SnapshotRecord.wave < run.wave,
        SnapshotRecord.outcome.in_(passing),
        or_(SnapshotRecord.retry_at.is_(None), SnapshotRecord.retry_at <= window.now),
    )
    with reading(engine) as connection:
        check_timezone(connection, zone)
        if CHANNELS[channel].by_token and _has_left_out(connection, channel, run):
            return ()
        found = _load_open(connection, channel, window, zone, and_(unseen, ~_is_long_unseen()))
    return _name(found, channel, agencies)


def load_some(
    engine: Engine, accounts: Sequence[Account], window: Window, zone: ZoneInfo, *, budget: Budget
) -> tuple[Target, ...]:
    """Load what is known of some accounts, some hundred at most, in one short read."""
    numbers = [account.id for account in accounts]
    with reading(engine) as connection:
        memories = _load_memories(connection, numbers)
        known = _load_known(connection, numbers, window)
    return tuple(
        Target(
            account=account,
            window=window,
            zone=zone,
            memory=memories.get(account.id, Memory()),
            known=frozenset(known[account.id]),
            stored=known[account.id],
            budget=budget,
        )
        for account in accounts
    )


def count_targets(
    engine: Engine,
    channels: Collection[Channel],
    run: RunRef,
    window: Window,
    zone: ZoneInfo,
    *,
    agencies: Collection[str] | None = None,
) -> int:
    """Count the accounts that a run still waits for on these channels.

    As many as `load_targets` would give, less those whose token is dead: a run does not stay open for them.
    """
    with reading(engine) as connection:
        return sum(
            agencies is None or row.slug in agencies
            for channel in channels
            for row in _load_due(connection, channel, run, window, zone, _RESTING)
        )


def _has_left_out(connection: Connection, channel: Channel, run: RunRef) -> bool:
    left_out = exists().where(
        SnapshotRecord.run_id == run.id,
        SnapshotRecord.account_id == AccountRecord.id,
        SnapshotRecord.outcome.in_(LEFT_OUT),
        AccountRecord.channel == channel,
    )
    return bool(connection.execute(select(left_out)).scalar())


def _is_long_unseen() -> ColumnElement[bool]:
    seen, shot = aliased(SnapshotRecord), aliased(SnapshotRecord)
    of_account = seen.account_id == AccountRecord.id
    last_seen = select(func.max(seen.night)).where(of_account, seen.saw).correlate(AccountRecord)
    since = or_(last_seen.scalar_subquery().is_(None), shot.night > last_seen.scalar_subquery())
    looks = select(func.count()).where(shot.account_id == AccountRecord.id, since).correlate(AccountRecord)
    return looks.scalar_subquery() >= _LONG_UNSEEN


def _name(
    rows: Sequence[Row[int, str, str]], channel: Channel, agencies: Collection[str] | None
) -> tuple[Account, ...]:
    return tuple(
        Account(row.id, row.slug, channel, row.address)
        for row in rows
        if agencies is None or row.slug in agencies
    )


def _load_due(
    connection: Connection,
    channel: Channel,
    run: RunRef,
    window: Window,
    zone: ZoneInfo,
    left_out: frozenset[Outcome],
) -> Sequence[Row[int, str, str]]:
    by_token = CHANNELS[channel].by_token
    done = exists().where(
        SnapshotRecord.run_id == run.id,
        SnapshotRecord.account_id == AccountRecord.id,
        SnapshotRecord.outcome.not_in(left_out if by_token else ()),
    )
    return _load_open(connection, channel, window, zone, ~done)


def _load_open(
    connection: Connection, channel: Channel, window: Window, zone: ZoneInfo, condition: ColumnElement[bool]
) -> Sequence[Row[int, str, str]]:
    """Accounts open on the window's last day of which something is true, in the order of `load_targets`."""
    today = window.now.astimezone(zone).date()
    by_token = CHANNELS[channel].by_token
    last_seen = (
        select(SnapshotRecord.night)
        .where(SnapshotRecord.account_id == AccountRecord.id, SnapshotRecord.saw)
        .order_by(SnapshotRecord.night.desc(), SnapshotRecord.run_id.desc())
        .limit(1)
    )
    took = last_seen.with_only_columns(SnapshotRecord.seconds).scalar_subquery()
    query = (
        select(AccountRecord.id, AgencyRecord.slug, AccountRecord.address)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(
            AccountRecord.channel == channel,
            AccountRecord.valid_from <= today,
            or_(AccountRecord.valid_to.is_(None), AccountRecord.valid_to > today),
            or_(AgencyRecord.valid_from.is_(None), AgencyRecord.valid_from <= today),
            or_(AgencyRecord.valid_to.is_(None), AgencyRecord.valid_to > today),
            condition,
        )
        .order_by(
            case((_stopped_a_token() if by_token else false(), 1), else_=0),
            last_seen.scalar_subquery().asc().nulls_first(),
            took.desc().nulls_last(),
            AccountRecord.id,
        )
    )
    return connection.execute(query).all()


def _stopped_a_token() -> ColumnElement[bool]:
    """Whether an account's newest snapshot was throttled on being asked for, not left out without a call."""
    shot = SnapshotRecord
    throttled = case((and_(shot.outcome == Outcome.THROTTLED, shot.requests > 0), 1), else_=0)
    newest = (
        select(throttled)
        .where(shot.account_id == AccountRecord.id)
        .order_by(shot.night.desc(), shot.run_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return newest == 1


def _load_memories(connection: Connection, accounts: Sequence[int]) -> dict[int, Memory]:
    query = select(MemoryRecord.account_id, MemoryRecord.memory).where(MemoryRecord.account_id.in_(accounts))
    return {row.account_id: unpack_memory(row.memory) for row in connection.execute(query)}


def _load_known(
    connection: Connection, accounts: Sequence[int], window: Window
) -> dict[int, dict[str, KnownPost]]:
    """Posts from the window on, without those recorded as deleted.

    An uncertain day may lie within the window, so such posts are known too.
    """
    known: dict[int, dict[str, KnownPost]] = defaultdict(dict)
    query = select(
        PostRecord.account_id,
        PostRecord.key,
        PostRecord.url,
        PostRecord.title,
        PostRecord.published_at,
        PostRecord.local_day,
    ).where(
        PostRecord.account_id.in_(accounts),
        PostRecord.deleted_at.is_(None),
        or_(PostRecord.local_day.is_(None), PostRecord.published_at >= window.since),
    )
    for account_id, key, url, title, at, day in connection.execute(query).all():
        known[account_id][key] = KnownPost(url, title, None if day is None else at)
    return known
