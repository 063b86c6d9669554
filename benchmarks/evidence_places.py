"""`python benchmarks/evidence_places.py [--pages 20000]`: where the pages that posts rest on could end.

The same pages, as large as offices' own, are kept in WARC files of a folder and as large objects of a
PostgreSQL, fifty a transaction; then a thousand of them are read and checked again, and the database is
dumped. Says of both what they take on the disk, what the server writes besides to its log, and seconds by
the clock. What decision 32 rests on.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg

from activity.record import Record
from db.evidence.warc import Archive
from db.evidence.warc_record import pack_record, read_record

# What starts a server is the tests' own, and nobody installs that.
sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))
from testkit.postgres import PostgresServer

NIGHT = date(2026, 11, 26)
BEGIN = datetime(2026, 11, 26, 13, tzinfo=UTC)
BATCH, AGAIN = 50, 1_000
WORDS = (
    "<p>",
    "</p>",
    "kota",
    "dinas",
    "kegiatan",
    "warga",
    "kelurahan",
    "pelayanan",
    "<a href='/berita/",
    "'>",
)


def main() -> int:
    """Print a line for each place; 0 when every page came back as it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    count = parser.parse_args().pages
    folder = Path(tempfile.mkdtemp(prefix="evidence-"))
    server = PostgresServer.create(folder)
    if server is None:
        sys.exit("initdb was not found.")
    server.start()
    try:
        keep_in_folder(folder / "warc", count)
        keep_in_database(server, folder, count)
    finally:
        server.stop()
    return 0


def draw_pages(count: int) -> Iterator[Record]:
    """Draw pages of 20 to 60 kB, the same at every call."""
    chance = random.Random(32)
    for number in range(count):
        words = chance.choices(WORDS, k=chance.randint(1_500, 4_500))
        text = " ".join(f"{word}{chance.randrange(10**6)}" for word in words)
        yield Record.of(
            url=f"https://kantor-{number % 997}.example.go.id/berita/{number}",
            status=200,
            headers={"content-type": "text/html; charset=utf-8"},
            body=text.encode(),
            fetched_at=BEGIN + timedelta(seconds=number),
        )


def batches(count: int) -> Iterator[list[Record]]:
    """Draw the pages, as many together as a transaction writes."""
    held: list[Record] = []
    for record in draw_pages(count):
        held.append(record)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held


def keep_in_folder(folder: Path, count: int) -> None:
    """Write WARC files as workers do: on the disk before the next batch follows."""
    archive, places = Archive(folder), []
    spent, end = 0.0, 0
    for batch in batches(count):
        began = time.perf_counter()
        with archive.appending(NIGHT, end) as appender:
            places += [appender.add(record) for record in batch]
        end = places[-1].offset + places[-1].length
        spent += time.perf_counter() - began
    chosen = random.Random(7).sample(range(count), min(AGAIN, count))
    with timing() as read:
        for number in chosen:
            assert archive.read(places[number]).url.endswith(f"/{number}")
    tell("folder", count, archive.size(), 0, spent, read[0])


def keep_in_database(server: PostgresServer, folder: Path, count: int) -> None:
    """Write the same members as large objects, the row of each beside it in the same transaction."""
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (number int PRIMARY KEY, page oid NOT NULL)")
        connection.commit()
        log = first(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'")
        spent, number = 0.0, 0
        for batch in batches(count):
            began = time.perf_counter()
            for record in batch:
                row = number, pack_record(record)
                connection.execute("INSERT INTO kept VALUES (%s, lo_from_bytea(0, %s))", row)
                number += 1
            connection.commit()
            spent += time.perf_counter() - began
        log = first(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'") - log
        size = first(connection, "SELECT pg_total_relation_size('pg_largeobject')")
        chosen = random.Random(7).sample(range(count), min(AGAIN, count))
        with timing() as read:
            for wanted in chosen:
                question = "SELECT lo_get(page) FROM kept WHERE number = %s"
                found = connection.execute(question, (wanted,), binary=True).fetchone()
                assert found is not None
                assert read_record(found[0], "kept").url.endswith(f"/{wanted}")
        tell("large objects", count, size, log, spent, read[0])
    with timing() as dumped:
        target = folder / "whole.dump"
        subprocess.run(
            [server.tool.resolve().with_name("pg_dump"), "-Fc", "-Z0", "-f", target, server.url], check=True
        )
    print(f"a backup of the database: {target.stat().st_size / 1e6:.0f} MB in {dumped[0]:.1f} s")


def first(connection: psycopg.Connection, question: str) -> int:
    """Ask for the whole number that answers a question."""
    row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def timing() -> Iterator[list[float]]:
    """Give a list that holds the seconds of the block after it."""
    taken: list[float] = []
    began = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - began)


def tell(place: str, count: int, size: int, log: int, written: float, read: float) -> None:
    """Print one place's figures."""
    each = f"{1000 * written / count:.2f} ms to write, {1000 * read / min(AGAIN, count):.2f} ms to read"
    print(
        f"{place}: {count} pages, {size / 1e6:.0f} MB, {log / 1e6:.0f} MB of log besides; a page {each}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
