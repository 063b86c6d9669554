"""Who keeps each agency's accounts: taken in with a registry, and read back."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, delete, insert, select

from activity.agency import Keeper, RegistryEntry
from db.engine import reading
from db.schema.models import AgencyRecord, KeeperRecord

__all__ = ["find_keepers", "load_keepers", "save_keepers"]


def load_keepers(engine: Engine) -> Mapping[str, Keeper]:
    """Load what is known of keepers by slug, without agencies of which nothing is."""
    with reading(engine) as connection:
        return find_keepers(connection)


def find_keepers(connection: Connection) -> Mapping[str, Keeper]:
    """Find the same within a transaction."""
    query = select(AgencyRecord.slug, KeeperRecord.contact, KeeperRecord.handover).join_from(
        KeeperRecord, AgencyRecord
    )
    return {row.slug: Keeper(row.contact, row.handover) for row in connection.execute(query)}


def save_keepers(
    connection: Connection, entries: Sequence[RegistryEntry], known: Mapping[str, Keeper]
) -> frozenset[str]:
    """Write what a registry says of keepers; returns the slugs of which it says something new.

    What a registry has no column for stays as it is.
    """
    changed = {
        entry.agency.slug: told
        for entry in entries
        if (told := entry.tell_keeper(known.get(entry.agency.slug, Keeper())))
        != known.get(entry.agency.slug, Keeper())
    }
    if not changed:
        return frozenset()
    query = select(AgencyRecord.slug, AgencyRecord.id)
    numbers = {row.slug: row.id for row in connection.execute(query) if row.slug in changed}
    rows = [
        {"agency_id": numbers[slug], "contact": keeper.contact, "handover": keeper.handover}
        for slug, keeper in changed.items()
    ]
    for row in rows:
        connection.execute(delete(KeeperRecord).where(KeeperRecord.agency_id == row["agency_id"]))
    known_now = [row for row in rows if row["contact"] or row["handover"]]
    if known_now:
        connection.execute(insert(KeeperRecord), known_now)
    return frozenset(changed)
