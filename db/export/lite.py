"""The analysts' views as tables of one SQLite file, which anything that reads SQLite opens."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from activity.errors import ConfigError
from db.export.kind import ColumnKind, Table
from db.export.rows import TOLD, read_pieces

__all__ = ["is_export", "write_lite"]

_MARK = 0x44656E79
"""SQLite's `application_id` of a file that was written here: `Deny`."""
_TYPES = {ColumnKind.INTEGER: "INTEGER", ColumnKind.TRUTH: "INTEGER", ColumnKind.REAL: "REAL"}
_ASKED_BY = (("agency", "channel"), ("semester",))
"""What questions join and choose by; each table is given the indexes whose columns it has."""


def is_export(path: Path) -> bool:
    """Tell whether a file is a SQLite file that `write_lite` made, and may be replaced."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == _MARK


def write_lite(
    connection: Connection, path: Path, tables: Sequence[Table], on_view: Callable[[int, int], None]
) -> dict[str, int]:
    """Write a new SQLite file; returns the number of rows by table.

    Days and moments are ISO text, truth is 1 or 0.

    Args:
        on_view: told after each view how many are done, and how many there are.

    Raises ConfigError where the file cannot be written,
    StoreError where the database cannot be read.
    """
    counts = {}
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as target:
            # Nobody reads the draft, and what is left of it after a crash is thrown away.
            for pragma in (f"application_id = {_MARK}", "journal_mode = OFF", "synchronous = OFF"):
                target.execute(f"PRAGMA {pragma}").close()
            for table in tables:
                target.execute("BEGIN")
                counts[table.name] = _fill(connection, target, table)
                target.execute("COMMIT")
                on_view(len(counts), len(tables))
            target.execute("ANALYZE")
    except sqlite3.Error as error:
        raise ConfigError(
            "{path} cannot be written: {strerror}.",
            "Free some space, or name another file.",
            path=path.name,
            strerror=str(error),
        ) from error
    return counts


def _fill(connection: Connection, target: sqlite3.Connection, table: Table) -> int:
    columns = ", ".join(f'"{name}" {_TYPES.get(kind, "TEXT")}' for name, kind in table.columns.items())
    target.execute(f"CREATE TABLE {table.name} ({columns})")
    insert = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608 - names of ours
    count = 0
    for rows in read_pieces(connection, table, TOLD):
        target.executemany(insert, rows)
        count += len(rows)
    for names in _ASKED_BY:
        if table.columns.keys() >= set(names):
            index = f"{table.name}_by_{names[0]}"
            target.execute(f"CREATE INDEX {index} ON {table.name} ({', '.join(names)})")
    return count
