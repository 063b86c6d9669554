"""The accounts that a run has still to visit, with all that their visits may know."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, exists, or_, select

from activity.agency import Account, Channel
from activity.visit import Budget, Memory, Target, Window
from db.engine import reading
from db.memory import unpack_memory
from db.models import AccountRecord, AgencyRecord, MemoryRecord, PostRecord, SnapshotRecord
from db.run import RunRef
from db.setting import check_timezone
from db.upsert import batched

__all__ = ["count_targets", "load_targets"]

_BATCH = 100


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
    """Accounts open on the window's last day and without a snapshot in this run, longest unseen first.

    Which accounts is settled by the first one asked for; what is known of them is read a hundred
    at a time, in reads so short that they never hold up a writer, and before any of the hundred is
    handed out, so that no harvest of this run is in it. Raises ConfigError for another time zone
    than the database's.
    """
    with reading(engine) as connection:
        check_timezone(connection, zone)
        due = _load_due(connection, channel, run, window, zone)
    wanted = [row for row in due if agencies is None or row.slug in agencies]
    for batch in batched(wanted, _BATCH):
        with reading(engine) as connection:
            numbers = [row.id for row in batch]
            memories = _load_memories(connection, numbers)
            known = _load_known(connection, numbers, window)
        for row in batch:
            yield Target(
                account=Account(row.id, row.slug, channel, row.address),
                window=window,
                zone=zone,
                memory=memories.get(row.id, Memory()),
                known=frozenset(known[row.id]),
                budget=budget,
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
    """How many accounts `load_targets` would give on these channels."""
    with reading(engine) as connection:
        return sum(
            agencies is None or row.slug in agencies
            for channel in channels
            for row in _load_due(connection, channel, run, window, zone)
        )


def _load_due(
    connection: Connection, channel: Channel, run: RunRef, window: Window, zone: ZoneInfo
) -> Sequence[Row[int, str, str]]:
    today = window.now.astimezone(zone).date()
    done = exists().where(SnapshotRecord.run_id == run.id, SnapshotRecord.account_id == AccountRecord.id)
    last_seen = (
        select(SnapshotRecord.night)
        .where(SnapshotRecord.account_id == AccountRecord.id, SnapshotRecord.saw)
        .order_by(SnapshotRecord.night.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(AccountRecord.id, AgencyRecord.slug, AccountRecord.address)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(
            AccountRecord.channel == channel,
            AccountRecord.valid_from <= today,
            or_(AccountRecord.valid_to.is_(None), AccountRecord.valid_to > today),
            or_(AgencyRecord.valid_from.is_(None), AgencyRecord.valid_from <= today),
            or_(AgencyRecord.valid_to.is_(None), AgencyRecord.valid_to > today),
            ~done,
        )
        .order_by(last_seen.asc().nulls_first(), AccountRecord.id)
    )
    return connection.execute(query).all()


def _load_memories(connection: Connection, accounts: Sequence[int]) -> dict[int, Memory]:
    query = select(MemoryRecord.account_id, MemoryRecord.memory).where(MemoryRecord.account_id.in_(accounts))
    return {row.account_id: unpack_memory(row.memory) for row in connection.execute(query)}


def _load_known(connection: Connection, accounts: Sequence[int], window: Window) -> dict[int, set[str]]:
    """Keys from the window on; an uncertain day may lie within it, so such posts are known too."""
    known: dict[int, set[str]] = defaultdict(set)
    query = select(PostRecord.account_id, PostRecord.key).where(
        PostRecord.account_id.in_(accounts),
        or_(PostRecord.local_day.is_(None), PostRecord.published_at >= window.since),
    )
    for account_id, key in connection.execute(query):
        known[account_id].add(key)
    return known
