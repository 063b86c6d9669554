"""One SELECT of an analyst's, answered by a connection that cannot write, within bounds."""

import sqlite3
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from activity.errors import ConfigError
from db.engine import parse_url
from db.failure import explain_failure
from db.lite import open_reader
from db.reader import become_reader, check_words, connect

__all__ = ["QueryLimits", "QueryResult", "run_query"]

Rows = Iterator[tuple[Any, ...]]
_STREAM = 1000


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What one question may take.

    Attributes:
        seconds: of the database's work; what the reader of the rows takes does not count.
        megabytes: of memory for the answer.
    """

    seconds: float = 60.0
    megabytes: int = 512

    def too_long(self) -> ConfigError:
        """Tell what to say where the time is up."""
        return ConfigError(
            "The query was ended after {seconds:g} seconds.",
            "Ask for less, or allow it more time with --time-limit.",
            seconds=self.seconds,
        )

    def too_much(self) -> ConfigError:
        """Tell what to say where the memory is used up."""
        return ConfigError(
            "The query was ended because it needs more than {megabytes} MB.",
            "Ask for less, or allow it more memory with --memory-limit.",
            megabytes=self.megabytes,
        )


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query answers.

    Attributes:
        columns: names, in order.
        rows: read from the database while they are iterated.
        confined: whether the answer comes from a role that may read the views alone.
    """

    columns: tuple[str, ...]
    rows: Rows
    confined: bool = True


def run_query(
    url: str, sql: str, *, limit: int | None = None, limits: QueryLimits | None = None
) -> QueryResult:
    """Answer one read-only statement, with at most `limit` rows.

    On SQLite the documented views and tables can be read, on PostgreSQL the views.

    Raises ConfigError for a statement that is wrong, writes, gives no table, is more than one or needs more
    than the limits allow, and StoreError where the database cannot be read.
    """
    parsed = parse_url(url)
    watch = _Watch(limits or QueryLimits())
    lite = parsed.get_backend_name() == "sqlite"
    answer = _ask_sqlite(parsed, sql, watch) if lite else _ask_postgres(parsed, sql, watch)
    with watch:
        columns, confined = next(answer)
    return QueryResult(columns, _take(answer, watch, limit), bool(confined))


class _Watch:
    """The time that the database has worked; a context manager around each stretch of it."""

    def __init__(self, limits: QueryLimits) -> None:
        self.limits = limits
        self._spent = 0.0
        self._since = 0.0

    def __enter__(self) -> None:
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._spent += time.monotonic() - self._since

    def is_over(self) -> bool:
        """Tell whether, in the midst of a stretch, the time is up."""
        return self._spent + time.monotonic() - self._since > self.limits.seconds


def _take(answer: Generator[tuple[Any, ...]], watch: _Watch, limit: int | None) -> Rows:
    # Closed at once, not when the garbage is collected: a server counts its open connections.
    with closing(answer):
        yield from islice(_step(answer, watch), limit)


def _step(answer: Generator[tuple[Any, ...]], watch: _Watch) -> Rows:
    while True:
        with watch:
            row = next(answer, None)
        if row is None:
            return
        yield row


def _ask_sqlite(url: URL, sql: str, watch: _Watch) -> Generator[tuple[Any, ...]]:
    """The columns with whether the answer is confined, then the rows."""
    try:
        with closing(open_reader(url, watch.is_over, watch.limits.megabytes)) as connection:
            cursor = connection.execute(sql)
            yield _columns(cursor.description), True
            yield from cursor
    except MemoryError:
        raise watch.limits.too_much() from None
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _explain_sqlite(error, url, watch) from error


def _explain_sqlite(error: Exception, url: URL, watch: _Watch) -> Exception | KeyboardInterrupt:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        # The look at the clock ends a query for two reasons: the time, or Ctrl-C in the midst of it.
        return watch.limits.too_long() if watch.is_over() else KeyboardInterrupt()
    if code in {sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_TOOBIG}:
        return watch.limits.too_much()
    return explain_failure(error, url) if code in _FILES_FAULT else _refused(str(error))


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


def _ask_postgres(url: URL, sql: str, watch: _Watch) -> Generator[tuple[Any, ...]]:
    """The columns with whether the answer is confined, then the rows."""
    try:
        with connect(url) as connection:
            check_words(connection, sql)
            confined = become_reader(connection, watch.limits.seconds)
            # A server's cursor is declared by the extended protocol, which takes one statement alone.
            with connection.cursor(name="denyut_sql") as cursor:
                cursor.itersize = _STREAM
                cursor.execute(sql.strip().rstrip(";").encode())
                yield _columns(cursor.description), confined
                for row in cursor:
                    if watch.is_over():
                        raise watch.limits.too_long()
                    yield row
    except MemoryError:
        raise watch.limits.too_much() from None
    except psycopg.errors.QueryCanceled:
        raise watch.limits.too_long() from None
    except psycopg.Error as error:
        raise _explain_postgres(error, url, watch) from error


_QUESTIONS_FAULT = (
    psycopg.ProgrammingError,
    psycopg.DataError,
    psycopg.InternalError,
    psycopg.NotSupportedError,
)
_NO_ROOM = ("out of memory", "results from command")
"""How the client's library says that a row was too large for it: in words, or by an answer too many."""


def _explain_postgres(error: psycopg.Error, url: URL, watch: _Watch) -> Exception:
    if any(words in str(error).lower() for words in _NO_ROOM):
        return watch.limits.too_much()
    return _refused(str(error)) if isinstance(error, _QUESTIONS_FAULT) else explain_failure(error, url)


def _columns(description: Any) -> tuple[str, ...]:
    if description is None:
        raise _refused("it gives no table")
    return tuple(column[0] for column in description)


def _refused(why: str) -> ConfigError:
    line = next((part.strip() for part in why.splitlines() if part.strip()), "unknown reason")
    return ConfigError(
        "The query cannot be answered: {strip}.",
        "Give one SELECT; docs/database.md lists the views.",
        strip=line.rstrip(".").removeprefix("ERROR: ").strip(),
    )
