"""Files that wait for an officer: into a backup, and out of it, beside what is there."""

from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

from db.backup.package import BackupPart, Package
from db.backup.writing import translated_writing, write_whole

__all__ = ["HANDED_IN", "find_absent", "is_as_sent", "place", "put_files"]

HANDED_IN = "handed-in"
"""The folder of such files in a backup."""


def is_as_sent(path: Path, size: int, digest: str) -> bool:
    """Tell whether a file is there with these bytes."""
    try:
        if path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def find_absent(package: Package, folder: Path) -> tuple[BackupPart, ...]:
    """Find the files of a backup that a folder has not, or not as they were sent."""
    return tuple(
        part
        for part in package.find(HANDED_IN)
        if not is_as_sent(place(folder, part), part.size, part.sha256)
    )


def put_files(package: Package, parts: Sequence[BackupPart], folder: Path) -> None:
    """Write them, each whole or not at all, for nobody else to read; raises BackupError where that fails."""
    with translated_writing(folder):
        for part in parts:
            path = place(folder, part)
            for each in (folder, path.parent):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, package.read(part))


def place(folder: Path, part: BackupPart) -> Path:
    """Name the place of a part of a backup in the folder."""
    return folder / part.name.removeprefix(f"{HANDED_IN}/")
