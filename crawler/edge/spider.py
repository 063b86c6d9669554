"""What the spiders share: they open visits as seats become free, and drive them to their harvest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from time import monotonic
from typing import Any, ClassVar

import scrapy
from scrapy.core.scheduler import BaseScheduler
from scrapy.http.request import NO_CALLBACK

from activity.agency import Channel
from activity.outcome import Failure
from activity.visit import Harvest, Target, Visit
from crawler.drive.cause import find_shortage
from crawler.drive.driver import Answer, Ask, Drive, Terms, drive
from crawler.drive.failure import ElsewhereError
from crawler.edge.exchange import compose_meta, explain_answer, read_answer
from crawler.edge.resolver import installed_resolver
from crawler.shards.message import Take
from crawler.shards.seats import count_seats
from crawler.shards.shard import Shard
from crawler.visits.access import Accesses
from crawler.visits.opening import open_visit

__all__ = ["EmptyScheduler", "VisitSpider"]


class EmptyScheduler(BaseScheduler):
    """Scrapy's queue of requests, which stays empty: a visit asks its one request when it comes to it."""

    def has_pending_requests(self) -> bool:
        """Tell Scrapy that none waits."""
        return False

    def enqueue_request(self, request: scrapy.Request) -> bool:
        """Refuse what a spider yields; ours yields nothing."""
        raise RuntimeError(f"nobody waits for what comes of {request}")

    def next_request(self) -> scrapy.Request | None:
        """Give Scrapy none."""
        return None


class VisitSpider(scrapy.Spider):
    """Drives pure visits, each in a task of its own that asks Scrapy's downloader for one exchange at a time.

    Scrapy's scheduler and scraper would hand each request and answer on between them; a fifth of an unchanged
    night went there.
    """

    channel: ClassVar[Channel]

    def __init__(self, name: str | None = None, shard: Shard | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.shard = shard
        self._open: set[asyncio.Task[None]] = set()

    def visit(self, target: Target, accesses: Accesses) -> Visit:
        """Open the pure visit of an account, as the table of channels names it."""
        return open_visit(target, accesses)

    async def start(self) -> AsyncIterator[Any]:
        """Visit, once Scrapy starts it, until no account is left."""
        if self.shard is None:
            self.logger.error("This spider needs a database and accounts: use `denyut crawl`.")
        else:
            await self._visit_all(self.shard)
        # Scrapy iterates over what a spider asks for: nothing is left to it.
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request

    async def _visit_all(self, shard: Shard) -> None:
        policy = shard.policy
        terms = Terms(
            policy.guard,
            policy.clock,
            shard.keyring,
            policy.graph.base_url,
            monotonic,
            policy.timeout,
            policy.evidence,
            homes=policy.accesses.homes,
        )
        seats = asyncio.Semaphore(count_seats(policy.accesses, self.channel, policy.concurrency))
        async for take in shard.visits(self.channel):
            await seats.acquire()
            task = asyncio.create_task(self._travel(shard, take, terms))
            self._open.add(task)
            task.add_done_callback(partial(self._conclude, shard, seats))
        while self._open:
            await asyncio.wait(self._open)

    def _conclude(self, shard: Shard, seats: asyncio.Semaphore, task: asyncio.Task[None]) -> None:
        """What is no site's fault ends the crawl."""
        self._open.discard(task)
        seats.release()
        if not task.cancelled() and (error := task.exception()) is not None:
            shard.fail(error)

    async def _travel(self, shard: Shard, take: Take, terms: Terms) -> None:
        """Bring one account's harvest."""
        target = take.target
        installed_resolver().learn(target.account.address, take.names)
        with closing(drive(target, self.visit(target, shard.policy.accesses), terms)) as journey:
            try:
                harvest = await self._drive(shard, journey, target)
            except ElsewhereError:
                shard.give_up(target)
                return
        if harvest is not None:
            shard.deliver(target, harvest)

    async def _drive(self, shard: Shard, journey: Drive, target: Target) -> Harvest | None:
        """Give a visit what it asks for, up to its harvest; None where the crawl is stopped before."""
        answer: Answer | None = None
        while True:
            try:
                with shard.visiting(target.account.id):
                    ask = journey.send(answer) if answer is not None else next(journey)
            except StopIteration as stop:
                harvest: Harvest = stop.value
                return harvest
            if shard.stopping:
                return None
            answer = await self._exchange(ask, target)

    async def _exchange(self, ask: Ask, target: Target) -> Answer:
        """Raises what this machine lacks, and ElsewhereError; whatever else goes wrong is an answer, too."""
        try:
            # Raises for an address that Scrapy cannot read.
            request = scrapy.Request(
                ask.url,
                callback=NO_CALLBACK,
                headers=dict(ask.headers),
                dont_filter=True,
                meta=compose_meta(ask, target.zone.key),
            )
        except ValueError as error:
            return Answer(ask.url, failure=Failure.OTHER, detail=f"not an address: {error}")
        engine = self.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as error:
            if isinstance(error, ElsewhereError) or find_shortage(error) is not None:
                raise
            return explain_answer(request, error)
        return read_answer(request, response)
