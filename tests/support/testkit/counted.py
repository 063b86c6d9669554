"""Counted posts read again from their records, once their rows are gone."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, select

from activity.agency import Account
from activity.record import Record
from activity.result.basis import RecordPlace
from activity.visit import Memory, Target, Window
from crawler.evidence.rereading import read_again
from db.engine import reading, writing
from db.evidence.warc import Archive
from db.nightly.memory import unpack_memory
from db.opening import open_database
from db.schema.models import (
    AccountRecord,
    AgencyRecord,
    AliasRecord,
    BasisRecord,
    ClaimRecord,
    ImportRecord,
    MemoryRecord,
    MetricRecord,
    PostRecord,
    WarcRecord,
)

__all__ = ["read_counted_again"]

Told = dict[tuple[int, str], tuple[date | None, str]]
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)
_Group = dict[tuple[int, tuple[int, ...]], list[str]]


def read_counted_again(url: str, folder: Path, first: date, last: date, zone: ZoneInfo) -> tuple[Told, Told]:
    """Day and title of each post of these days, by account and key: as stored, and as its records tell them.

    The rows are deleted in between. Raises EvidenceError for a record that is not there or was changed.
    """
    engine, archive = open_database(url), Archive(folder)
    with reading(engine) as connection:
        stored, groups = _load(connection, first, last)
        kept = {row.id: row for row in connection.execute(select(WarcRecord.__table__))}
        targets = _load_targets(connection, zone)
    with writing(engine) as connection:
        for table in (BasisRecord, ImportRecord, ClaimRecord, MetricRecord, AliasRecord, PostRecord):
            connection.execute(delete(table))
    engine.dispose()
    again: Told = {}
    for (account, numbers), keys in groups.items():
        records = [_open(archive, kept[number]) for number in numbers]
        for key, post in read_again(_at(targets[account], records), records, keys).items():
            day = post.date.at.astimezone(zone).date() if post.date is not None else None
            again[account, key] = day, post.title
    return stored, again


def _load(connection: Connection, first: date, last: date) -> tuple[Told, _Group]:
    post = PostRecord.__table__
    query = select(post.c.account_id, post.c.key, post.c.local_day, post.c.title)
    stored: Told = {
        (account, key): (day, title)
        for account, key, day, title in connection.execute(query.where(post.c.local_day.between(first, last)))
    }
    bases: dict[tuple[int, str], list[int]] = defaultdict(list)
    query = select(BasisRecord.__table__).order_by(BasisRecord.record_id)
    for row in connection.execute(query):
        bases[row.account_id, row.key].append(row.record_id)
    groups: _Group = defaultdict(list)
    for account, key in stored:
        groups[account, tuple(bases[account, key])].append(key)
    return stored, groups


def _load_targets(connection: Connection, zone: ZoneInfo) -> dict[int, Target]:
    query = select(MemoryRecord.account_id, MemoryRecord.memory)
    memories = {row.account_id: unpack_memory(row.memory) for row in connection.execute(query)}
    account = AccountRecord
    found = connection.execute(
        select(account.id, AgencyRecord.slug, account.channel, account.address).join(
            AgencyRecord, AgencyRecord.id == account.agency_id
        )
    )
    never = Window(_DAWN, _DAWN)
    return {
        row.id: Target(Account(*row), never, zone, memory=memories.get(row.id, Memory())) for row in found
    }


def _open(archive: Archive, row: Row[*tuple[Any, ...]]) -> Record:
    record = archive.read(RecordPlace(row.file, row.offset, row.length))
    assert record.digest == row.digest
    # The same bytes from two addresses, as of a home page that is the list, are kept once.
    return replace(record, url=row.url)


def _at(target: Target, records: list[Record]) -> Target:
    now = max(record.fetched_at for record in records)
    return replace(target, window=Window(now - timedelta(days=400), now))
