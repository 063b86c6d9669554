"""One exchange with one server, its certificate checked and its time taken."""

from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from crawler.certificate import CertificatePolicy
from crawler.failure import CertificateExpiredError

__all__ = ["CheckingHandler"]


class CheckingHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with certificates checked.

    Puts `exchange_seconds` into the request's meta: the time from connecting to the last byte, without
    the wait for a free slot.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._policy = CertificatePolicy()
        self._contextFactory: Any = self._policy

    async def download_request(self, request: Request) -> Response:
        """Make one exchange; raises CertificateExpiredError besides what Scrapy's handler raises."""
        start = monotonic()
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            parts = urlsplit(request.url)
            if (parts.hostname or "", parts.port or 443) in self._policy.expired:
                raise CertificateExpiredError(f"the certificate of {parts.netloc} has expired") from error
            raise
        finally:
            request.meta["exchange_seconds"] = monotonic() - start
