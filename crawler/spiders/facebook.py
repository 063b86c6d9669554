"""The Facebook channel's Scrapy edge; what it asks for is decided in `crawler.visits.meta.facebook`."""

from typing import ClassVar

from activity.agency import Channel
from activity.visit import Target, Visit
from crawler.edge import VisitSpider
from crawler.visits.meta.facebook import visit
from crawler.visits.meta.graph import GraphAccess

__all__ = ["FacebookSpider"]


class FacebookSpider(VisitSpider):
    """Visits every facebook account of a job."""

    name = "facebook"
    channel: ClassVar[Channel] = Channel.FACEBOOK

    def visit(self, target: Target, graph: GraphAccess) -> Visit:
        """The pure visit of this channel."""
        return visit(target, graph)
