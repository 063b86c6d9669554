"""`python benchmarks/kills_apart.py [--times 30] [--engine sqlite] [--work seal]`: work killed with -9.

Import, seal, backup, restore and migration are killed at a moment that nobody chose; every second time inside
the transaction, or, of a backup, while its file is half written. Then the same command is given again, and
the database must be the one of undisturbed work, row for row; files are whole or are not there. Prints a line
for each engine and work, and ends with 1 where anything was lost, doubled or left half. `kills.py` does the
same to a crawl. Further work is one more class in `kill_works.py`.
"""

import argparse
import csv
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import kills
from kill_places import Lite, Server
from kill_states import Rows, differ, read_state
from kill_works import LINGER, WORKS, Work
from kills import ENGINES, Settings, done, finish

# Loaded once; every command below is forked from here, a true process without the seconds of imports.
LOADED = (
    *(
        "cli.judge",
        "cli.seal_make",
        "desk.office.import_plan",
        "desk.office.imports",
        "crawler.exports",
        "db.nightly.imported",
        "db.semester.sealed",
    ),
    *(
        "desk.keeping.backup",
        "desk.keeping.invariant",
        "desk.semester.judge",
        "desk.setting.rubric",
        "db.check.pages",
        "db.check.whole",
    ),
    *(
        "scoring.seal.archive",
        "scoring.seal.recount",
        "scoring.seal.verify",
        "scoring.rubrics.rubric",
        "db.office.registry",
    ),
)


def write_posts(path: Path, newest: datetime) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["date", "link", "text"])
        for number in range(300):
            at = newest - timedelta(hours=2 * number)
            link = f"https://www.instagram.com/p/C{number:010d}/"
            writer.writerow([at.isoformat(), link, f"Kabar {number}"])


def try_once(work: Work, turn: int, lasts: float, chance: random.Random, after: Rows) -> tuple[str, str]:
    """Work, kill it on the way, and give the command again; where it was killed, and what is wrong."""
    inside, mark = bool(turn % 2), work.folder / "inside"
    mark.unlink(missing_ok=True)
    settings = work.prepare(f"killed_{turn // 2 % 2}")
    before = read_state(settings["DENYUT_DATABASE"])
    pid = kills.run(work.command(settings), settings, lambda: work.slow_down(mark))
    began, moment = time.monotonic(), chance.uniform(0, 0.3 * LINGER if inside else lasts)
    while time.monotonic() - began < moment or (inside and not mark.exists()):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return "too late", ""
        time.sleep(0.0005)
        if inside and mark.exists():
            time.sleep(moment)
            break
    told = "inside" if mark.exists() else "outside"
    os.kill(pid, signal.SIGKILL)
    finish(pid)
    wrong = work.look(settings, before, after)
    work.again(settings)
    found = read_state(settings["DENYUT_DATABASE"])
    if found != after:
        wrong = wrong or f"in the end another: {differ(found, after)}"
    return told, wrong or work.files(settings)


def try_work(work: Work, engine: str, options: argparse.Namespace) -> int:
    """All kills of one kind of work on one engine; how many left something wrong."""
    settings = work.prepare("undisturbed_1")
    began = time.monotonic()
    done(work.command(settings), settings)
    lasts = time.monotonic() - began
    after = read_state(settings["DENYUT_DATABASE"])
    wrong, turn, chance = 0, 0, random.Random(options.seed)
    counts = {"inside": 0, "outside": 0, "too late": 0}
    while turn < options.times and counts["too late"] < 10 * options.times:
        told, fault = try_once(work, turn, lasts, chance, after)
        counts[told] += 1
        turn += told != "too late"
        print(f"{turn}", end=" ", file=sys.stderr, flush=True)
        if fault:
            wrong += 1
            print(f"WRONG {engine} {work.name} turn {turn - 1}, {told}: {fault}", flush=True)
    words = ", ".join(f"{count} {where}" for where, count in counts.items())
    print(f"{engine}, {work.name} ({lasts:.2f} s): killed {words}; {wrong} wrong", flush=True)
    return wrong


def try_engine(engine: str, settings: Settings, folder: Path, options: argparse.Namespace) -> int:
    """A city after one night, and every kind of work on copies of it."""
    apart = folder / engine
    apart.mkdir()
    place = Lite(apart) if engine == "sqlite" else Server(apart)
    settings = settings | place.settings | {"DENYUT_EVIDENCE": str(apart / "pages")}
    shutil.copy(folder / "registry.csv", apart)
    (apart / "other.csv").write_text("slug,name,level,website\nlain,Kantor Lain,skpd,lain.go.id\n")
    write_posts(apart / "posts.csv", datetime(2026, 1, 20, tzinfo=UTC))
    done(["init"], settings)
    done(["agencies", "import", str(apart / "registry.csv")], settings)
    done(["crawl"], settings)
    chosen = [WORKS[name] for name in options.work or WORKS]
    return sum(try_work(kind(place, settings, apart), engine, options) for kind in chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--work", choices=WORKS, action="append")
    options = parser.parse_args()
    for module in LOADED:
        import_module(module)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    with kills.serving(folder) as settings:
        wrong = sum(try_engine(name, settings, folder, options) for name in options.engine or ENGINES)
    print(f"{wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
