"""Whatever is wrong with what a person gives is one clear line and an exit code, and changes nothing."""

import os
import shutil
import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from scoring.rubrics.rubric import load_default

_OFFICES = ("dinkes", "damkar", "kel-cendana")
_HEADER = "slug,name,level,website,instagram,facebook\n"


@pytest.fixture(scope="module")
def imported(make_denyut, registry, tmp_path_factory):
    """A database with three offices, to copy from."""
    machine = make_denyut(tmp_path_factory.mktemp("imported"))
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", registry(*_OFFICES)))
    with closing(sqlite3.connect(machine.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return machine


@pytest.fixture
def machine(denyut, imported):
    shutil.copy(imported.database, denyut.database)
    return denyut


@pytest.fixture
def refused(machine, complaint):
    """Runs a command that must be refused; returns its line. The database is the same afterwards."""

    def run(*arguments, code=2, **settings):
        before, content = machine.dump(), machine.database.read_bytes()
        line = complaint(machine.run(*arguments, **settings), code)
        assert machine.dump() == before
        assert machine.database.read_bytes() == content
        return line

    return run


def test_a_broken_registry_is_refused_whole_with_a_line_for_each_problem(machine):
    before = machine.dump()
    rows = (
        "baik,Dinas Baik,skpd,baik.example.go.id,@baik,baik\n"
        ",Tanpa Slug,skpd,,,\n"
        "buruk,Dinas Buruk,skpd,bukan alamat,ada spasi di sini,\n"
    )
    path = machine.write("broken.csv", _HEADER + rows)
    done = machine.run("agencies", "import", path)
    assert done.returncode == 2
    assert done.stdout == ""
    first, *problems = done.stderr.splitlines()
    assert first.startswith(f"denyut: broken.csv: {len(problems)} problems, nothing was imported.")
    assert len(problems) == 3
    assert all(line.startswith("  ") for line in problems)
    assert [line.split(",")[0].strip() for line in problems] == ["line 3", "line 4", "line 4"]
    assert machine.dump() == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.csv", None, "does not exist"),
        ("binary.csv", b"\x7fELF\x00\x01\x02\x00" * 50, "neither CSV nor XLSX"),
        ("empty.csv", b"", "is empty"),
        ("spaces.csv", b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        ("torn.xlsx", b"PK\x03\x04" + bytes(range(256)) * 4, "not a workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
    ],
)
def test_a_registry_that_is_no_table(machine, refused, name, content, words):
    path = machine.folder / name
    if content is not None:
        path.write_bytes(content)
    assert words in refused("agencies", "import", str(path))


def test_a_folder_is_no_registry(machine, refused):
    assert "is a folder" in refused("agencies", "import", str(machine.folder))


@pytest.mark.parametrize(
    ("command", "semester"),
    [
        ("rank", "2026-S3"),
        ("rank", "semester satu"),
        ("rank", "2026-S2"),
        ("report", "2026-S3"),
        ("vacuum", "2031-S1"),
    ],
)
def test_a_semester_that_does_not_exist_or_has_not_begun(machine, refused, command, semester):
    out = ("--out", str(machine.folder / "report")) if command == "report" else ()
    line = refused(command, semester, *out)
    assert semester in line
    assert not (machine.folder / "report").exists()


def test_a_rubric_whose_weights_do_not_add_up(machine, refused):
    text = load_default()
    assert "frequency = 40" in text
    path = machine.write("miring.toml", text.replace("frequency = 40", "frequency = 50"))
    line = refused("rank", "2026-S1", "--rubric", path)
    assert "miring.toml" in line
    assert "weight" in line
    assert refused("rank", "2026-S1", DENYUT_RUBRIC=path) == line


@pytest.mark.parametrize("content", [None, b"ini bukan [toml", b"\xff\xfe\x00\x01"])
def test_a_rubric_that_cannot_be_read(machine, refused, content):
    path = machine.folder / "rubric.toml"
    if content is not None:
        path.write_bytes(content)
    assert "rubric.toml" in refused("rank", "2026-S1", "--rubric", str(path))


@pytest.mark.parametrize("command", [("init",), ("crawl",)])
def test_tables_of_somebody_else_are_left_alone(denyut, complaint, command):
    with closing(sqlite3.connect(denyut.database)) as connection:
        connection.execute("CREATE TABLE agency (id INTEGER PRIMARY KEY, name TEXT)")
        connection.execute("INSERT INTO agency (name) VALUES ('milik orang')")
        connection.commit()
    content = denyut.database.read_bytes()
    assert "not Denyut's" in complaint(denyut.run(*command), 3)
    assert denyut.database.read_bytes() == content
    assert [path.name for path in denyut.folder.iterdir()] == ["denyut.db"]


@pytest.mark.parametrize("command", [("init",), ("sql", "SELECT 1 FROM agency")])
def test_a_text_file_is_no_database(denyut, complaint, command):
    content = "Daftar belanja: beras, telur.\n" * 100
    denyut.write("denyut.db", content)
    assert "is not a database" in complaint(denyut.run(*command), 3)
    assert denyut.database.read_text() == content


def test_a_folder_is_no_database(denyut, complaint):
    denyut.database.mkdir()
    complaint(denyut.run("init"), 3)
    assert list(denyut.database.iterdir()) == []


@pytest.mark.parametrize("command", [("init",), ("crawl",)])
def test_a_database_of_a_newer_denyut(machine, refused, command):
    with closing(sqlite3.connect(machine.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    line = refused(*command, code=3)
    assert "newer Denyut" in line
    assert "9999" in line


@pytest.mark.parametrize("command", [("crawl",), ("sql", "SELECT 1")])
def test_no_database_yet(denyut, complaint, command):
    assert "denyut init" in complaint(denyut.run(*command), 3)
    assert list(denyut.folder.iterdir()) == []


def test_an_address_that_cannot_be_read_as_a_database(denyut, complaint):
    complaint(denyut.run("--database", "denyut.db", "init"), 2)
    assert list(denyut.folder.iterdir()) == []


@pytest.mark.parametrize("command", [("init",), ("sql", "SELECT 1")])
def test_a_server_where_nobody_listens_and_its_password_stays_secret(denyut, complaint, command):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        url = f"postgresql://pejabat:sangat-rahasia@127.0.0.1:{door.getsockname()[1]}/denyut"
        line = complaint(denyut.run(*command, DENYUT_DATABASE=url), 3)
    assert "sangat-rahasia" not in line
    assert "127.0.0.1" in line


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("crawl", "--as-of", "kemarin"), {}, "--as-of"),
        (("rank", "2026-S1", "--as-of", "2026-02-30"), {}, "--as-of"),
        (("crawl", "--since", "dahulu"), {}, "--since"),
        (("crawl", "--as-of", "2026-01-01", "--since", "2026-02-01"), {}, "--since"),
        (("crawl", "--agency", "tidak-ada"), {}, "tidak-ada"),
        (("posts", "--agency", "tidak-ada"), {}, "tidak-ada"),
        (("rank", "2026-S1", "--level", "provinsi"), {}, "provinsi"),
        (("posts",), {"DENYUT_TIMEZONE": "Asia/Atlantis"}, "DENYUT_TIMEZONE"),
        (("posts",), {"DENYUT_TIMEZONE": "Asia/Jakarta"}, "Asia/Makassar"),
        (("crawl",), {"DENYUT_DELAY": "cepat"}, "DENYUT_DELAY"),
        (("crawl",), {"DENYUT_CONTACT": " "}, "or run: denyut init"),
        (("crawl",), {"DENYUT_CONTACT": "bukan kontak"}, "neither an e-mail address nor a URL"),
        (("posts", "--jsonl", "--csv"), {}, "--jsonl"),
        (("report", "2026-S1", "--out", "laporan", "--language", "jv"), {}, "'jv'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_an_option_or_setting_that_cannot_be_used(machine, refused, arguments, settings, words):
    assert words in refused(*arguments, **settings)
    assert not (machine.folder / "laporan").exists()


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM agency",
        "SELECT 1; DELETE FROM agency",
        "SELEC * FROM agency",
        "",
    ],
)
def test_a_query_that_writes_is_wrong_or_is_two(refused, query):
    line = refused("sql", query)
    assert "query" in line


def test_an_address_that_does_not_resolve(denyut):
    done = denyut.run("probe", "https://tidak-ada.invalid")
    assert done.returncode == 1
    assert done.stderr == ""
    assert "unreachable: 0 posts" in done.stdout
    assert "does not resolve" in done.stdout
    assert list(denyut.folder.iterdir()) == []


def test_what_is_no_address(denyut, complaint):
    for typed in ("bukan alamat", "ftp://contoh.go.id"):
        assert typed in complaint(denyut.run("probe", typed), 2)


def test_a_private_address_is_not_asked_without_permission(denyut, server):
    server.clear_requests()
    done = denyut.run("probe", server.website_url("dinkes"), DENYUT_ALLOW_PRIVATE_NETWORKS="")
    assert done.returncode == 1
    assert done.stderr == ""
    assert len([line for line in done.stdout.splitlines() if "is not a public address" in line]) == 1
    assert server.requests("dinkes") == ()


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_report_into_a_place_that_cannot_be_written(machine, refused, place):
    file = Path(machine.write("catatan", "sudah ada"))
    out = file if place == "a file" else file / "laporan"
    assert "catatan is a file. Name a folder with --out." in refused("report", "2026-S1", "--out", str(out))
    assert file.read_text() == "sudah ada"


@pytest.fixture
def small_disk(denyut):
    """A machine on whose disk only a few hundred kilobytes go, until `.enlarge()`.

    A disk of its own where the tests may mount one; else the limit on a file's size, which SQLite meets
    as a failing write.
    """
    disk = denyut.folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=560k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        yield _Limited(denyut)
        return
    denyut.settings["DENYUT_DATABASE"] = f"sqlite:///{disk / 'denyut.db'}"
    try:
        yield _Mounted(denyut, disk)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def small_file(denyut):
    """The same by the limit on a file's size, wherever the tests run."""
    return _Limited(denyut)


class _Mounted:
    def __init__(self, denyut, disk):
        self.denyut = denyut
        self.database = disk / "denyut.db"

    def run(self, *arguments):
        return self.denyut.run(*arguments)

    def enlarge(self):
        disk = str(self.database.parent)
        subprocess.run(["mount", "-o", "remount,size=60m", disk], check=True)


class _Limited:
    def __init__(self, denyut):
        self.denyut = denyut
        self.database = denyut.database
        self._limit: int | None = 480_000

    def run(self, *arguments):
        denyut = self.denyut
        return denyut.python.run(
            denyut.command(*arguments), env=denyut.settings, cwd=denyut.folder, file_limit=self._limit
        )

    def enlarge(self):
        self._limit = None


def _large_registry():
    rows = (
        f"kel-{n},Kelurahan {n} {'x' * 180},kelurahan,kel{n}.example.go.id,kel{n},kel{n}\n"
        for n in range(800)
    )
    return _HEADER + "".join(rows)


def test_a_full_disk_is_one_line_and_the_same_command_works_once_there_is_room(small_file, complaint):
    denyut = small_file.denyut
    assert small_file.run("init").returncode == 0
    command = ("agencies", "import", denyut.write("large.csv", _large_registry()))
    complaint(small_file.run(*command), 3)
    with closing(sqlite3.connect(small_file.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM agency").fetchone() == (0,)
    small_file.enlarge()
    assert "800 added" in small_file.run(*command).stdout


def test_a_crawl_onto_a_full_disk_stops_and_is_taken_up_once_there_is_room(small_disk, registry):
    denyut = small_disk.denyut
    assert small_disk.run("init").returncode == 0
    assert small_disk.run("agencies", "import", denyut.write("r.csv", registry())).returncode == 0
    crawl = ("crawl", "--channel", "instagram", "--channel", "facebook")
    done = small_disk.run(*crawl)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [line for line in done.stderr.splitlines() if line.startswith("denyut: ")] == [
        done.stderr.splitlines()[-1]
    ]
    with closing(sqlite3.connect(small_disk.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        promised = "SELECT (SELECT count(*) FROM post) - (SELECT coalesce(sum(posts_new), 0) FROM snapshot)"
        assert connection.execute(promised).fetchone() == (0,)
    small_disk.enlarge()
    again = small_disk.run(*crawl)
    assert again.returncode == 0, again.stderr
    assert "taken up where it stopped" in again.stdout
    with closing(sqlite3.connect(small_disk.database)) as connection:
        visited = "(SELECT account_id FROM snapshot)"
        due = f"SELECT count(*) FROM account WHERE channel <> 'website' AND id NOT IN {visited}"
        assert connection.execute(due).fetchone() == (0,)
