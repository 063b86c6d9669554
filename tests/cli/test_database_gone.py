"""A PostgreSQL server that is gone for a while, or for good, in the midst of a crawl."""

import signal

import pytest
from sqlalchemy import create_engine, text

from activity.errors import DatabaseBusyError
from db.engine import parse_url
from db.lock import hold_lock

_OFFICES = ("diskominfo", "disdik", "dinsos", "dlh", "bkpsdm", "damkar", "kel-cendana")
_STORED = 3
"""Accounts that were stored before the server goes."""
_KEPT = {
    "post": "SELECT account_id, key, local_day, title FROM post ORDER BY 1, 2",
    "snapshot": "SELECT account_id, outcome, saw, posts_found, posts_new FROM snapshot ORDER BY 1",
    "run": "SELECT night, number, status FROM run",
    "memory": "SELECT account_id FROM account_memory ORDER BY 1",
}


@pytest.fixture
def machine(make_denyut, tmp_path, own_postgres, registry):
    machine = make_denyut(tmp_path)
    machine.settings |= {"DENYUT_DATABASE": own_postgres.url, "DENYUT_DELAY": "0.3"}
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", registry(*_OFFICES)))
    return machine


def keep(machine):
    """What must not depend on how often the server was gone."""
    engine = create_engine(parse_url(machine.settings["DENYUT_DATABASE"]))
    with engine.connect() as connection:
        kept = {name: [tuple(row) for row in connection.execute(text(sql))] for name, sql in _KEPT.items()}
    engine.dispose()
    return kept


def test_a_crawl_waits_for_a_server_that_is_gone_and_goes_on(machine, start_crawl, own_postgres):
    process, _ = start_crawl(machine, _STORED)
    own_postgres.stop()
    waits = next(line for line in process.stderr if line.split()[0] not in _OFFICES)
    assert "cannot be used" in waits
    assert waits.rstrip().endswith("It is waited for, up to 300 s.")
    own_postgres.start()
    back = next(line for line in process.stderr if line.split()[0] not in _OFFICES)
    assert "The database is back after" in back
    # The crawl's lock went with the server, and was taken again before anything was stored.
    with pytest.raises(DatabaseBusyError), hold_lock(own_postgres.url, "crawl"):
        pass
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    assert all(line.split()[0] in _OFFICES for line in stderr.splitlines()), stderr
    assert "taken up" not in stdout
    disturbed = keep(machine)
    machine.settings["DENYUT_DATABASE"] = f"sqlite:///{machine.database}"
    machine.done("init")
    machine.done("agencies", "import", str(machine.folder / "registry.csv"))
    machine.done("crawl", DENYUT_DELAY="0")
    undisturbed = keep(machine)
    assert len(undisturbed["post"]) > 100
    assert [str(row) for row in disturbed["post"]] == [str(row) for row in undisturbed["post"]]
    assert disturbed["run"][0][-1] == undisturbed["run"][0][-1] == "finished"
    assert disturbed["memory"] == undisturbed["memory"]
    assert [tuple(row) for row in disturbed["snapshot"]] == [tuple(row) for row in undisturbed["snapshot"]]


def test_a_server_that_stays_away_ends_the_crawl_with_one_line_and_it_is_taken_up(
    machine, start_crawl, own_postgres
):
    process, _ = start_crawl(machine, _STORED, DENYUT_DATABASE_WAIT="2")
    own_postgres.stop()
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 3, stderr
    assert stdout == ""
    waits, last = (line for line in stderr.splitlines() if line.split()[0] not in _OFFICES)
    assert waits.endswith("It is waited for, up to 2 s.")
    assert last.startswith("denyut: The database")
    own_postgres.start()
    stored = len(keep(machine)["snapshot"])
    assert "taken up where it stopped" in machine.done("crawl", DENYUT_DELAY="0")
    kept = keep(machine)
    assert 3 <= stored < len(kept["snapshot"])
    assert len({row[0] for row in kept["snapshot"]}) == len(kept["snapshot"])
    assert [row[-1] for row in kept["run"]] == ["finished"]


def test_a_crawl_that_waits_can_be_stopped(machine, start_crawl, own_postgres):
    process, _ = start_crawl(machine, _STORED)
    own_postgres.stop()
    next(line for line in process.stderr if line.split()[0] not in _OFFICES)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert stderr.splitlines()[-1].startswith("denyut: Interrupted.")
    assert "Traceback" not in stderr
