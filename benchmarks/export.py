"""Views of a nation written out, as Parquet or as a SQLite file: seconds, rows a second and peak memory.

`python benchmarks/export.py --accounts 1500` fills a small database, as `benchmarks/ranking.py` does, and
exports its posts. Twenty million are `--accounts 100000`; that database takes minutes and 15 GB to fill. With
`--database postgresql://…` naming an empty database, or one filled before, the rows come from a server.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from nation import fill_nation
from sqlalchemy import text

from db.engine import reading
from db.export.kind import choose_tables
from db.opening import open_database
from desk.setting.config import load_config
from desk.view.export import export_lite, export_parquet

__all__ = ["main"]


def main() -> int:
    """Print every figure; 0 when the rows that were written are those of the database."""
    parser = argparse.ArgumentParser(description="Export a nation's views.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=200, help="mean posts an account")
    parser.add_argument("--database", default="", help="an empty database, or one filled before")
    parser.add_argument("--view", action="append", help="only this view (default: posts)")
    parser.add_argument("--sqlite", action="store_true", help="a SQLite file instead of Parquet")
    chosen = parser.parse_args()
    folder = Path(tempfile.gettempdir()) / "denyut-nation"
    folder.mkdir(exist_ok=True)
    url = chosen.database or f"sqlite:///{folder / f'{chosen.accounts}-{chosen.posts}.db'}"
    expected = _fill(url, chosen.accounts, chosen.posts)
    out = folder / "export"
    config, tables = load_config({"DENYUT_DATABASE": url}), choose_tables(chosen.view or ["posts"])
    began, worked = time.perf_counter(), time.process_time()
    if chosen.sqlite:
        counts = export_lite(config, out.with_suffix(".db"), tables, _ignore, force=True)
    else:
        counts = export_parquet(config, out, tables, _ignore)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    rows = sum(counts.values())
    size = sum(path.stat().st_size for path in (*out.rglob("*"), out.with_suffix(".db")) if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} rows in {seconds:.1f} s, {worked:.1f} s of it this process's CPU")
    print(f"{rows / seconds:,.0f} a second; {size / 1e6:,.0f} MB written; peak memory {peak:,.0f} MB")
    shutil.rmtree(out, ignore_errors=True)
    out.with_suffix(".db").unlink(missing_ok=True)
    return 0 if counts.get("posts", expected) == expected else 1


def _fill(url: str, accounts: int, posts: int) -> int:
    """Fill an empty database; returns its number of posts."""
    engine = open_database(url, create=True)
    with reading(engine) as connection:
        empty = not connection.execute(text("SELECT count(*) FROM agency")).scalar_one()
    if empty:
        for name, rows, seconds in fill_nation(engine, accounts, posts):
            print(f"filled {rows:>11,} {name:10} in {seconds:6.1f} s", flush=True)
    with reading(engine) as connection:
        count = int(connection.execute(text("SELECT count(*) FROM post")).scalar_one())
    engine.dispose()
    return count


def _ignore(_done: int, _total: int) -> None:
    return


if __name__ == "__main__":
    sys.exit(main())
