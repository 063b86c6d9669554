"""Rendering in the crawl: scrapy-playwright's handler, each of whose pages is held by a `Tab`."""

import asyncio
from itertools import count
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from OpenSSL import SSL
from playwright.async_api import Browser
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    IgnoreRequest,
)
from scrapy.http import HtmlResponse, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod
from scrapy_playwright.provider import PlaywrightBrowserProvider
from twisted.internet import error as tx
from twisted.web.client import ResponseFailed

from activity.errors import GuardError
from crawler.browser.chromium import compose_context
from crawler.browser.tab import Tab, is_page
from crawler.drive.driver import Answer, Ask
from crawler.drive.failure import CertificateExpiredError, RenderingError, explain_exception, name_failure
from crawler.drive.guard import Guard
from crawler.drive.unpack import TooLargeError, unpack
from crawler.edge.exchange import read_headers
from crawler.edge.handler import CheckingHandler

__all__ = ["LateProvider", "RenderingHandler"]

# Pages rendered at the same time: each has processes of its own, and starting them keeps a core busy.
SEATS = 2

_EXCHANGE_ERRORS = (
    CannotResolveHostError,
    CertificateExpiredError,
    DownloadCancelledError,
    DownloadFailedError,
    GuardError,
    IgnoreRequest,
    OSError,
    ResponseFailed,
    SSL.Error,
    TooLargeError,
    ValueError,
    tx.ConnectError,
    tx.ConnectionClosed,
)


class LateProvider(PlaywrightBrowserProvider):  # type: ignore[misc]
    """Starts Playwright's own process with the first page, not with the crawl."""

    async def start(self) -> None:
        """Start nothing yet."""

    async def launch_browser(self) -> Browser:
        """Launch the browser for the first page, and again after it died."""
        if self.browser_type is None:
            await super().start()
        browser: Browser = await super().launch_browser()
        return browser


class RenderingHandler(CheckingHandler):
    """The crawl's handler, and for requests marked `rendered` the browser after it.

    Puts into the request's meta `rendering_bytes`, what the page and its parts took, `captured`, the data
    that it fetched for itself, and whether it was `starved` of parts.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._guard = Guard.of(crawler.settings.getlist("DENYUT_ALLOWED"))
        self._agent: str = crawler.settings["USER_AGENT"]
        self._stage = _Stage.of(crawler)

    async def download_request(self, request: Request) -> Response:
        """Make one exchange; raises RenderingError besides what the crawl's handler raises."""
        response = await super().download_request(request)
        if not request.meta.get("rendered"):
            return response
        limit = request.meta["download_maxsize"]
        try:
            first = _read(response, limit, request.meta["exchange_seconds"])
        except (TooLargeError, ValueError):
            # Scrapy unpacks it again, and says what is wrong.
            return response
        if not is_page(first):
            return response
        ask = Ask(request.url, {}, None, request.meta["download_timeout"], limit, rendered=True)
        tab = Tab(ask, first, self._carry, self._guard)
        answer = await self._stage.render(tab, self._agent, request.meta["zone"])
        request.meta["exchange_seconds"] = answer.seconds
        request.meta["rendering_bytes"] = answer.wasted
        request.meta["captured"] = answer.captured
        request.meta["starved"] = answer.starved
        if answer.failure is not None:
            raise RenderingError(answer.failure, answer.detail)
        status, headers = answer.status or 200, dict(answer.headers)
        return HtmlResponse(request.url, status, headers=headers, body=answer.body, encoding="utf-8")

    async def close(self) -> None:
        """Close both when Scrapy ends, for each scheme."""
        await super().close()
        await self._stage.close()

    async def _carry(self, ask: Ask) -> Answer:
        """One exchange for a part of a page; the resolver holds its address to the guard."""
        headers = {**ask.headers, "User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"}
        meta = {"download_timeout": ask.timeout, "download_maxsize": ask.max_bytes}
        try:
            request = Request(ask.url, headers=headers, meta=meta)
            response = await super().download_request(request)
            return _read(response, ask.max_bytes, request.meta["exchange_seconds"])
        except _EXCHANGE_ERRORS as error:
            return Answer(ask.url, failure=name_failure(error), detail=explain_exception(error))


class _Stage:
    """The browser of one crawl, shared by the handlers of both schemes."""

    _all: ClassVar["WeakKeyDictionary[Crawler, _Stage]"] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        self._seats = asyncio.Semaphore(SEATS)
        self._numbers = count()
        self._closed = False

    @classmethod
    def of(cls, crawler: Crawler) -> "_Stage":
        if crawler not in cls._all:
            cls._all[crawler] = cls(crawler)
        return cls._all[crawler]

    async def render(self, tab: Tab, user_agent: str, zone: str) -> Answer:
        async with self._seats:
            return await tab.render(lambda: self._show(tab, user_agent, zone))

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await self._handler.close()

    async def _show(self, tab: Tab, user_agent: str, zone: str) -> None:
        async def furnish(page: Any, _: Request) -> None:
            await tab.furnish(page)

        meta = {
            "playwright": True,
            # A profile of its own, so that no page leaves anything to the next.
            "playwright_context": f"page {next(self._numbers)}",
            "playwright_context_kwargs": compose_context(user_agent, zone),
            "playwright_include_page": True,
            "playwright_page_init_callback": furnish,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": [PageMethod(tab.settle)],
        }
        await self._handler.download_request(Request(tab.url, meta=meta))


def _read(response: Response, limit: int, seconds: float) -> Answer:
    """Raises TooLargeError, and ValueError for a body that is not packed as announced."""
    headers = read_headers(response)
    body = unpack(response.body, headers.get("content-encoding", ""), limit)
    return Answer(response.url, response.status, headers, body, seconds=seconds)
