"""A look that is taken again in a later wave of its night: what both took counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from db.models import SnapshotRecord
from db.run import RunRef

__all__ = ["add_costs"]

_COSTS = ("requests", "bytes", "seconds")


def add_costs(connection: Connection, run: RunRef, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to a wave's looks what earlier waves took for the same accounts, so that no request is forgotten.

    A look of this very wave that is stored already holds that sum: it comes a second time after a commit
    whose answer was lost.
    """
    shot = SnapshotRecord
    query = select(shot.account_id, shot.wave, *(getattr(shot, name) for name in _COSTS)).where(
        shot.run_id == run.id, shot.account_id.in_([row["account_id"] for row in rows])
    )
    stored = {row.account_id: row for row in connection.execute(query)}

    def add(row: dict[str, Any]) -> dict[str, Any]:
        before = stored.get(row["account_id"])
        if before is None:
            return row
        own = {name: row[name] if before.wave < run.wave else 0 for name in _COSTS}
        return row | {name: getattr(before, name) + own[name] for name in _COSTS}

    return [add(row) for row in rows]
