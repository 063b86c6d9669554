"""One SELECT of an analyst's, answered by a connection that cannot write."""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from sqlalchemy.engine import URL

from activity.errors import ConfigError, StoreError
from db.engine import parse_url
from db.failure import explain_failure

__all__ = ["QueryResult", "run_query"]

Rows = Iterator[tuple[Any, ...]]
_STREAM = 1000


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query answers.

    Attributes:
        columns: names, in order.
        rows: read from the database while they are iterated.
    """

    columns: tuple[str, ...]
    rows: Rows


def run_query(url: str, sql: str, *, limit: int | None = None) -> QueryResult:
    """Answer one read-only statement, with at most `limit` rows.

    Raises ConfigError for a statement that is wrong, writes, gives no table or is more than one,
    and StoreError where the database cannot be read.
    """
    parsed = parse_url(url)
    lite = parsed.get_backend_name() == "sqlite"
    answer = _ask_sqlite(parsed, sql) if lite else _ask_postgres(parsed, sql)
    columns = next(answer)
    return QueryResult(columns, _take(answer, limit))


def _take(answer: Generator[tuple[Any, ...]], limit: int | None) -> Rows:
    # Closed at once, not when the garbage is collected: a server counts its open connections.
    with closing(answer):
        yield from islice(answer, limit)


def _ask_sqlite(url: URL, sql: str) -> Generator[tuple[Any, ...]]:
    """The columns first, then the rows."""
    path = Path(str(url.database))
    if not path.is_file():
        raise StoreError(f"There is no database at {path}.", "Run `denyut init` to make one.")
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA query_only = ON").close()
            connection.set_authorizer(_authorize)
            cursor = connection.execute(sql)
            yield _columns(cursor.description)
            yield from cursor
        finally:
            connection.close()
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _FILES_FAULT:
            raise explain_failure(error, url) from error
        raise _refused(str(error)) from error


# What is the file's fault or the disk's; everything else is the question's.
_FILES_FAULT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOTADB,
    }
)
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    # Reading alone, so neither ATTACH nor a PRAGMA; an extension would be code from outside.
    loads = action == sqlite3.SQLITE_FUNCTION and "load_extension" in {first, second}
    return sqlite3.SQLITE_OK if action in _ALLOWED and not loads else sqlite3.SQLITE_DENY


def _ask_postgres(url: URL, sql: str) -> Generator[tuple[Any, ...]]:
    """The columns first, then the rows."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            connection.read_only = True
            # A server's cursor is declared by the extended protocol, which takes one statement alone.
            with connection.cursor(name="denyut_sql") as cursor:
                cursor.itersize = _STREAM
                cursor.execute(sql.strip().rstrip(";").encode())
                yield _columns(cursor.description)
                yield from cursor
    except (
        psycopg.ProgrammingError,
        psycopg.DataError,
        psycopg.InternalError,
        psycopg.NotSupportedError,
    ) as error:
        raise _refused(str(error)) from error
    except psycopg.Error as error:
        raise explain_failure(error, url) from error


def _columns(description: Any) -> tuple[str, ...]:
    if description is None:
        raise _refused("it gives no table")
    return tuple(column[0] for column in description)


def _refused(why: str) -> ConfigError:
    line = next((part.strip() for part in why.splitlines() if part.strip()), "unknown reason")
    return ConfigError(
        f"The query cannot be answered: {line.rstrip('.').removeprefix('ERROR: ').strip()}.",
        "Give one SELECT; docs/database.md lists the views.",
    )
