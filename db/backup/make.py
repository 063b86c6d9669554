"""A backup is made: the database first, then the evidence that its rows rest on, aside, then renamed."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from activity.errors import BackupError, StoreFullError
from db.backup.capture import Capture, capture_database
from db.backup.package import PIECE, Contents, Manifest, OnBytes, Packer
from db.lock import hold_lock

__all__ = ["LOCK", "make_backup", "translated_writing", "write_whole"]

LOCK = "backup"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def make_backup(
    engine: Engine,
    path: Path,
    now: datetime,
    *,
    evidence: Path | None = None,
    texts: Mapping[str, bytes] | None = None,
    patience: float = 0.0,
    on_bytes: OnBytes = lambda _done, _total: None,
) -> Manifest:
    """Write a backup of a database that others may write to meanwhile; the file is whole or is not there.

    Evidence is written before its row is, and only ever added to. So what the copied rows name is on the
    disk when they have been copied, and stays what it is.

    Args:
        evidence: the folder of the WARC files; None leaves them out.
        texts: further small files, such as `settings/denyut.toml`.
        patience: seconds for which another backup is waited for.

    Raises BackupError, StoreFullError where there is no room, DatabaseBusyError beside another backup.
    """
    with (
        hold_lock(engine.url, LOCK, patience=patience),
        _drafting(path, engine.url) as draft,
        capture_database(engine, draft) as capture,
    ):
        with (draft / path.name).open("wb") as file:
            manifest = _pack(Packer(file, now), capture, now, evidence, texts or {}, on_bytes)
            file.flush()
            os.fsync(file.fileno())
        (draft / path.name).replace(path)
        _settle(path.parent)
    return manifest


def _pack(
    packer: Packer,
    capture: Capture,
    now: datetime,
    evidence: Path | None,
    texts: Mapping[str, bytes],
    on_bytes: OnBytes,
) -> Manifest:
    extents = capture.extents if evidence is not None else {}
    size = capture.path.stat().st_size
    counted = _count(size + sum(extents.values()), on_bytes)
    packer.add(capture.name, counted(_read(capture.path, size)), packed=capture.engine != "sqlite")
    lacking = []
    for name, end in extents.items():
        assert evidence is not None
        path = evidence / name
        there = path.stat().st_size if path.is_file() else 0
        if there < end:
            lacking.append(name)
        if there:
            packer.add(f"evidence/{name}", counted(_read(path, min(end, there))), packed=True)
    for name, content in texts.items():
        packer.add(name, iter([content]))
    return packer.finish(
        Contents(
            made_at=now,
            code_version=version("denyut"),
            engine=capture.engine,
            schema=capture.schema,
            timezone=capture.timezone,
            evidence=evidence is not None,
            lacking=tuple(lacking),
        )
    )


def _count(total: int, on_bytes: OnBytes) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """Passes pieces on, and tells how many bytes have passed."""
    done = 0

    def counted(pieces: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for piece in pieces:
            done += len(piece)
            on_bytes(done, total)
            yield piece

    return counted


def _read(path: Path, size: int) -> Iterator[bytes]:
    """The first bytes of a file: what a crawl adds behind them belongs to a later moment."""
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(PIECE, size))):
            size -= len(piece)
            yield piece


@contextmanager
def _drafting(path: Path, url: URL) -> Iterator[Path]:
    """A folder beside the file for what is not whole yet, one a database; what a killed process left goes."""
    owner = sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:8]
    draft, fresh = path.parent / f".denyut-backup-{owner}.part", not path.parent.exists()
    try:
        with translated_writing(path.parent):
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True, mode=0o700)
            yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if fresh:
            with suppress(OSError):
                path.parent.rmdir()


@contextmanager
def translated_writing(folder: Path) -> Iterator[None]:
    """Let what cannot be written be one line about a folder."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise _no_room(folder) from error
        raise BackupError(
            "{folder} cannot be written: {strerror}.",
            "Name another folder with --out or in DENYUT_BACKUPS.",
            folder=folder,
            strerror=error.strerror,
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
        _settle(path.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Wait until the disk knows the new name, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
