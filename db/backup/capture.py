"""One moment of a database as a file, taken while others write: what a backup is made of."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from activity.errors import BackupError, ConfigError
from activity.upload import place_file
from db.backup.dump import dump_database, server_major
from db.backup.handed_in import HANDED_IN
from db.backup.package import BackupPart
from db.engine import reading
from db.failure import shown, translated
from db.migration import our_names

__all__ = ["FrozenDatabase", "capture_database"]

_EXTENTS = 'SELECT file, max("offset" + length) FROM record {where} GROUP BY file ORDER BY file'
_WAITING = (
    "SELECT number, sha256, size FROM upload WHERE sent_at IS NOT NULL AND closed_at IS NULL ORDER BY number"
)
_ZONE = "SELECT value FROM setting WHERE name = 'timezone'"
_REVISION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True)
class FrozenDatabase:
    """A database as it was at one moment.

    Attributes:
        name: what it is called in a backup.
        path: the file.
        extents: how far each file of the evidence is named by a row of that moment; of what was removed
            by `denyut evidence prune` no page is named.
        handed_in: files that waited for an officer at that moment, as they are named in a backup.
    """

    engine: str
    name: str
    path: Path
    schema: str
    timezone: str | None
    extents: Mapping[str, int]
    handed_in: tuple[BackupPart, ...]


@contextmanager
def capture_database(engine: Engine, folder: Path) -> Iterator[FrozenDatabase]:
    """Copy the database into a folder, whole whatever is written meanwhile.

    Raises BackupError where the copy is damaged or cannot be made, and what `translated` raises.
    """
    if engine.dialect.name == "sqlite":
        yield _copy_file(engine, folder / "database.sqlite")
    else:
        yield _dump_server(engine, folder / "database.dump")


def _copy_file(engine: Engine, path: Path) -> FrozenDatabase:
    name = engine.url.database
    if name in {None, "", ":memory:"}:
        raise ConfigError("A database in memory cannot be backed up.", "Name a file in DENYUT_DATABASE.")
    address = f"{Path(str(name)).resolve().as_uri()}?mode=rw"
    with (
        translated(engine.url),
        closing(sqlite3.connect(address, uri=True, timeout=30)) as source,
        closing(sqlite3.connect(path)) as copy,
        _told_of(path.parent),
    ):
        # A copy that a crash leaves unfinished is thrown away, so that nothing need wait for the disk.
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise BackupError(
                "The database {where} is damaged ({verdict}); no backup was made of it, and none dropped.",
                "See `denyut check`; the newest backup is the way back: denyut restore FILE --replace",
                where=shown(engine.url),
                verdict=str(verdict).replace("\n", " "),
            )
    with create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool).connect() as connection:
        return _read_capture(connection, path)


@contextmanager
def _told_of(folder: Path) -> Iterator[None]:
    """Let an input or output that fails be one line about the copy, which is all that is written here."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_IOERR:
            raise
        raise BackupError(
            "The copy of the database in {folder} cannot be written: {error}.",
            "Free some disk space, or name a folder on another disk in DENYUT_BACKUPS.",
            folder=folder.parent,
            error=error,
        ) from error


def _dump_server(engine: Engine, path: Path) -> FrozenDatabase:
    """All of it as one transaction sees it: a dump taken by itself would know later rows than we."""
    with reading(engine.execution_options(postgresql_readonly=True)) as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        captured = _read_capture(connection, path)
        dump_database(engine.url, our_names(), snapshot, server_major(connection), path)
    return captured


def _read_capture(connection: Connection, path: Path) -> FrozenDatabase:
    """What the rows say; a database of an earlier version may lack tables and columns."""
    looked = inspect(connection)
    tables = set(looked.get_table_names())
    extents: dict[str, int] = {}
    handed_in: tuple[BackupPart, ...] = ()
    if "record" in tables:
        prunes = any(column["name"] == "removed_at" for column in looked.get_columns("record"))
        query = _EXTENTS.format(where="WHERE removed_at IS NULL" if prunes else "")
        extents = {file: int(end) for file, end in connection.execute(text(query))}
    if "upload" in tables:
        handed_in = tuple(
            BackupPart(f"{HANDED_IN}/{place_file(number, digest)}", size, digest)
            for number, digest, size in connection.execute(text(_WAITING))
        )
    return FrozenDatabase(
        engine=connection.dialect.name,
        name=path.name,
        path=path,
        schema=connection.execute(text(_REVISION)).scalar_one(),
        timezone=connection.execute(text(_ZONE)).scalar(),
        extents=extents,
        handed_in=handed_in,
    )
