"""A semester's site written: seconds of processor time and by the clock, memory of all processes, bytes.

Run `python benchmarks/pages.py` for a city of 500 offices (1,500 accounts, 300,000 posts), or with
`--accounts 100000 --bare` for a nation without lists of posts. To fill a nation's database takes minutes and
15 GB; `benchmarks/ranking.py` finds the same one filled.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import psutil
from nation import SEMESTER, fill_nation
from sqlalchemy import text

from db.engine import reading
from db.opening import open_database
from desk.semester.judge import judge
from desk.setting.config import load_config
from desk.view.site import write_site
from reports.html import render_html

__all__ = ["main"]


def main() -> int:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="Write a semester's site.")
    parser.add_argument("--accounts", type=int, default=1_500)
    parser.add_argument("--posts", type=int, default=200, help="mean posts an account")
    parser.add_argument("--bare", action="store_true", help="without the lists of posts")
    parser.add_argument("--helpers", type=int, help="processes beside this one; as many as suit without")
    parser.add_argument("--report", action="store_true", help="write report.html, too")
    chosen = parser.parse_args()
    folder = Path(tempfile.gettempdir()) / "denyut-nation"
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / f'{chosen.accounts}-{chosen.posts}.db'}"
    _fill(url, chosen.accounts, chosen.posts)
    config = load_config({"DENYUT_DATABASE": url, "DENYUT_TIMEZONE": "Asia/Jakarta"})
    began = time.process_time()
    judgement = judge(config.at(f"{SEMESTER.end_day}T20:00"), SEMESTER)
    print(f"ranked in {time.process_time() - began:.1f} s CPU; peak {_peak():,.0f} MB", flush=True)
    began, clock = _worked(), time.perf_counter()
    out = folder / "site"
    with _watching() as highest:
        written = write_site(judgement, out, "id", posts=not chosen.bare, helpers=chosen.helpers)
    print(
        f"site written in {_worked() - began:.1f} s CPU, {time.perf_counter() - clock:.1f} s by the clock; "
        f"peak of all processes together {max(highest):,.0f} MB"
    )
    print(
        f"{written.pages:,} pages, {written.size / 1e6:.1f} MB, {written.posts / 1e6:.1f} MB of them lists "
        f"of posts; the first page {written.first / 1e3:.1f} kB"
    )
    shutil.rmtree(out)
    if chosen.report:
        began = time.process_time()
        page = render_html(judgement.ranking, judgement.rows, (), title="Kota")
        print(f"report.html: {len(page) / 1e6:.1f} MB in {time.process_time() - began:.1f} s CPU")
    return 0


def _fill(url: str, accounts: int, posts: int) -> None:
    engine = open_database(url, create=True)
    with reading(engine) as connection:
        filled = connection.execute(text("SELECT count(*) FROM agency")).scalar_one()
    if not filled:
        for name, rows, seconds in fill_nation(engine, accounts, posts):
            print(f"filled {rows:>11,} {name:10} in {seconds:6.1f} s", flush=True)


def _worked() -> float:
    """Processor time of this process and of those that it forked and that are gone."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@contextmanager
def _watching() -> Iterator[list[float]]:
    """Memory of this process and its children in MB, twice a second, what they share counted once."""
    seen, done = [0.0], Event()

    def look() -> None:
        me = psutil.Process()
        while not done.wait(0.5):
            pages = [_proportional(each.pid) for each in (me, *me.children())]
            seen.append(sum(pages) / 1024)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _proportional(pid: int) -> int:
    """Its memory in kB, of each page the part that falls to it among those who share it."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
