"""Reading a site's feed as the site's: its own habits with addresses are the account's, not the feed's."""

from collections.abc import Callable

from activity.post import PostDate
from activity.visit import Page
from crawler.extract.feed.host import has_words, rehost_feed
from crawler.extract.feed.item import FeedItem
from crawler.extract.feed.syndication import WIDEST_ZONE, Feed, extract_feed
from crawler.visits.site.post.identity import plain_title
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import mark_of

__all__ = ["read_feed"]


def read_feed(survey: Survey, page: Page) -> Feed:
    """Read a feed of the account's site; raises UnparsableError for what is none."""
    target = survey.target
    feed = extract_feed(page, now=target.window.now, zone=target.zone, site=survey.site)
    survey.finds.to_come |= feed.future > 0
    feed = rehost_feed(feed, survey.site, _tell_shown(survey))
    for item in feed.items:
        told = item.published[:1]
        if told and told[0].at > target.window.now + WIDEST_ZONE:
            date = PostDate(told[0].at, told[0].precision, told)
            survey.walks.ahead.setdefault(item.url, Candidate(item.url, item.title, date))
    return feed


def _tell_shown(survey: Survey) -> Callable[[FeedItem], bool]:
    """Tell an item's post by its address among home's links, or by address and title among what is stored.

    Without the latter the post of a night under another host's name would be stored beside its own (the
    awkward sites 3000446, 3000154). What changes nothing in an address, and may be another each night, is
    none of what a post is known by: else all posts moved to the other host, and back on a thorough night, and
    the next night's own ones passed for posts of another list (3111095).
    """
    links = frozenset(survey.home.links or ())

    def is_shown(item: FeedItem) -> bool:
        key = survey.key(item.url)
        known = survey.finds.stored.get(key)
        if known is not None and plain_title(known.title) == plain_title(item.title):
            return True
        return has_words(item.url) and mark_of(key) in links

    return is_shown
