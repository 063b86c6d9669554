"""Harvests that a run has already: where several machines work on one, an account may be visited twice."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from activity.agency import Account
from activity.channel import CHANNELS
from activity.outcome import Outcome
from db.nightly.run import RunRef
from db.schema.models import AccountRecord, SnapshotRecord

__all__ = ["LEFT_OUT", "find_doubled", "find_harvested"]

LEFT_OUT = frozenset({Outcome.THROTTLED, Outcome.TOKEN_DEAD})
"""On the channels read by token these say nothing of the account: it was left out when the token stopped."""


def find_doubled(connection: Connection, run: RunRef, accounts: Sequence[Account]) -> frozenset[int]:
    """Find those of some accounts that this wave of a run has a harvest of; in the caller's transaction.

    Until its end nobody else stores a harvest of any of them, so that what is not here now is not doubled.
    """
    numbers = sorted(account.id for account in accounts)
    held = select(AccountRecord.id).where(AccountRecord.id.in_(numbers)).order_by(AccountRecord.id)
    # Posts and looks refer to the account, which this lock lets them do.
    connection.execute(held.with_for_update(key_share=True)).all()
    by_token = {account.id for account in accounts if CHANNELS[account.channel].by_token}
    return frozenset(
        account
        for account, outcome in find_harvested(connection, run, numbers)
        if account not in by_token or outcome not in LEFT_OUT
    )


def find_harvested(
    connection: Connection, run: RunRef, accounts: Collection[int]
) -> tuple[tuple[int, Outcome], ...]:
    """Find which of some accounts have a harvest of a run's wave, or of a later one, and what it ended in."""
    shot = SnapshotRecord
    query = select(shot.account_id, shot.outcome).where(
        shot.run_id == run.id, shot.wave >= run.wave, shot.account_id.in_(accounts)
    )
    return tuple((row.account_id, row.outcome) for row in connection.execute(query))
