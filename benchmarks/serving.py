"""How fast `denyut serve` answers: `python benchmarks/serving.py` for 500 offices with 300,000 posts.

A real server on loopback and one browser that asks pages drawn at random, first as they come, then once more;
then a program that asks the API for a hundred rows at a time, from the start and from within the views.
Beside the time stands the processor's, which other work on the machine does not lengthen.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import httpx
import psutil
from nation import SEMESTER, fill_nation

from db.opening import open_database

_CITY = ("", "vakum.html", "kantor.html", "bulanan.html", "peringkat/website--skpd.html")

_VIEWS = ("posts", "accounts", "looks", "nights", "weekly_activity", "months", "engagement")
_ANSWERS = 60


def _draw(random_: random.Random, offices: int) -> tuple[str, str]:
    slug, kind = f"kantor-{random_.randrange(offices)}", random_.random()
    if kind < 0.25:
        return "city", random_.choice(_CITY)
    if kind < 0.6:
        return "office", f"kantor/{slug}.html"
    if kind < 0.9:
        return "posts", f"unggahan/{slug}/website-1.html"
    return "badge", f"lencana/{slug}.svg"


def _ask(client: httpx.Client, process: psutil.Process, pages: list[tuple[str, str]], name: str) -> None:
    seconds: dict[str, list[float]] = defaultdict(list)
    worked = sum(process.cpu_times()[:2])
    for kind, path in pages:
        began = time.perf_counter()
        client.get(f"/{SEMESTER}/{path}").raise_for_status()
        seconds[kind].append(time.perf_counter() - began)
    worked = sum(process.cpu_times()[:2]) - worked
    for kind, found in [*seconds.items(), ("all", [each for kept in seconds.values() for each in kept])]:
        found.sort()
        middle, late = found[len(found) // 2], found[int(len(found) * 0.95)]
        print(f"{name:6} {kind:7} median {1000 * middle:6.1f} ms, 95th percentile {1000 * late:6.1f} ms")
    print(f"{name:6} processor: {1000 * worked / len(pages):.1f} ms a page")


def _ask_rows(client: httpx.Client, process: psutil.Process, draw: random.Random, offices: int) -> None:
    asked = {view: f"/api/v1/{view}?limit=100" for view in _VIEWS}
    asked |= {f"{view} 1000": f"/api/v1/{view}?limit=1000" for view in _VIEWS[:1]}
    asked |= {"posts S1": f"/api/v1/posts?limit=100&semester={SEMESTER}&counts=true"}
    for name, first in asked.items():
        seconds, worked, following = [], sum(process.cpu_times()[:2]), first
        for number in range(_ANSWERS):
            began = time.perf_counter()
            answer = client.get(following).raise_for_status()
            seconds.append(time.perf_counter() - began)
            # A program goes on; another one begins at an office of its own.
            following = answer.json()["next"] or first
            if number % 10 == 9:
                following = f"{first}&agency=kantor-{draw.randrange(offices)}"
        seconds.sort()
        middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
        worked = (sum(process.cpu_times()[:2]) - worked) / len(seconds)
        print(
            f"API    {name:15} median {1000 * middle:6.1f} ms, 95th percentile {1000 * late:6.1f} ms, "
            f"processor {1000 * worked:.1f} ms"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offices", type=int, default=500)
    options.add_argument("--pages", type=int, default=600)
    options.add_argument("--rest", type=float, default=60, help="seconds for pages to be drawn ahead")
    options.add_argument("--database", type=Path, default=Path("serving.db"))
    given = options.parse_args()
    url = f"sqlite:///{given.database}"
    if not given.database.exists():
        engine = open_database(url, create=True)
        for step, rows, seconds in fill_nation(engine, 3 * given.offices, 200):
            print(f"{step}: {rows} rows in {seconds:.1f} s")
        engine.dispose()
    settings = os.environ | {"DENYUT_DATABASE": url, "DENYUT_NOW": "2026-06-30"}
    command = [sys.executable, "-m", "cli", "serve", "--port", "0"]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address, process = server.stdout.readline().strip(), psutil.Process(server.pid)
        with httpx.Client(base_url=address, timeout=300, trust_env=False) as client:
            began = time.perf_counter()
            client.get(f"/{SEMESTER}/").raise_for_status()
            print(f"the first page, once: {time.perf_counter() - began:.1f} s")
            time.sleep(given.rest)
            draw = random.Random(1)
            pages = [_draw(draw, given.offices) for _ in range(given.pages)]
            _ask(client, process, pages, "first")
            _ask(client, process, pages, "again")
            _ask_rows(client, process, draw, given.offices)
        print(f"memory: {process.memory_info().rss / 1e6:.0f} MB")
        server.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()
