"""`make hostile`: each hostile site beside five good ones, through the real `denyut crawl`, as a table.

`python -m tests.hostile.run [WORD ...]` takes only rows whose name holds one of the words.
"""

import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.hostile.crawling import Office
from tests.hostile.rows import ROWS, Row
from tests.hostile.serving import GOOD, Town

NOW = datetime(2026, 3, 2, 22, 0, tzinfo=ZoneInfo("Asia/Makassar"))


def try_row(office: Office, town: Town, name: str, row: Row) -> tuple[str, str]:
    """Crawl beside one hostile site: the table's line, and what is wrong, empty where nothing is."""
    town.hostile = row.respond
    done = office.crawl("tonight")
    faults = [done.faults] if done.faults else []
    if done.outcome and done.outcome not in row.outcomes:
        faults.append(f"outcome {done.outcome}")
    if done.posts < row.posts:
        faults.append(f"only {done.posts} of its {row.posts} honest items")
    detail = " ".join(done.detail.split())[:70]
    took = f"{done.seconds:5.1f} s {done.cpu:5.1f} s CPU"
    line = f"{name:34} {done.good}/{len(GOOD)} {took}  {done.outcome:12} {detail}"
    return line, "; ".join(faults)


def main(words: list[str]) -> int:
    rows = {name: row for name, row in ROWS.items() if not words or any(word in name for word in words)}
    failed = 0
    with Town(NOW) as town, tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), town)
        for name, row in rows.items():
            line, fault = try_row(office, town, name, row)
            sys.stdout.write(f"{line}{f'  << {fault}' if fault else ''}\n")
            sys.stdout.flush()
            failed += bool(fault)
    sys.stdout.write(f"{len(rows) - failed} of {len(rows)} rows hold.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
