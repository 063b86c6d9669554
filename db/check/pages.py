"""Whether every page that posts rest on is still there, as it was received."""

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine, func, select

from activity.errors import EvidenceError
from activity.message import Message
from activity.result.basis import RecordPlace
from db.check.finding import MOST, Finding
from db.engine import reading
from db.evidence.warc import Archive
from db.schema.models import WarcRecord

__all__ = ["check_pages"]

_SHOWN = 5
_STREAM = 1000
_REMEDY = Message(
    "Put the file back from a backup: restore one elsewhere (DENYUT_DATABASE, DENYUT_EVIDENCE), "
    "and copy it from there. Ranking and seals do not need it."
)


def check_pages(
    engine: Engine, archive: Archive | None, *, quick: bool, on_page: Callable[[int, int], None]
) -> Iterator[Finding | None]:
    """Read every record, and compare its digest; where `quick`, look only whether its file is long enough."""
    with reading(engine) as connection:
        query = select(func.count()).select_from(WarcRecord).where(WarcRecord.removed_at.is_(None))
        total = int(connection.execute(query).scalar_one())
    if archive is None:
        if total:
            remedy = Message("Unset DENYUT_EVIDENCE, or name the folder in it.")
            yield Finding(Message("the evidence can be looked at"), total, (), remedy)
        return
    lost, changed = _look(engine, archive, quick=quick, total=total, on_page=on_page)
    for promise, places in (
        (Message("a page that posts rest on is in its file"), lost),
        (Message("a page is what was received: its SHA-256"), changed),
    ):
        yield Finding(promise, min(len(places), MOST), tuple(places[:_SHOWN]), _REMEDY) if places else None


def _look(
    engine: Engine, archive: Archive, *, quick: bool, total: int, on_page: Callable[[int, int], None]
) -> tuple[list[str], list[str]]:
    sizes: dict[str, int] = {}
    lost, changed = [], []
    table = WarcRecord.__table__
    query = select(table).where(table.c.removed_at.is_(None)).order_by(table.c.file, table.c.offset)
    with reading(engine) as connection:
        rows = connection.execute(query, execution_options={"yield_per": _STREAM})
        for done, row in enumerate(rows, start=1):
            if row.file not in sizes:
                sizes[row.file] = _size(archive.folder / row.file)
            place = f"{row.file} at {row.offset}"
            if sizes[row.file] < row.offset + row.length:
                lost.append(place)
            elif not quick and not _is_same(
                archive, RecordPlace(row.file, row.offset, row.length), row.digest
            ):
                changed.append(place)
            on_page(done, total)
    return lost, changed


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _is_same(archive: Archive, place: RecordPlace, digest: str) -> bool:
    try:
        return archive.read(place).digest == digest
    except EvidenceError:
        return False
