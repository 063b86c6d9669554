"""The role under which PostgreSQL answers an analyst: it may read the views, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import Connection, sql
from sqlalchemy.engine import URL

from activity.errors import ConfigError
from db.engine import parse_url
from db.failure import explain_failure
from db.schema.views import VIEWS

__all__ = ["READER", "become_reader", "check_words", "connect", "find_missing_role"]

READER = "denyut_reader"
_SESSION = {"client_encoding": "utf8", "connect_timeout": 10}
# A role cannot take from itself what PostgreSQL gives to everybody: locks, signals, settings, large objects,
# and the functions that run a text as another statement, in which the first could be hidden.
_REFUSED = re.compile(
    r"\b(?:pg_\w+|set_config|lo_\w+|loread|lowrite|txid_\w+|ts_stat|ts_rewrite|dblink\w*|crosstab\w*|connectby"
    r"|\w+_to_xml\w*)\b|u&\"",
    re.IGNORECASE,
)
_OTHERS = """
    SELECT DISTINCT proname FROM pg_catalog.pg_proc JOIN pg_catalog.pg_namespace AS n ON n.oid = pronamespace
    WHERE nspname NOT IN ('pg_catalog', 'information_schema')"""
_BOUNDS = {
    # One question takes no more of the server than this; a reader that went to lunch holds no lock for ever.
    "work_mem": "32MB",
    "max_parallel_workers_per_gather": "0",
    "idle_in_transaction_session_timeout": "10min",
    # The server notices that we have gone (Ctrl-C, a kill) while it still works.
    "client_connection_check_interval": "1s",
}


@contextmanager
def connect(url: URL) -> Iterator[Connection]:
    """Open a connection of the driver's own, without SQLAlchemy; raises StoreError without a server."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(address, **_SESSION)  # type: ignore[arg-type]
    except psycopg.Error as error:
        raise explain_failure(error, url) from error
    with connection:
        yield connection


def become_reader(connection: Connection, seconds: float) -> bool:
    """Begin a transaction that reads, under bounds, as the reader; False where there is no such role for us.

    The role is made and given the views where that is allowed and was not yet done.
    """
    confined = _prepare_role(connection)
    connection.read_only = True
    bounds = _BOUNDS | {"statement_timeout": f"{max(1, round(seconds * 1000))}ms"}
    known = "SELECT set_config(name, %s, true) FROM pg_catalog.pg_settings WHERE name = %s"
    for name, value in bounds.items():
        connection.execute(known, (value, name))
    if confined:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    return confined


def check_words(connection: Connection, query: str) -> None:
    """Raise ConfigError for a query that names a function beyond plain questions."""
    found = _REFUSED.search(query)
    if found is None:
        others = {str(name).lower() for (name,) in connection.execute(_OTHERS)}
        connection.rollback()
        found = next((word for word in re.finditer(r"\w+", query) if word[0].lower() in others), None)
    if found is not None:
        raise ConfigError(
            "The query cannot be answered: {found} is not for questions.",
            "Give one SELECT of views and plain functions; docs/database.md lists the views.",
            found=found[0],
        )


def find_missing_role(url: str) -> tuple[str, ...]:
    """List the statements that an administrator has to run so that questions are answered by the reader.

    None of them on SQLite, which needs no role, and where the role is there or can be made.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return ()
    with connect(parsed) as connection:
        if _prepare_role(connection):
            return ()
        row = connection.execute("SELECT quote_ident(current_user)").fetchone()
        there = _exists(connection)
    assert row is not None
    give = f"GRANT {READER} TO {row[0]};"
    return (give,) if there else (f"CREATE ROLE {READER} NOLOGIN;", give)


def _prepare_role(connection: Connection) -> bool:
    """Whether we may become the reader, who may read every view."""
    return (_may_become(connection) or (_make_role(connection) and _may_become(connection))) and _grant(
        connection
    )


def _may_become(connection: Connection) -> bool:
    harmless = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s AND NOT rolsuper AND NOT rolcanlogin"
    if connection.execute(harmless, (READER,)).fetchone() is None:
        connection.rollback()
        return False
    return _attempt(connection, f"SET LOCAL ROLE {READER}", keep=False)


def _make_role(connection: Connection) -> bool:
    make = () if _exists(connection) else (f"CREATE ROLE {READER} NOLOGIN",)
    return _attempt(connection, *make, f"GRANT {READER} TO CURRENT_USER")


def _exists(connection: Connection) -> bool:
    row = connection.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", (READER,)).fetchone()
    connection.rollback()
    return row is not None


def _grant(connection: Connection) -> bool:
    """Whether the reader may read every view; a migration makes them anew, without what was granted."""
    lacking = (
        "SELECT name FROM unnest(%s::text[]) AS name "
        "WHERE to_regclass(name) IS NOT NULL AND NOT has_table_privilege(%s, to_regclass(name), 'SELECT')"
    )
    names = [name for (name,) in connection.execute(lacking, ([view.name for view in VIEWS], READER))]
    connection.rollback()
    return not names or _attempt(connection, f"GRANT SELECT ON {', '.join(names)} TO {READER}")


def _attempt(connection: Connection, *statements: str, keep: bool = True) -> bool:
    """Run statements as one transaction; False where they are not allowed to us, or not now."""
    try:
        for statement in statements:
            connection.execute(statement.encode())
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.DuplicateObject):
        connection.rollback()
        return False
    except (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InternalError_):
        connection.rollback()
        return False
    if keep:
        connection.commit()
    else:
        connection.rollback()
    return True
