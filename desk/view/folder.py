"""Files for people, written into a folder whole or not at all."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from activity.errors import ConfigError
from activity.speech.reason import tell_reason

__all__ = ["copy_file", "drafting", "replace_folder", "translated", "write_files"]

_MARK = ".denyut-site"
"""A file by which a folder is known to be ours, and may be replaced."""
_OPTION = "--out"
_PIECE = 2**20


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write each file, in place of an older one; raises ConfigError when the folder cannot be written."""
    for name, content in files.items():
        with drafting(folder / name) as draft:
            draft.write_bytes(content)


def copy_file(source: BinaryIO, path: Path) -> None:
    """Write what a stream holds from its start; raises ConfigError when the folder cannot be written."""
    with drafting(path) as draft:
        source.seek(0)
        with draft.open("wb") as file:
            shutil.copyfileobj(source, file, _PIECE)


def replace_folder(
    folder: Path,
    fill: Callable[[Path], object],
    word: str,
    *,
    mark: str = _MARK,
    option: str = _OPTION,
) -> None:
    """Fill a folder beside, then let it take the place of one that was written so before.

    Whoever reads the folder finds the old files or the new ones, never a mixture; after a crash between
    the two renames the old ones are put back by the next call, which also clears away what one that was
    killed had begun. Raises ConfigError for a folder that holds something else, and where it cannot be
    written.

    Args:
        word: what the mark in the folder says.
        mark: name of that file; a folder of another mark holds something else.
        option: by which the user named the folder.
    """
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    aside = folder.with_name(f".{folder.name}.denyut-before")
    try:
        with translated(folder, option):
            if aside.exists() and not folder.exists():
                aside.rename(folder)
            _check_ours(folder, mark, option)
            _clear_abandoned(folder)
            draft.mkdir(parents=True)
            with _held(draft):
                fill(draft)
                (draft / mark).write_text(f"{word}\n", encoding="utf-8")
                _swap(draft, folder, aside)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _clear_abandoned(folder: Path) -> None:
    """Remove drafts of processes that are gone; a number alone would not tell, it is given again."""
    for draft in folder.parent.glob(f".{escape(folder.name)}.*.part/"):
        with _held(draft) as ours:
            if ours:
                shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _held(draft: Path) -> Iterator[bool]:
    """Tell all others that a draft is being written, as long as this process lives.

    Yields whether nobody else does; False where the file system cannot tell.
    """
    handle = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = True
    except OSError:
        ours = False
    try:
        yield ours
    finally:
        os.close(handle)


def _swap(draft: Path, folder: Path, aside: Path) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
    try:
        draft.rename(folder)
    except OSError:
        with suppress(OSError):
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _check_ours(folder: Path, mark: str, option: str) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ConfigError("{folder} is a file.", "Name a folder with {option}.", folder=folder, option=option)
    if any(folder.iterdir()) and not (folder / mark).is_file():
        raise ConfigError(
            "{folder} holds files that this command did not write.",
            "Name a new folder with {option}, or empty this one.",
            folder=folder,
            option=option,
        )


@contextmanager
def drafting(path: Path, option: str = _OPTION) -> Iterator[Path]:
    """A draft beside the file, which takes its place in the end, or is gone.

    Args:
        option: by which the user named the file or its folder.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with translated(path.parent, option):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield draft
            draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def translated(folder: Path, option: str = _OPTION) -> Iterator[None]:
    """Let a folder that cannot be read or written be a ConfigError of one line.

    Args:
        option: by which the user named the folder.
    """
    try:
        yield
    except IsADirectoryError as error:
        raise ConfigError(
            "{path} is a folder.",
            "Name a file with {option}.",
            path=error.filename2 or error.filename,
            option=option,
        ) from None
    except OSError as error:
        if file := next((each for each in (folder, *folder.parents) if each.is_file()), None):
            raise ConfigError(
                "{folder} is a file.", "Name a folder with {option}.", folder=file, option=option
            ) from None
        raise ConfigError(
            "{folder}: {strerror}.",
            "Free some space, or name a folder that can be written with {option}.",
            folder=folder,
            option=option,
            strerror=tell_reason(error),
        ) from None
