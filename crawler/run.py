"""Running a crawl: one supervisor, and the processes that it watches."""

import asyncio
import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread
from types import TracebackType
from typing import Self

from crawler.drive.cause import find_shortage
from crawler.files import raise_file_limit
from crawler.job import CrawlJob, CrawlSummary
from crawler.log import write_log
from crawler.shards.nursery import Nursery
from crawler.shards.pulse import ShardPulse, share_pulses
from crawler.shards.supervisor import Supervisor

__all__ = ["Crew", "crawl", "hire", "interruptible"]


@dataclass(frozen=True, slots=True)
class Crew:
    """What shards are made of; a context manager that leaves nobody behind.

    Attributes:
        pulses: one for each shard in company, and one for the shard that works alone.
    """

    nursery: Nursery
    pulses: tuple[ShardPulse, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.nursery.close()


def hire(processes: int) -> Crew:
    """Begin to load what shards need; to be called before this process starts any thread."""
    raise_file_limit()
    pulses = share_pulses(processes + 1)
    return Crew(Nursery.open(pulses, "crawler.shards.process"), pulses)


def crawl(job: CrawlJob, crew: Crew) -> CrawlSummary:
    """Visit every account of a job and store one harvest for each.

    Raises:
        StoreError: the database could not be used; what was stored until then is whole.
        ShortageError: this machine has too little of something; no account's outcome says so.
        ShardError: shards end whatever they work on.
        KeyboardInterrupt: stopped by SIGINT or SIGTERM, accounts under way finished or not harvested;
            the same run started again goes on with those that are missing.
    """
    with write_log(job.policy.log_level), _spared():
        try:
            summary = asyncio.run(Supervisor(job, crew.nursery, crew.pulses).run())
        except OSError as error:
            shortage = find_shortage(error)
            if shortage is None:
                raise
            raise shortage from error
    if summary is None:
        raise KeyboardInterrupt
    return summary


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt inside where the process is told to end, as `crawl` does."""
    numbers = (signal.SIGINT, signal.SIGTERM) if current_thread() is main_thread() else ()
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _spared() -> Iterator[None]:
    """Keep what is loaded by now out of the search for lost cycles: it is large, and all of it stays."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
