"""What the three spiders share: an `Ask` becomes a request, what comes back an `Answer`."""

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from time import monotonic
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from activity.agency import Channel
from activity.errors import StoreError
from activity.outcome import Failure
from activity.visit import Target, Visit
from crawler.driver import Answer, Ask, Drive, Terms, drive
from crawler.failure import TokenStoppedError, explain_exception, name_failure
from crawler.job import Harvested, Job
from crawler.tally import Tally

__all__ = ["VisitSpider", "read_headers"]

Step = scrapy.Request | Harvested


class VisitSpider(scrapy.Spider):
    """Drives pure visits; each rides in `cb_kwargs` from one request to the next.

    Accounts are read from the job one by one, as seats become free, so that 100,000 of them need no
    memory; a spider keeps at most `job.concurrency` visits open.
    """

    channel: ClassVar[Channel]

    def __init__(self, name: str | None = None, tally: Tally | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.tally = tally
        self._open: set[Drive] = set()

    def visit(self, target: Target, job: Job) -> Visit:
        """The pure visit of this channel."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Any]:
        """Called by Scrapy once; yields the first request of each account."""
        if self.tally is None:
            self.logger.error("This spider needs a database and accounts: use `denyut crawl`.")
            return
        job = self.tally.job
        keyring = self.tally.keyring
        evidence = job.archive is not None
        terms = Terms(job.guard, job.clock, keyring, job.graph.base_url, monotonic, job.timeout, evidence)
        self._seats = asyncio.Semaphore(self._count_seats(job))
        targets = iter(job.targets[self.channel]())
        try:
            for target in targets:
                await self._seats.acquire()
                journey = drive(target, self.visit(target, job), terms)
                self._open.add(journey)
                yield self._advance(journey, target, None)
        except StoreError as error:
            self.tally.fail(error)
        finally:
            if isinstance(targets, Generator):
                targets.close()

    def _count_seats(self, job: Job) -> int:
        """How many visits may be open at once.

        Calls by one token go one after another, so more visits than two a token only wait; and when the
        token stops, each of them would be left half read.
        """
        doors = job.graph.find_doors(self.channel)
        return min(job.concurrency, 2 * len(doors)) if doors else job.concurrency

    def arrive(self, response: Response, journey: Drive, target: Target) -> Iterator[Step]:
        """Callback of every request."""
        yield self._advance(journey, target, _answer(response))

    def fail(self, failure: TwistedFailure) -> Iterator[Step]:
        """Errback of every request."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no reason given")
        answer = Answer(
            request.url,
            failure=name_failure(error),
            detail=explain_exception(error),
            requests=0 if isinstance(error, TokenStoppedError) else 1,
            wasted=_wasted(request),
            seconds=request.meta.get("exchange_seconds", 0.0),
        )
        yield self._advance(request.cb_kwargs["journey"], request.cb_kwargs["target"], answer)

    def closed(self, reason: str) -> None:
        """Called by Scrapy at the end; visits that a shutdown cut off are closed and left unharvested."""
        self.reason = reason
        for journey in self._open:
            journey.close()
        self._open.clear()

    def _advance(self, journey: Drive, target: Target, answer: Answer | None) -> Step:
        while True:
            try:
                ask = journey.send(answer) if answer is not None else next(journey)
            except StopIteration as stop:
                self._open.discard(journey)
                self._seats.release()
                return Harvested(target, stop.value)
            try:
                return self._request(ask, journey, target)
            except ValueError as error:
                answer = Answer(ask.url, failure=Failure.OTHER, detail=f"not an address: {error}")

    def _request(self, ask: Ask, journey: Drive, target: Target) -> scrapy.Request:
        """Raises ValueError for an address that Scrapy cannot read."""
        return scrapy.Request(
            ask.url,
            callback=self.arrive,
            errback=self.fail,
            headers=dict(ask.headers),
            cb_kwargs={"journey": journey, "target": target},
            dont_filter=True,
            meta={
                "dont_redirect": True,
                "download_timeout": ask.timeout,
                "download_maxsize": ask.max_bytes,
                "token": ask.token,
                "hidden": ask.hidden,
                "rendered": ask.rendered,
                "zone": target.zone.key,
                # Meta's rules for its API are its terms; its robots.txt speaks of crawling pages.
                "dont_obey_robotstxt": ask.token is not None,
            },
        )


def _answer(response: Response) -> Answer:
    request = response.request
    assert request is not None
    robots = "robots_bytes" in request.meta
    detail = f"{response.url} answered {response.status}" if response.status >= 500 else ""
    return Answer(
        response.url,
        response.status,
        headers=read_headers(response),
        body=response.body,
        detail=detail,
        requests=2 if robots else 1,
        wasted=_wasted(request),
        seconds=request.meta.get("exchange_seconds", 0.0),
        captured=request.meta.get("captured", ()),
        first_byte=request.meta.get("first_byte_seconds"),
    )


def _wasted(request: scrapy.Request) -> int:
    taken: int = request.meta.get("robots_bytes", 0) + request.meta.get("rendering_bytes", 0)
    return taken


def read_headers(response: Response) -> dict[str, str]:
    """Names in lower case, several of one name joined by commas."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", errors="replace")
        for name, values in response.headers.items()
    }
