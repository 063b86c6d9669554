"""The feed is written anew by each build and dates every item by it."""

from datetime import datetime

from tests.cases.websites.website import WIB, Answer, Post, Request, Website, feed_link, night, rfc822, rss


class FeedBuildDates(Website):
    """All pubDates are the last build's; lists and articles tell the right day."""

    name = "feed_build_dates"
    head = feed_link("/feed.xml")

    def built(self, now: datetime) -> datetime:
        """When the site was built last."""
        return now.replace(hour=3, minute=15, second=7)

    def feed(self, request: Request, posts: list[Post]) -> Answer:
        """Ten items of one date."""
        moment = rfc822(self.built(request.now))
        return rss(request.base, posts[:10], lambda _: moment, moment)


class FeedBuildDatesNights(FeedBuildDates):
    """The same, built every night: what the first crawl dated rightly must not be moved by the next."""

    name = "feed_build_dates_nights"
    newest, step = datetime(2026, 11, 16, 1, 0, tzinfo=WIB), 3
    nights = night(12, 16)

    def built(self, now: datetime) -> datetime:
        """A quarter past midnight."""
        return now.replace(hour=0, minute=15)
