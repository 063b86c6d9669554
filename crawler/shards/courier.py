"""Exchanges that lead to another shard's server: handed over by the one, made by the other."""

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure as TwistedFailure

from activity.outcome import Failure
from crawler.drive.cause import find_shortage
from crawler.drive.driver import Answer, Ask
from crawler.drive.failure import CarriedError
from crawler.edge.exchange import compose_meta, explain_answer, read_answer
from crawler.shards.message import Carry
from crawler.shards.shard import Shard

__all__ = ["Courier", "hand_over"]

# Of the body on its way; it was unpacked where it arrived.
_WIRE_ONLY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


async def hand_over(shard: Shard, owner: int, request: Request) -> Response:
    """Have a server's own shard make a request, and give what came back as a response.

    The whole answer is left in the request's meta. Raises CarriedError where there is no response.
    """
    meta = request.meta
    ask = Ask(
        request.url,
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in _headers(request)},
        token=meta.get("token"),
        timeout=meta["download_timeout"],
        max_bytes=meta["download_maxsize"],
        hidden=meta.get("hidden", {}),
        rendered=meta.get("rendered", False),
    )
    robots = not meta.get("dont_obey_robotstxt", False)
    hops = not meta.get("dont_redirect", False)
    answer = await shard.hand_over(Carry(0, owner, ask, meta.get("zone", "UTC"), robots, hops))
    meta["carried"] = answer
    if answer.failure is not None or answer.status is None:
        raise CarriedError(answer.failure, answer.detail)
    headers = {name: value for name, value in answer.headers.items() if name not in _WIRE_ONLY}
    return Response(answer.url, status=answer.status, headers=headers, body=answer.body)


def _headers(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name, b", ".join(values)) for name, values in request.headers.items()]


class Courier:
    """Makes the exchanges that other shards want, in the queues of this one's own."""

    def __init__(self, shard: Shard, crawler: Crawler) -> None:
        self._shard = shard
        self._crawler = crawler

    def start(self, carry: Carry) -> None:
        """Make one, whenever its turn comes; what this machine lacks ends the crawl."""
        ask = carry.ask
        meta = compose_meta(ask, carry.zone)
        meta |= {"dont_redirect": not carry.hops, "dont_obey_robotstxt": not carry.robots}
        try:
            # It is made here, whatever this name resolves to by now.
            meta["brought"] = urlsplit(ask.url).hostname
            request = Request(ask.url, headers=dict(ask.headers), callback=NO_CALLBACK, meta=meta)
        except ValueError as error:
            detail = f"not an address: {error}"
            self._shard.answer(carry, Answer(ask.url, failure=Failure.OTHER, detail=detail))
            return
        engine = self._crawler.engine
        assert engine is not None
        exchange: Deferred[Any] = deferred_from_coro(engine.download_async(request))
        exchange.addCallbacks(
            lambda response: read_answer(request, response),
            lambda failure: self._explain(request, failure.value),
        )
        exchange.addCallback(lambda answer: self._shard.answer(carry, answer))
        exchange.addErrback(self._give_up)

    def _give_up(self, failure: TwistedFailure) -> None:
        self._shard.fail(failure.value or RuntimeError("no reason given"))

    def _explain(self, request: Request, error: BaseException) -> Answer:
        if find_shortage(error) is not None:
            raise error
        return explain_answer(request, error)
