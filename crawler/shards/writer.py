"""The crawl's one writer: harvests into the database one after another, and the count of them."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from activity.agency import Account
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from crawler.job import CrawlSummary, Job
from db.store import Saved, save_harvest

__all__ = ["Writer"]

_T = TypeVar("_T")
_Harvests = list[tuple[Target, Harvest]]


class Writer:
    """Reads and writes the database in one thread, so that pipes and watches are not kept waiting.

    SQLite takes one writer anyway; each harvest has a transaction of its own.
    """

    def __init__(self, job: Job, on_saved: Callable[[], None]) -> None:
        self._job = job
        self._on_saved = on_saved
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._waiting: _Harvests = []
        self._wake = asyncio.Event()
        self._open = 0
        self._outcomes: dict[str, Counter[Outcome]] = {channel: Counter() for channel in job.due}
        self._posts_new = self._posts_seen = self._requests = self._bytes = 0

    @property
    def idle(self) -> bool:
        """Whether everything that was put is stored."""
        return self._open == 0

    def put(self, target: Target, harvest: Harvest) -> None:
        """Have a harvest stored."""
        self._open += 1
        self._waiting.append((target, harvest))
        self._wake.set()

    async def run(self) -> None:
        """Store what is put, until cancelled; raises StoreError, after which nothing more is stored."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            for target, harvest in batch:
                saved = await self._do(partial(self._save, target, harvest))
                self._count(target, harvest, saved)
                if self._job.on_harvest is not None:
                    self._job.on_harvest(target, harvest, saved)
                self._open -= 1
                self._on_saved()

    async def load(self, accounts: Sequence[Account]) -> Sequence[Target]:
        """What is known of some accounts; raises StoreError."""
        return await self._do(lambda: self._job.load(accounts))

    def close(self) -> None:
        """Wait for the last transaction."""
        self._thread.shutdown()

    def summary(self, seconds: float, replaced: int) -> CrawlSummary:
        """The count so far."""
        outcomes = {channel: dict(self._outcomes[channel]) for channel in self._job.due}
        counts = (self._posts_new, self._posts_seen, self._requests, self._bytes)
        return CrawlSummary(outcomes, *counts, seconds, replaced)

    async def _do(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _save(self, target: Target, harvest: Harvest) -> Saved:
        job = self._job
        return save_harvest(job.engine, job.run, target, harvest, job.archive)

    def _count(self, target: Target, harvest: Harvest, saved: Saved) -> None:
        self._outcomes[target.account.channel][harvest.outcome] += 1
        self._posts_new += saved.new
        self._posts_seen += len(harvest.posts)
        self._requests += harvest.cost.requests
        self._bytes += harvest.cost.bytes
