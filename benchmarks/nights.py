"""`python benchmarks/nights.py [--sites 500] [--processes 1 2] [--limit 1024]`: nights beside their floor.

With `--nation 100000` the sites that a cold night has read are multiplied (`multiply.py`) to that many, 15 %
of which never answer, before the first night on which nothing changed; there is no floor then. With
`--sites 10000 --crawled 500` only 500 have a cold night and are multiplied to 10,000. With `--no-floor` bare
Scrapy is left out, which takes longer than both nights: for the pace of two processes beside one.

A cold night of that many office sites on loopback (`office_sites.py`), then for each number of processes a
night on which nothing changed, and the same requests by bare Scrapy (`night_floor.py`) in the same run; at
last what a crawl of one site takes, nearly all of which is its start. CPU seconds are of all processes
together, memory is the largest shard's, busy the share of all processors at work, the sites' among them;
wall clock says something on a quiet machine only. With --limit the
open files are limited, as `ulimit -n` does. Ends with 1 where a living site was not read.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psutil
from multiply import multiply
from office_sites import is_dead, is_mute, registry, serving

HERE = Path(__file__).parent
# Of a nation's; from the seventh on, whoever was never seen is tried once a night and not in waves.
EARLIER = tuple(f"2026-11-{day}" for day in range(19, 26))
NIGHTS = ("2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02")


@dataclass(frozen=True)
class Took:
    """What a command took: CPU and wall seconds, and megabytes of its largest shard.

    `busy` is the share of the machine's processors that were at work meanwhile, the sites' among them.
    """

    cpu: float
    wall: float
    memory: float
    busy: float
    printed: str


def run(command: list[str], settings: dict[str, str], limit: int | None = None) -> Took:
    """Raises CalledProcessError for a command that fails."""

    start, stop, peak, times = time.monotonic(), Event(), [0.0], psutil.cpu_times()
    whole = [sys.executable, "-P", *command]
    if limit:
        whole = ["sh", "-c", f'ulimit -n {limit}; exec "$@"', "sh", *whole]
    process = subprocess.Popen(whole, env=settings, stdout=subprocess.PIPE, text=True)

    def watch() -> None:
        while not stop.wait(0.3):
            with suppress(psutil.Error):
                shards = psutil.Process(process.pid).children(recursive=True)
                sizes = [s.memory_info().rss / 1e6 for s in shards if s.name() == "denyut-shard"]
                peak[0] = max([peak[0], *sizes])

    Thread(target=watch, daemon=True).start()
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    stop.set()
    if os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    wall = time.monotonic() - start
    return Took(used.ru_utime + used.ru_stime, wall, peak[0], share_busy(times, psutil.cpu_times()), printed)


def share_busy(before: Any, after: Any) -> float:
    """Between two readings of the machine's clocks, in seconds.

    What a hypervisor took is nobody's; what runs at a low priority beside a measurement stands back, so
    that its time counts as idle.
    """

    def spend(*names: str) -> float:
        return sum(float(getattr(after, name) - getattr(before, name)) for name in names)

    busy = spend("user", "system", "irq", "softirq")
    return busy / (busy + spend("idle", "iowait", "nice"))


def tell(name: str, took: Took, sites: int, floor: Took | None = None) -> None:
    beside = f" | {took.cpu / floor.cpu:.2f} x bare Scrapy" if floor else ""
    pace = f"{60 * sites / took.wall:.0f} sites/min"
    each = f"{1000 * took.cpu / sites:.1f} ms/site"
    machine = f"{took.memory:.0f} MB | {took.busy:.0%} busy"
    print(
        f"{name} | {took.cpu:.1f} s CPU | {each} | {pace} | {machine}{beside}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--delay", type=float, default=0.05)
    parser.add_argument("--port", type=int, default=0, help="of the sites; a free one unless given")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--nation", type=int)
    parser.add_argument("--crawled", type=int)
    parser.add_argument("--no-floor", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="nights-"))
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DENYUT_")} | {
        "DENYUT_DATABASE": f"sqlite:///{folder}/night.db",
        "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DENYUT_CONTACT": "uji@example.invalid",
        "DENYUT_DELAY": str(options.delay),
        "DENYUT_CONCURRENCY": str(options.concurrency),
        "DENYUT_EVIDENCE": "off",
        "DENYUT_PROCESSES": str(options.processes[-1]),
        "DENYUT_NOW": EARLIER[0] if options.nation else NIGHTS[0],
    }
    with serving(folder, options.port) as port:
        play(options, folder, settings, port)


def play(options: argparse.Namespace, folder: Path, settings: dict[str, str], port: int) -> None:
    sites, log = options.crawled or options.sites, folder / "log"
    lines = registry(sites, port, mute=options.nation is not None)
    (folder / "registry.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(["-m", "cli", "init"], settings)
    run(["-m", "cli", "agencies", "import", str(folder / "registry.csv")], settings)
    crawl = ["-m", "cli", "crawl", "--json"]
    cold = run(crawl, settings, options.limit)
    tell(f"cold night of {sites}, {settings['DENYUT_PROCESSES']} processes", cold, sites)
    dead = is_mute if options.nation else is_dead
    check(cold, sites, dead)
    brief = settings | {"DENYUT_TIMEOUT": "2", "DENYUT_WAVES": "1"}
    for night in EARLIER[1:] if options.nation else ():
        run(crawl, brief | {"DENYUT_NOW": night}, options.limit)
    wanted = options.nation or options.sites
    if wanted > sites:
        begun = time.monotonic()
        multiply(folder / "night.db", sites, wanted)
        sites = wanted
        print(f"multiplied to {sites} in {time.monotonic() - begun:.0f} s", flush=True)
    floor = None
    for night, processes in zip(NIGHTS[1:-1], options.processes, strict=False):
        start = log.stat().st_size
        settings |= {"DENYUT_PROCESSES": str(processes), "DENYUT_NOW": night}
        took = run(crawl, settings, options.limit)
        if floor is None and not options.nation and not options.no_floor:
            with log.open() as written:
                written.seek(start)
                (folder / "asked").write_text(written.read())
            words = [options.concurrency, options.delay, port, sites]
            replay = [str(HERE / "night_floor.py"), str(folder / "asked"), *map(str, words)]
            floor = run(replay, settings | {"PYTHONPATH": f"{HERE}:{settings.get('PYTHONPATH', '')}"})
            tell("the same by bare Scrapy", floor, sites)
        tell(f"unchanged night of {sites}, {processes} processes", took, sites, floor)
        check(took, sites, dead)
    settings |= {"DENYUT_PROCESSES": "1", "DENYUT_NOW": NIGHTS[-1]}
    tell("one site alone", run([*crawl, "--agency", "k-0"], settings, options.limit), 1)


def check(took: Took, sites: int, dead: Callable[[int], bool]) -> None:
    counts = json.loads(took.printed)["outcomes"]["website"]
    living = sum(not dead(i) for i in range(sites))
    read = sum(counts.get(name, 0) for name in ("ok", "unchanged"))
    if read < living:
        sys.exit(f"{read} of {living} living sites were read: {counts}")


if __name__ == "__main__":
    main()
