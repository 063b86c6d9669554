"""The process that shards are forked from.

It is forked itself before the supervisor starts a thread, loads Scrapy once, and has no thread, no reactor
and no connection of its own, so that a shard which must be replaced is there again within milliseconds.
It dies with the supervisor, and every shard dies with it.
"""

import ctypes
import gc
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from struct import Struct
from typing import NoReturn

from crawler.shards.pulse import ShardPulse

__all__ = ["Birth", "Death", "Nursery"]

Body = Callable[[socket.socket, ShardPulse], None]

_ORDER = Struct("=cIQ")
_REPORT = Struct("=cQi")
_SPAWN, _KILL, _BORN, _DIED = b"s", b"k", b"b", b"d"
# Python looks for lost cycles after every 700 objects, and each answer makes some hundreds: a tenth of a
# shard's CPU. So many take a few megabytes.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15


@dataclass(frozen=True, slots=True)
class Birth:
    """A shard is there."""

    birth: int
    pid: int


@dataclass(frozen=True, slots=True)
class Death:
    """A shard is gone; `code` as in `subprocess`: a signal's number is negative."""

    birth: int
    code: int


class Nursery:
    """The supervisor's end: orders go in, births and deaths come out.

    Attributes:
        births: numbers for shards, of which no two are alike, whoever orders them.
    """

    def __init__(self, control: socket.socket, pid: int) -> None:
        self._control = control
        self._pid = pid
        self.births: Iterator[int] = count(1)

    @classmethod
    def open(cls, pulses: tuple[ShardPulse, ...], module: str) -> "Nursery":
        """Fork it; a shard runs a module's `run_shard` with its pipe and its pulse, after its `load_parts`.

        To be called while this process has no other thread.
        """
        ours, theirs = socket.socketpair()
        # What is buffered would be written twice.
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            ours.close()
            _live(_Ward(theirs, pulses, parent), module)
        theirs.close()
        return cls(ours, pid)

    def fileno(self) -> int:
        """Tell what to select on: it is readable when there is something to report."""
        return self._control.fileno()

    def spawn(self, birth: int, number: int, pipe: socket.socket) -> None:
        """Order a shard with a pulse's number; `pipe` is its end and may be closed here afterwards."""
        socket.send_fds(self._control, [_ORDER.pack(_SPAWN, number, birth)], [pipe.fileno()])

    def kill(self, birth: int) -> None:
        """End a shard at once; harmless for one that is gone."""
        with suppress(BrokenPipeError):
            self._control.sendall(_ORDER.pack(_KILL, 0, birth))

    def report(self) -> Birth | Death | None:
        """Read one report; waits for it. None when the nursery itself is gone."""
        with suppress(ConnectionResetError):
            record = self._control.recv(_REPORT.size, socket.MSG_WAITALL)
            if len(record) == _REPORT.size:
                what, birth, value = _REPORT.unpack(record)
                return Birth(birth, value) if what == _BORN else Death(birth, value)
        return None

    def end(self, births: Collection[int]) -> None:
        """End shards at once, and wait until each of them is gone."""
        living = set(births)
        for birth in living:
            self.kill(birth)
        while living and (report := self.report()) is not None:
            if isinstance(report, Death):
                living.discard(report.birth)

    def close(self) -> None:
        """End it with all its shards, and wait until they are gone."""
        self._control.close()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


# From here on inside the nursery.


@dataclass(slots=True)
class _Ward:
    control: socket.socket
    pulses: tuple[ShardPulse, ...]
    parent: int


def _live(ward: _Ward, module: str) -> NoReturn:
    code = 1
    try:
        _settle(ward)
        gc.disable()
        body = _load(module)
        gc.collect()
        gc.freeze()
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 10, 10)
        gc.enable()
        _serve(ward, body)
        code = 0
    finally:
        # Never back into the frames of the process that was forked.
        sys.stderr.flush()
        os._exit(code)


def _load(module: str) -> Body:
    loaded = import_module(module)
    loaded.load_parts()
    body: Body = loaded.run_shard
    return body


def _settle(ward: _Ward) -> None:
    """Keep nothing of the supervisor but the control, its memory and the three streams."""
    # What the supervisor had open must not be closed here by a collector: its numbers are given to others.
    gc.freeze()
    keep = ward.control.fileno()
    os.closerange(3, keep)
    os.closerange(keep + 1, os.sysconf("SC_OPEN_MAX") if sys.platform != "linux" else _highest() + 1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    # A terminal sends these to the whole group; what is to be done then, the supervisor says.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _die_with(ward.parent, "denyut-nursery")


def _highest() -> int:
    with os.scandir("/proc/self/fd") as found:
        return max(int(entry.name) for entry in found)


def _die_with(parent: int, name: str) -> None:
    """End at once when the parent ends, where the system offers that; elsewhere the pipe's end must do."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _serve(ward: _Ward, body: Body) -> None:
    waking, woken = socket.socketpair()
    waking.setblocking(False)
    woken.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    living: dict[int, int] = {}
    while True:
        readable, _, _ = select.select([ward.control, waking], [], [])
        if waking in readable:
            waking.recv(4096)
        _bury(ward, living)
        if ward.control in readable and not _obey(ward, living, body, (waking, woken)):
            break
    for pid in living:
        os.kill(pid, signal.SIGKILL)
    for pid in living:
        os.waitpid(pid, 0)


def _obey(ward: _Ward, living: dict[int, int], body: Body, private: tuple[socket.socket, ...]) -> bool:
    """Carry out one order; False when the supervisor is gone."""
    try:
        order, pipes, _, _ = socket.recv_fds(ward.control, _ORDER.size, 1)
    except ConnectionResetError:
        return False
    if len(order) < _ORDER.size:
        return False
    what, number, birth = _ORDER.unpack(order)
    if what == _SPAWN:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for private_end in (*private, ward.control):
                private_end.close()
            _run(body, socket.socket(fileno=pipes[0]), ward.pulses[number], parent)
        os.close(pipes[0])
        living[pid] = birth
        ward.control.sendall(_REPORT.pack(_BORN, birth, pid))
    else:
        for pid in [pid for pid, known in living.items() if known == birth]:
            os.kill(pid, signal.SIGKILL)
    return True


def _run(body: Body, pipe: socket.socket, pulse: ShardPulse, parent: int) -> NoReturn:
    code = 1
    try:
        _die_with(parent, "denyut-shard")
        body(pipe, pulse)
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def _bury(ward: _Ward, living: dict[int, int]) -> None:
    while living:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        birth = living.pop(pid, None)
        if birth is not None:
            with suppress(BrokenPipeError):
                ward.control.sendall(_REPORT.pack(_DIED, birth, os.waitstatus_to_exitcode(status)))
