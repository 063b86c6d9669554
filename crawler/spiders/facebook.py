"""The Facebook channel's Scrapy edge; what it asks for is decided in `crawler.visits.meta.facebook`."""

from typing import ClassVar

from activity.agency import Channel
from crawler.edge.spider import VisitSpider

__all__ = ["FacebookSpider"]


class FacebookSpider(VisitSpider):
    """Visits every facebook account of a job."""

    name = "facebook"
    channel: ClassVar[Channel] = Channel.FACEBOOK
