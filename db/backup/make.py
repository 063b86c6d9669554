"""A backup is made: the database first, then the evidence that its rows rest on, aside, then renamed."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from activity.errors import BackupError
from activity.speech.reason import tell_reason
from db.address import mark_of
from db.backup.capture import FrozenDatabase, capture_database
from db.backup.handed_in import is_as_sent, place
from db.backup.package import PIECE, BackupContents, Manifest, OnBytes, Packer
from db.backup.writing import translated_writing
from db.disk import settle_names
from db.lock import hold_lock

__all__ = ["LOCK", "make_backup"]

LOCK = "backup"
"""Held while a backup is made, and by whoever removes evidence or files that one may be about to read."""


@dataclass(frozen=True, slots=True)
class _Folders:
    """Of files that rows name; None leaves them out."""

    evidence: Path | None
    handed_in: Path | None


def make_backup(
    engine: Engine,
    path: Path,
    now: datetime,
    *,
    evidence: Path | None = None,
    handed_in: Path | None = None,
    texts: Mapping[str, bytes] | None = None,
    patience: float = 0.0,
    on_bytes: OnBytes = lambda _done, _total: None,
) -> Manifest:
    """Write a backup of a database that others may write to meanwhile; the file is whole or is not there.

    It is for nobody else to read, as is its folder where that is made: people's digests are in it.

    Evidence is written before its row is, and only ever added to. So what the copied rows name is on the
    disk when they have been copied, and stays what it is.

    Args:
        evidence: the folder of the WARC files; None leaves them out.
        handed_in: the folder of files that wait for an officer, who must not delete one while `LOCK` is
            held; None leaves them out.
        texts: further small files, such as `settings/denyut.toml`.
        patience: seconds for which another backup is waited for.

    Raises BackupError, StoreFullError where there is no room, DatabaseBusyError beside another backup.
    """
    with (
        hold_lock(engine.url, LOCK, patience=patience),
        _drafting(path, engine.url) as draft,
        capture_database(engine, draft) as capture,
    ):
        (draft / path.name).touch(mode=0o600)
        with (draft / path.name).open("wb") as file, Packer(file, now) as packer:
            manifest = _pack(packer, capture, now, _Folders(evidence, handed_in), texts or {}, on_bytes)
            file.flush()
            os.fsync(file.fileno())
        (draft / path.name).replace(path)
        settle_names(path.parent)
    return manifest


def _pack(
    packer: Packer,
    capture: FrozenDatabase,
    now: datetime,
    folders: _Folders,
    texts: Mapping[str, bytes],
    on_bytes: OnBytes,
) -> Manifest:
    extents = capture.extents if folders.evidence is not None else {}
    waiting = capture.handed_in if folders.handed_in is not None else ()
    size = capture.path.stat().st_size
    counted = _count(size + sum(extents.values()) + sum(each.size for each in waiting), on_bytes)
    packer.add(capture.name, counted(_read(capture.path, size)), packed=capture.engine != "sqlite")
    lacking, lost = [], []
    for name, end in extents.items():
        assert folders.evidence is not None
        path = folders.evidence / name
        there = path.stat().st_size if path.is_file() else 0
        if there < end:
            lacking.append(name)
        if there:
            packer.add(f"evidence/{name}", counted(_read(path, min(end, there))), packed=True)
    for part in waiting:
        assert folders.handed_in is not None
        path = place(folders.handed_in, part)
        if is_as_sent(path, part.size, part.sha256):
            packer.add(part.name, counted(_read(path, part.size)), packed=True)
        else:
            lost.append(part.name)
    for name, content in texts.items():
        packer.add(name, iter([content]))
    return packer.finish(
        BackupContents(
            made_at=now,
            code_version=version("denyut"),
            engine=capture.engine,
            schema=capture.schema,
            timezone=capture.timezone,
            evidence=folders.evidence is not None,
            lacking=tuple(lacking),
            lost=tuple(lost),
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
    try:
        with path.open("rb") as file:
            while size > 0 and (piece := file.read(min(PIECE, size))):
                size -= len(piece)
                yield piece
    except OSError as error:
        raise BackupError(
            "{path} cannot be read: {strerror}.",
            "Let the user that runs Denyut read it, and run the same command again.",
            path=path,
            strerror=tell_reason(error),
        ) from error


@contextmanager
def _drafting(path: Path, url: URL) -> Iterator[Path]:
    """A folder beside the file for what is not whole yet, one a database; what a killed process left goes."""
    draft, fresh = path.parent / f".denyut-backup-{mark_of(url)}.part", not path.parent.exists()
    try:
        with translated_writing(path.parent):
            shutil.rmtree(draft, ignore_errors=True)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft.mkdir(mode=0o700)
            yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if fresh:
            with suppress(OSError):
                path.parent.rmdir()
