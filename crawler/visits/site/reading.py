"""Reading one endpoint of a website, page after page, until nothing new or nothing wanted comes."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from activity.errors import UnparsableError
from activity.post import Post
from activity.visit import Fetch, Page, Purpose
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.blogger import extract_blogger
from crawler.extract.feed import Feed, extract_feed
from crawler.extract.state import extract_listed
from crawler.extract.wordpress import extract_wordpress
from crawler.visits.site.survey import Survey

__all__ = ["Extent", "Reading", "goes_on", "lower_reach", "read_endpoint"]

MAX_PAGES = 150
# Lengths at which programs cut their feeds; a feed of another length is probably whole.
_CUT_LENGTHS = {5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 26, 30, 40, 50, 100, 150, 200, 250, 500}
# WordPress's addresses, where a plugin hides whose they are.
_WORDPRESS_FEED = re.compile(r"/feed/$|[?&]feed=(rss2?|atom|rdf)\b")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a list was read.

    Attributes:
        posts: items met on it, old ones too.
        fresh: of these, how many the database does not know yet.
        complete: whether everything in the window was read, back to its start or the list's end.
        linked: whether the list was read down to posts already known.
        archives: pages of one month each that the list's first page links.
    """

    posts: int = 0
    fresh: int = 0
    complete: bool = False
    linked: bool = False
    archives: tuple[str, ...] = ()


Reading = Generator[Fetch, Page, Extent]


def read_endpoint(survey: Survey, endpoint: Endpoint, page: Page) -> Reading:
    """Read a feed or an API whose first page is at hand; raises UnparsableError if it is neither."""
    if endpoint.kind is EndpointKind.WORDPRESS:
        return (yield from _read_wordpress(survey, endpoint, page))
    if endpoint.kind is EndpointKind.BLOGGER:
        return (yield from _read_blogger(survey, endpoint, page))
    if endpoint.kind is EndpointKind.STATE:
        return (yield from _read_state(survey, page))
    return (yield from _read_feed(survey, endpoint, page))


def goes_on(survey: Survey, posts: Sequence[Post]) -> bool:
    """Whether the page after one with these posts can hold anything wanted, in a newest-first list."""
    if _reaches_back(survey, posts):
        return False
    last = posts[-1].key
    return survey.deep or (last not in survey.target.known and last not in survey.settled)


def _reaches_back(survey: Survey, posts: Sequence[Post]) -> bool:
    """Whether the last dated post is older than the window; standing pages at a feed's end have no date."""
    dated = [post for post in posts if post.date is not None]
    return bool(dated) and survey.is_old(dated[-1].date)


def lower_reach(survey: Survey, posts: Sequence[Post]) -> None:
    """Note the oldest moment a newest-first list has been read down to."""
    dates = [post.date.at for post in posts if post.date is not None]
    # Pinned posts at the head are older than what follows them.
    if dates and (survey.reached is None or dates[-1] < survey.reached):
        survey.reached = dates[-1]


def _read_wordpress(survey: Survey, endpoint: Endpoint, page: Page) -> Reading:
    extent = Extent()
    for number in range(1, MAX_PAGES):
        survey.frontier = None
        listed = extract_wordpress(
            page, now=survey.target.window.now, zone=survey.target.zone, site=survey.site
        )
        extent = _add(survey, extent, listed.posts)
        at_end = not listed.posts or (number >= listed.pages if listed.pages else len(listed.posts) < 10)
        if at_end or not goes_on(survey, listed.posts):
            return _ended(survey, extent, at_end, listed.posts)
        survey.frontier = with_query(endpoint.url, page=str(number + 1))
        page = yield from survey.ask(survey.frontier, Purpose.API)
        if page.status == 400 and listed.pages is None:
            return replace(extent, complete=True)
        if not page.ok:
            return extent
    return extent


def _read_blogger(survey: Survey, endpoint: Endpoint, page: Page) -> Reading:
    extent = Extent()
    start = 1
    for _ in range(MAX_PAGES):
        survey.frontier = None
        listed = extract_blogger(
            page, now=survey.target.window.now, zone=survey.target.zone, site=survey.site
        )
        extent = _add(survey, extent, listed.posts)
        # Blogger gives fewer than asked for; only what came tells where to go on.
        start += listed.entries
        at_end = not listed.entries or (listed.total is not None and start > listed.total)
        if at_end or (listed.posts and not goes_on(survey, listed.posts)):
            return _ended(survey, extent, at_end, listed.posts)
        survey.frontier = with_query(endpoint.url, **{"start-index": str(start)})
        page = yield from survey.ask(survey.frontier, Purpose.API)
        if not page.ok:
            return extent
    return extent


def _read_state(survey: Survey, page: Page) -> Reading:
    """JSON of a page or an API; complete only where it says itself how it goes on, and ends."""
    now, zone = survey.target.window.now, survey.target.zone
    extent = Extent()
    templates = survey.facts.get("templates") or {}
    for number in range(1, MAX_PAGES):
        survey.frontier = None
        try:
            listed = extract_listed(page, now=now, zone=zone, site=survey.site, templates=templates)
        except UnparsableError:
            if number == 1:
                raise
            return replace(extent, complete=True)
        posts, following = listed.posts, listed.next_url
        fresh = extent.fresh
        extent = _add(survey, extent, posts)
        if following is None or following in survey.asked or not goes_on(survey, posts):
            at_end = listed.partial is False or (number > 1 and following is None)
            return _ended(survey, extent, at_end, posts)
        if number > 1 and extent.fresh == fresh:
            return extent
        survey.frontier = following
        page = yield from survey.ask(following, Purpose.API)
        if not page.ok:
            return extent
    return extent


def _read_feed(survey: Survey, endpoint: Endpoint, page: Page) -> Reading:
    extent = Extent()
    met: set[str] = set()
    for number in range(1, MAX_PAGES):
        survey.frontier = None
        feed = _extract(survey, page)
        if feed.comments:
            raise UnparsableError(f"{page.url} holds comments, not posts.")
        before = extent
        extent = _add(survey, extent, feed.posts)
        if number > 1 and feed.posts and {post.key for post in feed.posts} <= met:
            # A counter that the program does not know gives the first page again.
            return extent
        met |= {post.key for post in feed.posts}
        if not feed.posts or (number > 1 and extent.fresh == before.fresh):
            return replace(extent, complete=number > 1)
        if not goes_on(survey, feed.posts):
            return _ended(survey, extent, at_end=False, posts=feed.posts)
        following = _next_page(endpoint, feed, number)
        if following is None or following in survey.asked:
            return replace(extent, complete=number > 1 or len(feed.posts) not in _CUT_LENGTHS)
        survey.frontier = following
        page = yield from survey.ask(following, Purpose.FEED)
        if page.status in {404, 410}:
            return replace(extent, complete=True)
        if not page.ok:
            return extent
    return extent


def _extract(survey: Survey, page: Page) -> Feed:
    window = survey.target.window
    return extract_feed(page, now=window.now, zone=survey.target.zone, site=survey.site)


def _next_page(endpoint: Endpoint, feed: Feed, number: int) -> str | None:
    if feed.next_url is not None:
        return feed.next_url
    if "wordpress" in feed.generator or (not feed.generator and _WORDPRESS_FEED.search(endpoint.url)):
        return with_query(endpoint.url, paged=str(number + 1))
    return None


def _add(survey: Survey, extent: Extent, posts: Sequence[Post]) -> Extent:
    fresh = survey.admit_listed(posts)
    lower_reach(survey, posts)
    known = any(post.key in survey.target.known for post in posts)
    return replace(
        extent,
        posts=extent.posts + len(posts),
        fresh=extent.fresh + fresh,
        linked=extent.linked or known,
    )


def _ended(survey: Survey, extent: Extent, at_end: bool, posts: Sequence[Post]) -> Extent:
    return replace(extent, complete=at_end or _reaches_back(survey, posts))


def with_query(url: str, **changes: str) -> str:
    """The address with these query parameters set, the others left in place."""
    parts = urlsplit(url)
    query = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n not in changes]
    return urlunsplit(parts._replace(query=urlencode([*query, *changes.items()], safe=",/:")))
