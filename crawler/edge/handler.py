"""One exchange with one server, its certificate checked and its time taken."""

from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from crawler.drive.failure import CertificateExpiredError
from crawler.drive.keyring import hide
from crawler.edge.certificate import CertificatePolicy
from crawler.edge.exchange import read_headers
from crawler.edge.spider import VisitSpider

__all__ = ["CheckingHandler"]


class CheckingHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with certificates checked.

    Puts `exchange_seconds` into the request's meta: the time from connecting to the last byte, without
    the wait for a free slot; and `first_byte_seconds`, the time until its first byte.

    A call under a token waits here for the token's turn, and what its answer says of the token is noted
    here: Scrapy sends the next request of a queue before anybody has read the answer to the last one.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._policy = CertificatePolicy()
        self._contextFactory: Any = self._policy
        self._pool.cachedConnectionTimeout = crawler.settings.getint("DENYUT_IDLE_SECONDS")

    async def download_request(self, request: Request) -> Response:
        """Make one exchange.

        Raises CertificateExpiredError and TokenStoppedError besides what Scrapy's handler raises.
        """
        token, spider = request.meta.get("token"), self._crawler.spider
        server = request.meta.get("download_slot")
        if not isinstance(spider, VisitSpider) or spider.shard is None or server is None:
            return await self._exchange(request)
        if token is None:
            async with spider.shard.turn(server):
                return await self._exchange(request)
        keyring = spider.shard.keyring
        async with keyring.turn(token):
            response = await self._exchange(request)
            keyring.note(token, response.status, read_headers(response), response.body, request.url)
            return response

    async def _exchange(self, request: Request) -> Response:
        # What is hidden stands in the address of neither the request nor the response that Scrapy logs.
        hidden = request.meta.get("hidden")
        wired = request.replace(url=hide(request.url, hidden)) if hidden else request
        start = monotonic()
        try:
            response = await super().download_request(wired)
            return response.replace(url=request.url) if hidden else response
        except DownloadFailedError as error:
            parts = urlsplit(request.url)
            if (parts.hostname or "", parts.port or 443) in self._policy.expired:
                raise CertificateExpiredError(f"the certificate of {parts.netloc} has expired") from error
            raise
        finally:
            request.meta["exchange_seconds"] = monotonic() - start
            request.meta["first_byte_seconds"] = wired.meta.get("download_latency")
