"""Questions of the program's own to the analysts' views, by a connection that cannot write."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from activity.errors import StoreError
from db.engine import parse_url
from db.failure import explain_failure
from db.lite import open_reader
from db.reader import become_reader, connect

__all__ = ["Asking", "asking"]


class Asking:
    """What answers questions, until their time is over.

    Attributes:
        dialect: `sqlite` or `postgresql`.
    """

    def __init__(self, dialect: str, answer: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]) -> None:
        self.dialect = dialect
        self._answer, self._began = answer, time.monotonic()

    def spent(self) -> float:
        """Tell the seconds since the first question could be asked."""
        return time.monotonic() - self._began

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read every row of one SELECT, in which `?` stands for each of the values and for nothing else."""
        return self._answer(query, values)


@contextmanager
def asking(url: str, seconds: float) -> Iterator[Asking]:
    """Open the database for some questions that belong together.

    Args:
        seconds: for all of them.

    Raises StoreError where the database cannot be read, or needs longer.
    """
    parsed, until = parse_url(url), time.monotonic() + seconds
    ask = _ask_sqlite if parsed.get_backend_name() == "sqlite" else _ask_postgres
    try:
        with ask(parsed, until) as found:
            yield found
    except (sqlite3.Error, psycopg.Error) as error:
        if time.monotonic() > until or isinstance(error, psycopg.errors.QueryCanceled):
            raise StoreError(
                "The answer took longer than {seconds:g} seconds.",
                "Ask for less: name an agency, a channel or a semester.",
                seconds=seconds,
            ) from error
        raise explain_failure(error, parsed) from error


@contextmanager
def _ask_sqlite(url: URL, until: float) -> Iterator[Asking]:
    with closing(open_reader(url, lambda: time.monotonic() > until)) as connection:
        yield Asking("sqlite", lambda query, values: connection.execute(query, values).fetchall())


@contextmanager
def _ask_postgres(url: URL, until: float) -> Iterator[Asking]:
    with connect(url) as connection:
        become_reader(connection, max(0.001, until - time.monotonic()))
        yield Asking(
            "postgresql",
            lambda query, values: connection.execute(query.replace("?", "%s").encode(), values).fetchall(),
        )
