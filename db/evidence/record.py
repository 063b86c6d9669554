"""Which pages posts rest on: kept with a harvest, in its transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from activity.record import Record
from activity.result.basis import RecordPlace
from db.evidence.warc import Appender, Archive, name_file
from db.post.alias import load_names
from db.schema.models import BasisRecord, WarcRecord
from db.text import stored_key
from db.upsert import batched, save_rows

__all__ = ["save_records"]

# A page is known by its digest and its address: relative links lead elsewhere from another one.
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record that has its row."""

    id: int
    place: RecordPlace


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
        with archive.appending(night, _find_end(connection, name_file(night, archive.mark))) as appender:
            for record, _ in resting:
                if _name(record) not in known:
                    known[_name(record)] = _save_record(connection, appender, record, known)
    rows = [
        {"account_id": account_id, "key": key, "record_id": known[_name(record)].id}
        for record, keys in resting
        for key in keys
    ]
    save_rows(connection, BasisRecord, rows, replace=False)


def _touched_by(record: Record, names: Mapping[str, str], touched: Collection[str]) -> list[str]:
    keys = {stored_key(names.get(stored_key(key), key)) for key in record.posts}
    return sorted(keys.intersection(touched))


def _name(record: Record) -> _Name:
    return record.digest, stored_key(record.url)


def _find_known(connection: Connection, digests: Sequence[str]) -> dict[_Name, _Kept]:
    known = {}
    for batch in batched(digests):
        query = select(WarcRecord.__table__).where(WarcRecord.digest.in_(batch))
        for row in connection.execute(query.where(WarcRecord.removed_at.is_(None))):
            known[row.digest, row.url] = _Kept(row.id, RecordPlace(row.file, row.offset, row.length))
    return known


def _find_end(connection: Connection, file: str) -> int:
    """Where the last record of a file that has a row ends."""
    query = (
        select(WarcRecord.offset + WarcRecord.length)
        .where(WarcRecord.file == file, WarcRecord.removed_at.is_(None))
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
    stands = {"file": place.file, "offset": place.offset, "length": place.length}
    stands |= {"captured_at": record.fetched_at, "removed_at": None}
    url = stored_key(record.url)
    # A page that was removed after a seal, and came again, is kept again under its number. It is of this
    # night: by its old one the next prune would remove it again.
    again = (
        update(WarcRecord)
        .where(WarcRecord.digest == record.digest, WarcRecord.url == url)
        .values(stands)
        .returning(WarcRecord.id)
    )
    number = connection.execute(again).scalar()
    if number is None:
        row = {"digest": record.digest, "url": url, "size": len(record.body)}
        fresh = insert(WarcRecord).values({**row, **stands})
        number = connection.execute(fresh.returning(WarcRecord.id)).scalar_one()
    return _Kept(number, place)
