"""One crawl at a time: a lock that its holder's death releases."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from activity.errors import DatabaseBusyError, StoreError
from db.engine import parse_url
from db.failure import shown, translated

__all__ = ["hold_lock"]


@contextmanager
def hold_lock(url: str, name: str) -> Iterator[None]:
    """Hold the lock `name` of a database, or raise DatabaseBusyError at once.

    Beside a SQLite file it is a lock on `<file>.<name>.lock`, on PostgreSQL an advisory lock of a
    connection of its own; both end with the process, however it ends.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        with _hold_file(parsed, name):
            yield
    else:
        with _hold_advisory(parsed, name):
            yield


@contextmanager
def _hold_file(url: URL, name: str) -> Iterator[None]:
    # The file stays: removing it would let two processes lock two files of one name.
    path = Path(f"{url.database}.{name}.lock")
    try:
        handle = path.open("ab")
    except OSError as error:
        raise StoreError(
            f"No lock can be made at {path}: {error.strerror}.", "Name a database in a folder you may write."
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(url, name) from None
        yield


@contextmanager
def _hold_advisory(url: URL, name: str) -> Iterator[None]:
    number = int.from_bytes(sha256(f"denyut:{name}".encode()).digest()[:8], signed=True)
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with translated(url):
        connection = engine.connect()
    with connection:
        with translated(url):
            held = connection.execute(select(func.pg_try_advisory_lock(number))).scalar()
        if not held:
            raise _busy(url, name)
        yield


def _busy(url: URL, name: str) -> DatabaseBusyError:
    return DatabaseBusyError(
        f"Another Denyut holds the lock {name!r} of {shown(url)}.",
        "Wait until it has ended, or stop it, and run the same command again.",
    )
