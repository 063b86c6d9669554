"""A backup taken beside a writer is one moment; taken back it is that moment, or nothing has changed."""

import errno
import json
import os
import shutil
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from activity.agency import Agency
from activity.errors import (
    BackupError,
    BackupFileError,
    ConfigError,
    ForeignDatabaseError,
    NewerDatabaseError,
    ProgramMissingError,
    StoreError,
)
from activity.record import Record
from activity.semester import Semester
from db.backup.dump import dump_database
from db.backup.make import make_backup
from db.backup.package import Package
from db.backup.restore import restoring
from db.engine import parse_url, recognise
from db.evidence.prune import plan_removals, remove_records
from db.evidence.warc import Archive
from db.migration import newest_revision
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.opening import open_database
from desk.keeping.invariant import check_database
from desk.setting.config import load_config
from testkit.database import new_database
from testkit.programs import program_path
from tests.db.older import OlderDatabase

NIGHT = date(2026, 3, 2)
NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", program_path())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "evidence")


@pytest.fixture
def kuin(office: Any) -> Any:
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    return office


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Address of another database of the same engine, which holds nothing."""
    if database_url.startswith("postgresql"):
        taken = "engine" not in request.fixturenames
        return str(request.getfixturevalue("new_postgres_url" if taken else "fresh_postgres_url"))
    (tmp_path / "elsewhere").mkdir()
    return f"sqlite:///{tmp_path / 'elsewhere' / 'denyut.db'}"


def live(office: Any, archive: Archive, *nights: date) -> None:
    """A post each night, each on a page of its own."""
    for night in nights:
        key = f"/{night}"
        page = Record.of(
            f"https://kuin.id{key}",
            office.evening(night),
            200,
            {},
            f"<p>{key}\\\t\x01".encode(),
            frozenset([key]),
        )
        run = begin_run(office.engine, night, office.evening(night))
        (target,) = office.targets(run)
        harvest = replace(
            office.looked(replace(office.post(key, night), title="Tab\tdan \\.\nlagi")), records=(page,)
        )
        save_harvest(office.engine, run, target, harvest, archive)
        finish_run(office.engine, run, office.evening(night), {})


def restore(path: Path, url: str, folder: Path | None, *, replace: bool = False) -> None:
    waiting = path.parent / "put-back"
    with (
        Package(path) as package,
        restoring(package, url, folder, waiting, replace=replace, on_bytes=ignore) as ready,
    ):
        ready.finish(ignore)


def ignore(_done: int, _total: int) -> None:
    pass


def broken(url: str, folder: Path) -> list[str]:
    config = load_config({"DENYUT_DATABASE": url, "DENYUT_EVIDENCE": str(folder)})
    return [f.promise for f in check_database(config, quick=False, on_step=ignore).findings]


def test_a_backup_beside_a_writer_is_one_moment_that_fits_its_evidence(
    kuin: Any, archive: Archive, tmp_path: Path, elsewhere: str, open_office: Callable[[str], Any]
) -> None:
    nights = [NIGHT + timedelta(n) for n in range(24)]
    live(kuin, archive, *nights[:5])
    writer = threading.Thread(target=live, args=(kuin, archive, *nights[5:]))
    writer.start()
    made: list[Path] = []
    try:
        while writer.is_alive() and len(made) < 3:
            path = tmp_path / f"b{len(made)}.zip"
            manifest = make_backup(kuin.engine, path, NOW, evidence=archive.folder)
            assert manifest.contents.lacking == ()
            made.append(path)
    finally:
        writer.join()
    restore(made[-1], elsewhere, tmp_path / "taken")
    again = open_office(elsewhere)
    kept, all_of_it = again.dump(), kuin.dump()
    assert 5 <= len(kept["post"]) <= len(all_of_it["post"])
    assert set(kept["post"]) <= set(all_of_it["post"])
    assert len(kept["record"]) == len(kept["post"]) == len(kept["post_basis"])
    assert broken(elsewhere, tmp_path / "taken") == []
    # The crawl goes on there, in files that it left off in the midst of a night.
    live(again, Archive(tmp_path / "taken"), nights[-1] + timedelta(1))
    assert broken(elsewhere, tmp_path / "taken") == []


def test_all_of_a_quiet_database_comes_back(
    kuin: Any, archive: Archive, tmp_path: Path, elsewhere: str, open_office: Callable[[str], Any]
) -> None:
    live(kuin, archive, NIGHT, NIGHT + timedelta(1))
    texts = {"settings/denyut.toml": b'city = "Kota"\n'}
    made = tmp_path / "cadangan" / "b.zip"
    make_backup(kuin.engine, made, NOW, evidence=archive.folder, texts=texts)
    assert [path.stat().st_mode & 0o777 for path in (made.parent, made)] == [0o700, 0o600]
    restore(made, elsewhere, tmp_path / "taken")
    assert open_office(elsewhere).dump() == kuin.dump()
    for path in archive.folder.iterdir():
        assert (tmp_path / "taken" / path.name).read_bytes() == path.read_bytes()
    assert not list(tmp_path.rglob("*.part"))


def test_what_was_pruned_is_neither_lacking_nor_missed(
    kuin: Any, archive: Archive, tmp_path: Path, elsewhere: str
) -> None:
    live(kuin, archive, NIGHT, NIGHT + timedelta(1))
    sealed = {Semester.of(NIGHT): datetime(2026, 7, 20, tzinfo=UTC)}
    for removal in tuple(plan_removals(kuin.engine, sealed, kuin.zone)):
        remove_records(kuin.engine, archive, removal, NOW)
    (left,) = archive.folder.iterdir()  # the newest post says since when the account is silent
    manifest = make_backup(kuin.engine, tmp_path / "b.zip", NOW, evidence=archive.folder)
    assert manifest.contents.lacking == ()
    assert [part.name for part in manifest.files] == [manifest.files[0].name, f"evidence/{left.name}"]
    restore(tmp_path / "b.zip", elsewhere, tmp_path / "taken")
    assert broken(elsewhere, tmp_path / "taken") == []


def test_what_is_not_empty_stays_unless_told(
    kuin: Any, archive: Archive, tmp_path: Path, elsewhere: str, open_office: Callable[[str], Any]
) -> None:
    live(kuin, archive, NIGHT)
    make_backup(kuin.engine, tmp_path / "b.zip", NOW, evidence=archive.folder)
    other = open_office(elsewhere)
    other.register(NIGHT, replace(KUIN, slug="lain"), website="https://lain.id/")
    before = other.dump()
    with pytest.raises(ConfigError, match="not empty"):
        restore(tmp_path / "b.zip", elsewhere, tmp_path / "taken")
    assert other.dump() == before
    assert not (tmp_path / "taken").exists()
    restore(tmp_path / "b.zip", elsewhere, tmp_path / "taken", replace=True)
    # Whoever had it open goes on with what it is now.
    assert other.dump() == kuin.dump()
    other.engine.dispose()


def test_a_foreign_database_is_never_given_up(
    kuin: Any, archive: Archive, tmp_path: Path, elsewhere: str
) -> None:
    make_backup(kuin.engine, tmp_path / "b.zip", NOW, evidence=archive.folder)
    foreign = create_engine(parse_url(elsewhere))
    with foreign.begin() as connection:
        connection.execute(text("CREATE TABLE gaji (jumlah integer)"))
    with pytest.raises(ForeignDatabaseError):
        restore(tmp_path / "b.zip", elsewhere, tmp_path / "taken", replace=True)
    foreign.dispose()


def test_an_older_database_is_kept_before_it_is_migrated_and_comes_back_migrated(
    database_url: str, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    older = OlderDatabase(database_url)
    older.look(NIGHT, None)
    older.post("/a", ("api", "date_gmt", NIGHT))
    older.engine.dispose()
    open_database(database_url).dispose()
    (path,) = tmp_path.rglob("*-backups/*.zip")
    assert [record.getMessage() for record in caplog.records if str(path.name) in record.getMessage()]
    with Package(path) as package:
        assert package.manifest.contents.schema == "0002"
    restore(path, elsewhere, tmp_path / "taken")
    engine = open_database(elsewhere)
    assert broken(elsewhere, tmp_path / "taken") == []
    engine.dispose()


def test_two_that_upgrade_at_once_keep_the_older_one(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    OlderDatabase(database_url).engine.dispose()
    looked, migrated = threading.Barrier(2), threading.Event()
    begun: list[object] = []

    def look(*given: Any, **named: Any) -> Any:
        revision = recognise(*given, **named)
        looked.wait(10)
        monkeypatch.setattr("db.engine.recognise", recognise)
        return revision

    def back_up(*given: Any, **named: Any) -> Any:
        begun.append(given)
        if len(begun) == 2:
            migrated.wait(10)
        return make_backup(*given, **named)

    def upgrade() -> None:
        open_database(database_url).dispose()
        migrated.set()

    monkeypatch.setattr("db.engine.recognise", look)
    monkeypatch.setattr("db.backup.older.make_backup", back_up)
    threads = [threading.Thread(target=upgrade) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (path,) = tmp_path.rglob("*-backups/*.zip")
    with Package(path) as package:
        assert package.manifest.contents.schema == "0002"


def test_without_its_program_an_older_server_is_migrated_and_a_backup_refused(
    fresh_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("db.backup.dump._PLACES", ())
    OlderDatabase(fresh_postgres_url).engine.dispose()
    engine = open_database(fresh_postgres_url)
    assert "without a backup before it: There is no pg_dump" in caplog.text
    with pytest.raises(ProgramMissingError, match="pg_dump -Fc"):
        make_backup(engine, tmp_path / "b.zip", NOW)
    engine.dispose()
    assert not list(tmp_path.iterdir())


def test_a_neighbours_table_is_neither_taken_along_nor_harmed(
    new_postgres_url: str, tmp_path: Path, open_office: Callable[[str], Any]
) -> None:
    office = open_office(new_postgres_url)
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    with office.engine.begin() as connection:
        connection.execute(text("CREATE TABLE gaji (jumlah integer)"))
        connection.execute(text("INSERT INTO gaji VALUES (7)"))
    before = office.dump()
    make_backup(office.engine, tmp_path / "b.zip", NOW)
    restore(tmp_path / "b.zip", new_postgres_url, None, replace=True)
    assert office.dump() == before
    with office.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_post_late"))
        connection.execute(text("CREATE INDEX ix_post_late ON gaji (jumlah)"))
    with pytest.raises(StoreError, match="ix_post_late"):
        restore(tmp_path / "b.zip", new_postgres_url, None, replace=True)
    assert office.dump() == before


# From here on what is the same on both engines is tried on one.


@pytest.fixture
def packed(tmp_path: Path, archive: Archive, open_office: Callable[[str], Any]) -> Path:
    office = open_office(f"sqlite:///{tmp_path / 'kota.db'}")
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    live(office, archive, NIGHT)
    make_backup(office.engine, tmp_path / "b.zip", NOW, evidence=archive.folder)
    return tmp_path / "b.zip"


def refused(path: Path, tmp_path: Path) -> str:
    """Why it cannot be taken back; nothing may be left of the attempt."""
    target = tmp_path / "kosong"
    target.mkdir()
    with pytest.raises((ConfigError, NewerDatabaseError)) as error:
        restore(path, f"sqlite:///{target / 'denyut.db'}", target / "evidence")
    assert [each.name for each in target.iterdir() if not each.name.endswith(".lock")] == []
    return str(error.value)


@pytest.mark.parametrize("at", [0.02, 0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(packed: Path, tmp_path: Path, at: float) -> None:
    os.truncate(packed, int(packed.stat().st_size * at))
    assert "cut short" in refused(packed, tmp_path)


def test_any_changed_byte_is_noticed(packed: Path) -> None:
    content = packed.read_bytes()
    with zipfile.ZipFile(packed) as opened:
        starts = [info.header_offset for info in opened.infolist()]
    assert len(starts) == 3
    for start in starts:
        names = int.from_bytes(content[start + 26 : start + 28], "little")
        more = int.from_bytes(content[start + 28 : start + 30], "little")
        at = start + 30 + names + more + 5
        packed.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])
        with pytest.raises(BackupFileError), Package(packed) as package:
            package.verify(ignore)


def rewritten(packed: Path, **changes: Any) -> None:
    """The same with another manifest."""
    with zipfile.ZipFile(packed) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    for name, value in changes.items():
        target = manifest if name in manifest else manifest["contents"]
        target[name] = value
    with zipfile.ZipFile(packed, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
        out.writestr("manifest.json", json.dumps(manifest))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"schema": "9999"}, "made by a newer Denyut"),
        ({"format": 3}, "made by a newer Denyut"),
        ({"application": "lain"}, "no backup of Denyut's"),
        ({"engine": "postgresql"}, "damaged"),
        ({"files": []}, "damaged"),
        ({"contents": 1}, "damaged"),
    ],
)
def test_another_manifest_is_refused(packed: Path, tmp_path: Path, changes: Any, told: str) -> None:
    rewritten(packed, **changes)
    assert told in refused(packed, tmp_path)


@pytest.mark.parametrize(
    "name", ["../denyut.toml", "/etc/passwd", "evidence/../../x", "lain.txt", "evidence/.x"]
)
def test_a_name_that_leads_elsewhere_is_refused(packed: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(packed, "a") as out:
        out.writestr(name, b"x")
    assert "damaged" in refused(packed, tmp_path)


def test_evidence_is_only_ever_added(packed: Path, archive: Archive, tmp_path: Path) -> None:
    (path,) = archive.folder.iterdir()
    content = path.read_bytes()
    target = f"sqlite:///{tmp_path / 'lain.db'}"
    path.write_bytes(content + b"a later night's")
    restore(packed, target, archive.folder)
    assert path.read_bytes() == content + b"a later night's"
    path.write_bytes(content[:100])
    restore(packed, target, archive.folder, replace=True)
    assert path.read_bytes() == content
    path.write_bytes(b"other" + content[5:])
    with pytest.raises(ConfigError, match="other pages"):
        restore(packed, target, archive.folder, replace=True)
    assert path.read_bytes() == b"other" + content[5:]
    with pytest.raises(ConfigError, match="DENYUT_EVIDENCE is off"):
        restore(packed, target, None, replace=True)


@pytest.mark.usefixtures("packed")
def test_evidence_that_cannot_be_read_is_named(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def closed_to_us(path: Path, *given: Any, **named: Any) -> Any:
        if path.parent == archive.folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *given, **named)

    monkeypatch.setattr(Path, "open", closed_to_us)
    engine = open_database(f"sqlite:///{tmp_path / 'kota.db'}")
    with pytest.raises(BackupError, match=rf"{NIGHT}\.warc\.gz cannot be read"):
        make_backup(engine, tmp_path / "c.zip", NOW, evidence=archive.folder)
    engine.dispose()


def test_two_cities_may_back_up_into_one_folder_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        new_database(tmp_path / name / "denyut.db")

    def back_up(name: str, on_bytes: Callable[[int, int], None]) -> None:
        monkeypatch.chdir(tmp_path / name)
        engine = open_database("sqlite:///denyut.db")
        make_backup(engine, tmp_path / f"{name}.zip", NOW, on_bytes=on_bytes)
        engine.dispose()

    back_up("a", lambda _done, _total: back_up("b", ignore))
    for name in ("a", "b"):
        with Package(tmp_path / f"{name}.zip") as package:
            package.verify(ignore)


def test_a_password_stands_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(
        "#!/bin/sh\n"
        "[ $1 = --version ] && echo '(PostgreSQL) 99' && exit\n"
        f"echo $@ >> {tmp_path}/said\n"
        "exit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("db.backup.dump._PLACES", ())
    for address in ("kota:rahasia@h/d", "kota@h/d?password=rahasia&connect_timeout=5"):
        with pytest.raises(BackupError) as error:
            dump_database(parse_url(f"postgresql://{address}"), ["post"], "1", 99, tmp_path / "d")
        assert "rahasia" not in str(error.value)
    said = (tmp_path / "said").read_text()
    assert said.count("passfile=") == 2
    assert "rahasia" not in said


@pytest.mark.usefixtures("packed")
def test_evidence_that_is_not_there_is_told(archive: Archive, tmp_path: Path) -> None:
    shutil.rmtree(archive.folder)
    engine = open_database(f"sqlite:///{tmp_path / 'kota.db'}")
    manifest = make_backup(engine, tmp_path / "c.zip", NOW, evidence=archive.folder)
    assert manifest.contents.lacking == (f"{NIGHT}.warc.gz",)
    assert broken(f"sqlite:///{tmp_path / 'kota.db'}", archive.folder) == [
        "a page that posts rest on is in its file"
    ]
    assert manifest.contents.schema == newest_revision()
    engine.dispose()


@pytest.mark.usefixtures("packed")
def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "kota.db"
    engine = open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'post'"
        ).scalar_one()
    engine.dispose()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(range(1, 200)))
    engine = open_database(f"sqlite:///{path}")
    with pytest.raises(Exception, match=r"damaged|malformed"):
        make_backup(engine, tmp_path / "d.zip", NOW)
    engine.dispose()
    assert not (tmp_path / "d.zip").exists()
    assert not list(tmp_path.glob(".denyut-backup*"))
