"""Agencies and their accounts: a registry file taken in, and read back.

A file is taken as additions and changes: an agency it does not name stays as it is, because
cities keep one file a level. A channel left blank for an agency it does name closes the account, which
must be allowed; a channel that the file has no column for stays as it is.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, bindparam, insert, select, update

from activity.agency import Account, Agency, Channel, RegistryEntry
from activity.errors import RegistryError
from activity.message import Message
from db.engine import reading, writing
from db.office.keeper import find_keepers, save_keepers
from db.schema.models import AccountRecord, AgencyRecord
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
    engine: Engine,
    entries: Sequence[RegistryEntry],
    now: datetime,
    *,
    timezone: str,
    close: bool = True,
    dry_run: bool = False,
) -> RegistryChange:
    """Take in a whole registry in one transaction; the same one again changes nothing.

    Accounts are opened and closed with the local day of `now`. A dry run does everything and undoes it.

    Args:
        close: whether accounts may end without another in their place.

    Raises:
        ConfigError: the database was begun with another time zone.
        RegistryError: a predecessor that nobody knows; accounts that would end where none may.
    """
    day = now.astimezone(ZoneInfo(timezone)).date()
    with suppress(_DryRegistryError), writing(engine) as connection:
        fix_timezone(connection, timezone)
        stored = {row.slug: row for row in connection.execute(select(AgencyRecord.__table__))}
        _check_predecessors(entries, stored)
        known = {slug: read_agency(row) for slug, row in stored.items()}
        _save_agencies(connection, [entry.agency for entry in entries], known)
        moves = _find_moves(connection, entries)
        if not close:
            _refuse_closing(moves)
        _save_accounts(connection, moves, day)
        kept = save_keepers(connection, entries, find_keepers(connection))
        _stop_if(dry_run)
    return _tell_change(entries, known, moves, kept)


class _DryRegistryError(Exception):
    """Ends a transaction that was only a trial."""


def _stop_if(dry_run: bool) -> None:
    if dry_run:
        raise _DryRegistryError


def _refuse_closing(moves: Sequence["_Move"]) -> None:
    """A sheet that is half filled must not end a city's accounts."""
    ending = [
        Message(
            "{slug}, column {column}: blank, which would close {address}: --close allows it",
            slug=move.slug,
            column=move.channel.value,
            address=move.known,
        )
        for move in moves
        if move.address is None
    ]
    if ending:
        raise RegistryError(Message("The registry"), tuple(ending))


def _check_predecessors(entries: Sequence[RegistryEntry], stored: Mapping[str, object]) -> None:
    """A misspelt predecessor would quietly leave an office without its past."""
    known = {*stored, *(entry.agency.slug for entry in entries)}
    problems = [
        Message(
            "{slug}: predecessor {predecessor!r} is no agency of this file or of the database",
            slug=entry.agency.slug,
            predecessor=slug,
        )
        for entry in entries
        for slug in entry.agency.predecessors
        if slug not in known
    ]
    if problems:
        raise RegistryError(Message("The registry"), tuple(problems))


def load_agencies(engine: Engine) -> tuple[AgencyRow, ...]:
    """Load every agency by level and name."""
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
    """Read the vocabulary's agency out of a row that holds the table's columns."""
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


@dataclass(frozen=True, slots=True)
class _Move:
    """One account of an agency that ends, begins, or gives way to another address.

    Attributes:
        number: of the account that is closed; None where there was none.
        known: the address of that account; empty where there was none.
        address: of the one that is opened; None where there is none.
    """

    slug: str
    agency_id: int
    channel: Channel
    number: int | None
    known: str
    address: str | None


def _save_agencies(connection: Connection, agencies: Sequence[Agency], known: Mapping[str, Agency]) -> None:
    """Insert those not known and update those that read differently: one statement each, for all."""
    fresh = [_values(agency) for agency in agencies if agency.slug not in known]
    changed = [_values(agency) for agency in agencies if known.get(agency.slug, agency) != agency]
    if fresh:
        connection.execute(insert(AgencyRecord), fresh)
    if changed:
        rows = [{"of": values.pop("slug"), **values} for values in changed]
        table: Any = AgencyRecord.__table__
        connection.execute(update(table).where(table.c.slug == bindparam("of")), rows)


def _values(agency: Agency) -> dict[str, Any]:
    return {
        "slug": agency.slug,
        "name": agency.name,
        "level": agency.level,
        "participation": agency.participation,
        "parent": agency.parent,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
        "predecessors": list(agency.predecessors),
    }


def _find_moves(connection: Connection, entries: Sequence[RegistryEntry]) -> list[_Move]:
    """What is to be closed and opened, in the order of the file."""
    query = select(AgencyRecord.slug, AgencyRecord.id)
    numbers = {row.slug: row.id for row in connection.execute(query)}
    open_accounts = select(AccountRecord.__table__).where(AccountRecord.valid_to.is_(None))
    opened = {(row.agency_id, row.channel): row for row in connection.execute(open_accounts)}
    moves = []
    for entry in entries:
        slug, agency_id = entry.agency.slug, numbers[entry.agency.slug]
        for channel in (channel for channel in Channel if channel in entry.told):
            row, wanted = opened.get((agency_id, channel)), entry.addresses.get(channel)
            if wanted != (row.address if row is not None else None):
                number = row.id if row is not None else None
                known = row.address if row is not None else ""
                moves.append(_Move(slug, agency_id, channel, number, known, wanted))
    return moves


def _save_accounts(connection: Connection, moves: Sequence[_Move], day: date) -> None:
    """Close before opening: an agency has one open account a channel."""
    closed = [{"of": move.number} for move in moves if move.number is not None]
    fresh = [
        {"agency_id": move.agency_id, "channel": move.channel, "address": move.address, "valid_from": day}
        for move in moves
        if move.address is not None
    ]
    table: Any = AccountRecord.__table__
    if closed:
        query = update(table).where(table.c.id == bindparam("of")).values(valid_to=day)
        connection.execute(query, closed)
    if fresh:
        connection.execute(insert(AccountRecord), fresh)


def _tell_change(
    entries: Sequence[RegistryEntry],
    known: Mapping[str, Agency],
    moves: Sequence[_Move],
    kept: frozenset[str],
) -> RegistryChange:
    moved = {*kept, *(move.slug for move in moves)}
    agencies = [entry.agency for entry in entries]
    added = sum(agency.slug not in known for agency in agencies)
    same = sum(known.get(agency.slug) == agency and agency.slug not in moved for agency in agencies)
    return RegistryChange(
        added=added,
        changed=len(agencies) - added - same,
        closed=sum(move.number is not None for move in moves),
        opened=sum(move.address is not None for move in moves),
        unchanged=same,
    )
