"""Who works on what: read for people, while a night is given out and afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, text

from db.fleet.roll import load_workers
from db.fleet.table import queueing

__all__ = ["FleetView", "WorkerShare", "load_fleet"]

_PARCELS = "FROM parcel JOIN giving ON giving.id = giving_id WHERE giving.night = :night"
_OPEN = "parcel.ended_at IS NULL AND finished_at IS NULL"


@dataclass(frozen=True, slots=True)
class WorkerShare:
    """What one worker has done and has at hand of a night, in accounts.

    Attributes:
        place: its machine's name and its process.
        since: when it took its first parcel of the night; of one that took none, when it came.
        alive: whether it was heard of within its lease.
        fit: whether it is of this version; None of one that is gone.
    """

    place: str
    since: datetime
    done: int
    under_way: int
    alive: bool
    fit: bool | None = None


@dataclass(frozen=True, slots=True)
class FleetView:
    """A night's giving, in accounts; what is given out again counts again.

    Attributes:
        wave: the newest that was given out; 0 where workers wait and nothing was.
        live: whether whoever gives out is at it.
        waiting: given out, and with no worker yet.
    """

    night: date
    wave: int
    since: datetime | None
    live: bool
    waiting: int
    under_way: int
    done: int
    workers: tuple[WorkerShare, ...]


def load_fleet(engine: Engine, night: date) -> FleetView:
    """Load what was given out in a night, and to whom; workers that are there are told of in any case."""
    here = {each.id: each for each in load_workers(engine) if each.alive}
    query = text(
        "SELECT worker_id, place, min(taken_at) AS since, coalesce(sum(harvested), 0) AS done, "
        f"coalesce(sum(jsonb_array_length(accounts)) FILTER (WHERE {_OPEN} AND left_at IS NULL "
        f"AND lease_until > now()), 0) AS under_way {_PARCELS} AND worker_id IS NOT NULL "
        "GROUP BY worker_id, place ORDER BY since, worker_id"
    )
    with queueing(engine) as connection:
        rows = connection.execute(query, {"night": night}).all()
        wave, since, live = _load_giving(connection, night)
        waiting = connection.execute(
            text(
                f"SELECT coalesce(sum(jsonb_array_length(accounts)), 0) {_PARCELS} AND {_OPEN} "
                "AND worker_id IS NULL"
            ),
            {"night": night},
        ).scalar_one()
    shares = []
    for row in rows:
        known = here.pop(row.worker_id, None)
        fit = known.fit if known else None
        at_hand = int(row.under_way)
        shares.append(WorkerShare(row.place, row.since, int(row.done), at_hand, known is not None, fit))
    shares += [
        WorkerShare(each.place, each.joined_at, 0, 0, alive=True, fit=each.fit) for each in here.values()
    ]
    under_way, done = sum(each.under_way for each in shares), sum(each.done for each in shares)
    return FleetView(night, wave, since, live, int(waiting), under_way, done, tuple(shares))


def _load_giving(connection: Connection, night: date) -> tuple[int, datetime | None, bool]:
    query = text(
        "SELECT wave, begun_at, ended_at IS NULL AND seen_at > now() - interval '60 seconds' AS live "
        "FROM giving WHERE night = :night ORDER BY id DESC LIMIT 1"
    )
    row = connection.execute(query, {"night": night}).first()
    return (0, None, False) if row is None else (row.wave, row.begun_at, row.live)
