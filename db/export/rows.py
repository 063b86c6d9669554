"""Reads a view from either engine, piece by piece, its values spelled alike."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from inspect import cleandoc
from typing import Any

from sqlalchemy import Connection, Engine

from db.engine import reading
from db.export.kind import ColumnKind, Table
from db.failure import translated
from db.schema.view_words import spell
from db.schema.views import VIEWS

__all__ = ["PIECE", "STORED", "TOLD", "Row", "read_pieces", "reading_once", "spell_columns"]

Row = tuple[Any, ...]
PIECE = 20_000
"""Rows that are read at a time: some 20 MB."""

_NUMBER = {ColumnKind.INTEGER: "CAST({0} AS bigint)", ColumnKind.REAL: "CAST({0} AS double precision)"}
TOLD = _NUMBER | {
    ColumnKind.DAY: "to_char({0}, 'YYYY-MM-DD')",
    ColumnKind.MOMENT: "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    ColumnKind.CLOCK: "to_char({0}, 'YYYY-MM-DD\"T\"HH24:MI:SS')",
    ColumnKind.TRUTH: "CAST({0} AS integer)",
}
"""How PostgreSQL spells what SQLite's views say: ISO text, and truth as 1 and 0."""
STORED = _NUMBER | {
    ColumnKind.DAY: "({0} - DATE '1970-01-01')",
    ColumnKind.MOMENT: "CAST(extract(epoch FROM {0}) AS bigint)",
    ColumnKind.CLOCK: "CAST(extract(epoch FROM {0}) AS bigint)",
}
"""How it spells numbers that become columns without a Python value for each day and moment.

SQLite gives numbers too, or text where a view asks another one.
"""


@contextmanager
def reading_once(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the data, however long it reads and whatever a crawl writes."""
    server = engine.dialect.name == "postgresql"
    once = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with reading(once if server else engine) as connection:
        yield connection


def spell_columns(table: Table, dialect: str, spellings: dict[ColumnKind, str]) -> str:
    """The list of a SELECT of the table's columns; SQLite's views say ISO text by themselves."""
    spelled = spellings if dialect == "postgresql" else {}
    return ", ".join(spelled.get(kind, "{0}").format(f'"{column}"') for column, kind in table.columns.items())


def read_pieces(
    connection: Connection, table: Table, spellings: dict[ColumnKind, str]
) -> Iterator[list[Row]]:
    """Every row of a view, some thousands at a time."""
    server = connection.dialect.name == "postgresql"
    columns = spell_columns(table, connection.dialect.name, spellings)
    query = f"SELECT {columns} FROM {table.name}"  # noqa: S608 - names of ours
    if spellings is STORED and not server:
        query = f"{_spell_stored(table.name)}\n{query}"
    # SQLAlchemy's own rows take as long as all the rest.
    driver: Any = connection.connection.driver_connection
    opened = driver.cursor(name="denyut_export", binary=True) if server else driver.cursor()
    with translated(connection.engine.url), closing(opened) as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(PIECE):
            yield rows


def _spell_stored(name: str) -> str:
    """A clause that stands before a question to a view of SQLite's, and takes the view's place in it.

    In it days and moments are the numbers that are stored: to write each as text and to read it back takes a
    quarter of an export's time. Where a view asks another view they stay text.
    """
    (view,) = (view for view in VIEWS if view.name == name)
    select = cleandoc(view.select).replace("@day(", "(").replace("@moment(", "(")
    return f"WITH {name} ({', '.join(view.columns)}) AS (\n{spell(select, 'sqlite')}\n)"
