"""The archive's outer form: a ZIP that stores files uncompressed, every byte of it laid down.

Nothing is compressed because two builds of zlib pack alike contents into unlike bytes. Whatever a file
holds, its ZIP can be written in one way only; so a changed byte shows, wherever it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from zlib import crc32

__all__ = ["Place", "around", "compare_bytes", "head_of", "pack_files", "plan_places"]

_HEADER = Struct("<4s5H3L2H")
_ENTRY = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
_VERSION = 20
_MADE_ON_UNIX = (3 << 8) | _VERSION
_DAY = (1 << 5) | 1
"""1 January 1980, the first day that a ZIP knows, at midnight."""
_READABLE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of the archive lies: bytes `[start, end)`."""

    name: str
    start: int
    end: int


def head_of(name: str, content: bytes) -> bytes:
    """What stands before a file."""
    encoded, size = name.encode("ascii"), len(content)
    head = _HEADER.pack(
        b"PK\3\4", _VERSION, 0, 0, 0, _DAY, crc32(content), size, size, len(encoded), 0
    )  # fmt: skip
    return head + encoded


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files, in their order; names are ASCII.

    Raises ValueError beyond the four gigabytes that a plain ZIP can hold.
    """
    if sum(map(len, files.values())) >= 2**32 - 2**20:
        raise ValueError("more than four gigabytes")
    body, directory = bytearray(), bytearray()
    for name, content in files.items():
        directory += _entry_of(name, content, len(body))
        body += head_of(name, content) + content
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory + end)


def _entry_of(name: str, content: bytes, offset: int) -> bytes:
    encoded, size = name.encode("ascii"), len(content)
    entry = _ENTRY.pack(
        b"PK\1\2", _MADE_ON_UNIX, _VERSION, 0, 0, 0, _DAY, crc32(content), size, size, len(encoded),
        0, 0, 0, 0, _READABLE, offset,
    )  # fmt: skip
    return entry + encoded


def around(name: str) -> tuple[str, str]:
    """What people call the two places that speak of a file."""
    return f"the ZIP's header of {name}", f"the ZIP's directory entry of {name}"


def plan_places(sizes: Sequence[tuple[str, int]]) -> tuple[Place, ...]:
    """Every part of an archive of files of these sizes, in order, up to its end."""
    places: list[Place] = []
    for name, size in sizes:
        start = places[-1].end if places else 0
        content = start + _HEADER.size + len(name)
        places += [Place(around(name)[0], start, content), Place(name, content, content + size)]
    for name, _ in sizes:
        start = places[-1].end
        places.append(Place(around(name)[1], start, start + _ENTRY.size + len(name)))
    return (*places, Place("the ZIP's end record", places[-1].end, places[-1].end + _END.size))


def compare_bytes(found: bytes, expected: bytes, places: Sequence[Place]) -> tuple[str, ...]:
    """Each part that is not as it must be, with the first byte that differs, from 0."""
    problems = []
    for place in places:
        is_there, belongs = found[place.start : place.end], expected[place.start : place.end]
        if is_there != belongs:
            pairs = enumerate(zip(is_there, belongs, strict=False))
            offset = next((i for i, (a, b) in pairs if a != b), min(len(is_there), len(belongs)))
            problems.append(f"{place.name} differs from byte {place.start + offset} on")
    end = places[-1].end
    if len(found) > end:
        problems.append(f"{len(found) - end} bytes stand after the archive's end, from byte {end} on")
    return tuple(problems)
