"""What whoever gives out writes and reads: givings, their parcels, and what became of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, Engine, text

from activity.errors import QueueGoneError
from db.fleet.table import TASK, name_queue, queueing
from db.fleet.terms import FleetTerms, ParcelAccount
from db.migration import newest_revision

__all__ = [
    "ParcelState",
    "ParcelView",
    "end_giving",
    "give_again",
    "give_parcel",
    "load_open_parcels",
    "open_giving",
    "tell_giver",
    "withdraw_all",
]


class ParcelState(StrEnum):
    """What has become of a parcel."""

    WAITING = "waiting"
    FETCHED = "fetched"
    """A worker has its job, and has not taken it: it will in a moment, or never."""
    HELD = "held"
    FINISHED = "finished"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel as whoever gave it out sees it.

    Attributes:
        moved: accounts that need servers of other parcels as well.
        doubled: harvests that were dropped, for the run had one of that account.
    """

    id: int
    state: ParcelState
    moved: frozenset[int] = frozenset()
    doubled: int = 0


def withdraw_all(engine: Engine) -> float:
    """Take back everything that was ever given out; returns for how many seconds somebody may still have it.

    To be called by whoever holds the crawl's lock, until it is 0: then no worker asks any server.
    """
    left = "SELECT extract(epoch FROM max(lease_until) - now()) FROM parcel WHERE left_at IS NULL"
    held = f"{left} AND finished_at IS NULL AND lease_until > now()"
    with queueing(engine) as connection:
        connection.execute(text("UPDATE giving SET ended_at = now() WHERE ended_at IS NULL"))
        connection.execute(text("UPDATE parcel SET ended_at = now() WHERE ended_at IS NULL"))
        connection.execute(text("DELETE FROM procrastinate_jobs"))
        return float(connection.execute(text(held)).scalar() or 0.0)


def open_giving(engine: Engine, terms: FleetTerms) -> int:
    """Begin to give out a wave; of earlier nights nothing is kept."""
    values = {
        "run": terms.run.id,
        "night": terms.run.night,
        "wave": terms.run.wave,
        "version": version("denyut"),
        "revision": newest_revision(),
        "terms": terms.pack(),
    }
    with queueing(engine) as connection:
        connection.execute(text("DELETE FROM giving WHERE night <> :night"), values)
        fresh = text(
            "INSERT INTO giving (run_id, night, wave, version, revision, terms) "
            "VALUES (:run, :night, :wave, :version, :revision, cast(:terms AS jsonb)) RETURNING id"
        )
        return int(connection.execute(fresh, values).scalar_one())


def give_parcel(engine: Engine, giving: int, number: int, accounts: Sequence[ParcelAccount]) -> int:
    """Give some accounts out, with the job that tells workers of them, both or neither."""
    with queueing(engine) as connection:
        return _give(connection, giving, number, accounts)


def give_again(
    engine: Engine, parcel: int, giving: int, number: int, accounts: Sequence[ParcelAccount]
) -> int | None:
    """Have done with a parcel, and give out those of its accounts that have no harvest; both or neither.

    Nobody may take it any more, and its job is gone, whatever that says. Returns the new parcel, if any.
    Raises QueueGoneError where there is no such parcel.
    """
    closed = text("UPDATE parcel SET ended_at = now() WHERE id = :id RETURNING job_id, finished_at")
    with queueing(engine) as connection:
        row = connection.execute(closed, {"id": parcel}).first()
        if row is None:
            raise QueueGoneError("The parcel is gone with its queue.")
        if row.finished_at is None or accounts:
            connection.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": row.job_id})
        return _give(connection, giving, number, accounts) if accounts else None


def _give(connection: Connection, giving: int, number: int, accounts: Sequence[ParcelAccount]) -> int:
    told = json.dumps([each.pack() for each in accounts])
    fresh = text(
        "INSERT INTO parcel (giving_id, number, accounts) "
        "VALUES (:giving, :number, cast(:accounts AS jsonb)) RETURNING id"
    )
    values = {"giving": giving, "number": number, "accounts": told}
    parcel = int(connection.execute(fresh, values).scalar_one())
    noted = {"job": _defer(connection, giving, number, parcel), "parcel": parcel}
    connection.execute(text("UPDATE parcel SET job_id = :job WHERE id = :parcel"), noted)
    return parcel


def _defer(connection: Connection, giving: int, number: int, parcel: int) -> int:
    import procrastinate  # noqa: PLC0415 - an extra

    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
    raw: Any = connection.connection.driver_connection
    job = app.configure_task(TASK, queue=name_queue(), lock=f"{giving}/{number}", connection=raw)
    return int(job.defer(parcel=parcel))


def tell_giver(engine: Engine, giving: int) -> bool:
    """Tell that whoever gives out is there; False where its giving is gone with the queue."""
    with queueing(engine) as connection:
        told = text("UPDATE giving SET seen_at = now() WHERE id = :id AND ended_at IS NULL")
        return connection.execute(told, {"id": giving}).rowcount == 1


def load_open_parcels(engine: Engine, giving: int) -> tuple[ParcelView, ...]:
    """Load the parcels of a giving that are not closed."""
    query = text(
        "SELECT parcel.id, parcel.worker_id, finished_at, moved, doubled, job.status, "
        "left_at IS NOT NULL OR lease_until < now() AS lost "
        "FROM parcel LEFT JOIN procrastinate_jobs AS job ON job.id = job_id "
        "WHERE giving_id = :id AND ended_at IS NULL ORDER BY parcel.id"
    )
    with queueing(engine) as connection:
        rows = connection.execute(query, {"id": giving}).all()
    return tuple(ParcelView(row.id, _judge(row), frozenset(row.moved), row.doubled) for row in rows)


def _judge(row: Any) -> ParcelState:
    if row.finished_at is not None:
        return ParcelState.FINISHED
    if row.worker_id is not None:
        return ParcelState.LOST if row.lost else ParcelState.HELD
    # A job that ended without its parcel being taken was refused, or its worker died on the way.
    return {"todo": ParcelState.WAITING, "doing": ParcelState.FETCHED}.get(row.status, ParcelState.LOST)


def end_giving(engine: Engine, giving: int) -> None:
    """Close a giving, with what is left of its jobs: a fault of the queue's keeps none for ever."""
    with queueing(engine) as connection:
        connection.execute(text("UPDATE giving SET ended_at = now() WHERE id = :id"), {"id": giving})
        connection.execute(text("DELETE FROM procrastinate_jobs"))
