"""Long answers, a piece at a time, while the database still works at the rest."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from db.failure import translated

__all__ = ["PIECE", "Row", "stream_rows"]

Row = tuple[Any, ...]
PIECE = 5_000
"""Rows that are handed over together: some 5 MB of posts."""
_SENT = 500
"""Rows that a server's driver takes at a time."""


def stream_rows(connection: Connection, query: str) -> Iterator[list[Row]]:
    """Stream every row of a query's answer, as the driver has it, in lists of at most `PIECE`.

    A server answers in binary: numbers need not be written out and read back. It works at the next rows while
    those before are used, and may let several of its processes do so, which it never does for a cursor. Until
    the last row is taken the connection answers nothing else.

    Args:
        query: SQL without parameters.
    """
    if not connection.in_transaction():
        # The driver's own cursor begins none on SQLite, where two questions would be answered of two moments.
        connection.begin()
    # SQLAlchemy's own rows take as long as all the rest.
    driver: Any = connection.connection.driver_connection
    server = connection.dialect.name == "postgresql"
    with translated(connection.engine.url), closing(driver.cursor()) as cursor:
        rows = cursor.stream(query, binary=True, size=_SENT) if server else cursor.execute(query)
        while piece := list(islice(rows, PIECE)):
            yield piece
