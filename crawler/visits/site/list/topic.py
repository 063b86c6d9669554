"""Feeds of single topics, read where neither the site's feed nor its lists tell the day of a post."""

from collections.abc import Generator

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.discover.endpoint import EndpointKind
from crawler.discover.topic import derive_feed
from crawler.visits.site.list.feed import read_feed
from crawler.visits.site.survey.parts import Survey

__all__ = ["read_topic_feeds"]

MAX_TOPICS = 8
# Fewer articles than this cost no more than the feeds that might spare them.
FEWEST_WAITING = 5


def read_topic_feeds(survey: Survey) -> Generator[Fetch, Page, None]:
    """Date what waits by the feeds of the site's topics, until one of them helps no more."""
    for url in _plan(survey):
        waiting = len(survey.finds.waiting)
        if waiting < FEWEST_WAITING:
            return
        page = yield from survey.ask(url, Purpose.FEED)
        if not page.ok:
            return
        try:
            feed = read_feed(survey, page)
        except UnparsableError as error:
            survey.note("feed", error.message)
            return
        if feed.comments:
            continue
        for post in feed.posts:
            if post.date is not None:
                survey.finds.admit(post)
        survey.note("feed", f"{url} dates {waiting - len(survey.finds.waiting)} posts that waited.")
        if len(survey.finds.waiting) == waiting:
            return


def _plan(survey: Survey) -> tuple[str, ...]:
    """Feeds that pages name come before those whose address is only made after the site's own."""
    named = [url for url in survey.walks.topic_feeds if url not in survey.trail.asked]
    endpoint = survey.endpoint
    derived = []
    if endpoint is not None and endpoint.kind is EndpointKind.FEED:
        derived = [feed for topic in survey.walks.topics if (feed := derive_feed(endpoint.url, topic))]
    found = (*named, *(url for url in derived if url not in survey.trail.asked))
    return tuple(dict.fromkeys(found))[:MAX_TOPICS]
