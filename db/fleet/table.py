"""The queue's tables: a schema of their own beside ours on PostgreSQL, which may be dropped at any time."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from activity.errors import ConfigError, QueueGoneError
from db.engine import server_arguments, writing
from db.migration import newest_revision

__all__ = [
    "SCHEMA",
    "TASK",
    "drop_queue",
    "has_queue",
    "name_queue",
    "prepare_queue",
    "queue_arguments",
    "queueing",
]

SCHEMA = "denyut_queue"
TASK = "work"
"""The one kind of job: work a parcel."""

_LAYOUT = 1
_GONE = frozenset({"42P01", "3F000", "42883", "42704", "23503"})
"""A table, schema, function or type that is not there, or a giving: workers may have made the tables anew."""
_TABLES = """
CREATE TABLE worker (
    id text PRIMARY KEY, place text NOT NULL, version text NOT NULL, revision text NOT NULL,
    joined_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE giving (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run_id integer NOT NULL, night date NOT NULL,
    wave integer NOT NULL, version text NOT NULL, revision text NOT NULL, terms jsonb NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
CREATE TABLE parcel (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    giving_id bigint NOT NULL REFERENCES giving ON DELETE CASCADE, number integer NOT NULL,
    accounts jsonb NOT NULL, job_id bigint, given_at timestamptz NOT NULL DEFAULT now(),
    worker_id text, place text, taken_at timestamptz, lease_until timestamptz,
    finished_at timestamptz, left_at timestamptz, ended_at timestamptz,
    moved jsonb NOT NULL DEFAULT '[]', harvested integer NOT NULL DEFAULT 0,
    doubled integer NOT NULL DEFAULT 0
);
CREATE INDEX parcel_giving ON parcel (giving_id) WHERE ended_at IS NULL;
CREATE INDEX parcel_worker ON parcel (worker_id) WHERE ended_at IS NULL;
"""


def name_queue() -> str:
    """Name the queue that workers of this version and schema listen to; others never see what is in it.

    PostgreSQL cuts longer names of channels.
    """
    return f"{version('denyut')}/{newest_revision()}"[:39]


@contextmanager
def queueing(engine: Engine) -> Iterator[Connection]:
    """Open one transaction over the queue's tables; raises QueueGoneError where somebody has dropped them."""
    try:
        with writing(engine) as connection:
            connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
            yield connection
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _GONE:
            raise
        raise QueueGoneError("The queue's tables are gone.", "The next crawl makes them anew.") from error


def queue_arguments() -> dict[str, Any]:
    """Compose what a connection of the queue's own is made with."""
    return {**server_arguments(), "options": f"-c search_path={SCHEMA}"}


def has_queue(engine: Engine) -> bool:
    """Tell whether there is a queue that this code can use."""
    if engine.dialect.name != "postgresql":
        return False
    with writing(engine) as connection:
        return _read_mark(connection) == _mark()


def prepare_queue(engine: Engine, *, renew: bool = False) -> None:
    """Make the queue's tables where they are not; those of another version are made anew, or refused.

    Args:
        renew: make them anew where another version made them; only for whoever holds the crawl's lock.

    Raises ConfigError for a queue of another version.
    """
    wanted = _mark()
    with writing(engine) as connection:
        # Workers that start at the same moment would all make them.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('denyut:queue'))"))
        found = _read_mark(connection)
        if found == wanted:
            return
        if found is not None and not renew:
            raise ConfigError(
                "The database's queue was made by {found}, and this is {wanted}.",
                "Install the same version of Denyut on every machine; the next crawl makes the queue anew.",
                found=found,
                wanted=wanted,
            )
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
        raw: Any = connection.connection.driver_connection
        raw.execute(_TABLES + _read_schema())
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS '{wanted}'"))


def drop_queue(engine: Engine) -> None:
    """Drop all of it; nothing is lost but the knowledge of who works on what."""
    with writing(engine) as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


def _mark() -> str:
    """What must be the same on every machine for the queue's tables to fit."""
    return f"queue {_LAYOUT}, procrastinate {version('procrastinate')}"


def _read_mark(connection: Connection) -> str | None:
    """The mark of the queue that is there; None where there is none."""
    query = text("SELECT coalesce(obj_description(oid), '') FROM pg_namespace WHERE nspname = :name")
    found = connection.execute(query, {"name": SCHEMA}).scalar()
    return None if found is None else str(found)


def _read_schema() -> str:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - an extra

    return str(SchemaManager.get_schema())
