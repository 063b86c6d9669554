"""Which process holds which connection, seen every second: several connections may be one visitor's."""

import threading
import time
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from office_sites import number_of

__all__ = ["Callers", "count_meetings", "watching"]

# A connection stays open for three seconds after its last request, so that no look misses it.
_EVERY = 1.0

Callers = dict[tuple[int, int], list[tuple[float, int]]]
"""Of each site and port of a caller the moments at which they were seen, and the process that held the port.

Two processes may hold one port at once, towards different sites.
"""


@contextmanager
def watching(port: int) -> Iterator[Callers]:
    """Note until the end who is connected to a port of this machine."""
    callers: Callers = defaultdict(list)
    done = threading.Event()

    def look() -> None:
        while not done.wait(_EVERY):
            now = time.monotonic()
            for each in psutil.net_connections("tcp4"):
                if each.pid and each.raddr and each.raddr.port == port:
                    callers[number_of(each.raddr.ip), each.laddr.port].append((now, each.pid))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield callers
    finally:
        done.set()
        thread.join()


def count_meetings(log: Path, callers: Callers) -> tuple[int, int]:
    """Count the servers at which a process asked again after another had, and requests of nobody seen.

    Args:
        log: lines of a server's number, the port of the connection and when it asked, in the order of time.
    """
    asked: defaultdict[str, list[int]] = defaultdict(list)
    unseen = 0
    for line in log.read_text().splitlines():
        site, port, moment = line.split()
        asker = _find_process(callers.get((int(site), int(port)), []), float(moment))
        unseen += asker is None
        turns = asked[site]
        if asker is not None and turns[-1:] != [asker]:
            turns.append(asker)
    meetings = sum(len(turns) != len(set(turns)) for turns in asked.values())
    return meetings, unseen


def _find_process(seen: list[tuple[float, int]], moment: float) -> int | None:
    """Find the process that held a connection at a moment; None where it was not seen within some seconds."""
    at = bisect(seen, (moment, 0))
    near = min(seen[max(at - 1, 0) : at + 1], key=lambda each: abs(each[0] - moment), default=None)
    return near[1] if near is not None and abs(near[0] - moment) < 4 * _EVERY else None
