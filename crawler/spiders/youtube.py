"""The YouTube channel's Scrapy edge; what it asks for is decided in `crawler.visits.youtube`."""

from typing import ClassVar

from activity.channel import Channel
from crawler.edge.spider import VisitSpider

__all__ = ["YouTubeSpider"]


class YouTubeSpider(VisitSpider):
    """Visits every youtube account of a job."""

    name = "youtube"
    channel: ClassVar[Channel] = Channel.YOUTUBE
