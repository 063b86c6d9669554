"""What a run's ledger says of some accounts: who brought them does not matter."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select

from activity.outcome import Outcome
from db.engine import reading
from db.nightly.run import RunRef
from db.schema.models import SnapshotRecord
from db.upsert import batched

__all__ = ["Brought", "load_brought"]


@dataclass(frozen=True, slots=True)
class Brought:
    """The look that a run has of an account; costs are those of all its waves."""

    account: int
    outcome: Outcome
    detail: str
    posts_found: int
    posts_new: int
    requests: int
    bytes: int


def load_brought(engine: Engine, run: RunRef, accounts: Sequence[int]) -> tuple[Brought, ...]:
    """Load the looks at some accounts of a run's wave, or of a later one."""
    shot = SnapshotRecord
    query = select(
        shot.account_id,
        shot.outcome,
        shot.detail,
        shot.posts_found,
        shot.posts_new,
        shot.requests,
        shot.bytes,
    ).where(shot.run_id == run.id, shot.wave >= run.wave)
    found: list[Brought] = []
    with reading(engine) as connection:
        for batch in batched(accounts):
            rows = connection.execute(query.where(shot.account_id.in_(batch)))
            found += (Brought(*row) for row in rows)
    return tuple(found)
