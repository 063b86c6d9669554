"""Which pages posts rest on: kept with a harvest, in its transaction, and found again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, insert, select

from activity.agency import Channel
from activity.record import Record
from db.alias import load_names
from db.engine import reading
from db.models import (
    AccountRecord,
    AgencyRecord,
    BasisRecord,
    PostRecord,
    RunRecord,
    RunStatus,
    SnapshotRecord,
    WarcRecord,
)
from db.text import stored_key
from db.upsert import batched, save_rows
from db.warc import Appender, Archive, Place, name_file

__all__ = ["Basis", "RecordRow", "find_basis", "save_records"]

# A page is known by its digest and its address: relative links lead elsewhere from another one.
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One page that a post rests on, and where it is kept."""

    digest: str
    url: str
    captured_at: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class Basis:
    """What one post rests on.

    Attributes:
        records: pages as they were received, the earliest first; none for a post that was stored before
            evidence was kept, or with `DENYUT_EVIDENCE=off`.
        file: the file that a post was imported from, with its SHA-256; None for one that a crawl found.
    """

    records: tuple[RecordRow, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record that has its row."""

    id: int
    place: Place


def save_records(
    connection: Connection,
    archive: Archive,
    account_id: int,
    night: date,
    records: Sequence[Record],
    touched: Collection[str],
) -> None:
    """Keep the pages that these posts rest on, each page once; in the caller's transaction.

    Args:
        touched: stored keys of the posts that are new or read differently; pages of no other post are kept.
    """
    if not records or not touched:
        return
    names = load_names(connection, account_id)
    resting = [(record, _touched_by(record, names, touched)) for record in records]
    resting = [(record, keys) for record, keys in resting if keys]
    known = _find_known(connection, [record.digest for record, _ in resting])
    if any(_name(record) not in known for record, _ in resting):
        with archive.appending(night, _find_end(connection, night)) as appender:
            for record, _ in resting:
                if _name(record) not in known:
                    known[_name(record)] = _save_record(connection, appender, record, known)
    rows = [
        {"account_id": account_id, "key": key, "record_id": known[_name(record)].id}
        for record, keys in resting
        for key in keys
    ]
    save_rows(connection, BasisRecord, rows, replace=False)


def find_basis(engine: Engine, agency: str, channel: Channel, key: str) -> Basis:
    """What a post rests on; nothing where there is no such post."""
    with reading(engine) as connection:
        found = connection.execute(
            select(PostRecord.account_id, PostRecord.first_run_id)
            .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
            .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
            .where(AgencyRecord.slug == agency, AccountRecord.channel == channel, PostRecord.key == key)
            .order_by(PostRecord.account_id)
        ).all()
        records = [row for post in found for row in _load_rows(connection, post.account_id, key)]
        files = [_find_file(connection, post.account_id, post.first_run_id) for post in found]
    return Basis(tuple(records), next(filter(None, files), None))


def _load_rows(connection: Connection, account_id: int, key: str) -> Iterable[RecordRow]:
    table = WarcRecord.__table__
    query = (
        select(table)
        .join(BasisRecord.__table__, BasisRecord.record_id == WarcRecord.id)
        .where(BasisRecord.account_id == account_id, BasisRecord.key == key)
        .order_by(WarcRecord.captured_at, WarcRecord.id)
    )
    for row in connection.execute(query):
        yield RecordRow(row.digest, row.url, row.captured_at, Place(row.file, row.offset, row.length))


def _find_file(connection: Connection, account_id: int, run_id: int) -> str | None:
    query = (
        select(SnapshotRecord.endpoint)
        .join(RunRecord, RunRecord.id == SnapshotRecord.run_id)
        .where(SnapshotRecord.run_id == run_id, SnapshotRecord.account_id == account_id)
        .where(RunRecord.status == RunStatus.IMPORTED)
    )
    return connection.execute(query).scalar()


def _touched_by(record: Record, names: Mapping[str, str], touched: Collection[str]) -> list[str]:
    keys = {stored_key(names.get(stored_key(key), key)) for key in record.posts}
    return sorted(keys.intersection(touched))


def _name(record: Record) -> _Name:
    return record.digest, stored_key(record.url)


def _find_known(connection: Connection, digests: Sequence[str]) -> dict[_Name, _Kept]:
    known = {}
    for batch in batched(digests):
        query = select(WarcRecord.__table__).where(WarcRecord.digest.in_(batch))
        for row in connection.execute(query):
            known[row.digest, row.url] = _Kept(row.id, Place(row.file, row.offset, row.length))
    return known


def _find_end(connection: Connection, night: date) -> int:
    """Where the last record of a night's file that has a row ends."""
    query = (
        select(WarcRecord.offset + WarcRecord.length)
        .where(WarcRecord.file == name_file(night))
        .order_by(WarcRecord.offset.desc())
        .limit(1)
    )
    return connection.execute(query).scalar() or 0


def _save_record(
    connection: Connection, appender: Appender, record: Record, known: Mapping[_Name, _Kept]
) -> _Kept:
    """Append a page and its row; the bytes of one that came from another address stand there already."""
    same = next((kept.place for (digest, _), kept in known.items() if digest == record.digest), None)
    place = same or appender.add(record)
    row = {
        "digest": record.digest,
        "url": stored_key(record.url),
        "captured_at": record.fetched_at,
        "size": len(record.body),
        "file": place.file,
        "offset": place.offset,
        "length": place.length,
    }
    query = insert(WarcRecord).values(row).returning(WarcRecord.id)
    return _Kept(connection.execute(query).scalar_one(), place)
