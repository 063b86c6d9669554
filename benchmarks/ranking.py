"""A nation's semester ranked: seconds, memory, and the ratio to the bare SQL aggregation, in one run.

Run `python benchmarks/ranking.py`, or with `--database postgresql://…` naming an empty database. The first
run fills the database, which takes minutes and 15 GB; later ones find it filled.

The bare aggregation is what any ranking has to ask at least: posts of each account and day, and looks of
each account and night, added up by the database alone and not handed over.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from nation import SEMESTER, fill_nation
from sqlalchemy import Engine, text

from cli.judge import Judgement, judge
from db.engine import reading
from db.opening import open_database
from desk.setting.config import load_config

__all__ = ["main"]

T = TypeVar("T")

_BARE = (
    """SELECT count(*), sum(posts) FROM (SELECT account_id, local_day, count(*) AS posts FROM post
       WHERE local_day BETWEEN 20454 AND 20634 GROUP BY account_id, local_day) AS counted""",
    """SELECT count(*), min(reach) FROM (SELECT account_id, night, min(complete_from) AS reach FROM snapshot
       WHERE saw AND night BETWEEN 20454 AND 20634 GROUP BY account_id, night) AS looked""",
)


def main() -> int:
    """Print every figure; 0 when the nation was ranked."""
    parser = argparse.ArgumentParser(description="Rank a nation's semester.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=200, help="mean posts an account")
    parser.add_argument(
        "--database", default="", help="address of an empty database, or of one filled before"
    )
    chosen = parser.parse_args()
    folder = Path(tempfile.gettempdir()) / "denyut-nation"
    folder.mkdir(exist_ok=True)
    url = chosen.database or f"sqlite:///{folder / f'{chosen.accounts}-{chosen.posts}.db'}"
    engine = open_database(url, create=True)
    if not _first_number(engine, "SELECT count(*) FROM agency"):
        for name, rows, seconds in fill_nation(engine, chosen.accounts, chosen.posts):
            print(f"filled {rows:>11,} {name:10} in {seconds:6.1f} s")
    accounts = _first_number(engine, "SELECT count(*) FROM account")
    posts = _first_number(engine, "SELECT count(*) FROM post WHERE local_day IS NOT NULL")
    print(f"{engine.dialect.name}: {accounts:,} accounts, {posts:,} posts")
    bare, _ = _timed("bare aggregation", lambda: [_first_number(engine, sql) for sql in _BARE])
    ours, judgement = _timed("ranked", lambda: _judge(url))
    again, _ = _timed("bare aggregation", lambda: [_first_number(engine, sql) for sql in _BARE])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    placed = sum(s.place is not None for c in judgement.ranking.categories for s in c.standings)
    print(f"{placed:,} places; peak memory {peak:,.0f} MB")
    print(f"ratio to the bare aggregation (mean of the two): {2 * ours / (bare + again):.2f}")
    return 0


def _judge(url: str) -> Judgement:
    config = load_config({"DENYUT_DATABASE": url, "DENYUT_TIMEZONE": "Asia/Jakarta"})
    return judge(config.at(f"{SEMESTER.end_day}T20:00"), SEMESTER)


def _first_number(engine: Engine, sql: str) -> int:
    with reading(engine) as connection:
        return int(connection.execute(text(sql)).scalar_one())


def _timed(name: str, work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - began
    print(f"{name:20} {seconds:6.1f} s", flush=True)
    return seconds, result


if __name__ == "__main__":
    sys.exit(main())
