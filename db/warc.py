"""The evidence folder: one WARC file a night, each record a gzip member of its own that can be read alone.

One process writes at a time, the one that holds the crawl's lock. A record is on the disk before its row
is: a row never names what is not there. What a killed process left half written is cut off before the
next record follows.
"""

import errno
import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from activity.errors import EvidenceError, StoreError, StoreFullError
from activity.record import Record

__all__ = ["Archive", "Place", "name_file", "pack_record", "read_record"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SOFTWARE = {"software": "Denyut", "format": "WARC File Format 1.1"}
_LEVEL = 6
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: `length` bytes from `offset` on in a file of the folder."""

    file: str
    offset: int
    length: int


def name_file(night: date) -> str:
    """The name of a night's file."""
    return f"{night.isoformat()}.warc.gz"


class Archive:
    """The WARC files of one database.

    Attributes:
        folder: where they are; made when the first record is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._settled: set[str] = set()

    @contextmanager
    def appending(self, night: date, known_end: int) -> Iterator["Appender"]:
        """Add records to a night's file; where the block fails, the file is as it was.

        Args:
            known_end: where the last record that has a row ends; what follows is whole or is cut off.

        Raises StoreFullError or StoreError where the folder cannot be written.
        """
        name = name_file(night)
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

    def read(self, place: Place) -> Record:
        """The record at a place; raises EvidenceError where it is not there or not whole."""
        path = self.folder / place.file
        try:
            with path.open("rb") as file:
                file.seek(place.offset)
                member = file.read(place.length)
        except OSError as error:
            raise EvidenceError(
                "{path} cannot be read: {strerror}.", path=path, strerror=error.strerror
            ) from error
        if len(member) < place.length:
            raise EvidenceError(
                "{path} ends before its record at {offset} does.", path=path, offset=place.offset
            )
        return read_record(member, f"{path} at {place.offset}")

    def size(self) -> int:
        """Bytes of all files."""
        try:
            return sum(path.stat().st_size for path in self.folder.glob("*.warc.gz"))
        except OSError as error:
            raise EvidenceError(
                "{folder} cannot be read: {strerror}.", folder=self.folder, strerror=error.strerror
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
            self._add(gzip.compress(_describe(name), _LEVEL, mtime=0))

    def add(self, record: Record) -> Place:
        """Take a record in; returns where it will stand."""
        return self._add(pack_record(record))

    def _add(self, member: bytes) -> Place:
        place = Place(self._name, self._end, len(member))
        self.members.append(member)
        self._end += len(member)
        return place


def pack_record(record: Record) -> bytes:
    """A WARC response record, as one gzip member; the same record is always the same bytes but for its id."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    body = record.body
    headers = [*record.headers.items(), ("content-length", str(len(body)))]
    told = {
        "WARC-Date": f"{record.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        "WARC-Payload-Digest": f"sha256:{record.digest}",
    }
    http = StatusAndHeaders(str(record.status), [(n, _one_line(v)) for n, v in headers], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            _one_line(record.url),
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict=told,
        )
    )
    return gzip.compress(out.getvalue(), _LEVEL, mtime=0)


def read_record(member: bytes, where: str) -> Record:
    """Read what `pack_record` made, checked against its digest; raises EvidenceError for anything else."""
    try:
        found = next(iter(ArchiveIterator(BytesIO(member))))
        body = found.content_stream().read()
        headers = {name.lower(): value for name, value in found.http_headers.headers}
        headers.pop("content-length", None)
        told = found.rec_headers.get_header
        record = Record.of(
            told("WARC-Target-URI"),
            datetime.fromisoformat(told("WARC-Date")),
            int(found.http_headers.get_statuscode()),
            headers,
            body,
        )
        digest = told("WARC-Payload-Digest")
    except (
        ArchiveLoadFailed,
        StopIteration,
        ValueError,
        AttributeError,
        TypeError,
        EOFError,
        zlib.error,
        OSError,
    ) as error:
        raise EvidenceError("{where} is no WARC record of ours.", where=where) from error
    if digest != f"sha256:{record.digest}":
        raise EvidenceError("{where} was changed: its body has not the digest that it names.", where=where)
    return record


def _describe(name: str) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(name, _SOFTWARE))
    return out.getvalue()


def _one_line(text: str) -> str:
    """A header's value in one line of ASCII, which is all that a header's line may hold."""
    return " ".join(text.encode("ascii", "backslashreplace").decode().split())


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
            reader.decompress(chunk)
        except zlib.error:
            return None
        if reader.eof:
            return taken - len(reader.unused_data)
    return None


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
        if error.errno in _FULL:
            raise StoreFullError(
                "No room left for the evidence in {folder}; the last step was rolled back.",
                "Free some disk space and run the same command again.",
                folder=folder,
            ) from error
        raise StoreError(
            "The evidence in {folder} cannot be written: {strerror}.",
            "Name another folder in DENYUT_EVIDENCE.",
            folder=folder,
            strerror=error.strerror,
        ) from error
