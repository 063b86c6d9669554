"""Reads a view from either engine, piece by piece, its values spelled alike."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import Any

from sqlalchemy import Connection, Engine

from db.engine import reading
from db.export.kind import ColumnKind, Table
from db.schema.view import DatabaseView
from db.schema.view_words import spell
from db.schema.views import VIEWS
from db.stream import Row, stream_rows

__all__ = ["STORED", "TOLD", "read_pieces", "reading_once", "spell_columns", "spell_inline", "tell_row"]

STORED = {ColumnKind.INTEGER: "CAST({0} AS bigint)", ColumnKind.REAL: "CAST({0} AS double precision)"}
"""How PostgreSQL is asked for what becomes columns."""
TOLD = STORED | {
    ColumnKind.DAY: "to_char({0}, 'YYYY-MM-DD')",
    ColumnKind.MOMENT: "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    ColumnKind.CLOCK: "to_char({0}, 'YYYY-MM-DD\"T\"HH24:MI:SS')",
    ColumnKind.TRUTH: "CAST({0} AS integer)",
}
"""How it spells what SQLite's views say: ISO text, and truth as 1 and 0."""

_ASKS_VIEW = re.compile(rf"\b(?:FROM|JOIN) (?:{'|'.join(view.name for view in VIEWS)})\b")


@contextmanager
def reading_once(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees one state of the data, however long it reads, and can change none of it."""
    server = engine.dialect.name == "postgresql"
    with reading(engine.execution_options(postgresql_readonly=True) if server else engine) as connection:
        yield connection


def spell_columns(table: Table, dialect: str, spellings: dict[ColumnKind, str]) -> str:
    """Spell the table's columns for a SELECT; SQLite's views say ISO text by themselves."""
    spelled = spellings if dialect == "postgresql" else {}
    return ", ".join(spelled.get(kind, "{0}").format(f'"{column}"') for column, kind in table.columns.items())


def tell_row(table: Table, row: Row) -> dict[str, Any]:
    """Read a row of `TOLD` by its columns' names; truth is true or false.

    >>> tell_row(Table("", "", {"day": ColumnKind.DAY, "open": ColumnKind.TRUTH}, {}), ("2026-03-01", 1))
    {'day': '2026-03-01', 'open': True}
    """
    return {
        name: bool(value) if kind is ColumnKind.TRUTH and value is not None else value
        for (name, kind), value in zip(table.columns.items(), row, strict=True)
    }


def read_pieces(
    connection: Connection, table: Table, spellings: dict[ColumnKind, str]
) -> Iterator[list[Row]]:
    """Read every row of a view, some thousands at a time."""
    dialect = connection.dialect.name
    query = f"SELECT {spell_columns(table, dialect, spellings)} FROM {table.name}"  # noqa: S608 - names of ours
    (view,) = (view for view in VIEWS if view.name == table.name)
    if spellings is STORED and not _ASKS_VIEW.search(view.select):
        query = f"{_spell_stored(view, dialect)}\n{query}"
    yield from stream_rows(connection, query)


def _spell_stored(view: DatabaseView, dialect: str) -> str:
    """A clause that stands before a question to a view, and takes the view's place in it.

    In it days and moments are the numbers that are stored: to write each as text and to read it back takes a
    quarter of an export's time. A view that asks another one says what that says, text or dates.
    """
    return f"WITH {spell_inline(view, dialect, stored=True)}"


def spell_inline(view: DatabaseView, dialect: str, *, stored: bool = False) -> str:
    """Spell a view as a clause of WITH: what it asks can then be given another meaning before it.

    Args:
        stored: whether its days and moments are the numbers that are stored.
    """
    query = spell(cleandoc(view.select), dialect, stored=stored)
    return f"{view.name} ({', '.join(view.columns)}) AS (\n{query}\n)"
