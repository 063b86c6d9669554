"""What a ranking noticed, kept beside it: of each semester that of its latest ranking alone.

A nation's flags of every night would outgrow its posts; what a semester was sealed with is in its archive.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from activity.flag import Noticed
from db.schema.base import Base
from db.schema.flag_models import FlagRecord, RulingRecord
from db.text import clean_text
from db.upsert import batched

__all__ = ["save_noticed"]


def save_noticed(connection: Connection, semester: str, noticed: Noticed) -> None:
    """Put this in the place of what was noticed before; nothing is written where it is the same."""
    _replace(connection, FlagRecord, semester, list(_flags(semester, noticed)))
    _replace(connection, RulingRecord, semester, list(_rulings(semester, noticed)))


def _replace(connection: Connection, record: type[Base], semester: str, rows: list[dict[str, Any]]) -> None:
    table = record.__table__
    of_semester = table.c.semester == semester
    stored = {tuple(row) for row in connection.execute(select(table).where(of_semester))}
    if stored == {tuple(row[column.name] for column in table.columns) for row in rows}:
        return
    connection.execute(delete(record).where(of_semester))
    for batch in batched(rows):
        connection.execute(insert(record), batch)


def _flags(semester: str, noticed: Noticed) -> Iterator[dict[str, Any]]:
    for number, flag in enumerate(noticed.flags, 1):
        for key in dict.fromkeys(post.key for post in flag.posts) if flag.posts else ("",):
            yield {
                "semester": semester,
                "number": number,
                "key": key,
                "agency": flag.agency,
                "channel": flag.channel,
                "kind": flag.kind,
                "treatment": noticed.treatment.get(flag.kind) if flag.posts else None,
                "evidence": clean_text(flag.evidence),
                "other_agency": flag.original.agency if flag.original else None,
                "other_key": flag.original.key if flag.original else None,
            }


def _rulings(semester: str, noticed: Noticed) -> Iterator[dict[str, Any]]:
    for ruling in noticed.rulings:
        yield {
            "agency": ruling.agency,
            "channel": ruling.channel,
            "key": ruling.key,
            "semester": semester,
            "treatment": ruling.treatment,
            "because": ruling.because,
            "day": ruling.day,
        }
