"""Agencies and their accounts: a registry file taken in, and read back.

A file is taken as additions and changes: an agency it does not name stays as it is, because
cities keep one file a level. A channel left blank for an agency it does name closes the account.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, insert, select, update

from activity.agency import Account, Agency, Channel, RegistryEntry
from activity.errors import RegistryError
from db.engine import reading, writing
from db.models import AccountRecord, AgencyRecord
from db.setting import fix_timezone

__all__ = ["AgencyRow", "RegistryChange", "load_agencies", "save_registry"]


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """What taking in a file changed.

    Attributes:
        added, changed, unchanged: agencies, accounts of theirs counted as a part of them.
        closed, opened: accounts; a renamed handle or a moved site is one of each.
    """

    added: int = 0
    changed: int = 0
    closed: int = 0
    opened: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with its open accounts, and those it once had, oldest first."""

    agency: Agency
    accounts: Mapping[Channel, Account]
    closed: tuple[Account, ...] = ()


def save_registry(
    engine: Engine, entries: Sequence[RegistryEntry], now: datetime, *, timezone: str
) -> RegistryChange:
    """Take in a whole registry in one transaction; the same one again changes nothing.

    Accounts are opened and closed with the local day of `now`. Raises ConfigError where the
    database was begun with another time zone, RegistryError for a predecessor that nobody knows.
    """
    day = now.astimezone(ZoneInfo(timezone)).date()
    change = RegistryChange()
    with writing(engine) as connection:
        fix_timezone(connection, timezone)
        stored = {row.slug: row for row in connection.execute(select(AgencyRecord.__table__))}
        _check_predecessors(entries, stored)
        accounts = _load_open(connection)
        for entry in entries:
            change = _save_entry(connection, entry, stored.get(entry.agency.slug), accounts, day, change)
    return change


def _check_predecessors(entries: Sequence[RegistryEntry], stored: Mapping[str, object]) -> None:
    """A misspelt predecessor would quietly leave an office without its past."""
    known = {*stored, *(entry.agency.slug for entry in entries)}
    problems = [
        f"{entry.agency.slug}: predecessor {slug!r} is no agency of this file or of the database"
        for entry in entries
        for slug in entry.agency.predecessors
        if slug not in known
    ]
    if problems:
        raise RegistryError("The registry", tuple(problems))


def load_agencies(engine: Engine) -> tuple[AgencyRow, ...]:
    """Every agency by level and name."""
    query = select(AgencyRecord.__table__).order_by(AgencyRecord.level, AgencyRecord.name, AgencyRecord.slug)
    with reading(engine) as connection:
        agencies = connection.execute(query).all()
        accounts = connection.execute(select(AccountRecord.__table__).order_by(AccountRecord.id)).all()
    opened: dict[int, dict[Channel, Account]] = {}
    closed: dict[int, list[Account]] = {}
    slugs = {row.id: row.slug for row in agencies}
    for row in accounts:
        account = Account(row.id, slugs[row.agency_id], row.channel, row.address)
        if row.valid_to is None:
            opened.setdefault(row.agency_id, {})[row.channel] = account
        else:
            closed.setdefault(row.agency_id, []).append(account)
    return tuple(
        AgencyRow(read_agency(row), opened.get(row.id, {}), tuple(closed.get(row.id, ()))) for row in agencies
    )


def read_agency(row: Row[*tuple[Any, ...]]) -> Agency:
    """The vocabulary's agency out of a row that holds the table's columns."""
    return Agency(
        slug=row.slug,
        name=row.name,
        level=row.level,
        participation=row.participation,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        predecessors=tuple(row.predecessors),
    )


def _load_open(connection: Connection) -> dict[tuple[int, Channel], tuple[int, str]]:
    query = select(AccountRecord.__table__).where(AccountRecord.valid_to.is_(None))
    return {(row.agency_id, row.channel): (row.id, row.address) for row in connection.execute(query)}


def _save_entry(
    connection: Connection,
    entry: RegistryEntry,
    stored: Row[*tuple[Any, ...]] | None,
    accounts: Mapping[tuple[int, Channel], tuple[int, str]],
    day: date,
    change: RegistryChange,
) -> RegistryChange:
    agency_id = _save_agency(connection, entry.agency, stored)
    closed, opened = _save_accounts(connection, agency_id, entry, accounts, day)
    change = replace(change, closed=change.closed + closed, opened=change.opened + opened)
    if stored is None:
        return replace(change, added=change.added + 1)
    if closed or opened or read_agency(stored) != entry.agency:
        return replace(change, changed=change.changed + 1)
    return replace(change, unchanged=change.unchanged + 1)


def _save_agency(connection: Connection, agency: Agency, stored: Row[*tuple[Any, ...]] | None) -> int:
    values = {
        "slug": agency.slug,
        "name": agency.name,
        "level": agency.level,
        "participation": agency.participation,
        "parent": agency.parent,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
        "predecessors": list(agency.predecessors),
    }
    if stored is None:
        query = insert(AgencyRecord).values(values).returning(AgencyRecord.id)
        return connection.execute(query).scalar_one()
    agency_id: int = stored.id
    if read_agency(stored) != agency:
        connection.execute(update(AgencyRecord).where(AgencyRecord.id == agency_id).values(values))
    return agency_id


def _save_accounts(
    connection: Connection,
    agency_id: int,
    entry: RegistryEntry,
    accounts: Mapping[tuple[int, Channel], tuple[int, str]],
    day: date,
) -> tuple[int, int]:
    closed = opened = 0
    for channel in Channel:
        wanted = entry.addresses.get(channel)
        number, address = accounts.get((agency_id, channel), (None, None))
        if wanted == address:
            continue
        if number is not None:
            query = update(AccountRecord).where(AccountRecord.id == number).values(valid_to=day)
            connection.execute(query)
            closed += 1
        if wanted is not None:
            fresh = {"agency_id": agency_id, "channel": channel, "address": wanted, "valid_from": day}
            connection.execute(insert(AccountRecord).values(fresh))
            opened += 1
    return closed, opened
