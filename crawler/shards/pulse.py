"""A page of memory that a shard and its supervisor share: when it beat last, and whose visit it is in."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from struct import Struct
from time import process_time

__all__ = ["Beat", "ShardPulse", "share_pulses"]

_BEAT = Struct("=Qd")
_ACCOUNT = Struct("=q")
_SIZE = _BEAT.size + _ACCOUNT.size


@dataclass(frozen=True, slots=True)
class Beat:
    """What a shard last told of itself.

    Attributes:
        count: beats so far; 0 before its reactor runs.
        cpu: seconds of its own CPU at the last of them.
        account: whose visit is being resumed, 0 for nobody's.
    """

    count: int
    cpu: float
    account: int


class ShardPulse:
    """One shard's place in the shared page; the shard writes, the supervisor reads.

    It costs a fraction of a microsecond, so every single step of a visit is noted before it is made: a
    process that hangs in it can tell nothing any more.
    """

    def __init__(self, page: mmap.mmap, number: int) -> None:
        self._page = page
        self._start = number * _SIZE
        self._count = 0

    def beat(self) -> None:
        """Tell that the reactor turns, and what has been used up to now."""
        self._count += 1
        _BEAT.pack_into(self._page, self._start, self._count, process_time())

    @contextmanager
    def visiting(self, account: int) -> Iterator[None]:
        """Note whose visit goes on for as long as this lasts."""
        _ACCOUNT.pack_into(self._page, self._start + _BEAT.size, account)
        try:
            yield
        finally:
            _ACCOUNT.pack_into(self._page, self._start + _BEAT.size, 0)

    def read(self) -> Beat:
        """Read what stands there now."""
        count, cpu = _BEAT.unpack_from(self._page, self._start)
        (account,) = _ACCOUNT.unpack_from(self._page, self._start + _BEAT.size)
        return Beat(count, cpu, account)

    def clear(self) -> None:
        """Forget the process that had this place before."""
        self._page[self._start : self._start + _SIZE] = bytes(_SIZE)


def share_pulses(count: int) -> tuple[ShardPulse, ...]:
    """Make places for so many shards; every process that is forked from now on shares them."""
    page = mmap.mmap(-1, max(mmap.PAGESIZE, count * _SIZE))
    return tuple(ShardPulse(page, number) for number in range(count))
