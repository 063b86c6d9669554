"""Pages that posts rest on: kept once, found again, and whole after a death or on a full disk."""

import errno
import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from warcio.archiveiterator import ArchiveIterator

from activity.agency import Agency, Channel
from activity.errors import EvidenceError, StoreError, StoreFullError
from activity.record import Certificate, Reception, Record
from activity.result.basis import Basis, RecordPlace
from activity.visit import Alias
from db.engine import reading
from db.evidence import warc_record
from db.evidence.basis import find_basis
from db.evidence.warc import Archive
from db.evidence.warc_record import pack_record, read_record
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest

NIGHT = date(2026, 3, 2)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")
AT = datetime(2026, 3, 2, 12, 30, 15, 250000, tzinfo=UTC)
LIST = "https://a.id/berita"


def page(body: str, *keys: str, url: str = LIST) -> Record:
    return Record.of(url, AT, 200, {"content-type": "text/html"}, body.encode(), frozenset(keys))


@pytest.fixture
def kuin(office: Any) -> Any:
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    return office


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "evidence")


def keep(office: Any, archive: Archive | None, night: date, *posts: Any, **changes: Any) -> None:
    run = begin_run(office.engine, night, office.evening(night))
    (target,) = office.targets(run)
    harvest = replace(office.looked(*posts), **changes)
    save_harvest(office.engine, run, target, harvest, archive)
    before, size = office.dump(), archive.size() if archive is not None else 0
    save_harvest(office.engine, run, target, harvest, archive)
    assert (office.dump(), archive.size() if archive is not None else 0) == (before, size)
    finish_run(office.engine, run, office.evening(night), {})


def basis(office: Any, key: str) -> Basis:
    return find_basis(office.engine, "kuin", Channel.WEBSITE, key)


def members(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]


def test_a_posts_page_is_found_again_as_it_was_received(kuin: Any, archive: Archive) -> None:
    record = page("<p>Panen raya", "a", "b")
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), kuin.post("b", NIGHT), records=(record,))
    (row,) = basis(kuin, "a").records
    assert (row.url, row.captured_at, row.digest) == (LIST, AT.replace(microsecond=0), record.digest)
    assert archive.read(row.place) == replace(record, posts=frozenset())
    assert basis(kuin, "b").records == (row,)
    assert members(archive.folder / "2026-03-02.warc.gz") == ["warcinfo", "response"]


def test_the_same_page_is_kept_once(kuin: Any, archive: Archive) -> None:
    first, second = page("<p>satu", "a"), page("<p>dua", "b")
    twin = page("<p>satu", "a", url="https://a.id/")
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(first, twin))
    assert len({row.place for row in basis(kuin, "a").records}) == 1
    later = NIGHT + timedelta(1)
    keep(kuin, archive, later, kuin.post("a", NIGHT), kuin.post("b", later), records=(first, second))
    assert [row.digest for row in basis(kuin, "b").records] == [second.digest]
    assert [row.url for row in basis(kuin, "a").records] == [LIST, "https://a.id/"]
    assert members(archive.folder / "2026-03-03.warc.gz") == ["warcinfo", "response"]


def test_a_page_that_no_new_post_rests_on_is_not_kept(kuin: Any, archive: Archive) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "other"),))
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    assert basis(kuin, "a") == Basis()
    assert not archive.folder.exists()


def test_a_post_that_changes_rests_on_both_pages(kuin: Any, archive: Archive) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT - timedelta(3)), records=(page("<p>satu", "a"),))
    edited = replace(kuin.post("a", NIGHT - timedelta(3)), title="Diralat")
    keep(kuin, archive, NIGHT + timedelta(1), edited, records=(page("<p>dua", "a"),))
    assert [archive.read(row.place).body for row in basis(kuin, "a").records] == [b"<p>satu", b"<p>dua"]


def test_records_follow_a_post_under_another_key(kuin: Any, archive: Archive) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    alias = Alias("a", "b", "its page names the other address as canonical")
    keep(kuin, archive, NIGHT + timedelta(1), aliases=(alias,))
    assert len(basis(kuin, "b").records) == 1
    edited = replace(kuin.post("a", NIGHT), title="Diralat")
    keep(kuin, archive, NIGHT + timedelta(2), edited, records=(page("<p>dua", "a"),))
    assert len(basis(kuin, "b").records) == 2


def test_without_an_archive_posts_have_no_record(kuin: Any) -> None:
    keep(kuin, None, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    assert basis(kuin, "a") == Basis()


def test_a_torn_tail_is_cut_and_a_whole_record_without_a_row_stays(kuin: Any, archive: Archive) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    path = archive.folder / "2026-03-02.warc.gz"
    orphan = pack_record(page("<p>tanpa baris"))
    with path.open("ab") as file:
        file.write(orphan + orphan[: len(orphan) // 2])
    restarted = Archive(archive.folder)
    keep(kuin, restarted, NIGHT, kuin.post("b", NIGHT), records=(page("<p>dua", "b"),))
    assert members(path) == ["warcinfo", "response", "response", "response"]
    (row,) = basis(kuin, "b").records
    assert restarted.read(row.place).body == b"<p>dua"


def test_what_was_torn_before_the_first_row_is_cut(kuin: Any, archive: Archive) -> None:
    archive.folder.mkdir()
    path = archive.folder / "2026-03-02.warc.gz"
    path.write_bytes(pack_record(page("<p>satu"))[:40])
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    assert members(path) == ["warcinfo", "response"]


def test_a_full_disk_leaves_file_and_database_as_they_were(
    kuin: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    path = archive.folder / "2026-03-02.warc.gz"
    content = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StoreFullError, match="rolled back"):
            keep(kuin, archive, NIGHT, kuin.post("b", NIGHT), records=(page("<p>dua", "b"),))
    assert path.read_bytes() == content
    assert basis(kuin, "b") == Basis()
    keep(kuin, archive, NIGHT, kuin.post("b", NIGHT), records=(page("<p>dua", "b"),))
    assert len(basis(kuin, "b").records) == 1


def test_a_folder_that_cannot_be_made_is_one_line(kuin: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="DENYUT_EVIDENCE"):
        keep(kuin, Archive(tmp_path / "file"), NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))


def test_a_record_that_was_changed_or_lost_is_told(kuin: Any, archive: Archive) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"),))
    (row,) = basis(kuin, "a").records
    path = archive.folder / row.place.file
    forged = pack_record(replace(page("<p>dua"), digest=row.digest))
    with pytest.raises(EvidenceError, match="was changed"):
        read_record(forged, "forged")
    with pytest.raises(EvidenceError, match="no WARC record"):
        archive.read(RecordPlace(row.place.file, 3, 40))
    with pytest.raises(EvidenceError, match="ends before"):
        archive.read(replace(row.place, length=row.place.length + 1))
    path.unlink()
    with pytest.raises(EvidenceError, match="cannot be read"):
        archive.read(row.place)


def test_a_bomb_or_a_foreign_member_is_no_record(capfd: pytest.CaptureFixture[str]) -> None:
    evil = page("a", url="https://a.id/\x1b[2J spasi\u202e")
    assert read_record(pack_record(evil), "here").body == b"a"
    forged = gzip.decompress(pack_record(page("a"))).replace(LIST.encode(), b"https://a.id/ \x1b[2J  ")
    read_record(gzip.compress(forged), "here")
    with (
        patch.object(warc_record, "_MOST_BYTES", 10_000),
        pytest.raises(EvidenceError, match="no WARC record"),
    ):
        read_record(pack_record(page("a" * 20_000)), "here")
    for member in (b"", gzip.compress(b""), gzip.compress(b"WARC/1.1\r\n\r\n"), pack_record(evil)[:-4]):
        with pytest.raises(EvidenceError, match="no WARC record"):
            read_record(member, "here")
    assert capfd.readouterr() == ("", "")


def test_a_folder_is_looked_through_without_its_database(kuin: Any, archive: Archive) -> None:
    keep(kuin, archive, NIGHT, kuin.post("a", NIGHT), records=(page("<p>satu", "a"), page("<p>dua", "a")))
    found = [each.body for each in archive.scan() if isinstance(each, Record)]
    assert found == [b"<p>satu", b"<p>dua"]
    path = archive.folder / "2026-03-02.warc.gz"
    path.write_bytes(path.read_bytes()[:-9])
    first, second = archive.scan()
    assert isinstance(first, Record)
    assert isinstance(second, EvidenceError)
    (archive.folder / "2026-03-03.warc.gz").write_bytes(b"no gzip" * 9)
    assert [type(each) for each in archive.scan()][2:] == [EvidenceError]


@given(
    body=st.binary(max_size=300),
    path=st.text(max_size=60),
    headers=st.dictionaries(
        st.sampled_from(["content-type", "link", "server", "etag"]), st.text(max_size=40), max_size=4
    ),
    status=st.integers(200, 299),
)
def test_whatever_was_received_comes_back(
    body: bytes, path: str, headers: dict[str, str], status: int
) -> None:
    record = Record.of(f"https://a.id/{path}", AT, status, headers, body)
    back = read_record(pack_record(record), "here")
    assert (back.body, back.digest, back.status, back.fetched_at) == (body, record.digest, status, AT)
    assert set(back.headers) == set(headers)


_CRAWL = """
import os, sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo
from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import Post, PostDate, Precision
from activity.record import Record
from activity.visit import Budget, Harvest, Memory, Window
from db.opening import open_database
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.nightly.run import begin_run
from db.nightly.store import save_harvest
from db.evidence.warc import Archive

zone = ZoneInfo("Asia/Makassar")
now = datetime(2026, 3, 2, 20, tzinfo=zone)
engine, archive = open_database(sys.argv[1], create=True), Archive(Path(sys.argv[2]))
entries = [
    RegistryEntry(Agency(f"a{n}", f"A {n}", "skpd"), {Channel.WEBSITE: f"https://a{n}.id/"})
    for n in range(40)
]
save_registry(engine, entries, now, timezone=zone.key)
run = begin_run(engine, now.date(), now)
window = Window(now - timedelta(days=99), now)
for target in load_targets(engine, Channel.WEBSITE, run, window, zone, budget=Budget()):
    dates = [PostDate(now - timedelta(days=n), Precision.DAY, ()) for n in range(20)]
    posts = tuple(Post(f"k{n}", f"https://a.id/{n}", "", date) for n, date in enumerate(dates))
    pages = tuple(
        Record.of(f"{target.account.address}{n}", now, 200, {}, os.urandom(60_000), frozenset({f"k{n}"}))
        for n in range(20)
    )
    save_harvest(engine, run, target, Harvest(Outcome.OK, posts, Memory("e"), records=pages), archive)
    print(target.account.agency, flush=True)
"""


def test_a_crawl_that_is_killed_leaves_every_record_whole(
    tmp_path: Path, open_office: Callable[[str], Any]
) -> None:
    url, folder = f"sqlite:///{tmp_path / 'denyut.db'}", tmp_path / "evidence"
    command = [sys.executable, "-c", _CRAWL, url, str(folder)]
    for wait in (0.0, 0.01, 0.02, 0.03, 0.04):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.readline()
            sleep(wait)
            process.kill()
    subprocess.run(command, check=True, capture_output=True)
    archive, engine = Archive(folder), open_office(url).engine
    with reading(engine) as connection:
        kept = connection.execute(text("SELECT digest, file, place, length FROM records")).all()
    assert len({row.digest for row in kept}) == len(kept) == 40 * 20
    assert all(archive.read(RecordPlace(*row[1:])).digest == row.digest for row in kept)
    assert members(folder / "2026-03-02.warc.gz").count("response") >= len(kept)


def test_how_a_look_was_answered_is_stored(kuin: Any) -> None:
    keep(kuin, None, NIGHT, reception=Reception("https", Certificate.EXPIRED, 0.25))
    with reading(kuin.engine) as connection:
        (row,) = connection.execute(text("SELECT scheme, certificate, first_byte FROM looks"))
    assert tuple(row) == ("https", "expired", 0.25)
