"""One way to write rows that may be there already, on both engines."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from db.schema.models import Base

__all__ = ["batched", "save_rows"]

_CHUNK = 500


def save_rows(
    connection: Connection, table: type[Base], rows: Sequence[Mapping[str, Any]], *, replace: bool
) -> None:
    """Insert rows that all name the same columns; one whose primary key is there is replaced or kept.

    One prepared statement for all rows: a thousand rows in one VALUES list are far slower.
    """
    if rows:
        statement = _build(table, tuple(rows[0]), connection.dialect.name, replace=replace)
        connection.execute(statement, list(rows))


@cache
def _build(table: type[Base], names: tuple[str, ...], dialect: str, *, replace: bool) -> Any:
    """The statement, kept for the life of the process: `excluded` alone copies every column each time."""
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    key = [column.name for column in table.__table__.primary_key]
    if not replace:
        return insert.on_conflict_do_nothing(index_elements=key)
    values = {name: insert.excluded[name] for name in names if name not in key}
    return insert.on_conflict_do_update(index_elements=key, set_=values)


def batched(items: Sequence[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """Split into lists of at most `size`, for IN lists that no engine refuses."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
