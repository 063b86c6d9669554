"""Reading a site's feed as the site's: its own habits with addresses are the account's, not the feed's."""

from activity.post import PostDate
from activity.visit import Page
from crawler.extract.feed.host import rehost_feed
from crawler.extract.feed.syndication import WIDEST_ZONE, Feed, extract_feed
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import mark_of

__all__ = ["read_feed"]


def read_feed(survey: Survey, page: Page) -> Feed:
    """Read a feed of the account's site; raises UnparsableError for what is none."""
    target = survey.target
    feed = extract_feed(page, now=target.window.now, zone=target.zone, site=survey.site)
    survey.finds.to_come |= feed.future > 0
    links = frozenset(survey.home.links or ())
    feed = rehost_feed(feed, survey.site, lambda key: mark_of(key) in links)
    for item in feed.items:
        told = item.published[:1]
        if told and told[0].at > target.window.now + WIDEST_ZONE:
            date = PostDate(told[0].at, told[0].precision, told)
            survey.walks.ahead.setdefault(item.url, Candidate(item.url, item.title, date))
    return feed
