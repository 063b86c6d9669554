"""Whether a shard is still of use: judged by its beats, its own CPU seconds and its memory."""

from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from crawler.shards.ledger import ShardEnd
from crawler.shards.pulse import Beat

__all__ = ["ProcessReading", "ShardLimits", "Watch", "judge", "measure"]

# Without any CPU a process waits for something that does not come; counted in looks of the supervisor, which
# sleeps when the machine sleeps.
_MOST_LOOKS = 300


@dataclass(frozen=True, slots=True)
class ShardLimits:
    """What a shard may take.

    Attributes:
        memory: megabytes.
        hang: CPU seconds of its own between two beats; its reactor beats every second, and no honest page
            came near one.
    """

    memory: int
    hang: float = 10.0


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """What the system says of a process: CPU seconds and bytes of memory, both its own."""

    cpu: float
    memory: int


@dataclass(slots=True)
class Watch:
    """One shard's beats as they were last seen."""

    count: int = 0
    looks: int = field(default=0)

    def look(self, beat: Beat) -> int:
        """Count the looks since the last beat was first seen."""
        self.looks = 0 if beat.count != self.count else self.looks + 1
        self.count = beat.count
        return self.looks


def judge(beat: Beat, looks: int, reading: ProcessReading, limits: ShardLimits) -> ShardEnd | None:
    """Judge why a shard must be replaced; None while it need not be.

    >>> judge(Beat(7, 3.0, 0), 20, ProcessReading(4.0, 10**8), ShardLimits(400)) is None
    True
    >>> judge(Beat(7, 3.0, 0), 20, ProcessReading(13.1, 10**8), ShardLimits(400)).name
    'HUNG'
    """
    if reading.cpu - beat.cpu >= limits.hang:
        return ShardEnd.HUNG
    if reading.memory > limits.memory * 1_000_000:
        return ShardEnd.GREW
    return ShardEnd.STUCK if looks >= _MOST_LOOKS else None


def measure(pid: int) -> ProcessReading | None:
    """Read a process; None where it is gone."""
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        process = psutil.Process(pid)
        times = process.cpu_times()
        return ProcessReading(times.user + times.system, process.memory_info().rss)
    return None
