"""A shard's only exit: each harvest to the supervisor, who stores it."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.edge import VisitSpider
from crawler.job import Harvested

__all__ = ["DeliveryPipeline"]


class DeliveryPipeline:
    """Hands harvests to the one writer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Called by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Harvested) -> Harvested:
        """Called by Scrapy for each harvest of each spider."""
        spider = self._crawler.spider
        if isinstance(spider, VisitSpider) and spider.shard is not None:
            spider.shard.deliver(item)
        return item
