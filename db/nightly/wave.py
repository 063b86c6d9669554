"""A look that is taken again in the same run: what both took counts."""

from collections.abc import Sequence
from operator import add
from typing import Any

from sqlalchemy import Connection, select

from db.nightly.run import RunRef
from db.schema.models import SnapshotRecord

__all__ = ["add_costs"]

_COSTS = ("requests", "bytes", "seconds")


def add_costs(connection: Connection, run: RunRef, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to looks what earlier ones of the run took for the same accounts, so that no request is forgotten.

    A look that is stored already holds that sum: it comes a second time after a commit whose answer was lost.
    Where a run that was cut short goes on, its first wave looks again at whom a token left out, perhaps in a
    later wave: the wave stays that one.
    """
    shot = SnapshotRecord
    query = select(
        shot.account_id, shot.wave, shot.fetched_at, *(getattr(shot, name) for name in _COSTS)
    ).where(shot.run_id == run.id, shot.account_id.in_([row["account_id"] for row in rows]))
    stored = {row.account_id: row for row in connection.execute(query)}

    def complete(row: dict[str, Any]) -> dict[str, Any]:
        before = stored.get(row["account_id"])
        if before is None:
            return row
        # Moments are kept as whole seconds.
        again = before.wave >= run.wave and before.fetched_at == row["fetched_at"].replace(microsecond=0)
        join = max if again else add
        costs = {name: join(getattr(before, name), row[name]) for name in _COSTS}
        return row | costs | {"wave": max(before.wave, run.wave)}

    return [complete(row) for row in rows]
