"""The inside of a shard: Scrapy's spiders, fed from a pipe, until the supervisor says that all is done.

A shard opens no database and reads no environment. It works once a process, for Twisted's reactor does not
start twice.
"""

import logging
import socket
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from activity.channel import CHANNELS, CRAWLED, Channel
from crawler import settings as defaults
from crawler.edge.spider import VisitSpider
from crawler.files import find_idle_seconds, raise_file_limit
from crawler.job import Policy
from crawler.log import write_log
from crawler.shards.courier import Courier
from crawler.shards.message import Begin, Frames, Message
from crawler.shards.pulse import ShardPulse
from crawler.shards.shard import Shard

__all__ = ["find_spider", "load_parts", "run_shard"]

_SINGLE = (
    "ASYNCIO_EVENT_LOOP",
    "DOWNLOADER",
    "ITEM_PROCESSOR",
    "LOG_FORMATTER",
    "REQUEST_FINGERPRINTER_CLASS",
    "SCHEDULER",
    "SPIDER_LOADER_CLASS",
    "STATS_CLASS",
    "TWISTED_DNS_RESOLVER",
)


def load_parts() -> None:
    """Load what is loaded by its name when a crawl begins, once for all shards."""
    for channel in CRAWLED:
        find_spider(channel)
        import_module(CHANNELS[channel].visit)
    for name in _name_parts():
        import_module(name.rpartition(".")[0])


def _name_parts() -> Iterator[str]:
    """What a crawl's settings name."""
    settings = Settings()
    settings.setmodule(defaults)
    yield from (value for name in _SINGLE if isinstance(value := settings[name], str))
    for kind in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES"):
        yield from settings.getwithbase(kind)
    yield from filter(None, settings.getwithbase("DOWNLOAD_HANDLERS").values())


def run_shard(pipe: socket.socket, pulse: ShardPulse) -> None:
    """Visit what comes through the pipe until its end."""
    files = raise_file_limit()
    begin = _read_begin(pipe)
    settings = _compose_settings(begin.policy)
    idle = find_idle_seconds(files, begin.policy.concurrency, defaults.DENYUT_IDLE_SECONDS)
    settings.set("DENYUT_IDLE_SECONDS", idle)
    with write_log(begin.policy.log_level):
        process = CrawlerProcess(settings)
        _quieten(begin.policy.log_level)
        shard = Shard(begin, pulse, pipe)
        shard.on_stop = process.stop
        crawlers = [_open(process, shard, channel) for channel in begin.channels]
        shard.on_carry = Courier(shard, crawlers[0]).start
        _when_running(shard)
        process.start(install_signal_handlers=False)


def _read_begin(pipe: socket.socket) -> Begin:
    """The first message; nothing else comes before the shard says that it is ready."""
    frames = Frames()
    first: list[Message] = []
    while not first:
        data = pipe.recv(65536)
        if not data:
            sys.exit(0)
        frames.feed(data, first.append)
    (begin,) = first
    assert isinstance(begin, Begin)
    return begin


def find_spider(channel: Channel) -> type[VisitSpider]:
    """Find the spider in the module of its channel's name."""
    module = import_module(f"crawler.spiders.{channel.value}")
    own = (each for each in vars(module).values() if isinstance(each, type) and issubclass(each, VisitSpider))
    return next(spider for spider in own if getattr(spider, "channel", None) is channel)


def _open(process: CrawlerProcess, shard: Shard, channel: Channel) -> Crawler:
    crawler = process.create_crawler(find_spider(channel))

    def fail(failure: Failure) -> None:
        shard.fail(failure.value or RuntimeError("no reason given"))

    # Scrapy keeps a weak reference only, so the crawler carries the function.
    crawler.fail = fail  # type: ignore[attr-defined]
    crawler.signals.connect(fail, signals.spider_error)
    crawler.signals.connect(fail, signals.item_error)
    process.crawl(crawler, shard=shard).addErrback(fail)
    return crawler


def _when_running(shard: Shard) -> None:
    # It is there only now that a spider was made: Scrapy has chosen it.
    from twisted.internet import reactor  # noqa: PLC0415

    def fail(failure: Failure) -> None:
        shard.fail(failure.value or RuntimeError("no reason given"))

    def attach() -> None:
        deferred_from_coro(shard.attach()).addErrback(fail)

    running: Any = reactor
    # Not before its loop turns, which it does not yet when Twisted calls it running.
    running.callLater(0, attach)
    running.addSystemEventTrigger("after", "shutdown", shard.close)


def _compose_settings(policy: Policy) -> Settings:
    settings = Settings()
    settings.setmodule(defaults)
    settings.update(
        {
            "USER_AGENT": policy.user_agent,
            "ROBOTSTXT_OBEY": policy.obey_robots,
            "DOWNLOAD_DELAY": policy.delay,
            "DOWNLOAD_TIMEOUT": policy.timeout,
            "CONCURRENT_REQUESTS": policy.concurrency,
            "LOG_LEVEL": policy.log_level,
            # Ours scrubs secrets, and Scrapy would put its own back for each spider.
            "LOG_INSTALL_ROOT_HANDLER": False,
            "DENYUT_ALLOWED": [str(network) for network in policy.guard.allowed],
            "DENYUT_BROWSER": policy.browser,
        }
    )
    return settings


def _quieten(level: str) -> None:
    """What Scrapy writes of each body that is too large, the account's harvest says as well."""
    logging.getLogger("scrapy").setLevel(level)
    for name in ("core.downloader.handlers.http11", "downloadermiddlewares.httpcompression"):
        logging.getLogger(f"scrapy.{name}").setLevel(logging.ERROR)
