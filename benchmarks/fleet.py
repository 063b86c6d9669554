"""`python benchmarks/fleet.py [--sites 500] [--workers 1 2 4] [--kills 50] [--restarts 1]`: one night shared.

For each number of workers a cold night of that many office sites (`office_sites.py`: 10 % dead, 2 % slow) on
a PostgreSQL of its own: sites a minute, and how busy the machine's processors were. With `--kills` a night of
the last number of workers follows in which, at so many instants that nobody chose, a worker with all its
processes is killed with -9 and another takes its place; with `--restarts` the server is stopped, as by a
crash, and started meanwhile. Ends with 1 where a living site was not read, an account has no look or two, a
post stands twice, or a server was asked by two at a time: by its own log no process may come again after
another has asked.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from callers import Callers, count_meetings, watching
from nights import share_busy
from office_sites import is_dead, registry, serving
from sqlalchemy import create_engine, text

# Loaded once: workers are forked from here, true processes without the second of imports.
import crawler.fleet.hands
import crawler.shards.process
from cli.main import main as denyut
from db.engine import parse_url

# What starts and crashes a server is the tests' own, and nobody installs that.
sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))
from testkit.postgres import PostgresServer

NIGHT = "2026-11-26"
LOADED = crawler.fleet.hands, crawler.shards.process
Settings = dict[str, str]


def fork(words: list[str], settings: Settings, out: Path) -> int:
    """Start a command in a process group of its own; its pid."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    with out.open("ab") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    os.environ.update(settings)
    os.chdir(out.parent)
    code = 1
    try:
        denyut(words)
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ask(url: str, sql: str) -> list[Any]:
    engine = create_engine(parse_url(url))
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(sql)).all())
    finally:
        engine.dispose()


def await_workers(url: str, count: int) -> None:
    for _ in range(1200):
        with suppress(Exception):
            if ask(url, "SELECT count(*) FROM denyut_queue.worker")[0][0] >= count:
                return
        time.sleep(0.1)
    sys.exit("no worker came")


def check(folder: Path, url: str, sites: int, callers: Callers) -> list[str]:
    """What is wrong with a night."""
    wrong = []
    looks = ask(url, "SELECT account_id, outcome FROM snapshot")
    living = sum(not is_dead(i) for i in range(sites))
    read = sum(outcome == "ok" for _, outcome in looks)
    if len(looks) != sites or read != living:
        wrong.append(f"{len(looks)} looks at {sites} accounts, {read} of {living} living read")
    twice = ask(url, "SELECT account_id, url FROM post GROUP BY 1, 2 HAVING count(*) > 1")
    if twice:
        wrong.append(f"{len(twice)} posts twice")
    if ask(url, "SELECT status FROM run") != [("finished",)]:
        wrong.append("the run is not finished")
    met, unseen = count_meetings(folder / "askers", callers)
    if met:
        wrong.append(f"{met} servers were asked by two at a time")
    if unseen * 100 > len((folder / "askers").read_text().splitlines()):
        wrong.append(f"{unseen} requests came from nobody who was seen, so that it is not known who met whom")
    return wrong


def play(options: argparse.Namespace, workers: int, kills: int, restarts: int) -> list[str]:
    """One night; what is wrong with it."""
    folder = Path(tempfile.mkdtemp(prefix="fleet-"))
    folder.chmod(0o755)
    server = PostgresServer.create(folder / "server")
    if server is None:
        sys.exit("this machine has no initdb")
    server.start()
    url = server.url
    settings = {
        "DENYUT_DATABASE": url,
        "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DENYUT_CONTACT": "uji@example.invalid",
        "DENYUT_DELAY": str(options.delay),
        "DENYUT_EVIDENCE": str(folder / "bukti"),
        "DENYUT_NOW": NIGHT,
        "DENYUT_WAVES": "1",
        "DENYUT_LANG": "en",
    }
    hands: list[int] = []
    try:
        with serving(folder, options.port) as port, watching(port) as callers:
            lines = registry(options.sites, port)
            (folder / "registry.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            for words in (["init"], ["agencies", "import", str(folder / "registry.csv")]):
                os.waitpid(fork(words, settings, folder / "setup.log"), 0)
            hands = [fork(["worker"], settings, folder / f"worker-{n}.log") for n in range(workers)]
            await_workers(url, workers)
            begin, times = time.monotonic(), psutil.cpu_times()
            crawl = fork(["crawl", "--json"], settings, folder / "crawl.log")
            code = disturb(options, server, crawl, hands, settings, folder, kills, restarts)
            wall, busy = time.monotonic() - begin, share_busy(times, psutil.cpu_times())
            wrong = check(folder, url, options.sites, callers)
    finally:
        for pid in hands:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        server.stop()
    told = (folder / "crawl.log").read_text()
    counted = json.loads(told[told.index("{") :]) if code == 0 else {}
    wrong += [f"the crawl ended with {code}"] if code else []
    again = {name: counted.get(name) for name in ("given_again", "doubled")}
    pace = f"{60 * options.sites / wall:.0f} sites/min, {busy:.0%} busy"
    name = f"{workers} workers, {kills} kills, {restarts} restarts"
    print(f"{name} | {wall:.0f} s | {pace} | {again} | {wrong or 'whole'}", flush=True)
    return wrong


def disturb(
    options: argparse.Namespace,
    server: PostgresServer,
    crawl: int,
    hands: list[int],
    settings: Settings,
    folder: Path,
    kills: int,
    restarts: int,
) -> int:
    """Kill and restart until the crawl ends; its exit code."""
    draw, done, stopped = random.Random(options.seed), Counter[str](), kills // 2
    while True:
        pid, status = os.waitpid(crawl, os.WNOHANG)
        if pid:
            if kills:
                print(f"  {dict(done)}", flush=True)
            return os.waitstatus_to_exitcode(status)
        time.sleep(draw.uniform(0.5, 1.5) * options.pace if kills else 0.1)
        if done["kills"] < kills:
            number = draw.randrange(len(hands))
            os.killpg(hands[number], signal.SIGKILL)
            os.waitpid(hands[number], 0)
            hands[number] = fork(["worker"], settings, folder / f"worker-{number}.log")
            done["kills"] += 1
        if done["restarts"] < restarts and done["kills"] >= stopped:
            server.stop()
            time.sleep(1)
            server.start()
            done["restarts"] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--restarts", type=int, default=0)
    parser.add_argument("--pace", type=float, default=3.0, help="mean seconds between two kills")
    parser.add_argument("--delay", type=float, default=0.2)
    parser.add_argument("--port", type=int, default=0, help="of the sites; a free one unless given")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = []
    if not options.kills:
        for workers in options.workers:
            wrong += play(options, workers, 0, 0)
    if options.kills or options.restarts:
        wrong += play(options, options.workers[-1], options.kills, options.restarts)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
