"""A sample city on loopback, and `denyut` as a person runs it: a process with an environment of its own."""

import csv
import io
import json
import math
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from activity.agency import Channel
from activity.semester import Semester
from cli.demo import demo_settings
from samplecity.city import City
from samplecity.server import CityServer
from samplecity.truth import TrueAccount
from testkit.warm import WarmProcess, WarmPython

_ROOT = Path(__file__).parents[2]
_NIGHT = date(2026, 2, 2)
_SEMESTER = Semester(2026, 1)
_ONE_BY_ONE = """
import json, sys
from cli.main import main

for arguments in json.load(sys.stdin):
    try:
        main(arguments)
    except SystemExit as end:
        if end.code:
            raise
"""


@dataclass
class Denyut:
    """One officer's machine: a folder, a database in it, and the settings under which commands run."""

    folder: Path
    settings: dict[str, str]
    python: WarmPython

    @property
    def database(self) -> Path:
        return self.folder / "denyut.db"

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return self.python.run(
            self.command(*arguments), env=self.settings | settings, cwd=self.folder, timeout=120
        )

    def run_cold(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """The same from nothing, for what depends on the start: lazy imports, the pipe that it writes to."""
        return subprocess.run(
            self.command(*arguments),
            env=self.settings | settings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """The same in the background, as the leader of a process group of its own."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.settings | settings,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def start_warm(self, *arguments: str, **settings: str) -> WarmProcess:
        """The same without the second that Python takes, for what lives on after its start."""
        return self.python.start(self.command(*arguments), env=self.settings | settings, cwd=self.folder)

    def done(self, *arguments: str, **settings: str) -> str:
        """What a command that must succeed prints."""
        done = self.run(*arguments, **settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def done_all(self, commands: Sequence[Sequence[str]]) -> None:
        """Many small commands one after another in a single process."""
        done = self.python.run(
            [sys.executable, "-c", _ONE_BY_ONE],
            input=json.dumps(commands),
            env=self.settings,
            cwd=self.folder,
        )
        assert done.returncode == 0, done.stderr

    def json(self, *arguments: str, **settings: str) -> Any:
        return json.loads(self.done(*arguments, **settings))

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table, in an order of their own."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return {
                name: sorted(map(dict, connection.execute(f'SELECT * FROM "{name}"')), key=repr)
                for (name,) in names.fetchall()
            }

    @staticmethod
    def command(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "cli", *arguments]


def _complaint(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line that a failed command says; nothing else may stand on standard error."""
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("denyut: ")
    return lines[0]


@pytest.fixture(scope="session")
def complaint() -> Callable[[subprocess.CompletedProcess[str], int], str]:
    return _complaint


@pytest.fixture(scope="session")
def server() -> Iterator[CityServer]:
    """The city on an evening of its first semester; a test that moves its clock moves it for itself."""
    city = City.build(seed=1, semester="2026-S1")
    with CityServer(city, datetime.combine(_NIGHT, time(23, 30), city.zone)) as running:
        yield running


@pytest.fixture
def evening(server: CityServer) -> Iterator[Callable[[date], str]]:
    """Lets it be the evening of a day in the city; returns the moment as DENYUT_NOW takes it."""
    before = server.now()

    def pass_to(night: date) -> str:
        server.set_now(datetime.combine(night, time(23, 30), server.city.zone))
        return server.now().isoformat()

    yield pass_to
    server.set_now(before)


@pytest.fixture(scope="session")
def registry(server: CityServer) -> Callable[..., str]:
    """The city's registry as CSV, of all offices or of those named."""

    def write(*slugs: str) -> str:
        rows = list(csv.reader(io.StringIO(server.registry_csv())))
        table = io.StringIO()
        csv.writer(table).writerows(row for row in rows if row is rows[0] or not slugs or row[0] in slugs)
        return table.getvalue()

    return write


@pytest.fixture(scope="session")
def make_denyut(server: CityServer, warm_python: WarmPython) -> Callable[[Path], Denyut]:
    def make(folder: Path) -> Denyut:
        settings = demo_settings(server, folder / "denyut.db")
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
        moment = datetime.combine(_NIGHT, time(23, 30), server.city.zone)
        return Denyut(folder, settings | {"PYTHONPATH": path, "DENYUT_NOW": moment.isoformat()}, warm_python)

    return make


@pytest.fixture
def denyut(make_denyut: Callable[[Path], Denyut], tmp_path: Path) -> Denyut:
    """A machine without a database."""
    return make_denyut(tmp_path)


@pytest.fixture(scope="session")
def reference_score() -> Callable[[TrueAccount, date], float]:
    return _reference_score


def _reference_score(account: TrueAccount, previous_last: date) -> float:
    """The default rubric worked out straight from the truth, every night known: docs/scoring.md."""
    target = 3 if account.channel is not Channel.WEBSITE else 1 if account.level == "kelurahan" else 2
    days = _SEMESTER.days()
    per_day = dict.fromkeys(days, 0)
    for post in account.posts:
        per_day[post.day] += 1
    weeks = [[days[i] for i in week] for week in _SEMESTER.weeks()]
    counted = sum(min(max(3, 5 * target), sum(min(3, per_day[day]) for day in week)) for week in weeks)
    ratio = counted / (target * len(days) / 7)
    frequency = 70 * min(1, ratio) + 30 * min(1, math.log(max(1, ratio)) / math.log(5))
    regularity = 100 * sum(any(per_day[day] for day in week) for week in weeks) / len(weeks)
    newest, ages = previous_last, []
    for day in days:
        newest = day if per_day[day] else newest
        ages.append((day - newest).days)
    bands = ((7, 100), (14, 80), (30, 60), (90, 20))
    freshness = sum(next((p for limit, p in bands if age <= limit), 0) for age in ages) / len(days)
    return 0.4 * frequency + 0.3 * regularity + 0.3 * freshness


@pytest.fixture
def processes():
    """Processes that a test has started: whatever runs at its end is ended."""
    started: list[Any] = []
    yield started
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.fixture
def start_crawl(processes):
    """Starts a crawl and waits until some accounts were stored; cold where its very start is tried, too."""

    def start(machine, harvests, *, cold=False, **settings):
        process = (machine.start if cold else machine.start_warm)("crawl", **settings)
        processes.append(process)
        return process, [process.stderr.readline() for _ in range(harvests)]

    return start
