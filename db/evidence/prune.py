"""Records that no open semester needs any more: found, and removed file by file.

A file is written anew beside the old one; then one transaction says where each record stands now, and only
then the old file goes. Whenever the process dies, every record that is kept stands where its row says.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, exists, func, select, update

from activity.errors import EvidenceError
from activity.result.basis import KeptRecord
from activity.semester import Semester
from db.engine import reading, writing
from db.evidence.basis import read_kept
from db.evidence.warc import Archive
from db.schema.column import Day
from db.schema.models import BasisRecord, PostRecord, RunRecord, SnapshotRecord, WarcRecord

__all__ = ["Removal", "plan_removals", "remove_records", "sweep_leftovers"]

_STREAM = 5000
_NAME_END = ".warc.gz"
Settled = Mapping[Semester, datetime]
"""Semesters whose seal nobody can object to any more, and when each was sealed."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What becomes of one file of the evidence folder.

    Attributes:
        gone, kept: its records, in their order.
    """

    file: str
    gone: tuple[KeptRecord, ...]
    kept: tuple[KeptRecord, ...]

    @property
    def size(self) -> int:
        """Bytes that the file will be smaller."""
        return sum({each.place: each.place.length for each in self.gone}.values())


def plan_removals(engine: Engine, settled: Settled, zone: ZoneInfo) -> Iterator[Removal]:
    """Plan what goes and what stays of each file that holds a record which nothing open rests on.

    A record stays while a post rests on it that belongs to a semester which is not settled, that was found
    after its seal, or that says since when an account is silent in the semester after. So does one that came
    after the seal.
    """
    if not settled:
        return
    with reading(engine) as connection:
        needed = _find_needed(connection, settled, zone)
        table = WarcRecord.__table__
        query = select(table).where(table.c.removed_at.is_(None)).order_by(table.c.file, table.c.offset)
        rows = connection.execute(query, execution_options={"yield_per": _STREAM})
        for file, group in groupby(map(read_kept, rows), key=lambda each: each.place.file):
            records = tuple(group)
            # Of two addresses with the same bytes both rows stay while one is needed: they share a place.
            places = {each.place for each in records if each.id in needed}
            gone = tuple(each for each in records if each.place not in places)
            if gone:
                yield Removal(file, gone, tuple(each for each in records if each.place in places))


def _find_needed(connection: Connection, settled: Settled, zone: ZoneInfo) -> set[int]:
    newest = _find_newest(connection, settled)
    query = (
        select(
            BasisRecord.record_id,
            PostRecord.account_id,
            PostRecord.local_day,
            PostRecord.published_at,
            PostRecord.first_seen,
            RunRecord.night,
            WarcRecord.captured_at,
        )
        .join(
            PostRecord,
            (PostRecord.account_id == BasisRecord.account_id) & (PostRecord.key == BasisRecord.key),
        )
        .join(RunRecord, RunRecord.id == PostRecord.first_run_id)
        .join(WarcRecord, WarcRecord.id == BasisRecord.record_id)
    )
    needed = set()
    for row in connection.execute(query, execution_options={"yield_per": _STREAM}):
        at = row.published_at.astimezone(zone).date() if row.published_at is not None else None
        # What names no day may count in the semester that saw it, or in the one that a dateline names.
        days = {row.local_day} if row.local_day is not None else {row.night, at} - {None}
        seals = [settled.get(Semester.of(day)) for day in days]
        last = max(row.first_seen, row.captured_at)
        is_open = any(sealed is None or last > sealed for sealed in seals)
        if is_open or (row.account_id, row.local_day or row.night) in newest:
            needed.add(row.record_id)
    return needed


_WATCHED = exists().where(
    SnapshotRecord.account_id == PostRecord.account_id,
    SnapshotRecord.night < RunRecord.night,
    SnapshotRecord.saw,
)
"""Whether the account of a post was looked at before the run that met it."""


def _find_newest(connection: Connection, settled: Settled) -> set[tuple[int, date]]:
    """The days of the posts that say, in a semester which is still open, since when an account is silent.

    Of one without a day that came between two looks, the night that met it.
    """
    found: set[tuple[int, date]] = set()
    for semester in settled:
        if Semester.of(semester.end_day) not in settled:
            query = (
                select(PostRecord.account_id, func.max(PostRecord.local_day, type_=Day()))
                .where(PostRecord.local_day < semester.end_day)
                .group_by(PostRecord.account_id)
            )
            found.update((account, day) for account, day in connection.execute(query) if day is not None)
            met = (
                select(PostRecord.account_id, func.max(RunRecord.night, type_=Day()))
                .join(RunRecord, RunRecord.id == PostRecord.first_run_id)
                .where(PostRecord.local_day.is_(None), RunRecord.night < semester.end_day, _WATCHED)
                .group_by(PostRecord.account_id)
            )
            found.update((account, night) for account, night in connection.execute(met))
    return found


def remove_records(engine: Engine, archive: Archive, removal: Removal, now: datetime) -> None:
    """Remove what a plan names from its file.

    Raises EvidenceError where a record that stays is not whole, StoreFullError or StoreError where nothing
    can be written; the file is then as it was.
    """
    places = {each.place: each.place for each in removal.kept}
    if places:
        name = _find_name(engine, removal.file)
        places = archive.rewrite(list(places), name)
    table: Any = WarcRecord.__table__
    moved = [
        {"of_id": each.id, "to_file": to.file, "to_offset": to.offset, "to_length": to.length}
        for each in removal.kept
        for to in [places[each.place]]
    ]
    move = (
        update(table)
        .where(table.c.id == bindparam("of_id"))
        .values(file=bindparam("to_file"), offset=bindparam("to_offset"), length=bindparam("to_length"))
    )
    remove = update(table).where(table.c.id == bindparam("of_id")).values(removed_at=bindparam("at"))
    with writing(engine) as connection:
        if moved:
            connection.execute(move, moved)
        connection.execute(remove, [{"of_id": each.id, "at": now} for each in removal.gone])
    archive.drop(removal.file)


def _find_name(engine: Engine, file: str) -> str:
    """A name that no row has yet: the night's, with the next number.

    What a process that was killed has written under it is written over.
    """
    night = file.partition(".")[0]
    with reading(engine) as connection:
        query = select(WarcRecord.file).where(WarcRecord.file.startswith(f"{night}.")).distinct()
        named = [_read_number(each) for each in connection.execute(query).scalars()]
    return f"{night}.{max(named, default=0) + 1}{_NAME_END}"


def _read_number(file: str) -> int:
    middle = file.removesuffix(_NAME_END).partition(".")[2]
    return int(middle) if middle.isdigit() else 0


def sweep_leftovers(engine: Engine, archive: Archive, dropped: Callable[[str], None]) -> None:
    """Remove files of which every record was removed before: the process was killed in between.

    Only a file that still holds one of those very records goes.

    Args:
        dropped: is told the name of each.
    """
    table = WarcRecord.__table__
    over = select(table.c.file).group_by(table.c.file).having(func.count() == func.count(table.c.removed_at))
    with reading(engine) as connection:
        files = [file for file in connection.execute(over).scalars() if archive.has(file)]
        found = {
            file: read_kept(connection.execute(select(table).where(table.c.file == file).limit(1)).one())
            for file in files
        }
    for file, record in found.items():
        try:
            ours = archive.read(record.place).digest == record.digest
        except EvidenceError:
            ours = False
        if ours:
            archive.drop(file)
            dropped(file)
