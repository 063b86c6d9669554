"""A night on several machines: who works is nobody's business, and whoever is lost costs nothing."""

import os
import signal
import time
from contextlib import contextmanager, suppress
from datetime import date

import pytest

from activity.errors import ConfigError, QueueGoneError
from db.fleet.roll import count_fit_workers
from db.fleet.view import load_fleet
from db.opening import open_database
from desk.keeping.evidence import join_evidence, mark_evidence, open_archive
from desk.setting.config import load_config

_OFFICES = ("dinkes", "dpupr", "dispora", "disbudpar", "diskominfo", "disdik", "kel-cendana")
_WORKERS = 4


@pytest.fixture
def start_workers(processes):
    """Starts workers and waits until they are there."""

    def start(machine, count, **settings):
        begun = [machine.start_warm("worker", **settings) for _ in range(count)]
        processes.extend(begun)
        with _opened(machine) as engine:
            _await(lambda: count_fit_workers(engine) >= count)
        return begun

    return start


def _prepare(make_denyut, folder, registry, **settings):
    machine = make_denyut(folder)
    folder.mkdir()
    machine.settings |= {"DENYUT_EVIDENCE": str(folder / "bukti"), **settings}
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", registry(*_OFFICES)))
    return machine


@contextmanager
def _opened(machine):
    engine = open_database(machine.settings["DENYUT_DATABASE"])
    yield engine
    engine.dispose()


def _await(condition):
    until = time.monotonic() + 120
    while not _is(condition):
        assert time.monotonic() < until
        time.sleep(0.05)


def _is(condition):
    with suppress(QueueGoneError):
        return condition()
    return False


def _seal(machine):
    words = ("--who", "Ketua", "--early", "--reason", "coba", "--out", "seal.zip")
    machine.done("seal", "2026-S1", *words, DENYUT_NOW="2026-07-02T10:00+08:00")
    return (machine.folder / "seal.zip").read_bytes()


def test_four_workers_on_a_server_and_one_process_on_a_file_come_to_the_same(
    make_denyut, tmp_path, new_postgres_url, registry, start_workers, evening
):
    """It takes four workers: nothing less shows that they agree."""
    last = {"DENYUT_NOW": evening(date(2026, 6, 30))}
    alone = _prepare(make_denyut, tmp_path / "alone", registry, **last)
    shared = _prepare(make_denyut, tmp_path / "shared", registry, DENYUT_DATABASE=new_postgres_url, **last)
    tokenless = {name: "" for name in shared.settings if name.endswith("_TOKEN")}
    workers = start_workers(shared, _WORKERS, **tokenless)
    given, own = shared.json("crawl", "--json"), alone.json("crawl", "--json")
    same = ("outcomes", "posts_new", "posts_seen", "requests", "given_again", "doubled")
    assert {name: given[name] for name in same} == {name: own[name] for name in same}
    told = shared.json("night", "--json")["workers"]
    assert (told["live"], told["waiting"], told["under_way"]) == (False, 0, 0)
    assert sum(each["done"] for each in told["workers"]) == len(_OFFICES)
    assert shared.json("rank", "2026-S1", "--json") == alone.json("rank", "2026-S1", "--json")
    assert _seal(shared) == _seal(alone)
    # The pages of all workers stand in the one folder, each in its own worker's file.
    assert "identical" in shared.done("verify", "seal.zip", "--evidence", "bukti")
    for process in workers:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_worker_that_is_killed_loses_nothing(
    make_denyut, tmp_path, new_postgres_url, registry, start_workers
):
    machine = _prepare(
        make_denyut, tmp_path / "kota", registry, DENYUT_DATABASE=new_postgres_url, DENYUT_DELAY="0.5"
    )
    (lost,) = start_workers(machine, 1)
    crawl = machine.start_warm("crawl", "--json", "--channel", "website")
    with _opened(machine) as engine:
        _await(lambda: load_fleet(engine, date(2026, 2, 2)).under_way)
    os.killpg(lost.pid, signal.SIGKILL)
    other, _ = start_workers(machine, 2)
    stdout, stderr = crawl.communicate(timeout=120)
    assert crawl.returncode == 0, stderr
    assert '"given_again": 0' not in stdout
    looks = machine.json("sql", "SELECT count(*) AS n, count(DISTINCT agency) AS m FROM looks", "--json")
    assert [(row["n"], row["m"]) for row in looks] == [(len(_OFFICES), len(_OFFICES))]
    other.send_signal(signal.SIGTERM)
    assert other.wait(timeout=30) == 0


def test_a_worker_on_a_file_is_refused_in_one_line(denyut, complaint):
    denyut.done("init")
    assert "Workers need a database of a server" in complaint(denyut.run("worker"), 2)


def test_a_worker_that_cannot_write_to_the_evidence_folder_takes_nothing(tmp_path, monkeypatch):
    """It may well read it: of a folder that is shared, and belongs to a user of another number."""
    config = load_config({"DENYUT_EVIDENCE": str(tmp_path / "bukti")})
    archive = open_archive(config)
    assert archive is not None
    mark = mark_evidence(archive)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with pytest.raises(ConfigError, match="cannot be written by this worker") as caught:
        join_evidence(config, "pekerja", mark)
    assert "user number" in caught.value.remedy
