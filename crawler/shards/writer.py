"""The crawl's one writer: harvests into the database one after another, and the count of them."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from activity.agency import Account
from activity.channel import CHANNELS
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from crawler.job import CrawlJob, CrawlSummary
from db.nightly.store import Saved, save_harvests

__all__ = ["Writer"]

_T = TypeVar("_T")
_Harvests = list[tuple[Target, Harvest]]

# Harvests that come within this time share a transaction; on most nights most of them are a look and no more.
_GATHER_SECONDS = 0.25
# Others who would write wait for the end of a transaction.
_MOST_AT_ONCE = 50


class Writer:
    """Reads and writes the database in one thread, so that pipes and watches are not kept waiting.

    SQLite takes one writer anyway. A harvest is written whole or not at all, together with those that came
    just before it. While a server is gone the thread waits: no further account is given out, and what shards
    bring meanwhile is stored afterwards.
    """

    def __init__(self, job: CrawlJob, on_saved: Callable[[], None]) -> None:
        self._job = job
        self._on_saved = on_saved
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._waiting: _Harvests = []
        self._wake = asyncio.Event()
        self._enough = asyncio.Event()
        # Shards have half as many accounts ahead as seats, and get the next ones when something was stored;
        # of a channel that is read by token they have one or two.
        self._fewest = max(1, job.policy.concurrency // 4)
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
        if len(self._waiting) >= self._fewest or CHANNELS[target.account.channel].by_token:
            self._enough.set()

    def hurry(self) -> None:
        """Store what there is: nobody is left whose harvest could be waited for."""
        self._enough.set()

    async def run(self) -> None:
        """Store what is put, until cancelled; raises StoreError, after which nothing more is stored."""
        while True:
            await self._wake.wait()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), _GATHER_SECONDS)
            self._wake.clear()
            self._enough.clear()
            await self.drain()
            self._on_saved()

    async def drain(self) -> None:
        """Store what was put until now; raises StoreError."""
        while self._waiting:
            batch = self._waiting[:_MOST_AT_ONCE]
            del self._waiting[:_MOST_AT_ONCE]
            told = await self._do(partial(self._save, batch))
            for (target, harvest), saved in zip(batch, told, strict=True):
                if not saved.doubled:
                    self._count(target, harvest, saved)
                self._open -= 1
                if self._job.on_harvest is not None:
                    self._job.on_harvest(target, harvest, saved)

    async def load(self, accounts: Sequence[Account]) -> Sequence[Target]:
        """Load what is known of some accounts; raises StoreError."""
        return await self._do(lambda: self._job.load(accounts))

    def close(self) -> None:
        """Wait for the last transaction, and no longer for a server that is gone."""
        self._job.patience.give_up()
        self._thread.shutdown()

    def summary(self, seconds: float, replaced: int) -> CrawlSummary:
        """Sum up what was counted so far."""
        outcomes = {channel: dict(self._outcomes[channel]) for channel in self._job.due}
        return CrawlSummary(
            outcomes=outcomes,
            posts_new=self._posts_new,
            posts_seen=self._posts_seen,
            requests=self._requests,
            bytes=self._bytes,
            seconds=seconds,
            replaced=replaced,
        )

    async def _do(self, work: Callable[[], _T]) -> _T:
        patience = self._job.patience
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: patience.outlast(work))

    def _save(self, batch: _Harvests) -> list[Saved]:
        job = self._job
        return save_harvests(job.engine, job.run, batch, job.archive, shared=job.shared)

    def _count(self, target: Target, harvest: Harvest, saved: Saved) -> None:
        self._outcomes[target.account.channel][harvest.outcome] += 1
        self._posts_new += saved.new
        # The newest post from before the window is stored as well: without it more would be new than seen.
        self._posts_seen += len(harvest.posts) + (harvest.before is not None)
        self._requests += harvest.cost.requests
        self._bytes += harvest.cost.bytes
