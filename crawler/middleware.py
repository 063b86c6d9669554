"""What every request of the crawl passes, redirects and robots.txt included."""

from collections import OrderedDict
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawler.failure import RobotsRefusal
from crawler.guard import Guard
from crawler.resolver import GuardedResolver
from crawler.robots import RobotsRules, parse_robots, robots_url

__all__ = ["GuardMiddleware", "RobotsMiddleware", "name_slot"]

# A visit is over within minutes; rules of all 100,000 sites of a night would fill the memory.
_MOST_RULES = 5_000


def name_slot(address: str, netloc: str, token: str | None) -> str:
    """The queue in which a request waits its turn.

    One for each server's address, so that fifty kelurahan on one machine are asked one after another;
    for each host and port on allowed private networks, where each port is a server of its own; and for
    each token at the Graph API, whose limits are counted by token.
    """
    if token:
        return f"token {token}"
    return address if Guard().permits(address) else netloc


class GuardMiddleware:
    """Refuses addresses that a crawl may not touch, and gives each server one queue."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Called by Scrapy."""
        return cls(Guard.of(crawler.settings.getlist("DENYUT_ALLOWED")))

    async def process_request(self, request: Request) -> None:
        """Raise GuardError or CannotResolveHostError before anything is sent."""
        self._guard.check_url(request.url)
        parts = urlsplit(request.url)
        addresses = await maybe_deferred_to_future(_resolver().lookup(parts.hostname or ""))
        request.meta["download_slot"] = name_slot(addresses[0], parts.netloc, request.meta.get("token"))


class RobotsMiddleware:
    """Obeys robots.txt as our agent.

    Unlike Scrapy's own it reads rules from a success only, and lets a page share the fate of its
    robots.txt where that is a failure of the network or a server error (RFC 9309, 2.3.1.4: then nothing
    may be asked). A dead site so costs one timeout and not two.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._rules: OrderedDict[str, RobotsRules] = OrderedDict()
        self._underway: dict[str, list[Deferred[None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Raise RobotsRefusal, or answer with the server error that robots.txt got."""
        if request.meta.get("dont_obey_robotstxt"):
            return None
        parts = urlsplit(request.url)
        url = robots_url(parts.scheme, parts.netloc)
        while url in self._underway:
            await maybe_deferred_to_future(self._wait(url))
        rules = self._rules.get(url) or await self._read(url, request)
        if isinstance(rules, Response):
            return rules
        if not rules.allows(request.url):
            raise RobotsRefusal(f"forbidden by {url}")
        return None

    def _wait(self, url: str) -> "Deferred[None]":
        turn: Deferred[None] = Deferred()
        self._underway[url].append(turn)
        return turn

    async def _read(self, url: str, request: Request) -> RobotsRules | Response:
        """Fetch and keep the rules; the answer itself when it was a server error."""
        self._underway[url] = []
        asking = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=_robots_meta(request))
        try:
            response = await self._crawler.engine.download_async(asking)
        except (IgnoreRequest, DownloadCancelledError):
            # Redirected in a circle, or larger than any rules are: RFC 9309 calls that "unavailable".
            response = Response(url, status=404)
        finally:
            for turn in self._underway.pop(url):
                turn.callback(None)
        if response.status >= 500:
            return response.replace(request=request)
        request.meta["robots_bytes"] = len(response.body)
        self._rules[url] = rules = parse_robots(response.status, response.body)
        if len(self._rules) > _MOST_RULES:
            self._rules.popitem(last=False)
        return rules


def _robots_meta(request: Request) -> dict[str, Any]:
    meta = {"dont_obey_robotstxt": True, "download_maxsize": 512 * 1024}
    if "download_timeout" in request.meta:
        meta["download_timeout"] = request.meta["download_timeout"]
    return meta


def _resolver() -> GuardedResolver:
    # Importing the reactor any earlier would install it before Scrapy chooses one.
    from twisted.internet import reactor  # noqa: PLC0415

    resolver = reactor.nameResolver
    if not isinstance(resolver, GuardedResolver):
        raise TypeError("the crawl's own resolver is not installed; start it by crawler.run.crawl")
    return resolver
