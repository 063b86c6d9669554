"""What a worker writes and reads: parcels taken, kept by a lease, finished or let go."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import version

from sqlalchemy import Engine, text

from db.fleet.roll import LEASE
from db.fleet.table import queueing
from db.fleet.terms import FleetTerms, GivenParcel, ParcelAccount
from db.migration import newest_revision

__all__ = [
    "GIVER_GONE",
    "TakenParcel",
    "find_other_version",
    "finish_parcel",
    "let_go",
    "renew_leases",
    "take_parcel",
]

GIVER_GONE = 60.0
"""Seconds after which work is let go whose giver is not heard of: its crawl was killed, another may come."""

_UNTIL = f"now() + interval '{LEASE} seconds'"
_GIVEN = (
    "giving.id = parcel.giving_id AND parcel.ended_at IS NULL AND giving.ended_at IS NULL "
    f"AND giving.seen_at > now() - interval '{GIVER_GONE} seconds'"
)


@dataclass(frozen=True, slots=True)
class TakenParcel:
    """A parcel that is ours, with the giving that it belongs to."""

    parcel: GivenParcel
    giving: int
    terms: FleetTerms


def take_parcel(engine: Engine, worker: str, parcel: int) -> TakenParcel | None:
    """Take a parcel for the length of a lease; None where it was taken back, or somebody else has it."""
    query = text(
        f"UPDATE parcel SET worker_id = :worker, taken_at = now(), lease_until = {_UNTIL}, "
        "place = (SELECT place FROM worker WHERE id = :worker) "
        f"FROM giving WHERE parcel.id = :parcel AND worker_id IS NULL AND {_GIVEN} "
        "RETURNING parcel.id, parcel.number, parcel.accounts, giving.id AS giving, giving.terms"
    )
    with queueing(engine) as connection:
        row = connection.execute(query, {"worker": worker, "parcel": parcel}).first()
    if row is None:
        return None
    accounts = tuple(ParcelAccount.unpack(each) for each in row.accounts)
    return TakenParcel(GivenParcel(row.id, row.number, accounts), row.giving, FleetTerms.unpack(row.terms))


def renew_leases(engine: Engine, worker: str, parcels: Collection[int]) -> frozenset[int]:
    """Begin the lease of these parcels of a worker's anew; returns those that it still has."""
    query = text(
        f"UPDATE parcel SET lease_until = {_UNTIL} FROM giving WHERE worker_id = :worker "
        "AND parcel.id = ANY(:parcels) AND finished_at IS NULL AND left_at IS NULL AND lease_until > now() "
        f"AND {_GIVEN} RETURNING parcel.id"
    )
    with queueing(engine) as connection:
        values = {"worker": worker, "parcels": list(parcels)}
        return frozenset(connection.execute(query, values).scalars())


def finish_parcel(
    engine: Engine, worker: str, parcel: int, moved: Collection[int], *, harvested: int, doubled: int
) -> None:
    """Say that every account of a parcel has its harvest, or was found to need other servers as well."""
    query = text(
        "UPDATE parcel SET finished_at = now(), moved = cast(:moved AS jsonb), harvested = :harvested, "
        "doubled = :doubled WHERE id = :parcel AND worker_id = :worker"
    )
    values = {
        "parcel": parcel,
        "worker": worker,
        "moved": json.dumps(sorted(moved)),
        "harvested": harvested,
        "doubled": doubled,
    }
    with queueing(engine) as connection:
        connection.execute(query, values)


def let_go(engine: Engine, worker: str) -> None:
    """Say that a worker asks no server any more, whatever it had."""
    query = text(
        "UPDATE parcel SET left_at = now() WHERE worker_id = :worker AND finished_at IS NULL "
        "AND left_at IS NULL"
    )
    with queueing(engine) as connection:
        connection.execute(query, {"worker": worker})


def find_other_version(engine: Engine) -> tuple[str, str] | None:
    """Find the version and schema of whoever gives out just now, where they are not ours."""
    query = text(
        "SELECT version, revision FROM giving WHERE ended_at IS NULL "
        f"AND seen_at > now() - interval '{GIVER_GONE} seconds' ORDER BY id DESC LIMIT 1"
    )
    with queueing(engine) as connection:
        row = connection.execute(query).first()
    if row is None or (row.version, row.revision) == (version("denyut"), newest_revision()):
        return None
    return row.version, row.revision
