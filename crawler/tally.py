"""What the parts of one running crawl share: the count so far, the writer, tokens, the first error."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from activity.agency import Channel
from activity.outcome import Outcome
from crawler.job import CrawlSummary, Harvested, Job
from crawler.keyring import Keyring
from db.store import Saved, save_harvest

__all__ = ["Tally"]


class Tally:
    """Stores harvests one after another and counts them; stops the crawl at the first error.

    One thread writes for all spiders: SQLite takes one writer anyway, and while it waits for a disk or
    a server the crawl goes on. Everything else here runs in the reactor's thread.

    Attributes:
        keyring: one for all spiders, so that a token that one of them must stop is stopped for the others.
    """

    def __init__(self, job: Job, stop: Callable[[], object]) -> None:
        self.job = job
        self.keyring = Keyring(job.tokens, job.app_secrets, pace=job.delay)
        self.error: BaseException | None = None
        self._stop = stop
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._outcomes: dict[Channel, Counter[Outcome]] = {channel: Counter() for channel in job.targets}
        self._posts_new = self._posts_seen = self._requests = self._bytes = 0

    async def store(self, item: Harvested) -> None:
        """Save one harvest in one transaction; raises StoreError. After an error nothing is saved."""
        if self.error is not None:
            return
        loop = asyncio.get_running_loop()
        job = self.job
        saved = await loop.run_in_executor(
            self._writer, save_harvest, job.engine, job.run, item.target, item.harvest, job.archive
        )
        self._count(item, saved)
        if self.job.on_harvest is not None:
            self.job.on_harvest(item.target, item.harvest, saved)

    def fail(self, error: BaseException) -> None:
        """Remember the first error and stop every spider; harvests under way are not stored."""
        if self.error is None:
            self.error = error
            self._stop()

    def close(self) -> None:
        """Wait for the last transaction."""
        self._writer.shutdown()

    def summary(self, seconds: float) -> CrawlSummary:
        """The count so far."""
        outcomes = {channel: dict(count) for channel, count in self._outcomes.items()}
        return CrawlSummary(outcomes, self._posts_new, self._posts_seen, self._requests, self._bytes, seconds)

    def _count(self, item: Harvested, saved: Saved) -> None:
        self._outcomes[item.target.account.channel][item.harvest.outcome] += 1
        self._posts_new += saved.new
        self._posts_seen += len(item.harvest.posts)
        self._requests += item.harvest.cost.requests
        self._bytes += item.harvest.cost.bytes
