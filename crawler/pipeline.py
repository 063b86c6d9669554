"""The crawl's only exit: each harvest into the database, in one transaction."""

from typing import Self

from scrapy.crawler import Crawler

from activity.errors import StoreError
from crawler.edge import VisitSpider
from crawler.job import Harvested

__all__ = ["StorePipeline"]


class StorePipeline:
    """Hands harvests to the one writer; a database that cannot be used stops the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Harvested) -> Harvested:
        """Called by Scrapy for each harvest of each spider."""
        spider = self._crawler.spider
        if isinstance(spider, VisitSpider) and spider.tally is not None:
            try:
                await spider.tally.store(item)
            except StoreError as error:
                spider.tally.fail(error)
        return item
