"""A city in one file and back: beside a running crawl, on a full disk, on another machine."""

import json
import sqlite3
import tomllib
import zipfile
from contextlib import closing
from datetime import date, timedelta

import pytest

from db.nightly.run import begin_run, finish_run
from db.opening import open_database
from desk.keeping.backup import find_newest, tell_overdue
from desk.setting.config import load_config
from testkit.programs import program_path

_OFFICES = ("diskominfo", "dinkes", "kel-cendana")
_SECRETS = ("DENYUT_INSTAGRAM_TOKEN", "DENYUT_FACEBOOK_TOKEN")


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request, make_denyut, tmp_path, registry):
    """A machine whose registry is imported, with settings, a rubric and tokens beside the database."""
    made = make_denyut(tmp_path / "kota")
    made.folder.mkdir()
    made.settings |= {"PATH": program_path()}
    for name in ("DENYUT_CITY", "DENYUT_DATABASE"):
        made.settings.pop(name)
    address = "sqlite:///kota.db"
    if request.param == "postgresql":
        address = str(request.getfixturevalue("new_postgres_url"))
        made.settings["DENYUT_DATABASE"] = address
    made.write("denyut.toml", f'city = "Kota Uji"\ndatabase = "{address}"\n')
    made.write("rubrik.toml", made.done("rubric", "show"))
    made.write("tokens.toml", '[a]\ntoken = "EAABrahasia"\n')
    made.done("init")
    made.done("agencies", "import", made.write("registry.csv", registry(*_OFFICES)))
    return made


def _newest(machine):
    return max(machine.folder.rglob("*-backups/*.zip"))


def test_a_city_moves_to_another_machine(machine, make_denyut, tmp_path, request, start_crawl):
    process, _ = start_crawl(machine, 2, DENYUT_DELAY="0.05")
    said = machine.done("backup")
    assert "secrets are not in it" in said
    assert process.wait() == 0
    machine.done("seal", "2025-S2", "--who", "Ketua", "--early", "--reason", "uji", "--out", "arsip.zip")
    machine.done("backup", "--keep", "1")
    path = _newest(machine)
    assert list(path.parent.iterdir()) == [path]
    content = path.read_bytes()
    secrets = [machine.settings[name].encode() for name in _SECRETS]
    assert all(secret not in content for secret in (*secrets, b"EAABrahasia"))
    with zipfile.ZipFile(path) as opened:
        names = {name for name in opened.namelist() if name.endswith(".toml")}
    assert names == {"settings/denyut.toml", "rubrics/rubrik.toml"}

    other = make_denyut(tmp_path / "baru")
    other.folder.mkdir()
    other.settings = {**machine.settings}
    if "DENYUT_DATABASE" in other.settings:
        other.settings["DENYUT_DATABASE"] = str(request.getfixturevalue("fresh_postgres_url"))
    other.done("restore", str(path))
    assert json.loads(other.done("check", "--json"))["whole"]
    assert (other.folder / "rubrik.toml").read_text() == (machine.folder / "rubrik.toml").read_text()
    for question in (
        ("rank", "2026-S1", "--json"),
        ("posts", "--jsonl"),
        ("seal", "list", "--json"),
    ):
        assert other.done(*question) == machine.done(*question)
    assert machine.done("verify", "arsip.zip")
    refused = other.run("restore", str(path))
    assert (refused.returncode, "is not empty" in refused.stderr) == (2, True)
    other.done("restore", str(path), "--replace")
    # The crawl goes on there.
    night = (date.fromisoformat(machine.settings["DENYUT_NOW"][:10]) + timedelta(1)).isoformat()
    other.done("crawl", "--json", DENYUT_NOW=f"{night}T23:30+08:00")
    assert json.loads(other.done("check", "--json"))["whole"]


# From here on what is the same on both engines is tried on one.


@pytest.fixture
def small(denyut):
    denyut.done("init")
    return denyut


def test_a_full_disk_is_one_line_and_leaves_nothing(small, complaint):
    done = small.python.run(small.command("backup"), env=small.settings, cwd=small.folder, file_limit=100_000)
    assert "The copy of the database" in complaint(done, 1)
    assert not (small.folder / "denyut-backups").exists()
    small.done("backup")
    assert len(list((small.folder / "denyut-backups").iterdir())) == 1


def test_a_full_disk_leaves_the_database_that_was_to_be_given_up(small, complaint):
    small.done("backup")
    path = _newest(small)
    before = small.dump()
    done = small.python.run(
        small.command("restore", str(path), "--replace"),
        env=small.settings,
        cwd=small.folder,
        file_limit=100_000,
    )
    assert "No room left" in complaint(done, 1)
    assert small.dump() == before
    assert not list(small.folder.glob(".*.part"))


def test_no_password_is_in_the_settings_of_a_backup(small):
    address = "postgresql://kota:ra/ha'sia kota@h:5432/d?password=lagi&sslmode=require"
    comments = "# dulu postgresql://kota:la/ma@h/d\n# atau postgresql://h/d?password=la'in\n"
    small.write("denyut.toml", f'city = "Kota"\ndatabase = "{address}"  # tanya budi@kota.id\n{comments}')
    small.done("backup")
    with zipfile.ZipFile(_newest(small)) as opened:
        text = opened.read("settings/denyut.toml").decode()
    assert tomllib.loads(text)["database"] == "postgresql://kota@h:5432/d?sslmode=require"
    assert "# tanya budi@kota.id" in text
    assert not [word for word in ("ra/ha", "sia", "lagi", "la/ma", "la'in") if word in text]


def test_a_hidden_rubric_is_left_out_or_refused(small, complaint):
    small.write(".old.toml", small.done("rubric", "show"))
    small.done("backup")
    with zipfile.ZipFile(_newest(small)) as opened:
        assert not [name for name in opened.namelist() if name.startswith("rubrics/")]
    done = small.run("backup", DENYUT_RUBRIC=".old.toml")
    assert "cannot hold the rubric .old.toml" in complaint(done, 2)


def test_only_so_many_are_kept_and_nothing_else_is_dropped(small):
    folder = small.folder / "denyut-backups"
    folder.mkdir()
    (folder / "catatan.txt").write_text("milik kantor")
    (folder / "before-0005-was-0004.zip").write_text("x")
    for day in range(1, 7):
        small.done("backup", DENYUT_NOW=f"2026-03-0{day}T03:00+08:00", DENYUT_BACKUP_KEEP="3")
    small.done("backup", DENYUT_NOW="2026-03-06T03:00+08:00", DENYUT_BACKUP_KEEP="3")
    assert sorted(path.name for path in folder.iterdir()) == [
        "before-0005-was-0004.zip",
        "catatan.txt",
        "denyut-20260305-030000.zip",
        "denyut-20260306-030000-2.zip",
        "denyut-20260306-030000.zip",
    ]


def test_a_backup_that_is_overdue_is_named(tmp_path):
    environment = {
        "DENYUT_DATABASE": f"sqlite:///{tmp_path / 'denyut.db'}",
        "DENYUT_TIMEZONE": "Asia/Makassar",
        "DENYUT_NOW": "2026-03-02T03:00+08:00",
    }
    engine = open_database(environment["DENYUT_DATABASE"], create=True)

    def told(moment):
        return tell_overdue(load_config(environment | {"DENYUT_NOW": f"{moment}+08:00"}), engine)

    config = load_config(environment)
    run = begin_run(engine, date(2026, 3, 1), config.now())
    finish_run(engine, run, config.now(), {})
    assert told("2026-03-07T09:00") is None
    assert "There is no backup" in told("2026-03-08T13:00")
    (tmp_path / "denyut-backups").mkdir()
    for name in ("denyut-20260302-030000.zip", "denyut-20990101-030000.zip"):
        (tmp_path / "denyut-backups" / name).touch()
    assert find_newest(load_config(environment)) == date(2026, 3, 2)
    assert told("2026-03-08T23:00") is None
    assert told("2026-03-09T00:30") is None  # its crawl is still to come
    assert "7 days old" in told("2026-03-09T12:30")
    assert "8 days old" in told("2026-03-10T00:30")
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ("UPDATE run SET finished_at = NULL", "a run that has ended says when"),
        ("UPDATE snapshot SET night = night - 1", "a look belongs to its run's night"),
        ("UPDATE snapshot SET saw = NOT saw", "saw the night where its outcome says so"),
        ("UPDATE post SET first_run_id = 99", "what a row names is there"),
        ("UPDATE post SET published_at = published_at + 999999", "a post's day fits its moment"),
        (
            "INSERT INTO post_alias SELECT account_id, key, key, '', 0 FROM post LIMIT 1",
            "each post is there once",
        ),
        ("UPDATE record SET digest = 'x'", "a page is what was received"),
        ("UPDATE record SET file = 'x'", "a page that posts rest on is in its file"),
        ("UPDATE record SET length = length + 9999", "do not overlap"),
        ("DELETE FROM snapshot WHERE account_id = 1", "sums are those of its looks"),
        ("UPDATE agency SET parent = slug", "no agency descends from itself"),
        ("UPDATE setting SET value = 'Mars/Kota' WHERE name = 'timezone'", "the time zone is one"),
        ("DROP VIEW posts", "the views are those of this version"),
        ("UPDATE seal_part SET content = x'00'", "a sealed archive has the SHA-256"),
        ("UPDATE seal SET number = 2", "numbered from 1"),
        ("UPDATE alembic_version SET version_num = '0004'", "the schema is of this version"),
    ],
)
def test_check_names_what_is_not_as_promised(crawled, tmp_path, make_denyut, change, promise):
    copy = make_denyut(tmp_path)
    with (
        closing(sqlite3.connect(crawled.database)) as source,
        closing(sqlite3.connect(copy.database)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA foreign_keys = OFF")
        target.execute(change)
        target.commit()
    before = copy.database.read_bytes()
    done = copy.run("check", "--json", DENYUT_EVIDENCE=str(crawled.folder / "denyut-evidence"))
    assert done.returncode == 1, done.stderr
    assert [f for f in json.loads(done.stdout)["findings"] if promise in f["promise"]], done.stdout
    assert copy.database.read_bytes() == before


@pytest.fixture(scope="module")
def crawled(make_denyut, tmp_path_factory, registry):
    made = make_denyut(tmp_path_factory.mktemp("crawled"))
    made.done("init")
    made.done("agencies", "import", made.write("registry.csv", registry("diskominfo", "kel-cendana")))
    made.done("crawl", "--json")
    made.done("seal", "2025-S2", "--who", "Ketua", "--early", "--reason", "uji", "--out", "arsip.zip")
    told = made.done("check")
    assert "promises hold" in told
    return made
