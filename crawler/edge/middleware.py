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

from activity.outcome import Failure
from crawler.drive.failure import CarriedError, RobotsRefusal
from crawler.drive.guard import Guard
from crawler.drive.robots import RobotsRules, parse_robots, robots_url
from crawler.edge.resolver import installed_resolver
from crawler.edge.spider import VisitSpider
from crawler.shards.courier import hand_over
from crawler.shards.deal import name_server

__all__ = ["GuardMiddleware", "RobotsMiddleware"]

# A visit is over within minutes; rules of all 100,000 sites of a night would fill the memory.
_MOST_RULES = 5_000
_PORTS = {"http": 80, "https": 443}


class GuardMiddleware:
    """Refuses addresses that a crawl may not touch, and gives each server one queue.

    And each token at the Graph API, whose limits are counted by token.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._guard = Guard.of(crawler.settings.getlist("DENYUT_ALLOWED"))
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Raise GuardError or CannotResolveHostError before anything is sent.

        What leads to another shard's server is answered by that shard.
        """
        self._guard.check_url(request.url)
        parts = urlsplit(request.url)
        addresses = await maybe_deferred_to_future(installed_resolver().lookup(parts.hostname or ""))
        port = parts.port or _PORTS[parts.scheme]
        server, token = name_server(addresses[0], port), request.meta.get("token")
        spider = self._crawler.spider
        brought = request.meta.get("brought") == parts.hostname
        if isinstance(spider, VisitSpider) and spider.shard is not None and not brought:
            owner = spider.shard.find_owner(server, token)
            if owner is not None:
                return await hand_over(spider.shard, owner, request)
        request.meta["download_slot"] = f"token {token}" if token else server
        return None


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
        """Make it as Scrapy asks for it."""
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
        except CarriedError as error:
            if error.failure is not Failure.TOO_LARGE:
                raise
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
    taken = {name: request.meta[name] for name in ("brought", "download_timeout") if name in request.meta}
    return {"dont_obey_robotstxt": True, "download_maxsize": 512 * 1024} | taken
