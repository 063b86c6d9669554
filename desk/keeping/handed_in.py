"""The folder of files that offices handed in, and that wait for an officer."""

import shutil
from contextlib import suppress
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from activity.errors import DatabaseBusyError
from desk.keeping.evidence import beside_database
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["DRAFT", "forget_closed", "handed_in_folder"]

DRAFT = "draft-"
_SENDING = 86_400
"""Seconds that no sending takes."""


def handed_in_folder(config: Config) -> Path:
    """The folder `kota-handed-in` beside `kota.db`; made when the first file comes."""
    return beside_database(config, "handed-in")


def forget_closed(engine: "Engine", config: Config) -> None:
    """Delete the files of links that are closed, and what was left of a sending that was cut short.

    While a backup is made they stay: it holds the rows of a moment before. It calls this when it has ended.
    """
    from db.backup.make import LOCK
    from db.lock import hold_lock
    from db.office.upload import load_uploads

    folder = handed_in_folder(config)
    if not folder.is_dir():
        return
    with suppress(DatabaseBusyError), hold_lock(config.database_url, LOCK):
        closed = {str(upload.number) for upload in load_uploads(engine) if upload.closed_at is not None}
        for path in folder.iterdir():
            left = path.name.startswith(DRAFT) and time() - path.stat().st_mtime > _SENDING
            if left or path.name.partition("-")[0] in closed:
                shutil.rmtree(path, ignore_errors=True)
