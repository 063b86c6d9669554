"""A database of an earlier version is kept as it was before it is migrated."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine

from activity.errors import ProgramMissingError
from activity.message import Message
from db.address import place_beside
from db.backup.make import make_backup
from db.engine import reading, recognise
from db.lock import hold_lock
from db.migration import newest_revision

__all__ = ["keeping_older"]

_LOG = logging.getLogger("denyut.upgrade")
"""Where one line is said of it; commands show it in the reader's language."""
_LOCK = "upgrade"
_PATIENCE = 300.0


@contextmanager
def keeping_older(engine: Engine) -> Iterator[None]:
    """Write a backup beside the database, without its evidence, then let the block migrate it.

    Whoever comes meanwhile waits: a backup that they made of the migrated database would take the place of
    the older one's. A server's database goes on without one where this machine has no pg_dump: its migration
    is one transaction, and its administrator has backups of their own. Raises BackupError where no file can
    be written, DatabaseBusyError where another upgrade does not end; nothing is migrated then.
    """
    with hold_lock(engine.url, _LOCK, patience=_PATIENCE):
        with reading(engine) as connection:
            revision = recognise(connection, create=False)
        if revision != newest_revision():
            _back_up(engine, f"before-{newest_revision()}-was-{revision}.zip")
        yield


def _back_up(engine: Engine, name: str) -> None:
    path = place_beside(engine.url, "backups") / name
    try:
        make_backup(engine, path, datetime.now(UTC), patience=_PATIENCE)
    except ProgramMissingError as error:
        _LOG.warning(
            Message("The database is brought up to date without a backup before it: {why}", why=error.message)
        )
        return
    _LOG.warning(
        Message("The database is brought up to date; as it was before it stands in {path}.", path=path)
    )
