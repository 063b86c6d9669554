"""Bytes that are read in pieces: a part of an open file, so that a nation's posts need no room in memory."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import BinaryIO
from zlib import crc32

__all__ = ["Section", "Sums", "pieces_of", "sort_lines", "sum_up", "write_lines"]

_PIECE = 2**20
_LONGEST = 2**24
"""Bytes of a line; what a forger makes longer is handed out in parts, of which none can be read."""
_RUN = 50_000
"""Lines that are sorted in memory; more are sorted in runs, which are then merged."""


@dataclass(frozen=True, slots=True)
class Section:
    """Bytes `[start, start + size)` of a file that can be read anywhere; fewer where it ends before."""

    file: BinaryIO
    start: int
    size: int

    def pieces(self) -> Iterator[bytes]:
        """The bytes, a megabyte at a time."""
        at, end = self.start, self.start + self.size
        while at < end:
            self.file.seek(at)
            piece = self.file.read(min(_PIECE, end - at))
            if not piece:
                return
            at += len(piece)
            yield piece

    def lines(self) -> Iterator[bytes]:
        """The lines, each with its end where it has one."""
        rest = b""
        for piece in self.pieces():
            lines = (rest + piece).split(b"\n")
            rest = lines.pop()
            yield from (line + b"\n" for line in lines)
            if len(rest) > _LONGEST:
                yield rest
                rest = b""
        if rest:
            yield rest

    def read(self) -> bytes:
        """All of it at once."""
        return b"".join(self.pieces())


@dataclass(frozen=True, slots=True)
class Sums:
    """What is known of bytes that were read once."""

    sha256: str
    size: int
    crc32: int


def pieces_of(source: Section | bytes) -> Iterator[bytes]:
    """The bytes of either, in pieces."""
    return source.pieces() if isinstance(source, Section) else iter((source,))


def sum_up(source: Section | bytes) -> Sums:
    """Read it once."""
    digest, size, check = sha256(), 0, 0
    for piece in pieces_of(source):
        digest.update(piece)
        size += len(piece)
        check = crc32(piece, check)
    return Sums(digest.hexdigest(), size, check)


def write_lines(file: BinaryIO, lines: Iterable[bytes]) -> Section:
    """Write lines into an empty file that can be read again."""
    size = sum(map(file.write, lines))
    return Section(file, 0, size)


def sort_lines(lines: Iterable[bytes], scratch: Callable[[], BinaryIO]) -> Iterator[bytes]:
    """The lines in order; at most some ten thousand are held in memory.

    Args:
        scratch: makes an empty file for a run of lines that waits to be merged.
    """
    source = iter(lines)
    run = sorted(islice(source, _RUN))
    runs: list[Iterator[bytes]] = []
    while len(run) == _RUN:
        runs.append(write_lines(scratch(), run).lines())
        run = sorted(islice(source, _RUN))
    return heapq.merge(*runs, run) if runs else iter(run)
