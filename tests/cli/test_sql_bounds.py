"""A question that would take too long, too much, or is given up: it ends, and the server's work on it too."""

import signal
import subprocess
import sys
import time

import psycopg
import pytest

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
# One call of one function, in which SQLite looks at no clock.
_ONE_STEP = "SELECT instr(hex(zeroblob(20000000)), hex(zeroblob(20000)) || '1')"
_LARGE = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
    "SELECT hex(zeroblob(5000000)) AS large FROM n ORDER BY large, i",
    "postgresql": "SELECT repeat('kabar', 100000000)",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def asked(request, denyut):
    """A machine whose database is empty, on each engine."""
    if request.param == "postgresql":
        denyut.settings["DENYUT_DATABASE"] = request.getfixturevalue("fresh_postgres_url")
    denyut.done("init")
    denyut.engine = request.param
    return denyut


def test_it_ends_at_its_time(asked, complaint):
    line = complaint(asked.run("sql", _ENDLESS, "--time-limit", "0.5"), 2)
    assert "ended after 0.5 seconds" in line
    assert "--time-limit" in line


def test_it_ends_at_its_memory(asked, complaint):
    line = complaint(asked.run("sql", _LARGE[asked.engine], "--memory-limit", "100"), 2)
    assert "more than 100 MB" in line


def test_one_step_that_looks_at_no_clock_is_ended_too(denyut, complaint):
    denyut.done("init")
    line = complaint(denyut.run("sql", _ONE_STEP, "--time-limit", "0.5"), 2)
    assert "ended after 0.5 seconds" in line


@pytest.mark.parametrize("query", [_ENDLESS, _ONE_STEP])
def test_it_ends_at_ctrl_c(asked, query):
    if asked.engine == "postgresql" and query == _ONE_STEP:
        query = "SELECT count(*) FROM generate_series(1, 100000000000)"
    process = asked.start("sql", query)
    time.sleep(4)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out, said = process.communicate(timeout=20)
    assert time.monotonic() - begun < 10
    assert (process.returncode, out) == (130, "")
    assert said.startswith("denyut: Interrupted.")
    if asked.engine == "postgresql":
        _wait_for_rest(asked.settings["DENYUT_DATABASE"])


def _wait_for_rest(url):
    busy = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND usename IS NOT NULL AND pid <> "
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(100):
            row = connection.execute(f"{busy} pg_backend_pid() AND datname = current_database()".encode())
            if row.fetchone() == (0,):
                return
            time.sleep(0.1)
    pytest.fail("the server went on with a question that was given up")


def test_what_a_reader_takes_to_read_does_not_count(denyut):
    denyut.done("init")
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n"
    process = denyut.start("sql", many, "--csv", "--time-limit", "3")
    time.sleep(8)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert out.splitlines()[-1] == "200000"


def test_a_reader_that_has_gone_ends_it(denyut):
    denyut.done("init")
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    command = " ".join(f"'{word}'" for word in denyut.command("sql", many, "--csv"))
    done = subprocess.run(
        ["sh", "-c", f"{command} | head -n 2"],
        env=denyut.settings,
        cwd=denyut.folder,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("i\n1\n", "")
    assert sys.executable in command
