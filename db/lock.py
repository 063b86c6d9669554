"""One crawl at a time, no decision while a seal is made: locks that their holder's death releases."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from activity.errors import DatabaseBusyError, StoreError
from activity.speech.reason import tell_reason
from db.engine import parse_url, server_arguments, writing
from db.failure import shown, translated

__all__ = ["DECISION", "PATIENCE", "deciding", "hold_lock"]

DECISION = "decision"
"""The lock of whoever enters a decision of people's, or seals what they decided."""
PATIENCE = 300.0
"""Seconds for which a decision waits until a seal is made, and a seal until a decision is entered."""
_LOOK_AGAIN = 0.05
_BACKEND = select(func.pg_backend_pid())
_RELEASE = select(func.pg_advisory_unlock_all())


@contextmanager
def deciding(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that enters a decision: it waits while a seal is made, which waits for it.

    Raises DatabaseBusyError where the seal is not made in time.
    """
    with hold_lock(engine.url, DECISION, patience=PATIENCE), writing(engine) as connection:
        yield connection


@contextmanager
def hold_lock(url: str | URL, name: str, *, patience: float = 0.0) -> Iterator[Callable[[], None]]:
    """Hold the lock `name` of a database, or raise DatabaseBusyError after `patience` seconds.

    Beside a SQLite file it is a lock on `<file>.<name>.lock`, the file being the real one whatever
    links lead to it; on PostgreSQL an advisory lock of a connection of its own. Both end with the
    process, however it ends.

    What comes is a function that takes the lock again where the server went away with it; it raises
    StoreGoneError while there is none, and DatabaseBusyError where somebody else came first.
    """
    parsed = parse_url(url)
    until = time.monotonic() + patience
    if parsed.get_backend_name() != "sqlite":
        lock = _AdvisoryLock(parsed, name)
        try:
            lock.take(until)
            yield lock.renew
        finally:
            lock.release()
    elif parsed.database in {None, "", ":memory:"}:
        yield _renew_nothing  # nobody else can open it
    else:
        with _hold_file(parsed, name, until):
            yield _renew_nothing


def _renew_nothing() -> None:
    """A lock of a file goes with its process only."""


@contextmanager
def _hold_file(url: URL, name: str, until: float) -> Iterator[None]:
    # The file stays: removing it would let two processes lock two files of one name.
    path = Path(f"{Path(str(url.database)).resolve()}.{name}.lock")
    try:
        handle = path.open("ab")
    except OSError as error:
        raise StoreError(
            "No lock can be made at {path}: {strerror}.",
            "Name a database in a folder you may write.",
            path=path,
            strerror=tell_reason(error),
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


@dataclass(slots=True)
class _AdvisoryLock:
    """An advisory lock: it lives as long as the server's process that its own connection talks to."""

    url: URL
    name: str
    _connection: Connection | None = None
    _backend: int = 0

    def take(self, until: float) -> None:
        """Connect and take it, until a moment of the steady clock."""
        number = int.from_bytes(sha256(f"denyut:{self.name}".encode()).digest()[:8], signed=True)
        wanted = select(func.pg_try_advisory_lock(number))
        engine = create_engine(
            self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=server_arguments()
        )
        with translated(self.url), ExitStack() as on_failure:
            connection = on_failure.enter_context(engine.connect())
            _take(lambda: bool(connection.execute(wanted).scalar()), until, self.url, self.name)
            self._connection, self._backend = connection, connection.execute(_BACKEND).scalar_one()
            on_failure.pop_all()

    def renew(self) -> None:
        """Take it again where the server it was taken from went away."""
        if not self._is_held():
            self.release()
            self.take(time.monotonic())

    def release(self) -> None:
        """Let it go with its connection, also where nobody is at the other end."""
        connection, self._connection = self._connection, None
        if connection is not None:
            if _answers(connection, self._backend):
                # A busy server notices a closed connection late; whoever comes next shall not be refused.
                with suppress(DBAPIError):
                    connection.execute(_RELEASE)
            elif not connection.invalidated:
                connection.invalidate()
            connection.close()

    def _is_held(self) -> bool:
        return self._connection is not None and _answers(self._connection, self._backend)


def _answers(connection: Connection, backend: int) -> bool:
    """Whether the same process of the server is still at the other end."""
    if connection.invalidated:
        return False
    try:
        return bool(connection.execute(_BACKEND).scalar() == backend)
    except DBAPIError:
        return False


def _busy(url: URL, name: str) -> DatabaseBusyError:
    return DatabaseBusyError(
        "Another Denyut holds the lock {name!r} of {shown}.",
        "Wait until it has ended, or stop it, and run the same command again.",
        name=name,
        shown=shown(url),
    )
