"""One crawl at a time, no decision while a seal is made: locks that their holder's death releases."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from activity.errors import DatabaseBusyError, StoreError
from db.engine import parse_url, writing
from db.failure import shown, translated

__all__ = ["DECISION", "PATIENCE", "deciding", "hold_lock"]

DECISION = "decision"
"""The lock of whoever enters a decision of people's, or seals what they decided."""
PATIENCE = 300.0
"""Seconds for which a decision waits until a seal is made, and a seal until a decision is entered."""
_LOOK_AGAIN = 0.05


@contextmanager
def deciding(engine: Engine) -> Iterator[Connection]:
    """One transaction that enters a decision: it waits while a seal is made, which waits for it.

    Raises DatabaseBusyError where the seal is not made in time.
    """
    with hold_lock(engine.url, DECISION, patience=PATIENCE), writing(engine) as connection:
        yield connection


@contextmanager
def hold_lock(url: str | URL, name: str, *, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock `name` of a database, or raise DatabaseBusyError after `patience` seconds.

    Beside a SQLite file it is a lock on `<file>.<name>.lock`, the file being the real one whatever
    links lead to it; on PostgreSQL an advisory lock of a connection of its own. Both end with the
    process, however it ends.
    """
    parsed = parse_url(url)
    until = time.monotonic() + patience
    if parsed.get_backend_name() != "sqlite":
        with _hold_advisory(parsed, name, until):
            yield
    elif parsed.database in {None, "", ":memory:"}:
        yield  # nobody else can open it
    else:
        with _hold_file(parsed, name, until):
            yield


@contextmanager
def _hold_file(url: URL, name: str, until: float) -> Iterator[None]:
    # The file stays: removing it would let two processes lock two files of one name.
    path = Path(f"{Path(str(url.database)).resolve()}.{name}.lock")
    try:
        handle = path.open("ab")
    except OSError as error:
        raise StoreError(
            f"No lock can be made at {path}: {error.strerror}.", "Name a database in a folder you may write."
        ) from error
    with handle:
        _take(lambda: _flock(handle), until, url, name)
        yield


def _flock(handle: IO[bytes]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take(attempt: Callable[[], bool], until: float, url: URL, name: str) -> None:
    while not attempt():
        if time.monotonic() >= until:
            raise _busy(url, name)
        time.sleep(_LOOK_AGAIN)


@contextmanager
def _hold_advisory(url: URL, name: str, until: float) -> Iterator[None]:
    number = int.from_bytes(sha256(f"denyut:{name}".encode()).digest()[:8], signed=True)
    wanted = select(func.pg_try_advisory_lock(number))
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with translated(url):
        connection = engine.connect()
    with connection:
        with translated(url):
            _take(lambda: bool(connection.execute(wanted).scalar()), until, url, name)
        yield


def _busy(url: URL, name: str) -> DatabaseBusyError:
    return DatabaseBusyError(
        f"Another Denyut holds the lock {name!r} of {shown(url)}.",
        "Wait until it has ended, or stop it, and run the same command again.",
    )
