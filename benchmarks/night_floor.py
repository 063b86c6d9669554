"""The floor of a night: the requests that a crawl made, replayed by bare Scrapy, each body parsed.

`python benchmarks/night_floor.py LOG CONCURRENCY DELAY PORT COUNT`; LOG is what `office_sites.py` wrote.
Requests of a site go one after another, as a visit's do; one that refuses is tried twice.
"""

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from lxml import etree
from office_sites import DEAD_PORT, address, is_dead
from scrapy.crawler import CrawlerProcess
from selectolax.lexbor import LexborHTMLParser

SETTINGS = {
    "LOG_LEVEL": "ERROR",
    "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "HTTPERROR_ALLOW_ALL": True,
    "DOWNLOAD_TIMEOUT": 25,
    "LOGSTATS_INTERVAL": 0,
} | dict.fromkeys(
    (
        "COOKIES_ENABLED",
        "RETRY_ENABLED",
        "REDIRECT_ENABLED",
        "TELNETCONSOLE_ENABLED",
        "REMOTE_CONTROL_ENABLED",
        "ROBOTSTXT_OBEY",
        "METAREFRESH_ENABLED",
        "HTTPPROXY_ENABLED",
        "STATS_DUMP",
        "MEMUSAGE_ENABLED",
        "WARN_ON_GENERATOR_RETURN_VALUE",
    ),
    False,
)
Chain = list[tuple[str, int]]


def read_chains(log: Path, port: int, count: int) -> list[Chain]:
    paths: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for line in log.read_text().splitlines():
        site, status, path = line.split(" ", 2)
        paths[int(site)].append((f"http://{address(int(site))}:{port}{path}", int(status)))
    refused = {i: [(f"http://{address(i)}:{DEAD_PORT}/", 0)] * 2 for i in range(count) if is_dead(i)}
    return list((paths | refused).values())


def parse(sort: str, body: bytes) -> int:
    if "html" in sort and body:
        return len(LexborHTMLParser(body).css("a[href]"))
    if "json" in sort and body:
        return len(json.loads(body))
    return len(etree.fromstring(body).findall(".//item")) if "xml" in sort and body else 0


class Floor(scrapy.Spider):
    name = "floor"

    async def start(self) -> AsyncIterator[Any]:
        self.seats = asyncio.Semaphore(CONCURRENCY)
        for chain in CHAINS:
            await self.seats.acquire()
            yield self.ask(chain, 0)

    def ask(self, chain: Chain, k: int) -> scrapy.Request:
        url, status = chain[k]
        headers = {"If-None-Match": '"x"'} if status == 304 else {}
        given = {"chain": chain, "k": k}
        return scrapy.Request(
            url, self.arrive, errback=self.fail, headers=headers, dont_filter=True, cb_kwargs=given
        )

    def arrive(self, response: Any, chain: Chain, k: int) -> Iterator[scrapy.Request]:
        parse((response.headers.get("content-type") or b"").decode(), response.body)
        yield from self.go_on(chain, k)

    def fail(self, failure: Any) -> Iterator[scrapy.Request]:
        yield from self.go_on(**failure.request.cb_kwargs)

    def go_on(self, chain: Chain, k: int) -> Iterator[scrapy.Request]:
        if k + 1 < len(chain):
            yield self.ask(chain, k + 1)
        else:
            self.seats.release()


if __name__ == "__main__":
    CONCURRENCY = int(sys.argv[2])
    CHAINS = read_chains(Path(sys.argv[1]), int(sys.argv[4]), int(sys.argv[5]))
    process = CrawlerProcess(
        SETTINGS | {"CONCURRENT_REQUESTS": CONCURRENCY, "DOWNLOAD_DELAY": float(sys.argv[3])}
    )
    process.crawl(Floor)
    process.start()
