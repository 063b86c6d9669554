"""What is written beside a database: whole or not there, and one line where it cannot be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from activity.errors import BackupError, StoreFullError
from activity.speech.reason import tell_reason
from db.disk import FULL, settle_names

__all__ = ["translated_writing", "write_whole"]


@contextmanager
def translated_writing(folder: Path) -> Iterator[None]:
    """Let what cannot be written be one line about a folder."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise _no_room(folder) from error
        raise BackupError(
            "{folder} cannot be written: {strerror}.",
            "Name another folder with --out or in DENYUT_BACKUPS.",
            folder=folder,
            strerror=tell_reason(error),
        ) from error
    except StoreFullError:
        # The copy is what found no room: the database itself was only read.
        raise _no_room(folder) from None


def _no_room(folder: Path) -> BackupError:
    return BackupError(
        "No room left in {folder} for a backup; nothing was left half written.",
        "Free some disk space, keep fewer (DENYUT_BACKUP_KEEP), or name a folder on another disk in "
        "DENYUT_BACKUPS.",
        folder=folder,
    )


def write_whole(path: Path, pieces: Iterator[bytes]) -> None:
    """Write a file aside and rename it, so that it is whole or is not there."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        settle_names(path.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
