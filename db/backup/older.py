"""A database of an earlier version is kept as it was before it is migrated."""

import logging
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from activity.errors import ProgramMissingError
from activity.message import Message
from db.backup.make import make_backup
from db.migration import newest_revision

__all__ = ["back_up_older", "place_beside"]

_LOG = logging.getLogger("denyut.upgrade")
"""Where one line is said of it; commands show it in the reader's language."""
_PATIENCE = 300.0


def back_up_older(engine: Engine, revision: str) -> None:
    """Write a backup beside the database, without its evidence, which no migration touches.

    A server's database goes on without one where this machine has no pg_dump: its migration is one
    transaction, and its administrator has backups of their own. Raises BackupError where no file can be
    written; nothing is migrated then.
    """
    name = f"before-{newest_revision()}-was-{revision}.zip"
    path = place_beside(engine.url) / name
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


def place_beside(url: URL) -> Path:
    """The folder of backups where no setting names one: `kota-backups` beside `kota.db`, or here."""
    name = Path(url.database or "denyut")
    if url.get_backend_name() == "sqlite":
        return name.with_name(f"{name.stem}-backups")
    return Path(f"{name.name}-backups")
