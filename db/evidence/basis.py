"""What posts rest on, found again: their records, and the files that told of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, or_, select

from activity.agency import Channel
from activity.result.basis import Basis, HandedIn, KeptRecord, RecordPlace
from db.engine import reading
from db.schema.models import (
    AccountRecord,
    AgencyRecord,
    BasisRecord,
    ImportRecord,
    PostRecord,
    RunRecord,
    RunStatus,
    SnapshotRecord,
    WarcRecord,
)

__all__ = ["find_basis", "load_bases", "read_kept"]

_SCHEME, _SUM = "file:", "#sha256="


def find_basis(engine: Engine, agency: str, channel: Channel, key: str) -> Basis:
    """Find what a post rests on; nothing where there is no such post."""
    only = PostRecord.key == key
    with reading(engine) as connection:
        found = _gather(connection, agency, channel, only)
    return found.get(key, Basis())


def load_bases(
    engine: Engine,
    agency: str,
    channel: Channel,
    since: date,
    until: date,
    keys: Collection[str] | None = None,
) -> Mapping[str, Basis]:
    """Load what the posts of an office's channel rest on, by key, without those that rest on nothing.

    `[since, until)` are the local days they claim; those without a certain day are all there.

    Args:
        keys: of these alone; a few hundred at most.
    """
    within = or_(
        PostRecord.local_day.is_(None),
        (PostRecord.local_day >= since) & (PostRecord.local_day < until),
    )
    if keys is not None:
        within &= PostRecord.key.in_(keys)
    with reading(engine) as connection:
        return _gather(connection, agency, channel, within)


def read_kept(row: Row[*tuple[Any, ...]]) -> KeptRecord:
    """Read a row of `record` as a value."""
    place = RecordPlace(row.file, row.offset, row.length)
    return KeptRecord(row.id, row.digest, row.url, row.captured_at, row.size, place, row.removed_at)


def _gather(connection: Connection, agency: str, channel: Channel, which: Any) -> dict[str, Basis]:
    records: dict[str, dict[int, KeptRecord]] = defaultdict(dict)
    files: dict[str, list[HandedIn]] = defaultdict(list)
    for row in connection.execute(_select_records(agency, channel).where(which)):
        records[row.key][row.id] = read_kept(row)
    for key, file in _load_files(connection, agency, channel, which):
        files[key].append(file)
    return {
        key: Basis(tuple(records[key].values()) if key in records else (), tuple(files.get(key, ())))
        for key in records.keys() | files.keys()
    }


def _of_account(query: Select[*tuple[Any, ...]], agency: str, channel: Channel) -> Select[*tuple[Any, ...]]:
    return (
        query.join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(AgencyRecord.slug == agency, AccountRecord.channel == channel)
    )


def _select_records(agency: str, channel: Channel) -> Select[*tuple[Any, ...]]:
    query = (
        select(PostRecord.key, WarcRecord.__table__)
        .select_from(PostRecord)
        .join(
            BasisRecord,
            (BasisRecord.account_id == PostRecord.account_id) & (BasisRecord.key == PostRecord.key),
        )
        .join(WarcRecord, WarcRecord.id == BasisRecord.record_id)
    )
    return _of_account(query, agency, channel).order_by(WarcRecord.captured_at, WarcRecord.id)


def _load_files(
    connection: Connection, agency: str, channel: Channel, which: Any
) -> Iterator[tuple[str, HandedIn]]:
    """The import that first brought a post, and every later one that is known to have told of it."""
    shot, run = SnapshotRecord, RunRecord
    query = (
        select(PostRecord.key, shot.endpoint, ImportRecord.place, run.id, run.started_at)
        .select_from(PostRecord)
        .join(shot, shot.account_id == PostRecord.account_id)
        .join(run, run.id == shot.run_id)
        .outerjoin(
            ImportRecord,
            (ImportRecord.account_id == PostRecord.account_id)
            & (ImportRecord.key == PostRecord.key)
            & (ImportRecord.run_id == run.id),
        )
        .where(run.status == RunStatus.IMPORTED)
        .where(or_(run.id == PostRecord.first_run_id, ImportRecord.run_id.is_not(None)))
    )
    ordered = _of_account(query, agency, channel).where(which).order_by(run.started_at, run.id)
    for row in connection.execute(ordered):
        name, _, digest = (row.endpoint or "").removeprefix(_SCHEME).rpartition(_SUM)
        yield row.key, HandedIn(name, digest, row.place or "", row.started_at)
