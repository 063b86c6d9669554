"""`make hostile`: each hostile site beside five good ones, through the real `denyut crawl`, as a table.

`PYTHONPATH=.:tests/support python -m tests.hostile.run [WORD ...]` takes only rows whose name holds a word.
"""

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from testkit.zone import MAKASSAR
from tests.hostile.crawling import Crawled, Office
from tests.hostile.rows import ROWS, Row
from tests.hostile.serving import GOOD, Town

NOW = datetime(2026, 3, 2, 22, 0, tzinfo=MAKASSAR)


def try_row(office: Office, town: Town, row: Row) -> tuple[Crawled, str]:
    """Crawl beside one hostile site: what that came to, and what is wrong with it, empty where nothing is."""
    town.hostile = row.respond
    done = office.crawl("tonight", hangs=row.hangs)
    faults = [done.faults] if done.faults else []
    if done.outcome and done.outcome not in row.outcomes:
        faults.append(f"outcome {done.outcome}")
    if done.posts < row.posts:
        faults.append(f"only {done.posts} of its {row.posts} honest items")
    return done, "; ".join(faults)


def describe(name: str, done: Crawled) -> str:
    """A line of the table."""
    detail = " ".join(done.detail.split())[:70]
    took = f"{done.seconds:5.1f} s {done.cpu:5.1f} s CPU"
    return f"{name:34} {done.good}/{len(GOOD)} {took}  {done.outcome:13} {detail}"


def main(words: list[str]) -> int:
    rows = {name: row for name, row in ROWS.items() if not words or any(word in name for word in words)}
    failed, most, most_cpu = 0, 0.0, 0.0
    with Town(NOW) as town, tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), town)
        for name, row in rows.items():
            done, fault = try_row(office, town, row)
            sys.stdout.write(f"{describe(name, done)}{f'  << {fault}' if fault else ''}\n")
            sys.stdout.flush()
            failed += bool(fault)
            most, most_cpu = max(most, done.seconds), max(most_cpu, done.cpu)
    sys.stdout.write(
        f"{len(rows) - failed} of {len(rows)} rows hold; at most {most:.1f} s and {most_cpu:.1f} s of CPU.\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
