"""One record as the bytes of a gzip member, and strictly back."""

import gzip
import logging
import zlib
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from activity.errors import EvidenceError
from activity.record import Record

__all__ = ["is_description", "pack_description", "pack_record", "read_record"]

_SOFTWARE = {"software": "Denyut", "format": "WARC File Format 1.1"}
_LEVEL = 6
_MOST_BYTES = 80_000_000
"""Of one record: a visit takes 50 MB at most, so that more is no page of ours but a bomb."""
# It warns of an odd address in the address's own letters, whatever they do to a terminal.
logging.getLogger("warcio").setLevel(logging.ERROR)


def pack_record(record: Record) -> bytes:
    """Write a WARC response record as one gzip member: the same record is the same bytes but for its id."""
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
            _write_address(record.url),
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
        found = next(iter(ArchiveIterator(BytesIO(_unpack(member)))))
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


def pack_description(name: str) -> bytes:
    """Write the record with which a file begins, and which says what wrote it, as one gzip member."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(name, _SOFTWARE))
    return gzip.compress(out.getvalue(), _LEVEL, mtime=0)


def is_description(member: bytes) -> bool:
    """Tell whether a member is what `pack_description` made; raises zlib.error for no gzip at all."""
    reader = zlib.decompressobj(zlib.MAX_WBITS + 16)
    return b"WARC-Type: warcinfo" in reader.decompress(member, 1000)


def _unpack(member: bytes) -> bytes:
    """The bytes of one gzip member; raises ValueError where it holds more than any visit brings."""
    reader = zlib.decompressobj(zlib.MAX_WBITS + 16)
    content = reader.decompress(member, _MOST_BYTES)
    if not reader.eof:
        raise ValueError("a record that is cut short, or larger than any")
    return content


def _one_line(text: str) -> str:
    """A header's value in one line of ASCII, which is all that a header's line may hold."""
    return " ".join(text.encode("ascii", "backslashreplace").decode().split())


def _write_address(url: str) -> str:
    """An address as a WARC file may hold it; the row has it as it is."""
    return "".join(letter if "!" <= letter <= "~" else quote(letter, errors="replace") for letter in url)
