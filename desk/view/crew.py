"""Work in pieces, shared with processes that are forked for it: they see what this one has gathered."""

import gc
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from struct import Struct
from typing import NoReturn, Self

__all__ = ["MOST_PIECES", "OnPiece", "count_helpers", "share_out"]

MOST_PIECES = 1000
"""Their numbers are queued in a pipe, of which 4,096 bytes are certain."""
OnPiece = Callable[[int, int], object]
"""Told after each piece how many are done, and how many there are."""
_NUMBER = Struct("=I")
_MOST_HELPERS = 3
"""Each helper comes to hold a copy of most of what it looks at; a nation's is more than half a gigabyte."""


def count_helpers() -> int:
    """How many processes may help this one: one for each further core; none where none can be forked."""
    # Libraries of macOS end a process that was forked without a new program.
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST_HELPERS, cores - 1)


def share_out(
    pieces: int,
    work: Callable[[int], object],
    helpers: int,
    begin: Callable[[], object] = lambda: None,
    on_piece: OnPiece = lambda _done, _total: None,
) -> None:
    """Do what comes first here, and each piece once, here or in a process forked beside.

    Whoever is free takes the next piece. One that a helper took and did not end, whatever befell it, is done
    here at last: what went wrong with it is raised here, as if nobody had helped. No helper is left behind,
    and none outlives this process by more than a piece. Nothing may be open that two must not share.

    Args:
        pieces: how many; at most `MOST_PIECES`.
        work: does the piece of that number, from 0; what it returns is lost.
        helpers: how many to fork; fewer where the machine does not give them.
        begin: done here alone, while helpers are at the pieces already.
    """
    assert pieces <= MOST_PIECES
    with _all_kept(), _Crew(pieces, work, helpers) as crew:
        begin()
        done = set[int]()
        while (piece := crew.take()) is not None:
            work(piece)
            done |= {piece, *crew.hear()}
            on_piece(len(done), pieces)
        while told := crew.wait():
            done |= told
            on_piece(len(done), pieces)
    for piece in sorted(set(range(pieces)) - done):
        work(piece)


class _Crew:
    """Helpers at work, and what is left to do; leaving the context ends them."""

    def __init__(self, pieces: int, work: Callable[[int], object], helpers: int) -> None:
        self._orders, queue = os.pipe()
        os.write(queue, b"".join(map(_NUMBER.pack, range(pieces))))
        os.close(queue)
        self._reports, told = os.pipe()
        self._pids: list[int] = []
        parent = os.getpid()
        with suppress(OSError):  # too little memory, or too many processes: then with fewer
            for _ in range(helpers):
                pid = os.fork()
                if pid == 0:
                    _help(self._orders, told, parent, work)
                self._pids.append(pid)
        os.close(told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self._pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(self._orders)
        os.close(self._reports)

    def take(self) -> int | None:
        """The next piece that nobody has; None where each is taken."""
        return _read_number(self._orders)

    def hear(self) -> set[int]:
        """Pieces that helpers have done since they were last heard, without waiting."""
        told = set[int]()
        while select.select([self._reports], [], [], 0)[0] and (more := self.wait()):
            told |= more
        return told

    def wait(self) -> set[int]:
        """The next piece that a helper has done; none once every helper is gone."""
        number = _read_number(self._reports)
        return set() if number is None else {number}


def _help(orders: int, reports: int, parent: int, work: Callable[[int], object]) -> NoReturn:
    try:
        # Our parent says what Ctrl-C means, and kills us.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while os.getppid() == parent and (piece := _read_number(orders)) is not None:
            work(piece)
            os.write(reports, _NUMBER.pack(piece))
    finally:
        # Never back into the frames of the process that was forked, which does itself what fails here.
        os._exit(0)


def _read_number(pipe: int) -> int | None:
    found = os.read(pipe, _NUMBER.size)
    return int(_NUMBER.unpack(found)[0]) if found else None


@contextmanager
def _all_kept() -> Iterator[None]:
    """Whatever is there is no garbage: a search through it would make each process copy all of it."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
