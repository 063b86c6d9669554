"""What is removed of the evidence and what stays, and that no death in between loses what stays."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import RootTransaction

from activity.agency import Agency, Channel
from activity.errors import EvidenceError
from activity.record import Record
from activity.semester import Semester
from db.check.rows import check_rows
from db.engine import reading
from db.evidence.basis import find_basis
from db.evidence.prune import plan_removals, remove_records, sweep_leftovers
from db.evidence.warc import Archive
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.opening import open_database

OLD, NEW = Semester(2026, 1), Semester(2026, 2)
NIGHT = date(2026, 6, 30)
SEALED = {OLD: datetime(2026, 7, 20, tzinfo=UTC)}
NOW = datetime(2026, 9, 1, 3, tzinfo=UTC)
FILE = "2026-06-30.warc.gz"


def page(body: str, *keys: str, url: str = "https://a.id/berita", at: datetime | None = None) -> Record:
    at = at or datetime(2026, 6, 30, 12, tzinfo=UTC)
    return Record.of(url, at, 200, {"content-type": "text/html"}, body.encode(), frozenset(keys))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "evidence")


def keep(office: Any, archive: Archive, night: date, *posts: Any, records: tuple[Record, ...]) -> None:
    run = begin_run(office.engine, night, office.evening(night))
    (target,) = office.targets(run)
    save_harvest(office.engine, run, target, replace(office.looked(*posts), records=records), archive)
    finish_run(office.engine, run, office.evening(night), {})


@pytest.fixture
def filled(office: Any, archive: Archive) -> Any:
    """A night of which two pages are needed no more, and one in which posts came late."""
    office.register(date(2026, 1, 1), Agency("kuin", "Kelurahan Kuin", "kelurahan"), website="https://a.id/")
    posts = [
        office.post("lama", date(2026, 3, 1)),
        office.post("terakhir", date(2026, 6, 29)),
        office.post("tanpa-hari"),
    ]
    first = (page("lama", "lama"), page("dua", "terakhir"), page("tiga", "tanpa-hari"))
    keep(office, archive, NIGHT, *posts, records=first)
    late = datetime(2026, 8, 1, 12, tzinfo=UTC)
    more = [office.post("baru", date(2026, 8, 1)), office.post("susulan", date(2026, 3, 2))]
    records = (page("empat", "baru", at=late), page("lima", "susulan", at=late))
    keep(office, archive, date(2026, 8, 1), *more, records=records)
    return office


def plan(office: Any, settled: dict[Semester, datetime] = SEALED) -> dict[str, tuple[int, int]]:
    removals = plan_removals(office.engine, settled, office.zone)
    return {each.file: (len(each.gone), len(each.kept)) for each in removals}


def prune(engine: Any, zone: Any, archive: Archive) -> list[str]:
    swept: list[str] = []
    sweep_leftovers(engine, archive, swept.append)
    for removal in tuple(plan_removals(engine, SEALED, zone)):
        remove_records(engine, archive, removal, NOW)
    return swept


def bodies(office: Any, archive: Archive) -> dict[str, list[bytes | None]]:
    told = {}
    for key in ("lama", "terakhir", "tanpa-hari", "baru", "susulan"):
        records = find_basis(office.engine, "kuin", Channel.WEBSITE, key).records
        told[key] = [None if each.removed_at else archive.read(each.place).body for each in records]
    return told


def test_only_what_nothing_open_rests_on_goes(filled: Any, archive: Archive) -> None:
    assert plan(filled, {}) == {}
    assert plan(filled, {NEW: NOW}) == {}
    assert plan(filled) == {FILE: (2, 1)}
    before = archive.size()
    assert prune(filled.engine, filled.zone, archive) == []
    assert bodies(filled, archive) == {
        "lama": [None],
        "terakhir": [b"dua"],
        "tanpa-hari": [None],
        "baru": [b"empat"],
        "susulan": [b"lima"],
    }
    assert archive.size() < before
    assert {path.name for path in archive.folder.iterdir()} == {"2026-06-30.1.warc.gz", "2026-08-01.warc.gz"}
    (gone,) = find_basis(filled.engine, "kuin", Channel.WEBSITE, "lama").records
    assert (gone.removed_at, gone.url) == (NOW, "https://a.id/berita")
    assert plan(filled) == {}


def test_both_semesters_settled_leave_what_came_after_the_seal_and_the_newest(
    filled: Any, archive: Archive
) -> None:
    settled = {Semester(2025, 2): NOW, OLD: SEALED[OLD], NEW: NOW}
    # The newest post of an account says since when it is silent in the semester that still runs.
    assert plan(filled, settled) == {FILE: (3, 0)}
    for removal in tuple(plan_removals(filled.engine, settled, filled.zone)):
        remove_records(filled.engine, archive, removal, NOW)
    assert [path.name for path in archive.folder.iterdir()] == ["2026-08-01.warc.gz"]
    assert bodies(filled, archive)["susulan"] == [b"lima"]


def test_a_post_without_a_day_that_ends_a_silence_stays_while_the_next_semester_is_open(
    office: Any, archive: Archive
) -> None:
    office.register(date(2026, 1, 1), Agency("kuin", "Kelurahan Kuin", "kelurahan"), website="https://a.id/")
    dated = [office.post("lama", date(2026, 3, 1)), office.post("terakhir", date(2026, 6, 28))]
    first = (page("satu", "lama"), page("dua", "terakhir"))
    keep(office, archive, date(2026, 6, 29), *dated, records=first)
    keep(office, archive, NIGHT, *dated, office.post("tanpa"), records=(page("tiga", "tanpa"),))
    for removal in tuple(plan_removals(office.engine, SEALED, office.zone)):
        remove_records(office.engine, archive, removal, NOW)
    told = {
        key: find_basis(office.engine, "kuin", Channel.WEBSITE, key) for key in ("lama", "terakhir", "tanpa")
    }
    gone = [key for key, basis in told.items() for each in basis.records if each.removed_at]
    assert gone == ["lama"]


def test_a_page_that_comes_again_is_kept_again(filled: Any, archive: Archive) -> None:
    prune(filled.engine, filled.zone, archive)
    night = date(2026, 9, 2)
    edited = replace(filled.post("lama", date(2026, 3, 1)), title="Diralat")
    again = page("lama", "lama", at=datetime(2026, 9, 2, 12, tzinfo=UTC))
    keep(filled, archive, night, edited, records=(again,))
    prune(filled.engine, filled.zone, archive)
    assert bodies(filled, archive)["lama"] == [b"lama"]
    # The night's own file may be begun anew under its old name.
    long = " ".join(map(str, range(999)))  # over the places of those that were removed
    keep(filled, archive, NIGHT, filled.post("x", NIGHT), records=(page(long, "x"),))
    assert bodies(filled, archive)["terakhir"] == [b"dua"]
    (row,) = find_basis(filled.engine, "kuin", Channel.WEBSITE, "x").records
    assert archive.read(row.place).body == long.encode()
    with reading(filled.engine) as connection:
        assert [found for found in check_rows(connection) if found is not None] == []


def test_a_file_with_a_damaged_record_that_stays_is_left_as_it_is(filled: Any, archive: Archive) -> None:
    (row,) = find_basis(filled.engine, "kuin", Channel.WEBSITE, "terakhir").records
    path = archive.folder / FILE
    content = bytearray(path.read_bytes())
    content[row.place.offset + row.place.length // 2] ^= 0xFF
    path.write_bytes(content)
    before = filled.dump()
    with pytest.raises(EvidenceError):
        prune(filled.engine, filled.zone, archive)
    assert path.read_bytes() == content
    assert filled.dump() == before


_INSTANTS = ("fsync", "replace", "commit", "unlink")


def _die_at(name: str, count: int, work: Callable[[], object]) -> int:
    """Run in a process that ends without a word at the nth call of an instant; returns its status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = 0

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == count:
                os._exit(9)
            return real(*arguments, **named)

        return call

    if name == "fsync":
        os.fsync = counting(os.fsync)
    elif name == "commit":
        RootTransaction.commit = counting(RootTransaction.commit)  # type: ignore[method-assign]
    else:
        setattr(Path, name, counting(getattr(Path, name)))
    try:
        work()
    finally:
        os._exit(0)
    return 0


def test_whenever_it_is_killed_every_record_that_stays_can_be_read(
    filled: Any, archive: Archive, database_url: str
) -> None:
    zone = filled.zone
    expected = bodies(filled, archive)
    filled.engine.dispose()

    def work() -> None:
        prune(open_database(database_url), zone, archive)

    for name in _INSTANTS:
        for count in (1, 2, 3):
            died = _die_at(name, count, work)
            found = bodies(filled, archive)
            assert {key: each for key, each in found.items() if each != [None]}.items() <= expected.items()
            assert found["terakhir"] == [b"dua"], (name, count, died)
            filled.engine.dispose()
    prune(filled.engine, zone, archive)
    assert bodies(filled, archive)["lama"] == [None]
    with reading(filled.engine) as connection:
        files = set(connection.execute(text("SELECT file FROM record WHERE removed_at IS NULL")).scalars())
    assert {path.name for path in archive.folder.glob("*.warc.gz")} == files
