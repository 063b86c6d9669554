"""`python benchmarks/kills.py [--times 30] [--engine sqlite] [--victim shard | --waves]`: crawls killed.

A crawl of the sample city by two shards is killed with -9 at a moment that nobody chose: a shard, the
supervisor, or both; every second time while the supervisor is inside a transaction. Then the same command is
given again, and the database must be the one of an undisturbed night, but for what clocks wrote into it.
Prints a line for each engine and victim, and ends with 1 where a database differs.

`--waves`: eight more offices whose sites are closed ports are tried in three waves, and supervisor and shards
are killed once a chosen number of looks of later waves are stored. The night must end with one look for each
account, and with every request counted that an undisturbed night made.
"""

import argparse
import csv
import io
import json
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from kill_places import Lite, Server
from sqlalchemy import Engine, create_engine, event, inspect, text

# Loaded once; every crawl below is forked from here, a true process without the second of imports.
import cli.crawl
import crawler.shards.process
import crawler.shards.writer
from cli.demo import demo_settings
from cli.main import main as denyut
from desk.night.wave import plan_waves
from samplecity.city import City
from samplecity.server import CityServer

OFFICES = ("diskominfo", "disdik", "dinsos", "dlh", "bkpsdm", "dispora", "kel-karang-melati", "kel-cendana")
ENGINES = ("sqlite", "postgresql")
VICTIMS = ("shard", "supervisor", "both")
CLOCKS = {("snapshot", "seconds"), ("snapshot", "first_byte"), ("run", "code_version")}
LINGER = 0.03
"""Seconds that each transaction is held open, so that a kill can meet one."""
CLOSED, WAVES = 8, 3
PAUSE = timedelta(seconds=0.3)
BUSY, PATIENCE = 4, 20.0

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


def again(words: list[str], settings: Settings) -> None:
    """Give a command again; a server takes a moment to notice a dead client, and to free its lock."""
    deadline = time.monotonic() + PATIENCE
    while (code := finish(run(words, settings))) == BUSY and time.monotonic() < deadline:
        time.sleep(0.1)
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
    kill_crawl(pid, shards, [pid, *shards] if victim == "both" else [pid])
    again(["crawl"], settings)
    return told


def kill_crawl(pid: int, shards: list[int], victims: list[int]) -> None:
    """Kill the supervisor, and perhaps its shards, which must not outlive it."""
    for each in victims:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    finish(pid)
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(each) for each in shards):
        assert time.monotonic() < deadline, "a shard outlived its supervisor"
        time.sleep(0.01)


def draw_out(mark: Path) -> None:
    """In the process that is to be killed: a transaction for each look, and a pause before each wave."""
    linger(mark)
    vars(crawler.shards.writer)["_MOST_AT_ONCE"] = 1
    vars(cli.crawl)["plan_waves"] = lambda *said, **named: replace(plan_waves(*said, **named), pause=PAUSE)


def disturb_waves(settings: Settings, chance: random.Random, mark: Path) -> str:
    """Crawl, and kill all of it once some looks of later waves are stored; where that was."""
    mark.unlink(missing_ok=True)
    wanted, moment = chance.randrange(1, CLOSED * (WAVES - 1)), chance.uniform(0, 2 * LINGER)
    pid = run(["crawl"], settings, lambda: draw_out(mark))
    engine = open_engine(settings["DENYUT_DATABASE"])
    while count_later_looks(engine) < wanted:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return f"too late, ended with {finish(pid)}"
        time.sleep(0.01)
    time.sleep(moment)
    shards = find_shards(pid)
    kill_crawl(pid, shards, [pid, *shards])
    wave, looks = divmod(count_later_looks(engine), CLOSED)
    engine.dispose()
    again(["crawl"], settings)
    return f"in wave {2 + wave}" if looks else f"after wave {1 + wave}"


def count_later_looks(engine: Engine) -> int:
    """How many looks of the second wave and later were stored; each takes the place of the one before."""
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT coalesce(sum(wave - 1), 0) FROM snapshot")).scalar_one())


def check_waves(found: dict[str, list[str]]) -> None:
    """Hold an undisturbed night to what the trial is about."""
    looks = [json.loads(row) for row in found["snapshot"]]
    accounts = [json.loads(row)["id"] for row in found["account"]]
    assert sorted(look["account_id"] for look in looks) == sorted(accounts)
    unseen = [look["outcome"] for look in looks if look["wave"] == str(WAVES)]
    assert unseen == ["unreachable"] * CLOSED, unseen
    assert [json.loads(row)["status"] for row in found["run"]] == ["finished"]


def open_engine(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def dump(url: str) -> dict[str, list[str]]:
    """Every row of every table, without what clocks write."""
    engine = open_engine(url)
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


def try_engine(name: str, settings: Settings, folder: Path, options: argparse.Namespace) -> int:
    """All kills on one engine; how many databases differ."""
    place = Lite(folder) if name == "sqlite" else Server(folder)
    settings = settings | place.settings
    done(["init"], settings)
    done(["agencies", "import", str(folder / ("waves.csv" if options.waves else "registry.csv"))], settings)
    settings["DENYUT_DATABASE"] = place.copy("undisturbed")
    done(["crawl"], settings)
    expected, wrong, chance = dump(settings["DENYUT_DATABASE"]), 0, random.Random(options.seed)
    if options.waves:
        check_waves(expected)
    for victim in ["all, amid waves"] if options.waves else options.victim or VICTIMS:
        counts: dict[str, int] = {}
        for turn in range(options.times):
            settings["DENYUT_DATABASE"] = place.copy(f"killed_{turn % 2}")
            if options.waves:
                told = disturb_waves(settings, chance, folder / "inside")
            else:
                told = disturb(settings, victim, bool(turn % 2), chance, folder / "inside")
            counts[told] = counts.get(told, 0) + 1
            print(f"{name} {turn + 1}: {told}", file=sys.stderr, flush=True)
            found = dump(settings["DENYUT_DATABASE"])
            for table in [table for table in expected if found[table] != expected[table]]:
                wrong += 1
                odd = sorted(set(found[table]) ^ set(expected[table]))
                rows = f"{len(odd)} rows, as {odd[0][:300]}"
                print(f"DIFFERS {name} {victim} turn {turn}, {table}: {rows}", flush=True)
        print(
            f"{name}, {victim}: {', '.join(f'{n} {told}' for told, n in sorted(counts.items()))}", flush=True
        )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    victims = parser.add_mutually_exclusive_group()
    victims.add_argument("--victim", choices=VICTIMS, action="append")
    victims.add_argument("--waves", action="store_true")
    options = parser.parse_args()
    assert crawler.shards.process.run_shard is not None
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    with serving(folder) as settings:
        waves = {"DENYUT_WAVES": str(WAVES)} if options.waves else {}
        engines = options.engine or ENGINES
        wrong = sum(try_engine(name, settings | waves, folder, options) for name in engines)
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
    """The sample city on loopback; writes the settings of whoever crawls it, and the registries."""
    city = City.build(seed=1, semester="2026-S1")
    moment = datetime(2026, 1, 29, 23, 30, tzinfo=city.zone)
    server = CityServer(city, moment).__enter__()
    # The city's hour never ends here, and all crawls together ask more than Meta allows in one.
    server.graph.throttle_after(1_000_000)
    rows = list(csv.reader(io.StringIO(server.registry_csv())))
    # A port that is bound and does not listen refuses, and nobody else gets it.
    closed = [socket.socket() for _ in range(CLOSED)]
    for each in closed:
        each.bind(("127.0.0.1", 0))
    chosen = [row for row in rows if row is rows[0] or row[0] in OFFICES]
    with (folder / "registry.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(chosen)
    with (folder / "waves.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(row for row in chosen if row[0] not in OFFICES[2:])
        for number, each in enumerate(closed, 1):
            url = f"http://127.0.0.1:{each.getsockname()[1]}/"
            csv.writer(out).writerow([f"tutup-{number}", f"Kantor {number}", "skpd", url, "", "", "peserta"])
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
