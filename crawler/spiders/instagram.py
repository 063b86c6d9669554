"""The Instagram channel's Scrapy edge; what it asks for is decided in `crawler.visits.meta.instagram`."""

from typing import ClassVar

from activity.agency import Channel
from crawler.edge.spider import VisitSpider

__all__ = ["InstagramSpider"]


class InstagramSpider(VisitSpider):
    """Visits every instagram account of a job."""

    name = "instagram"
    channel: ClassVar[Channel] = Channel.INSTAGRAM
