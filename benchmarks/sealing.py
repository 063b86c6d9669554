"""A semester sealed and verified: CPU seconds and the largest memory of each command, a process of its own.

Run `python benchmarks/sealing.py`: 1,500 accounts with 300,000 posts (those of `benchmarks/nation.py`). The
first run fills the database; each run seals a copy of it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nation import SEMESTER, fill_nation

from db.opening import open_database

__all__ = ["main"]


def main() -> int:
    """Print the figures; 0 when both commands succeed."""
    parser = argparse.ArgumentParser(description="Seal and verify a large semester.")
    parser.add_argument("--accounts", type=int, default=1_500)
    parser.add_argument("--posts", type=int, default=200, help="mean posts an account")
    chosen = parser.parse_args()
    folder = Path(tempfile.gettempdir()) / "denyut-sealing"
    folder.mkdir(exist_ok=True)
    filled = folder / f"{chosen.accounts}-{chosen.posts}.db"
    if not filled.exists():
        _fill(filled, chosen.accounts, chosen.posts)
    copy, archive = folder / "sealed.db", folder / "arsip.zip"
    for leftover in (archive, *folder.glob("sealed.db*")):
        leftover.unlink(missing_ok=True)
    shutil.copy(filled, copy)
    settings = {
        "DENYUT_DATABASE": f"sqlite:///{copy}",
        "DENYUT_TIMEZONE": "Asia/Jakarta",
        "DENYUT_NOW": "2026-07-20T10:00",
    }
    words = ("--who", "Ketua", "--early", "--reason", "Uji", "--out", str(archive))
    codes = [_run(settings, "seal", str(SEMESTER), *words), _run(settings, "verify", str(archive))]
    print(f"archive: {archive.stat().st_size / 1e6:,.0f} MB")
    return max(codes)


def _fill(path: Path, accounts: int, posts: int) -> None:
    engine = open_database(f"sqlite:///{path}.part", create=True)
    for name, rows, seconds in fill_nation(engine, accounts, posts):
        print(f"filled {rows:>9,} {name:10} in {seconds:5.1f} s")
    engine.dispose()
    Path(f"{path}.part").rename(path)


def _run(settings: dict[str, str], *arguments: str) -> int:
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "cli", *arguments], env=os.environ | settings)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    peak = used.ru_maxrss / 1024
    cpu = used.ru_utime + used.ru_stime
    print(f"{arguments[0]:7} {cpu:6.1f} s CPU, {wall:6.1f} s, peak memory {peak:4.0f} MB")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
