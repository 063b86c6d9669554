"""Evidence out of a backup, put beside what is there: nothing that is kept is ever changed or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from activity.errors import ConfigError
from db.backup.package import PIECE, BackupPart, OnBytes, Package
from db.backup.writing import translated_writing, write_whole

__all__ = ["find_lacking", "put_pages"]


@dataclass(frozen=True, slots=True)
class _Place:
    """A file of the evidence, in the backup and in the folder."""

    part: BackupPart
    path: Path


def find_lacking(package: Package, folder: Path) -> tuple[BackupPart, ...]:
    """Find the files of a backup's evidence that a folder has not, or of which it has only the beginning.

    A night's file only ever grows, so that a longer one holds the backed up one, and stays.

    Raises ConfigError where the folder has other pages under a name.
    """
    places = [_Place(part, folder / Path(part.name).name) for part in package.find("evidence")]
    return tuple(each.part for each in places if not _is_there(package, each))


def put_pages(package: Package, parts: Sequence[BackupPart], folder: Path, on_bytes: OnBytes) -> None:
    """Write files of a backup's evidence, each whole or not at all; raises BackupError where it cannot be."""
    total, done = sum(part.size for part in parts), 0
    with translated_writing(folder):
        for part in parts:
            write_whole(folder / Path(part.name).name, package.read(part))
            done += part.size
            on_bytes(done, total)


def _is_there(package: Package, each: _Place) -> bool:
    if not each.path.exists():
        return False
    there = each.path.stat().st_size
    if there >= each.part.size:
        same = _digest(each.path, each.part.size) == each.part.sha256
    else:
        same = _digest(each.path, there) == _digest_part(package, each.part, there)
    if not same:
        raise ConfigError(
            "{path} holds other pages than the backup does.",
            "Move that folder away, or name another in DENYUT_EVIDENCE; nothing was changed.",
            path=each.path,
        )
    return there >= each.part.size


def _digest(path: Path, size: int) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(PIECE, size))):
            digest.update(piece)
            size -= len(piece)
    return digest.hexdigest()


def _digest_part(package: Package, part: BackupPart, size: int) -> str:
    digest = sha256()
    for piece in package.read(part):
        digest.update(piece[:size])
        size -= len(piece)
        if size <= 0:
            break
    return digest.hexdigest()
