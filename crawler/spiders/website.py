"""The Website channel's Scrapy edge; what it asks for is decided in `crawler.visits.website`."""

from typing import ClassVar

from activity.agency import Channel
from activity.visit import Target, Visit
from crawler.edge import VisitSpider
from crawler.job import Job
from crawler.visits.website import visit

__all__ = ["WebsiteSpider"]


class WebsiteSpider(VisitSpider):
    """Visits every website account of a job."""

    name = "website"
    channel: ClassVar[Channel] = Channel.WEBSITE

    def visit(self, target: Target, job: Job) -> Visit:  # noqa: ARG002 - the others need it
        """The pure visit of this channel."""
        return visit(target)
