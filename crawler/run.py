"""Running the three spiders in one process, once a process."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from time import monotonic
from typing import Any

from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from twisted.python.failure import Failure

from activity.agency import Channel
from activity.plain import show_plain
from crawler import settings as defaults
from crawler.edge import VisitSpider
from crawler.job import CrawlSummary, Job
from crawler.secret import SecretFilter
from crawler.spiders.facebook import FacebookSpider
from crawler.spiders.instagram import InstagramSpider
from crawler.spiders.website import WebsiteSpider
from crawler.tally import Tally

__all__ = ["CrawlSummary", "Job", "crawl"]

_SPIDERS: dict[Channel, type[VisitSpider]] = {
    spider.channel: spider for spider in (WebsiteSpider, InstagramSpider, FacebookSpider)
}


def crawl(job: Job) -> CrawlSummary:
    """Visit every account of a job and store one harvest for each; works once a process.

    A second crawl needs a new process, for Twisted's reactor does not start twice.

    Raises:
        StoreError: the database could not be used; what was stored until then is whole.
        KeyboardInterrupt: stopped by SIGINT or SIGTERM, accounts under way finished or not harvested;
            the same run started again goes on with those that are missing.
    """
    start = monotonic()
    with _logging(job.log_level):
        process = CrawlerProcess(_settings(job))
        _quieten(job.log_level)
        tally = Tally(job, stop=process.stop)
        crawlers = [_start(process, tally, channel) for channel in job.targets]
        try:
            process.start(install_signal_handlers=current_thread() is main_thread())
        finally:
            tally.close()
    if tally.error is not None:
        raise tally.error
    if any(getattr(crawler.spider, "reason", "") == "shutdown" for crawler in crawlers):
        raise KeyboardInterrupt
    return tally.summary(monotonic() - start)


def _start(process: CrawlerProcess, tally: Tally, channel: Channel) -> Any:
    crawler = process.create_crawler(_SPIDERS[channel])

    def fail(failure: Failure) -> None:
        tally.fail(failure.value or RuntimeError("no reason given"))

    # Scrapy keeps a weak reference only, so the crawler carries the function.
    crawler.fail = fail  # type: ignore[attr-defined]
    crawler.signals.connect(fail, signals.spider_error)
    crawler.signals.connect(fail, signals.item_error)
    process.crawl(crawler, tally=tally).addErrback(fail)
    return crawler


def _settings(job: Job) -> Settings:
    settings = Settings()
    settings.setmodule(defaults)
    settings.update(
        {
            "USER_AGENT": job.user_agent,
            "ROBOTSTXT_OBEY": job.obey_robots,
            "DOWNLOAD_DELAY": job.delay,
            "DOWNLOAD_TIMEOUT": job.timeout,
            "CONCURRENT_REQUESTS": job.concurrency,
            "LOG_LEVEL": job.log_level,
            # Ours scrubs secrets, and Scrapy would put its own back for each spider.
            "LOG_INSTALL_ROOT_HANDLER": False,
            "DENYUT_ALLOWED": [str(network) for network in job.guard.allowed],
            "DENYUT_BROWSER": job.browser,
        }
    )
    return settings


def _quieten(level: str) -> None:
    """What Scrapy writes of each body that is too large, the account's harvest says as well."""
    logging.getLogger("scrapy").setLevel(level)
    for name in ("core.downloader.handlers.http11", "downloadermiddlewares.httpcompression"):
        logging.getLogger(f"scrapy.{name}").setLevel(logging.ERROR)


class _PlainFormatter(logging.Formatter):
    """Log lines in which nothing that a site sent moves a terminal's cursor."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(show_plain, super().format(record).split("\n")))


@contextmanager
def _logging(level: str) -> Iterator[None]:
    """Write log lines to standard error, scrubbed, for as long as a crawl lasts."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.addFilter(SecretFilter())
    handler.setFormatter(_PlainFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)
