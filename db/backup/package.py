"""One file of a backup: a zip of its parts, and a manifest that names each with its size and SHA-256.

The manifest comes last, so that a file that was cut short has none.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as zlib_error

import msgspec

from activity.errors import BackupFileError
from activity.speech.reason import tell_reason

__all__ = [
    "FORMAT",
    "PIECE",
    "BackupContents",
    "BackupPart",
    "Manifest",
    "OnBytes",
    "Package",
    "Packer",
    "fits_name",
]

PIECE = 1 << 20
OnBytes = Callable[[int, int], None]
"""Told after each piece of work: bytes done, bytes in all."""
FORMAT = 2
"""2 has files that were handed in, which 1 never had."""
_MANIFEST = "manifest.json"
_MOST_MANIFEST = 64 << 20
_DATABASES = {"database.sqlite": "sqlite", "database.dump": "postgresql"}
_NAME = re.compile(
    r"database\.(?:sqlite|dump)|(?:evidence|settings|rubrics|handed-in/\d+-[0-9a-f]{16})/(?!\.)[^/\\\0]+"
)
_BROKEN = (BadZipFile, zlib_error, EOFError, NotImplementedError, RuntimeError)


def fits_name(name: str) -> bool:
    """Tell whether a part may be called so: no other program unpacks it elsewhere, or where it is hidden."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class BackupPart:
    """One file in a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup is of.

    Attributes:
        engine: `sqlite` or `postgresql`.
        schema: the database's revision.
        evidence: whether the pages that posts rest on are in it.
        lacking: files of the evidence that were not there, or shorter than their rows say.
        lost: files waiting for an officer that were not there, or not as they were sent.
    """

    made_at: datetime
    code_version: str
    engine: str
    schema: str
    timezone: str | None
    evidence: bool
    lacking: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last file of a backup says of the others."""

    application: str
    format: int
    contents: BackupContents
    files: tuple[BackupPart, ...]


class Packer:
    """Writes a backup's parts one after another, then its manifest; a context manager.

    What is left before `finish` has no manifest, and so is no backup.
    """

    def __init__(self, file: IO[bytes], now: datetime) -> None:
        self._moment = now.timetuple()[:6]
        self._zip = ZipFile(file, "w", ZIP_STORED)
        self._parts: list[BackupPart] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A full disk has been told of already; left open, the zip would tell of it once more.
        with suppress(OSError):
            self._zip.close()

    def add(self, name: str, pieces: Iterator[bytes], *, packed: bool = False) -> None:
        """Write one part.

        Args:
            packed: whether it is small already, as evidence is, and only copied.
        """
        assert fits_name(name), name
        info = ZipInfo(name, self._moment)
        info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
        digest, size = sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self._parts.append(BackupPart(name, size, digest.hexdigest()))

    def finish(self, contents: BackupContents) -> Manifest:
        """Write the manifest, and the end of the file."""
        manifest = Manifest("denyut", FORMAT, contents, tuple(self._parts))
        self._zip.writestr(
            ZipInfo(_MANIFEST, self._moment), msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        )
        self._zip.close()
        return manifest


class Package:
    """A backup that is read; a context manager that closes its file.

    Raises BackupFileError for anything that is no whole backup of ours.

    Attributes:
        path: the file.
        manifest: what it says of itself.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._translated():
            self._zip = ZipFile(path)
        try:
            with self._translated():
                self.manifest = self._read_manifest()
        except BackupFileError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def database(self) -> BackupPart:
        """The database's part."""
        return next(part for part in self.manifest.files if part.name in _DATABASES)

    def find(self, folder: str) -> tuple[BackupPart, ...]:
        """Find the parts below a folder."""
        return tuple(part for part in self.manifest.files if part.name.startswith(f"{folder}/"))

    def read(self, part: BackupPart) -> Iterator[bytes]:
        """Read a part in pieces; raises BackupFileError at the end where it is not what the manifest says."""
        digest, left = sha256(), part.size
        with self._translated(), self._zip.open(part.name) as source:
            while piece := source.read(PIECE):
                digest.update(piece)
                left -= len(piece)
                if left < 0:
                    break
                yield piece
        if left or digest.hexdigest() != part.sha256:
            raise self._damaged(part.name)

    def verify(self, on_bytes: OnBytes) -> None:
        """Read every part once; raises BackupFileError for one that is not what was written."""
        total, done = sum(part.size for part in self.manifest.files), 0
        for part in self.manifest.files:
            for piece in self.read(part):
                done += len(piece)
                on_bytes(done, total)

    def _read_manifest(self) -> Manifest:
        names = self._zip.namelist()
        if _MANIFEST not in names or self._zip.getinfo(_MANIFEST).file_size > _MOST_MANIFEST:
            raise self._foreign()
        try:
            head = msgspec.json.decode(self._zip.read(_MANIFEST))
            ours, version = head["application"] == "denyut", head["format"]
        except (ValueError, TypeError, KeyError):
            raise self._foreign() from None
        if not ours:
            raise self._foreign()
        if version not in range(1, FORMAT + 1):
            raise BackupFileError(
                "{path} was made by a newer Denyut (format {version}).",
                "Update this Denyut; nothing was changed.",
                path=self.path,
                version=version,
            )
        try:
            manifest = msgspec.convert(head, Manifest)
        except msgspec.ValidationError:
            raise self._damaged(_MANIFEST) from None
        listed = [part.name for part in manifest.files]
        for name in (*listed, *names):
            if name != _MANIFEST and not (fits_name(name) and listed.count(name) == 1):
                raise self._damaged(name)
        for name in listed:
            if name not in names:
                raise self._damaged(name)
        if [_DATABASES[name] for name in listed if name in _DATABASES] != [manifest.contents.engine]:
            raise self._damaged(_MANIFEST)
        return manifest

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except BadZipFile as error:
            if "CRC" in str(error):
                raise self._damaged(str(error).rpartition(" ")[2].strip("'")) from None
            raise self._foreign() from None
        except _BROKEN as error:
            raise self._damaged(type(error).__name__) from None
        except OSError as error:
            raise BackupFileError(
                "{path}: {strerror}.",
                "Name a file that `denyut backup` wrote.",
                path=self.path,
                strerror=tell_reason(error, "it ends too soon"),
            ) from None

    def _foreign(self) -> BackupFileError:
        return BackupFileError(
            "{path} is no backup of Denyut's, or was cut short.",
            "Name a file that `denyut backup` wrote; nothing was changed.",
            path=self.path,
        )

    def _damaged(self, name: str) -> BackupFileError:
        return BackupFileError(
            "{path} is damaged: {name} is not what was backed up.",
            "Take another backup, or another copy of this one; nothing was changed.",
            path=self.path,
            name=name,
        )
