"""What the spiders share: they open visits as seats become free, and drive them to their harvest."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from time import monotonic
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from activity.agency import Channel
from activity.outcome import Failure
from activity.visit import Target, Visit
from crawler.cause import find_shortage
from crawler.driver import Answer, Drive, Terms, drive
from crawler.exchange import compose_meta, explain_answer, read_answer
from crawler.job import Harvested
from crawler.resolver import installed_resolver
from crawler.shards.seats import count_seats
from crawler.shards.shard import Shard
from crawler.visits.access import Accesses
from crawler.visits.opening import open_visit

__all__ = ["VisitSpider"]

Step = scrapy.Request | Harvested


class VisitSpider(scrapy.Spider):
    """Drives pure visits; each rides in `cb_kwargs` from one request to the next."""

    channel: ClassVar[Channel]

    def __init__(self, name: str | None = None, shard: Shard | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.shard = shard
        self._open: set[Drive] = set()

    def visit(self, target: Target, accesses: Accesses) -> Visit:
        """The pure visit of an account, as the table of channels names it."""
        return open_visit(target, accesses)

    async def start(self) -> AsyncIterator[Any]:
        """Called by Scrapy once; yields the first request of each account."""
        if self.shard is None:
            self.logger.error("This spider needs a database and accounts: use `denyut crawl`.")
            return
        shard, policy = self.shard, self.shard.policy
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
        self._seats = asyncio.Semaphore(count_seats(policy.accesses, self.channel, policy.concurrency))
        async for take in shard.visits(self.channel):
            await self._seats.acquire()
            installed_resolver().learn(take.target.account.address, take.names)
            journey = drive(take.target, self.visit(take.target, policy.accesses), terms)
            self._open.add(journey)
            yield self._advance(journey, take.target, None)

    def arrive(self, response: Response, journey: Drive, target: Target) -> Iterator[Step]:
        """Callback of every request."""
        assert response.request is not None
        yield self._advance(journey, target, read_answer(response.request, response))

    def fail(self, failure: TwistedFailure) -> Iterator[Step]:
        """Errback of every request; what this machine lacks is no site's fault, and ends the crawl."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no reason given")
        if self.shard is not None and find_shortage(error) is not None:
            self.shard.fail(error)
            return
        answer = explain_answer(request, error)
        yield self._advance(request.cb_kwargs["journey"], request.cb_kwargs["target"], answer)

    def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's own name
        """Called by Scrapy at the end; visits that a shutdown cut off are closed and left unharvested."""
        for journey in self._open:
            journey.close()
        self._open.clear()

    def _advance(self, journey: Drive, target: Target, answer: Answer | None) -> Step:
        assert self.shard is not None
        while True:
            try:
                with self.shard.visiting(target.account.id):
                    ask = journey.send(answer) if answer is not None else next(journey)
            except StopIteration as stop:
                self._open.discard(journey)
                self._seats.release()
                return Harvested(target, stop.value)
            try:
                # Raises for an address that Scrapy cannot read.
                return scrapy.Request(
                    ask.url,
                    callback=self.arrive,
                    errback=self.fail,
                    headers=dict(ask.headers),
                    cb_kwargs={"journey": journey, "target": target},
                    dont_filter=True,
                    meta=compose_meta(ask, target.zone.key),
                )
            except ValueError as error:
                answer = Answer(ask.url, failure=Failure.OTHER, detail=f"not an address: {error}")
