"""The jury's desk: decisions, the published result, objections; and the seal that ends a semester."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta

import pytest

from activity.agency import Channel
from activity.outcome import Outcome
from activity.visit import Budget, Harvest, Window
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.opening import open_database
from testkit.judged import Machine, evening, fill_city, make_post
from testkit.zone import MAKASSAR as ZONE


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled")
    fill_city(f"sqlite:///{folder / 'denyut.db'}")
    return folder


@pytest.fixture
def machine(filled, tmp_path, complaint):
    shutil.copytree(filled, tmp_path / "copy")
    return Machine(tmp_path / "copy", f"sqlite:///{tmp_path / 'copy' / 'denyut.db'}", complaint)


_WHO = ("--who", "Ketua", "--reason", "Sanggahan diterima", "--evidence", "BA 12/2026")
_SEAL = ("seal", "2026-S1", "--who", "Ketua")


def _places(machine):
    ranked = machine.json("rank", "2026-S1", "--channel", "website", "--level", "skpd")
    return {s["agency"]: s["place"] for c in ranked["categories"] for s in c["standings"]}


def test_decisions_are_appended_and_the_newest_on_a_matter_stands(machine):
    assert _places(machine) == {"dinkes": 1, "dispora": 2, "bappeda": 2}
    day = date(2025, 12, 27) + timedelta(days=4 * 20)
    address = f"http://www.dispora.go.id/berita/{day:%Y%m%d}-0?utm_source=wa"
    said = machine.done("override", "2026-S1", "dispora", "website", "--drop", address, *_WHO)
    assert said.startswith(
        f"Decision 1 of 2026-S1: dispora on website: do not count post /berita/{day:%Y%m%d}-0."
    )
    assert _places(machine) == {"dinkes": 1, "bappeda": 2, "dispora": 3}
    machine.done("override", "2026-S1", "dispora", "website", "--count", f"/berita/{day:%Y%m%d}-0", *_WHO)
    assert _places(machine) == {"dinkes": 1, "dispora": 2, "bappeda": 2}
    machine.done("override", "2026-S1", "dispora", "website", "--prefer", *_WHO)
    assert _places(machine) == {"dinkes": 1, "dispora": 2, "bappeda": 3}
    machine.done("override", "2026-S1", "dinkes", "website", "--exclude", *_WHO)
    assert _places(machine) == {"dispora": 1, "bappeda": 2, "dinkes": None}
    machine.done("override", "2026-S1", "dinkes", "website", "--withdraw", 4, *_WHO)
    assert _places(machine)["dinkes"] == 1
    listed = machine.json("override", "list", "2026-S1")
    assert [(each["number"], each["in_force"]) for each in listed] == [
        (1, False), (2, True), (3, True), (4, False), (5, False),
    ]  # fmt: skip
    view = machine.json("sql", "SELECT number, in_force FROM overrides ORDER BY number")
    assert [bool(row["in_force"]) for row in view] == [each["in_force"] for each in listed]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nobody", "website", "--exclude", *_WHO), "nobody"),
        (("dinkes", "website", "--drop", "/berita/none", *_WHO), "/berita/none"),
        (("dinkes", "website", "--drop", "https://dispora.go.id/berita/20260106-0", *_WHO), "no post"),
        (("dinkes", "website", "--count", "/profil", *_WHO), "no certain day"),
        (("dinkes", "website", "--drop", "/berita/20251230-0", *_WHO), "of 2025-12-30, not of 2026-S1"),
        (("dinkes", "website", *_WHO), "one thing"),
        (("dinkes", "website", "--exclude", "--prefer", *_WHO), "one thing"),
        (("dinkes", "website", "--withdraw", 7, *_WHO), "No decision 7"),
        (("dinkes", "website", "--exclude", "--who", " ", "--reason", "x", "--evidence", "y"), "--who"),
        (("dinkes", "website", "--exclude", "--who", "x", "--reason", "\n", "--evidence", "y"), "--reason"),
        (("dinkes", "website", "--exclude", "--who", "x", "--reason", "y", "--evidence", ""), "--evidence"),
    ],
)
def test_a_decision_that_cannot_be_entered_is_one_clear_line(machine, arguments, named):
    assert named in machine.refused("override", "2026-S1", *arguments)
    assert machine.json("override", "list") == []


def test_nothing_is_decided_of_a_semester_that_has_not_begun(machine):
    assert "has not begun" in machine.refused("override", "2031-S1", "dinkes", "website", "--exclude", *_WHO)


def test_offices_object_while_there_is_time_and_every_objection_is_answered(machine):
    opened = ("objection", "open", "2026-S1", "kel-a", "--who", "Lurah", "--reason", "Dua berita hilang")
    assert "denyut publish 2026-S1" in machine.refused(*opened)
    assert machine.json("shortlist", "2026-S1")["stage"] == "provisional"
    published = machine.json("publish", "2026-S1", "--who", "Ketua")
    assert (published["stage"], published["objections_until"]) == ("objections open", "2026-07-09")
    machine.on("2026-07-05")
    assert machine.json("publish", "2026-S1", "--who", "Lain") == published
    machine.done(*opened, "--channel", "website")
    machine.on("2026-07-09", 23)
    machine.done(*opened)
    machine.on("2026-07-10", 0)
    assert "ended on 2026-07-09" in machine.refused(*opened)
    machine.done(*opened, "--late", "Surat tertahan di pos")
    assert machine.json("rank", "2026-S1")["open_objections"] == [1, 2, 3]
    assert "objections 1, 2, 3 have no answer" in machine.refused(*_SEAL)
    answered = ("--who", "Ketua", "--answer", "Benar")
    assert "--accept or --reject" in machine.refused("objection", "close", 1, *answered)
    assert "--accept or --reject" in machine.refused(
        "objection", "close", 1, *answered, "--accept", "--reject"
    )
    assert "no objection 9" in machine.refused("objection", "close", 9, *answered, "--accept")
    for number, verdict in ((1, "--accept"), (2, "--reject"), (3, "--reject")):
        machine.done("objection", "close", number, *answered, verdict)
    assert "answered on 2026-07-" in machine.refused("objection", "close", 1, *answered, "--reject")
    listed = machine.json("objection", "list", "2026-S1")
    assert [each["state"] for each in listed] == ["accepted", "rejected", "rejected"]
    assert [each["late"] for each in listed] == [None, None, "Surat tertahan di pos"]
    assert machine.json("rank", "2026-S1")["stage"] == "final"
    assert "final" in machine.done("shortlist", "2026-S1").splitlines()[-1]


def test_a_semester_that_runs_is_neither_published_nor_sealed(machine):
    machine.settings["DENYUT_NOW"] = "2026-06-30T11:00+08:00"
    assert "still runs" in machine.refused("publish", "2026-S1", "--who", "Ketua")
    assert "still runs" in machine.refused(*_SEAL, "--early", "--reason", "x")


def test_nobody_seals_while_offices_may_object_except_with_a_reason(machine):
    assert "denyut publish 2026-S1" in machine.refused(*_SEAL)
    machine.done("publish", "2026-S1", "--who", "Ketua")
    assert "until 2026-07-09" in machine.refused(*_SEAL)
    assert "--reason is blank" in machine.refused(*_SEAL, "--early")
    machine.done(*_SEAL, "--early", "--reason", "Latihan")
    (sealed,) = machine.json("seal", "list")
    assert (sealed["reason"], sealed["superseded_by"]) == ("Latihan", None)


@pytest.fixture
def sealed(machine):
    """A machine whose semester was sealed after the time for objections, into `arsip.zip`."""
    machine.done("publish", "2026-S1", "--who", "Ketua")
    machine.on("2026-07-12")
    machine.done("override", "2026-S1", "dispora", "website", "--prefer", *_WHO)
    machine.done(*_SEAL, "--out", "arsip.zip")
    return machine


def _rows(machine, table):
    return machine.json("sql", f"SELECT * FROM {table}")


def test_sealing_again_gives_the_same_bytes_whatever_came_later(sealed):
    first = (sealed.folder / "arsip.zip").read_bytes()
    sealed.on("2026-08-17")
    _crawl_again(sealed)
    said = sealed.done("seal", "2026-S1", "--out", "lagi")
    (again,) = (sealed.folder / "lagi").iterdir()
    assert again.name == "denyut-2026-S1-seal-1.zip"
    assert again.read_bytes() == first
    assert sealed.json("seal", "list")[0]["sha256"] in said


def _crawl_again(machine):
    """A later look finds another post of the sealed semester."""
    engine = open_database(machine.settings["DENYUT_DATABASE"])
    night = date(2026, 8, 1)
    run = begin_run(engine, night, evening(night))
    window = Window(evening(night) - timedelta(days=220), evening(night))
    for target in load_targets(engine, Channel.WEBSITE, run, window, ZONE, budget=Budget()):
        if target.account.agency == "bappeda":
            posts = tuple(make_post("bappeda", date(2026, 6, 1) + timedelta(days=n), 7) for n in range(9))
            save_harvest(engine, run, target, Harvest(Outcome.OK, posts))
    finish_run(engine, run, evening(night), {})
    engine.dispose()


def test_a_sealed_semester_is_shown_as_it_was_sealed_and_says_where_the_data_moved(sealed, tmp_path):
    before = sealed.json("rank", "2026-S1")
    assert (before["stage"], before["seal"]["number"], before["drift"]) == ("sealed", 1, [])
    rankings = _rows(sealed, "ranking")
    _crawl_again(sealed)
    done = sealed.run("rank", "2026-S1", "--json")
    now = json.loads(done.stdout)
    assert now["categories"] == before["categories"]
    assert [line for line in now["drift"] if line.startswith("website bappeda · ")], now["drift"]
    assert "The data now gives another result for 2026-S1" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    report = sealed.run("report", "2026-S1", "--out", tmp_path / "laporan")
    assert "2026-S1: sealed 2026-07-12, seal 1" in report.stderr
    assert _rows(sealed, "ranking") == rankings


def test_a_sealed_semester_is_not_changed_only_superseded(sealed):
    override = ("override", "2026-S1", "bappeda", "website", "--exclude", *_WHO)
    remedy = "denyut seal 2026-S1 --supersede --who NAME --reason TEXT"
    assert remedy in sealed.refused(*override)
    late = ("objection", "open", "2026-S1", "kel-a", "--who", "L", "--reason", "x", "--late", "y")
    assert remedy in sealed.refused(*late)
    rubric = sealed.done("rubric", "show", "2026-S1").replace("places = 3 ", "places = 2 ")
    rubric = re.sub(r'version = "\d+"', 'version = "9"', rubric).replace('reason = "', 'reason = "Baru. ')
    (sealed.folder / "baru.toml").write_text(rubric, encoding="utf-8")
    assert remedy in sealed.refused("rubric", "adopt", "baru.toml", "2026-S1", "--who", "K")

    reopen = ("seal", "2026-S1", "--supersede")
    assert "--who is blank" in sealed.refused(*reopen, "--reason", "x")
    assert "--reason is blank" in sealed.refused(*reopen, "--who", "Ketua")
    sealed.done(*reopen, "--who", "Ketua", "--reason", "Putusan PTUN")
    assert "not sealed" in sealed.refused(*reopen, "--who", "Ketua", "--reason", "x")
    assert sealed.json("rank", "2026-S1")["stage"] == "reopened"
    sealed.done(*override)
    first = sealed.folder / "arsip.zip"
    sealed.done(*_SEAL, "--out", "baru.zip")
    chain = sealed.json("seal", "list")
    assert [(s["number"], s["supersedes"], s["superseded_by"]) for s in chain] == [(1, None, 2), (2, 1, None)]
    assert chain[0]["reopened"]["reason"] == chain[1]["reason"] == "Putusan PTUN"
    assert sealed.json("verify", first)["identical"]
    assert sealed.json("verify", "baru.zip")["supersedes"] == 1
    ranked = sealed.json("rank", "2026-S1")
    assert (ranked["stage"], ranked["seal"]["number"]) == ("sealed", 2)
    assert _places(sealed)["bappeda"] is None
    view = sealed.json("sql", "SELECT number, superseded, reopened_by FROM seals ORDER BY number")
    assert [(bool(row["superseded"]), row["reopened_by"]) for row in view] == [(True, "Ketua"), (False, None)]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"TZ": "America/St_Johns", "LC_ALL": "id_ID.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"TZ": "Asia/Jayapura", "PYTHONHASHSEED": "7", "DENYUT_TIMEZONE": "Asia/Jakarta"},
    ],
)
def test_another_machine_says_identical_without_a_database(sealed, tmp_path, elsewhere):
    folder = tmp_path / "lain"
    folder.mkdir()
    shutil.copy(sealed.folder / "arsip.zip", folder)
    other = Machine(folder, "sqlite:///tidak-ada.db", sealed.complaint)
    done = other.elsewhere("verify", "arsip.zip", **elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "arsip.zip: identical."
    assert "who sealed it is not proven" in done.stdout
    assert [path.name for path in folder.iterdir()] == ["arsip.zip"]


def test_verify_names_what_was_changed_and_ends_with_one(sealed):
    archive = sealed.folder / "arsip.zip"
    body = archive.read_bytes()
    offset = body.index(b'"day":"2026-03-01"') + 15
    archive.write_bytes(body[:offset] + b"2" + body[offset + 1 :])
    done = sealed.run("verify", "arsip.zip")
    assert done.returncode == 1
    assert "posts.jsonl is not what manifest.json says: its SHA-256 differs" in done.stdout
    assert done.stdout.splitlines()[-1] == "arsip.zip: not what was sealed."
    archive.write_bytes(body + b"x")
    told = sealed.run("verify", "arsip.zip", "--json")
    assert told.returncode == 1
    (problem,) = json.loads(told.stdout)["problems"]
    assert problem.startswith("1 bytes stand after the archive's end")
    archive.write_bytes(body)
    (seal,) = sealed.json("seal", "list")
    sealed.done("verify", "arsip.zip", "--sha256", seal["sha256"].upper())
    assert sealed.run("verify", "arsip.zip", "--sha256", "0" * 64).returncode == 1


def test_what_is_no_archive_is_one_clear_line(sealed):
    (sealed.folder / "catatan.zip").write_bytes(b"bukan arsip")
    assert "no archive of a sealed semester" in sealed.refused("verify", "catatan.zip")
    assert "No such file" in sealed.refused("verify", "tidak-ada.zip")
    assert "directory" in sealed.refused("verify", ".")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE seal SET archive = 'x'",
        "DELETE FROM seal_part",
        "UPDATE seal_part SET content = x'00'",
        "UPDATE seal_part SET content = (SELECT substr(content, 1, 99) FROM seal_part)",
    ],
)
def test_a_database_somebody_changed_is_not_taken_for_the_seal(sealed, tampering):
    engine = open_database(sealed.settings["DENYUT_DATABASE"])
    with engine.begin() as connection:
        connection.exec_driver_sql(tampering)
    engine.dispose()
    assert "seal 1 of 2026-S1" in sealed.refused("rank", "2026-S1", code=3)
    assert sealed.run("seal", "2026-S1", "--out", "lagi.zip").returncode == 3
    assert not (sealed.folder / "lagi.zip").exists()


_SLOW_SEAL = """
import sys
from cli import main, seal_make

gather = seal_make._gather
def gather_slowly(*arguments):
    contents = gather(*arguments)
    print("gathered", flush=True)
    sys.stdin.readline()
    return contents

seal_make._gather = gather_slowly
main.main(sys.argv[1:])
"""


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_decision_during_a_seal_waits_and_meets_a_sealed_semester(machine, engine, request):
    if engine == "postgresql":
        machine.settings["DENYUT_DATABASE"] = request.getfixturevalue("fresh_postgres_url")
        fill_city(machine.settings["DENYUT_DATABASE"])
    arguments = (*_SEAL, "--early", "--reason", "Uji", "--out", "arsip.zip")
    late = ("override", "2026-S1", "dispora", "website", "--prefer", *_WHO)
    seal = _start(machine, "-c", _SLOW_SEAL, *arguments)
    assert seal.stdout.readline() == "gathered\n"
    decision = _start(machine, "-m", "cli", *late)
    with pytest.raises(subprocess.TimeoutExpired):
        decision.wait(timeout=4)
    seal.communicate("go on\n", timeout=60)
    _, said = decision.communicate(timeout=60)
    assert (seal.returncode, decision.returncode) == (0, 2)
    assert "2026-S1 is sealed" in said
    assert json.loads(machine.elsewhere("override", "list", "--json").stdout) == []


def _start(machine, *words):
    return subprocess.Popen(
        [sys.executable, *words],
        env=machine.settings,
        cwd=machine.folder,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_both_engines_seal_the_same_bytes(filled, tmp_path, complaint, fresh_postgres_url, warm_python):
    fill_city(fresh_postgres_url)
    shutil.copytree(filled, tmp_path / "lite")
    (tmp_path / "server").mkdir()
    archives = []
    for name, url in (
        ("lite", f"sqlite:///{tmp_path / 'lite' / 'denyut.db'}"),
        ("server", fresh_postgres_url),
    ):
        machine = Machine(tmp_path / name, url, complaint, warm_python)
        for command in (
            ("publish", "2026-S1", "--who", "Ketua"),
            ("objection", "open", "2026-S1", "kel-a", "--who", "Lurah", "--reason", "é — ‘x’"),
            ("objection", "close", 1, "--who", "Ketua", "--answer", "Ya", "--accept"),
            ("override", "2026-S1", "dispora", "website", "--prefer", *_WHO),
        ):
            done = machine.apart(*command)
            assert done.returncode == 0, done.stderr
        done = machine.elsewhere(*_SEAL, "--out", "arsip.zip", "--as-of", "2026-07-12")
        assert done.returncode == 0, done.stderr
        archives.append((machine.folder / "arsip.zip").read_bytes())
    assert archives[0] == archives[1]
