"""Turns what a database driver raises into one of our errors, without a password in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from activity.errors import (
    DamagedDatabaseError,
    DatabaseBusyError,
    ForeignDatabaseError,
    StoreError,
    StoreFullError,
    StoreGoneError,
)
from db.address import find_password

__all__ = ["explain_failure", "shown", "translated"]

_FULL = frozenset({"53100"})
_BUSY = frozenset({"55P03", "40P01", "40001", "55006"})
# Shut down by its administrator, by a crash, still starting; class 08 is the connection itself.
_GONE = frozenset({"57P01", "57P02", "57P03"})
_NOT_PERMITTED = "42501"
_OUR_FAULT = (IntegrityError, ProgrammingError)
_SQLITE_FULL = 13
_SQLITE_BUSY = frozenset({5, 6})
_SQLITE_FOREIGN = frozenset({26})
_SQLITE_DAMAGED = 11


def shown(url: URL) -> str:
    """Show an address as it may be printed: without its password."""
    return url.difference_update_query(["password"]).render_as_string(hide_password=True)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Raise a StoreError of the kind that fits where the driver raises an error of its own.

    A broken constraint or a wrong statement is a fault of ours and stays what it is.
    """
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, _OUR_FAULT) and getattr(error.orig, "sqlstate", None) != _NOT_PERMITTED:
            raise
        told = explain_failure(error.orig or error, url)
        if _is_gone(error) and type(told) is StoreError:
            raise StoreGoneError(told.message, told.remedy) from error
        raise told from error
    except sqlite3.Error as error:
        raise explain_failure(error, url) from error


def _is_gone(error: DBAPIError) -> bool:
    """Whether a server's connection was lost or refused; a driver that never got one names no state."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    lost = isinstance(error, OperationalError | InterfaceError) and state is None
    return lost or error.connection_invalidated or state in _GONE or str(state).startswith("08")


def explain_failure(error: BaseException, url: URL) -> StoreError:
    """Judge by the driver's own codes; its words are quoted in one line."""
    where = shown(url)
    state = getattr(error, "sqlstate", None)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF if isinstance(error, sqlite3.Error) else 0
    if state in _FULL or code == _SQLITE_FULL:
        return StoreFullError(
            "No room left for the database {where}; the last step was rolled back.",
            "Free some disk space and run the same command again.",
            where=where,
        )
    if state in _BUSY or code in _SQLITE_BUSY:
        return DatabaseBusyError(
            "The database {where} is held by another program.",
            "Wait until it has ended, then run again.",
            where=where,
        )
    if code in _SQLITE_FOREIGN:
        return ForeignDatabaseError(
            "{where} is not a database.", "Name another file in DENYUT_DATABASE.", where=where
        )
    if code == _SQLITE_DAMAGED:
        return DamagedDatabaseError(
            "The database {where} is damaged: {first_line}.",
            "The newest backup is the way back: denyut restore FILE --replace",
            where=where,
            first_line=_first_line(error, url),
        )
    return StoreError(
        "The database {where} cannot be used: {first_line}.",
        "Check DENYUT_DATABASE, and that the server or the disk it names can be reached.",
        where=where,
        first_line=_first_line(error, url),
    )


def _first_line(error: BaseException, url: URL) -> str:
    line = next((part.strip() for part in str(error).splitlines() if part.strip()), type(error).__name__)
    password = find_password(url)
    if password:
        line = line.replace(password, "***")
    return line.rstrip(".")
