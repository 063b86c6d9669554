"""The roll of workers: who is there, of which version, and when each was last heard of."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from secrets import token_hex

from sqlalchemy import Engine, text

from db.fleet.table import queueing
from db.migration import newest_revision

__all__ = ["LEASE", "WorkerRow", "beat", "count_fit_workers", "join_roll", "leave_roll", "load_workers"]

LEASE = 30.0
"""Seconds for which a worker has what it took, by the database's clock, from the last time it was heard of.

It is heard of every five seconds. A restart of a server takes some ten; whose worker died waits no longer."""

_FRESH = f"seen_at > now() - interval '{LEASE} seconds'"


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One worker.

    Attributes:
        place: its machine's name and its process.
        fit: whether it is of this version and schema.
        alive: whether it was heard of within its lease.
    """

    id: str
    place: str
    version: str
    revision: str
    joined_at: datetime
    seen_at: datetime
    fit: bool
    alive: bool


def join_roll(engine: Engine) -> str:
    """Enter this process; returns its id. Whoever was not heard of for a day is struck off."""
    worker, place = token_hex(4), f"{socket.gethostname()}:{os.getpid()}"
    values = {"id": worker, "place": place, "version": version("denyut"), "revision": newest_revision()}
    with queueing(engine) as connection:
        connection.execute(text("DELETE FROM worker WHERE seen_at < now() - interval '1 day'"))
        connection.execute(
            text(
                "INSERT INTO worker (id, place, version, revision) VALUES (:id, :place, :version, :revision)"
            ),
            values,
        )
    return worker


def beat(engine: Engine, worker: str) -> bool:
    """Tell that a worker is there; False where its entry is gone, as after the queue was made anew."""
    with queueing(engine) as connection:
        told = text("UPDATE worker SET seen_at = now() WHERE id = :id")
        return connection.execute(told, {"id": worker}).rowcount == 1


def leave_roll(engine: Engine, worker: str) -> None:
    """Strike a worker off."""
    with queueing(engine) as connection:
        connection.execute(text("DELETE FROM worker WHERE id = :id"), {"id": worker})


def count_fit_workers(engine: Engine) -> int:
    """Count the workers that are alive and can work what this process gives out."""
    return sum(each.alive and each.fit for each in load_workers(engine))


def load_workers(engine: Engine) -> tuple[WorkerRow, ...]:
    """Load everybody on the roll, in the order in which they joined."""
    query = text(f"SELECT *, {_FRESH} AS alive FROM worker ORDER BY joined_at, id")
    ours = version("denyut"), newest_revision()
    with queueing(engine) as connection:
        return tuple(
            WorkerRow(
                row.id,
                row.place,
                row.version,
                row.revision,
                row.joined_at,
                row.seen_at,
                fit=(row.version, row.revision) == ours,
                alive=row.alive,
            )
            for row in connection.execute(query)
        )
