"""A crawl that is killed, stopped or started twice leaves the database an undisturbed one would."""

import json
import os
import shutil
import signal

import pytest

# Left out are sites with a new validator in each answer, for they count all the requests of the session.
_OFFICES = (
    "diskominfo",
    "disdik",
    "dinsos",
    "dlh",
    "bkpsdm",
    "dispora",
    "satpolpp",
    "damkar",
    "kel-karang-melati",
    "kel-cendana",
)


@pytest.fixture(scope="module")
def imported(make_denyut, registry, tmp_path_factory):
    machine = make_denyut(tmp_path_factory.mktemp("imported"))
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", registry(*_OFFICES)))
    return machine


@pytest.fixture
def prepare(make_denyut, imported, tmp_path):
    """Makes a machine with the same registry imported, and nothing crawled yet."""

    def make(name):
        shutil.copytree(imported.folder, tmp_path / name)
        return make_denyut(tmp_path / name)

    return make


# The wall clock of each visit, and where in a file a record came to stand.
_PASSING = {"snapshot": {"seconds", "first_byte"}, "record": {"id", "file", "offset", "length"}}


def _lasting(dump):
    """What must not depend on how often a crawl was disturbed; records are named by what they hold."""
    names = {row["id"]: (row["digest"], row["url"]) for row in dump["record"]}
    kept = {
        table: [{n: v for n, v in row.items() if n not in _PASSING.get(table, ())} for row in rows]
        for table, rows in dump.items()
    }
    rests = [{**row, "record_id": names[row["record_id"]]} for row in dump["post_basis"]]
    kept["post_basis"] = sorted(rests, key=lambda row: tuple(row.values()))
    kept["record"].sort(key=lambda row: (row["digest"], row["url"]))
    return kept


def _snapshots(machine):
    return len(machine.dump()["snapshot"])


def test_killed_crawls_taken_up_again_leave_the_database_of_an_undisturbed_one(prepare, start_crawl):
    undisturbed, killed = prepare("undisturbed"), prepare("killed")
    undisturbed.done("crawl")
    due = _snapshots(undisturbed)
    for harvests in (3, 9):
        before = _snapshots(killed)
        process, lines = start_crawl(killed, harvests, cold=True, DENYUT_DELAY="0.2")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert all(line.split()[0] in _OFFICES for line in lines)
        assert before + harvests <= _snapshots(killed) < due
    facts = json.loads(killed.done("crawl", "--json"))
    assert facts["resumed"] is True
    assert _lasting(killed.dump()) == _lasting(undisturbed.dump())


def test_a_stopped_crawl_says_so_in_one_line_and_is_taken_up_again(prepare, start_crawl):
    machine = prepare("stopped")
    process, _ = start_crawl(machine, 2, cold=True, DENYUT_DELAY="0.1", DENYUT_CONCURRENCY="2")
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stdout == ""
    assert "Traceback" not in stderr
    *harvests, last = stderr.splitlines()
    assert last.startswith("denyut: Interrupted.")
    assert all(line.split()[0] in _OFFICES for line in harvests)
    assert [run["status"] for run in machine.dump()["run"]] == ["running"]
    stored = _snapshots(machine)
    assert 2 <= stored < 28
    seen = sum(bool(look["saw"]) for look in machine.dump()["snapshot"])
    unfinished = machine.json("night", "--json")["unfinished"]
    crawled = machine.done("crawl")
    assert "taken up where it stopped" in crawled
    # Nobody in the registry has an account there.
    assert "youtube" not in crawled
    left = _snapshots(machine) - stored
    assert unfinished == {"run": 1, "seen": seen, "left": left, "goes_on": True}
    (run,) = machine.dump()["run"]
    assert run["status"] == "finished"


def test_of_two_crawls_at_once_the_second_steps_back(prepare, start_crawl, complaint):
    machine = prepare("twice")
    start_crawl(machine, 1, cold=True, DENYUT_DELAY="5")
    line = complaint(machine.run("crawl"), 4)
    assert "another denyut" in line.lower()
    (run,) = machine.dump()["run"]
    assert run["status"] == "running"
