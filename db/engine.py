"""How a database is spoken to: its address, its connections, whether it is ours, and of which version."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from activity.errors import ConfigError, ForeignDatabaseError, NewerDatabaseError, StoreError
from db.failure import shown, translated
from db.migration import known_revisions, migrate, newest_revision, stored_revision
from db.schema.models import SettingRecord
from db.schema.views import views_digest

__all__ = [
    "APPLICATION",
    "bring_up_to_date",
    "check_place",
    "check_up_to_date",
    "connect",
    "parse_url",
    "reading",
    "recognise",
    "server_arguments",
    "turn_to_wal",
    "writing",
]

APPLICATION = "denyut"
_BUSY_SECONDS = 30


def parse_url(url: str | URL) -> URL:
    """Read a database address; PostgreSQL is always spoken to through psycopg 3."""
    try:
        parsed = make_url(url)
        driver = _DRIVERS[parsed.drivername]
    except (ArgumentError, KeyError, ValueError):
        raise ConfigError(
            "The database address cannot be read.",
            "Write DENYUT_DATABASE as sqlite:///denyut.db or postgresql://user@host/name.",
        ) from None
    return parsed.set(drivername=driver)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open one connection and one consistent view of the data; our errors instead of the driver's.

    A server would show each question what was committed until then: a ranking made while a worker stores its
    harvests would count a post and not the look that brought it.
    """
    once = engine if engine.dialect.name == "sqlite" else engine.execution_options(**_ONE_MOMENT)
    with translated(engine.url), once.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that is written whole or not at all; our errors instead of the driver's."""
    with translated(engine.url), engine.execution_options(denyut_writes=True).begin() as connection:
        yield connection


_ONE_MOMENT = {"isolation_level": "REPEATABLE READ"}

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def check_place(url: URL, *, create: bool) -> None:
    """Raise StoreError where no database is, or can be made, at a file's path."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return
    path = Path(str(url.database))
    if path.is_dir() or (create and not path.parent.is_dir()):
        raise StoreError(
            "No database can stand at {path}.", "Name a file in a folder that exists.", path=path
        )
    if not create and not path.exists():
        raise StoreError("There is no database at {path}.", "Run `denyut init` to make one.", path=path)


def connect(url: URL) -> Engine:
    """Make an engine for whatever database is there, which is neither looked at nor changed."""
    lite = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url,
        json_serializer=partial(json.dumps, sort_keys=True),
        connect_args={"timeout": _BUSY_SECONDS} if lite else server_arguments(),
    )
    if lite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        # A lost connection is told of by our own errors; the driver warns of what it left behind as well.
        logging.getLogger("psycopg").setLevel(logging.ERROR)
    return engine


def server_arguments() -> dict[str, int]:
    """Compose how a connection to a server is made: whoever is cut off from it notices within a minute."""
    alive = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    return {"connect_timeout": 10, "tcp_user_timeout": 60_000, **alive}


def _prepare_sqlite(connection: Any, record: Any) -> None:  # noqa: ARG001
    # The driver's own transactions leave DDL outside; ours are begun by hand in _begin_sqlite.
    connection.isolation_level = None
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer that first reads must take the write lock first, or SQLite refuses it without waiting.
    writes = connection.get_execution_options().get("denyut_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def check_up_to_date(engine: Engine) -> None:
    """Raise StoreError for a database of ours that is older than this code, and leave it as it is."""
    with reading(engine) as connection:
        revision = recognise(connection, create=False)
        if revision != newest_revision() or _stored_views(connection) != views_digest():
            raise StoreError(
                "The database {where} was written by an older Denyut (revision {revision}), and this one "
                "expects {newest}.",
                "Install the same version on every machine.",
                where=shown(engine.url),
                revision=revision,
                newest=newest_revision(),
            )


def bring_up_to_date(
    engine: Engine,
    *,
    create: bool = False,
    keeping: Callable[[Engine], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Migrate a database of ours to what this code knows; fill an empty one with our schema when `create`.

    Args:
        keeping: what is held while an older one is migrated, such as the lock under which it is backed up.
    """
    with reading(engine) as connection:
        revision = recognise(connection, create=create)
        current = revision == newest_revision() and _stored_views(connection) == views_digest()
    if current:
        return
    with ExitStack() as held:
        if revision is not None and revision != newest_revision():
            held.enter_context(keeping(engine))
        turn_to_wal(engine)
        with writing(engine) as connection:
            recognise(connection, create=create)
            migrate(connection, APPLICATION)


def turn_to_wal(engine: Engine) -> None:
    """Let a SQLite file be read while it is written to; nothing on a server."""
    # The mode stays with the file, so it is set when ours is made and never on somebody else's.
    if engine.dialect.name == "sqlite":
        with translated(engine.url), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode=WAL")


def recognise(connection: Connection, *, create: bool) -> str | None:
    """Read the revision of a database of ours, None for an empty one that may be filled.

    Raises ForeignDatabaseError, NewerDatabaseError, and StoreError for an empty one unless `create`.
    """
    where = shown(connection.engine.url)
    tables = set(inspect(connection).get_table_names())
    if not tables:
        if create:
            return None
        raise StoreError("The database {where} is empty.", "Run `denyut init` to fill it.", where=where)
    revision = stored_revision(connection) if _is_ours(connection, tables) else None
    if revision is None:
        raise ForeignDatabaseError(
            "The database {where} holds tables that are not Denyut's; nothing was changed.",
            "Name another database in DENYUT_DATABASE.",
            where=where,
        )
    if revision not in known_revisions():
        raise NewerDatabaseError(
            "The database {where} was written by a newer Denyut (revision {revision}).",
            "Update this Denyut; nothing was changed.",
            where=where,
            revision=revision,
        )
    return revision


def _is_ours(connection: Connection, tables: set[str]) -> bool:
    if not {"setting", "alembic_version"} <= tables:
        return False
    columns = {column["name"] for column in inspect(connection).get_columns("setting")}
    if not {"name", "value"} <= columns:
        return False
    query = select(SettingRecord.value).where(SettingRecord.name == "application")
    return connection.execute(query).scalar() == APPLICATION


def _stored_views(connection: Connection) -> str | None:
    if not inspect(connection).has_table("setting"):
        return None
    return connection.execute(select(SettingRecord.value).where(SettingRecord.name == "views")).scalar()
