"""The Website channel's Scrapy edge; what it asks for is decided in `crawler.visits.site.website`."""

from typing import ClassVar

from scrapy.settings import BaseSettings

from activity.agency import Channel
from crawler.edge.spider import VisitSpider

__all__ = ["WebsiteSpider"]


class WebsiteSpider(VisitSpider):
    """Visits every website account of a job."""

    name = "website"
    channel: ClassVar[Channel] = Channel.WEBSITE

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Have rendered requests go to a browser, where there is one."""
        super().update_settings(settings)
        if program := settings.get("DENYUT_BROWSER"):
            # Scrapy's side of the browser is an extra package's.
            from crawler.browser.chromium import compose_settings  # noqa: PLC0415

            settings.setdict(compose_settings(program), priority="spider")
