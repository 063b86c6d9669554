"""The Instagram channel's Scrapy edge; what it asks for is decided in `crawler.visits.meta.instagram`."""

from typing import ClassVar

from activity.agency import Channel
from activity.visit import Target, Visit
from crawler.edge import VisitSpider
from crawler.visits.meta.graph import GraphAccess
from crawler.visits.meta.instagram import visit

__all__ = ["InstagramSpider"]


class InstagramSpider(VisitSpider):
    """Visits every instagram account of a job."""

    name = "instagram"
    channel: ClassVar[Channel] = Channel.INSTAGRAM

    def visit(self, target: Target, graph: GraphAccess) -> Visit:
        """The pure visit of this channel."""
        return visit(target, graph)
