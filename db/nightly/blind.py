"""Accounts that were looked at night after night, and never seen, or turned away each time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, func, select

from activity.channel import CHANNELS, Access, Channel
from activity.outcome import Outcome
from db.engine import reading
from db.schema.models import AccountRecord, AgencyRecord, SnapshotRecord

__all__ = ["BlindAccount", "load_blind", "load_blocked", "load_lost"]


@dataclass(frozen=True, slots=True)
class BlindAccount:
    """An account and what came of the newest look at it."""

    agency: str
    channel: Channel
    outcome: Outcome
    detail: str


def load_blind(engine: Engine, runs: Sequence[int]) -> tuple[BlindAccount, ...]:
    """Load the accounts that each of some runs looked at and none saw, by agency and channel.

    Args:
        runs: at least one, the newest last.
    """
    return _load_ever(engine, runs, ~SnapshotRecord.saw)


def load_blocked(engine: Engine, runs: Sequence[int]) -> tuple[BlindAccount, ...]:
    """Load the accounts whose host turned each of some runs away; where a token asks, no host decides."""
    openly = [channel for channel, facts in CHANNELS.items() if facts.access is Access.OPEN]
    blocked = SnapshotRecord.outcome == Outcome.BLOCKED
    return tuple(each for each in _load_ever(engine, runs, blocked) if each.channel in openly)


def _load_ever(engine: Engine, runs: Sequence[int], wanted: ColumnElement[bool]) -> tuple[BlindAccount, ...]:
    """The accounts of which something is true in each of some runs."""
    shot, newest = SnapshotRecord, SnapshotRecord.__table__.alias()
    ever = (
        select(shot.account_id)
        .where(shot.run_id.in_(runs), wanted)
        .group_by(shot.account_id)
        .having(func.count() == len(runs))
    ).subquery()
    query = (
        select(AgencyRecord.slug, AccountRecord.channel, newest.c.outcome, newest.c.detail)
        .join(AccountRecord, AccountRecord.agency_id == AgencyRecord.id)
        .join(ever, ever.c.account_id == AccountRecord.id)
        .join(newest, (newest.c.account_id == AccountRecord.id) & (newest.c.run_id == runs[-1]))
        .order_by(AgencyRecord.slug, AccountRecord.channel)
    )
    with reading(engine) as connection:
        return tuple(BlindAccount(*row) for row in connection.execute(query))


def load_lost(engine: Engine, before: int, now: int) -> tuple[BlindAccount, ...]:
    """Load the accounts that one run saw and another looked at without seeing them, by agency and channel."""
    seen, lost = SnapshotRecord, SnapshotRecord.__table__.alias()
    query = (
        select(AgencyRecord.slug, AccountRecord.channel, lost.c.outcome, lost.c.detail)
        .join(AccountRecord, AccountRecord.agency_id == AgencyRecord.id)
        .join(seen, (seen.account_id == AccountRecord.id) & (seen.run_id == before) & seen.saw)
        .join(lost, (lost.c.account_id == AccountRecord.id) & (lost.c.run_id == now) & ~lost.c.saw)
        .order_by(AgencyRecord.slug, AccountRecord.channel)
    )
    with reading(engine) as connection:
        return tuple(BlindAccount(*row) for row in connection.execute(query))
