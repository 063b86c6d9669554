"""Work in a child process that can be ended at any moment, whatever it is in the midst of.

One step of a database's own code (a LIKE over a long text, a value of a gigabyte) looks at no clock and
hears no Ctrl-C. A process that is killed ends all the same.
"""

import io
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import NoReturn

from activity.errors import ConfigError
from cli.ending import run_to_end
from cli.pager import Pager

__all__ = ["Alarm", "run_bounded"]

Alarm = Callable[[float], AbstractContextManager[None]]


def run_bounded(
    action: Callable[[Alarm], object], megabytes: int, too_long: Callable[[], ConfigError]
) -> int:
    """Run it in a child that gets no more memory than this; gives its exit code.

    Args:
        action: gets an alarm: around a stretch, it ends the child that takes more than so many seconds.
        too_long: the error to raise where a stretch of the action was ended.
    """
    if not _may_fork():
        action(lambda _: nullcontext())
        return 0
    sys.stdout.flush()
    sys.stderr.flush()
    pager = sys.stdout if isinstance(sys.stdout, Pager) else None
    reader, writer = os.pipe() if pager else (-1, -1)
    child = os.fork()
    if child == 0:
        if pager:
            os.close(reader)
            pager.become_source(writer)
        _be_child(action, megabytes)
    status = None
    try:
        if pager:
            os.close(writer)
            pager.take_from(reader)
        _, status = os.waitpid(child, 0)
    finally:
        if status is None:  # Ctrl-C
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        raise too_long()
    return os.waitstatus_to_exitcode(status) % 256


def _may_fork() -> bool:
    """Not where the output is collected in this process's own memory."""
    try:
        sys.stdout.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return False
    return hasattr(os, "fork")


def _be_child(action: Callable[[Alarm], object], megabytes: int) -> NoReturn:
    # Our parent says what Ctrl-C means, and kills us; to a pager of its own it means something else.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(megabytes)
    code = 1
    try:
        code = run_to_end(lambda: (action(_alarmed), sys.stdout.flush()))
    finally:
        os._exit(code)


def _limit_memory(megabytes: int) -> None:
    """Beyond what the process has already; where it cannot be told, the database's own bounds hold alone."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


@contextmanager
def _alarmed(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
