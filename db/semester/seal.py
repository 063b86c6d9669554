"""Seals: a semester closed, its archive kept, and its visible reopening; appended, never changed."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from activity.errors import ConfigError, StoreError
from activity.jury import Reopening, Seal
from db.engine import reading, writing
from db.lock import deciding
from db.schema.jury_models import ReopeningRecord, SealPartRecord, SealRecord
from db.text import clean_text

__all__ = [
    "check_unsealed",
    "load_archive",
    "load_reopenings",
    "load_seals",
    "save_reopening",
    "save_seal",
]

_LEVEL = 1
"""Of compression: half of a seal's time would go into a tenth of its room."""


def check_unsealed(connection: Connection, semester: str) -> None:
    """Raise ConfigError where the semester is sealed and nobody reopened it."""
    seal = _sealed(connection, semester)
    if seal is not None:
        raise ConfigError(
            "{semester} is sealed (seal {number} of {sealed_at:%Y-%m-%d}); nothing was changed.",
            "A correction begins with: denyut seal {semester} --supersede --who NAME --reason TEXT",
            semester=semester,
            number=seal.number,
            sealed_at=seal.sealed_at,
        )


def load_seals(engine: Engine, semester: str | None = None) -> tuple[Seal, ...]:
    """Load every seal by semester and number, of one semester or of all."""
    query = select(SealRecord.__table__).order_by(SealRecord.semester, SealRecord.number)
    if semester is not None:
        query = query.where(SealRecord.semester == semester)
    with reading(engine) as connection:
        return tuple(Seal(**row._mapping) for row in connection.execute(query))


def load_reopenings(engine: Engine, semester: str | None = None) -> tuple[Reopening, ...]:
    """Load every reopening by semester and seal, of one semester or of all."""
    query = select(ReopeningRecord.__table__).order_by(ReopeningRecord.semester, ReopeningRecord.seal)
    if semester is not None:
        query = query.where(ReopeningRecord.semester == semester)
    with reading(engine) as connection:
        return tuple(Reopening(**row._mapping) for row in connection.execute(query))


def save_seal(engine: Engine, seal: Seal, archive: Iterable[bytes]) -> None:
    """Append a seal with its archive, given in pieces; raises ConfigError where it was sealed meanwhile."""
    with writing(engine) as connection:
        check_unsealed(connection, seal.semester)
        connection.execute(insert(SealRecord).values(asdict(seal)))
        for part in _parts(seal, archive):
            connection.execute(insert(SealPartRecord), part)


def _parts(seal: Seal, archive: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for part, piece in enumerate(archive):
        content = zlib.compress(piece, _LEVEL)
        yield {"semester": seal.semester, "number": seal.number, "part": part, "content": content}


def load_archive(engine: Engine, seal: Seal) -> Iterator[bytes]:
    """Load the archive of a seal in pieces, byte for byte as it was made.

    Raises StoreError where a part is damaged.
    """
    query = (
        select(SealPartRecord.content)
        .where(SealPartRecord.semester == seal.semester, SealPartRecord.number == seal.number)
        .order_by(SealPartRecord.part)
    )
    with reading(engine) as connection:
        for part in connection.execute(query, execution_options={"yield_per": 4}).scalars():
            yield _unpack(part, seal)


def _unpack(part: bytes, seal: Seal) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error as error:
        raise StoreError(
            "The archive of seal {number} of {semester} is damaged in the database: {error}.",
            "What was handed out is still whole: denyut verify ARCHIVE",
            number=seal.number,
            semester=seal.semester,
            error=error,
        ) from None


def save_reopening(engine: Engine, reopening: Reopening) -> None:
    """Reopen a sealed semester for a correction; raises ConfigError where another seal is in force."""
    values = {
        "semester": reopening.semester,
        "seal": reopening.seal,
        "who": clean_text(reopening.who),
        "reason": clean_text(reopening.reason),
        "opened_at": reopening.opened_at,
    }
    with deciding(engine) as connection:
        sealed = _sealed(connection, reopening.semester)
        if sealed is None or sealed.number != reopening.seal:
            raise ConfigError(
                "{semester} is not sealed by seal {seal}.",
                "See `denyut seal list`.",
                semester=reopening.semester,
                seal=reopening.seal,
            )
        connection.execute(insert(ReopeningRecord).values(values))


def _sealed(connection: Connection, semester: str) -> Seal | None:
    """The seal in force."""
    newest = select(SealRecord.__table__).where(SealRecord.semester == semester)
    row = connection.execute(newest.order_by(SealRecord.number.desc()).limit(1)).first()
    if row is None:
        return None
    again = select(ReopeningRecord.seal).where(
        ReopeningRecord.semester == semester, ReopeningRecord.seal == row.number
    )
    return None if connection.execute(again).first() is not None else Seal(**row._mapping)
