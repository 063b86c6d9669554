"""The archive's outer form: a ZIP that stores files uncompressed, every byte of it laid down.

Nothing is compressed because two builds of zlib pack alike contents into unlike bytes. Whatever a file
holds, its ZIP can be written in one way only; so a changed byte shows, wherever it is.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import BinaryIO

from activity.message import Message
from scoring.seal.section import Section, Sums, pieces_of, sum_up

__all__ = [
    "ArchivePlace",
    "around",
    "compare_part",
    "head_of",
    "pack_files",
    "plan_places",
    "tail_of",
    "write_files",
]

_HEADER = Struct("<4s5H3L2H")
_ENTRY = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
_VERSION = 20
_MADE_ON_UNIX = (3 << 8) | _VERSION
_DAY = (1 << 5) | 1
"""1 January 1980, the first day that a ZIP knows, at midnight."""
_READABLE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """Where a part of the archive lies: bytes `[start, end)`."""

    name: str
    start: int
    end: int


def head_of(name: str, size: int, check: int) -> bytes:
    """Tell what stands before a file of this size and CRC-32."""
    encoded = name.encode("ascii")
    head = _HEADER.pack(
        b"PK\3\4", _VERSION, 0, 0, 0, _DAY, check, size, size, len(encoded), 0
    )  # fmt: skip
    return head + encoded


def tail_of(files: Sequence[tuple[str, int, int]]) -> tuple[bytes, ...]:
    """Make what stands behind the files, given as name, size and CRC-32: entries, and the end record."""
    entries, offset = [], 0
    for name, size, check in files:
        entries.append(_entry_of(name, size, check, offset))
        offset += _HEADER.size + len(name) + size
    length = sum(map(len, entries))
    return (*entries, _END.pack(b"PK\5\6", 0, 0, len(files), len(files), length, offset, 0))


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """The same in memory, for an archive that is small."""
    out = io.BytesIO()
    write_files(out, files, {name: sum_up(content) for name, content in files.items()})
    return out.getvalue()


def write_files(out: BinaryIO, files: Mapping[str, Section | bytes], sums: Mapping[str, Sums]) -> None:
    """Write the archive of these files, in their order; names are ASCII.

    Raises ValueError beyond the four gigabytes that a plain ZIP can hold.
    """
    if sum(each.size for each in sums.values()) >= 2**32 - 2**20:
        raise ValueError("more than four gigabytes")
    known = [(name, sums[name].size, sums[name].crc32) for name in files]
    for each in known:
        out.write(head_of(*each))
        for piece in pieces_of(files[each[0]]):
            out.write(piece)
    for part in tail_of(known):
        out.write(part)


def _entry_of(name: str, size: int, check: int, offset: int) -> bytes:
    encoded = name.encode("ascii")
    entry = _ENTRY.pack(
        b"PK\1\2", _MADE_ON_UNIX, _VERSION, 0, 0, 0, _DAY, check, size, size, len(encoded),
        0, 0, 0, 0, _READABLE, offset,
    )  # fmt: skip
    return entry + encoded


def around(name: str) -> tuple[str, str]:
    """Tell what people call the two places that speak of a file."""
    return f"the ZIP's header of {name}", f"the ZIP's directory entry of {name}"


def plan_places(sizes: Sequence[tuple[str, int]]) -> tuple[ArchivePlace, ...]:
    """Every part of an archive of files of these sizes, in order, up to its end."""
    places: list[ArchivePlace] = []
    for name, size in sizes:
        start = places[-1].end if places else 0
        content = start + _HEADER.size + len(name)
        places += [ArchivePlace(around(name)[0], start, content), ArchivePlace(name, content, content + size)]
    for name, _ in sizes:
        start = places[-1].end
        places.append(ArchivePlace(around(name)[1], start, start + _ENTRY.size + len(name)))
    return (*places, ArchivePlace("the ZIP's end record", places[-1].end, places[-1].end + _END.size))


def compare_part(place: ArchivePlace, found: bytes, expected: bytes) -> str | None:
    """Tell what to say of a part that is not as it must be, with the first byte that differs, from 0."""
    if found == expected:
        return None
    pairs = enumerate(zip(found, expected, strict=False))
    offset = next((i for i, (a, b) in pairs if a != b), min(len(found), len(expected)))
    return Message("{name} differs from byte {byte:d} on", name=place.name, byte=place.start + offset)
