"""Archives and folders of documents, opened with care: they come from outside."""

import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from activity.errors import ExportError
from activity.message import Message

__all__ = ["check_archive", "list_names", "read_documents"]

_MOST_ENTRIES = 200_000
_MOST_DOCUMENT = 200_000_000
_MOST_TOTAL = 500_000_000
_MOST_RATIO = 300
_SMALL = 1_000_000
"""Below this a document may be packed however tightly."""

_ASK_AGAIN = Message("Download the archive again.")


def check_archive(path: Path, name: str, *, whole: bool = False) -> list[zipfile.ZipInfo]:
    """Refuse an archive that is damaged, climbs out of its folder, or unpacks to absurd sizes.

    Pictures and films are never unpacked and do not count, except where the `whole` is to be read.
    Raises ExportError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ExportError(
            "{name} is cut short or no archive ({error}).", _ASK_AGAIN, name=name, error=error
        ) from None
    if len(entries) > _MOST_ENTRIES:
        raise ExportError(
            "{name} holds more than {most_entries} files.",
            "Ask Meta for JSON only.",
            name=name,
            most_entries=_MOST_ENTRIES,
        )
    for entry in entries:
        _check_name(entry.filename, name)
    documents = [entry for entry in entries if whole or _is_document(entry.filename)]
    if sum(entry.file_size for entry in documents) > _MOST_TOTAL:
        raise _too_large(name)
    for entry in documents:
        packed = max(entry.compress_size, 1)
        if entry.file_size > _SMALL and entry.file_size / packed > _MOST_RATIO:
            raise _too_large(name)
    return documents


def read_documents(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Read every JSON document of a ZIP or a folder, by its path inside; raises ExportError."""
    if path.is_dir():
        yield from _read_folder(path, name)
        return
    entries = check_archive(path, name)
    total = 0
    with zipfile.ZipFile(path) as archive:
        for entry in sorted(entries, key=lambda entry: entry.filename):
            body = _read_entry(archive, entry, name)
            total += len(body)
            if total > _MOST_TOTAL:
                raise _too_large(name)
            yield entry.filename, body


def list_names(path: Path) -> list[str]:
    """List the paths inside a ZIP or folder, whatever they are of; of a file alone, its name."""
    if path.is_dir():
        files = islice(path.rglob("*"), _MOST_ENTRIES)
        return [file.relative_to(path).as_posix() for file in files if file.is_file()]
    if not zipfile.is_zipfile(path):
        return [path.name]
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(entry) as file:
            # What its own header says of its size may be a lie.
            body = file.read(min(entry.file_size, _MOST_DOCUMENT) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ExportError(
            "{name}: {filename} cannot be unpacked ({error}).",
            _ASK_AGAIN,
            name=name,
            filename=entry.filename,
            error=error,
        ) from None
    if len(body) > entry.file_size:
        raise _too_large(name)
    return body


def _read_folder(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    root = path.resolve()
    total = 0
    for count, file in enumerate(sorted(path.rglob("*")), 1):
        if count > _MOST_ENTRIES:
            raise ExportError(
                "{name} holds more than {most_entries} files.",
                "Name the unpacked archive.",
                name=name,
                most_entries=_MOST_ENTRIES,
            )
        if not _is_document(file.name) or not file.is_file():
            continue
        if not file.resolve().is_relative_to(root):
            raise ExportError(
                "{name}: {file} leads out of the folder.",
                "Name the unpacked archive.",
                name=name,
                file=file.name,
            )
        total += file.stat().st_size
        if total > _MOST_TOTAL:
            raise _too_large(name)
        yield file.relative_to(path).as_posix(), file.read_bytes()


def _is_document(name: str) -> bool:
    return name.lower().endswith(".json")


def _check_name(entry: str, name: str) -> None:
    steps = PurePosixPath(entry.replace("\\", "/"))
    if steps.is_absolute() or ".." in steps.parts or (steps.parts and steps.parts[0].endswith(":")):
        raise ExportError(
            "{name}: the path {entry!r} climbs out of the archive.", _ASK_AGAIN, name=name, entry=entry[:80]
        )


def _too_large(name: str) -> ExportError:
    return ExportError("{name} unpacks to far more than an export of posts holds.", _ASK_AGAIN, name=name)
