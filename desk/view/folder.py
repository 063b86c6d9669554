"""Files for people, written into a folder whole or not at all."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from os import getpid
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
    the two renames the old ones are put back by the next call. Raises ConfigError for a folder that holds
    something else, and where it cannot be written.

    Args:
        word: what the mark in the folder says.
        mark: name of that file; a folder of another mark holds something else.
        option: by which the user named the folder.
    """
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.{getpid()}.part")
    aside = folder.with_name(f".{folder.name}.denyut-before")
    try:
        with translated(folder, option):
            if aside.exists() and not folder.exists():
                aside.rename(folder)
            _check_ours(folder, mark, option)
            draft.mkdir(parents=True)
            fill(draft)
            (draft / mark).write_text(f"{word}\n", encoding="utf-8")
            _swap(draft, folder, aside)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


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
    draft = path.with_name(f".{path.name}.{getpid()}.part")
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
