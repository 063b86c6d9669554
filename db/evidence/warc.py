"""The evidence folder: one WARC file a night, each record a gzip member of its own that can be read alone.

One process writes at a time, the one that holds the crawl's lock; a worker on another machine has a file of
its own. A record is on the disk before its row
is: a row never names what is not there. What a killed process left half written is cut off before the
next record follows.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from activity.errors import EvidenceError, StoreError, StoreFullError
from activity.record import Record
from activity.result.basis import RecordPlace
from activity.speech.reason import tell_reason
from db.disk import FULL, settle_names
from db.evidence.warc_record import is_description, pack_description, pack_record, read_record

__all__ = ["Archive", "name_file"]

_NAME_END = ".warc.gz"
_CHUNK = 1 << 20


def name_file(night: date, mark: str = "") -> str:
    """Name a night's file, with the mark of whoever writes it where others do as well.

    >>> name_file(date(2026, 3, 2)), name_file(date(2026, 3, 2), "4f0c9a1e")
    ('2026-03-02.warc.gz', '2026-03-02-4f0c9a1e.warc.gz')
    """
    return f"{night.isoformat()}{mark and '-'}{mark}{_NAME_END}"


class Archive:
    """The WARC files of one database.

    Attributes:
        folder: where they are; made when the first record is kept.
        mark: tells the files of one writer from those of others in the same folder.
    """

    def __init__(self, folder: Path, mark: str = "") -> None:
        self.folder = folder
        self.mark = mark
        self._settled: set[str] = set()

    @contextmanager
    def appending(self, night: date, known_end: int) -> Iterator["Appender"]:
        """Add records to a night's file; where the block fails, the file is as it was.

        Args:
            known_end: where the last record that has a row ends; what follows is whole or is cut off.

        Raises StoreFullError or StoreError where the folder cannot be written.
        """
        name = name_file(night, self.mark)
        path = self.folder / name
        with _translated(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            if name not in self._settled:
                _cut_tail(path, known_end)
                self._settled.add(name)
            begin = path.stat().st_size if path.exists() else 0
        appender = Appender(name, begin)
        yield appender
        with _translated(self.folder):
            _append(path, appender.members)

    def read(self, place: RecordPlace) -> Record:
        """Read the record at a place; raises EvidenceError where it is not there or not whole."""
        return read_record(self._read_member(place), f"{self.folder / place.file} at {place.offset}")

    def _read_member(self, place: RecordPlace) -> bytes:
        path = self.folder / place.file
        try:
            with path.open("rb") as file:
                file.seek(place.offset)
                member = file.read(place.length)
        except OSError as error:
            raise EvidenceError(
                "{path} cannot be read: {strerror}.", path=path, strerror=tell_reason(error)
            ) from error
        if len(member) < place.length:
            raise EvidenceError(
                "{path} ends before its record at {offset} does.", path=path, offset=place.offset
            )
        return member

    def rewrite(self, kept: Sequence[RecordPlace], name: str) -> dict[RecordPlace, RecordPlace]:
        """Copy records into a new file, byte for byte; returns where each stands there.

        The new file is written aside, is on the disk, and only then has its name; the old ones stay. Raises
        EvidenceError where a record is not whole, StoreFullError or StoreError where it cannot be written.
        """
        appender = Appender(name, 0)
        places = {place: appender.copy(self._read_member(place)) for place in kept}
        aside = self.folder / f"{name}.part"
        with _translated(self.folder):
            aside.unlink(missing_ok=True)
            _append(aside, appender.members)
            aside.replace(self.folder / name)
            settle_names(self.folder)
        return places

    def drop(self, file: str) -> None:
        """Remove a file of the folder; one that is gone stays gone."""
        with _translated(self.folder):
            (self.folder / file).unlink(missing_ok=True)
            settle_names(self.folder)
        self._settled.discard(file)

    def has(self, file: str) -> bool:
        """Tell whether the folder has that file."""
        return (self.folder / file).is_file()

    def scan(self) -> Iterator[Record | EvidenceError]:
        """Read every record of the folder, checked, file by file; what cannot be read comes as an error.

        Behind a member that is not whole nothing more of its file can be found.
        """
        for path in sorted(self.folder.glob(f"*{_NAME_END}")):
            yield from _scan_file(path)

    def size(self) -> int:
        """Add up the bytes of all files."""
        try:
            return sum(path.stat().st_size for path in self.folder.glob(f"*{_NAME_END}"))
        except OSError as error:
            raise EvidenceError(
                "{folder} cannot be read: {strerror}.", folder=self.folder, strerror=tell_reason(error)
            ) from error


class Appender:
    """What is to follow in a night's file.

    Attributes:
        members: in their order, one a record.
    """

    def __init__(self, name: str, end: int) -> None:
        self._name, self._end = name, end
        self.members: list[bytes] = []
        if end == 0:
            self._add(pack_description(name))

    def add(self, record: Record) -> RecordPlace:
        """Take a record in; returns where it will stand."""
        return self._add(pack_record(record))

    def copy(self, member: bytes) -> RecordPlace:
        """Take in a record as it stood elsewhere; raises EvidenceError where it was changed."""
        read_record(member, self._name)
        return self._add(member)

    def _add(self, member: bytes) -> RecordPlace:
        place = RecordPlace(self._name, self._end, len(member))
        self.members.append(member)
        self._end += len(member)
        return place


def _cut_tail(path: Path, known_end: int) -> None:
    """Cut off what stands half written behind the last whole member."""
    size = path.stat().st_size if path.exists() else 0
    if size <= known_end:
        return
    with path.open("r+b") as file:
        file.seek(known_end)
        end = known_end
        while (length := _measure_member(file)) is not None:
            end += length
            file.seek(end)
        if end < size:
            file.truncate(end)


def _measure_member(file: Any) -> int | None:
    """The length of the gzip member that begins here; None where none is whole."""
    reader, taken = zlib.decompressobj(zlib.MAX_WBITS + 16), 0
    while chunk := file.read(_CHUNK):
        taken += len(chunk)
        try:
            _pass_over(reader, chunk)
        except zlib.error:
            return None
        if reader.eof:
            return taken - len(reader.unused_data)
    return None


def _pass_over(reader: Any, chunk: bytes) -> None:
    """Unpack a piece a little at a time: of a bomb a megabyte becomes a thousand."""
    full = True
    while (chunk or full) and not reader.eof:
        full = len(reader.decompress(chunk, _CHUNK)) == _CHUNK
        chunk = reader.unconsumed_tail


def _scan_file(path: Path) -> Iterator[Record | EvidenceError]:
    try:
        with path.open("rb") as file:
            at, size = 0, path.stat().st_size
            while at < size:
                where = f"{path} at {at}"
                file.seek(at)
                length = _measure_member(file)
                file.seek(at)
                member = file.read(size - at if length is None else length)
                at += len(member)
                if length is None or not is_description(member):
                    yield _try_record(member, where)
    except OSError as error:
        yield EvidenceError("{path} cannot be read: {strerror}.", path=path, strerror=tell_reason(error))


def _try_record(member: bytes, where: str) -> Record | EvidenceError:
    try:
        return read_record(member, where)
    except EvidenceError as error:
        return error


def _append(path: Path, members: Sequence[bytes]) -> None:
    """Write all of it and wait until the disk has it; where that fails, the file is as it was."""
    with path.open("ab", buffering=0) as file:
        rest = memoryview(b"".join(members))
        with ExitStack() as on_failure:
            on_failure.callback(file.truncate, file.tell())
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
            on_failure.pop_all()


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StoreFullError(
                "No room left for the evidence in {folder}; the last step was rolled back.",
                "Free some disk space and run the same command again.",
                folder=folder,
            ) from error
        raise StoreError(
            "The evidence in {folder} cannot be written: {strerror}.",
            "Name another folder in DENYUT_EVIDENCE.",
            folder=folder,
            strerror=tell_reason(error),
        ) from error
