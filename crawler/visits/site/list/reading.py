"""Reading one feed or API of a website, page after page, until nothing new or nothing wanted comes."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from activity.errors import UnparsableError
from activity.post import Post
from activity.visit import Fetch, Page, Purpose
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.listing import discover_next
from crawler.extract.feed.blogger import extract_blogger
from crawler.extract.feed.habit import FeedFault, judge_feed
from crawler.extract.feed.syndication import Feed
from crawler.extract.feed.wordpress import extract_wordpress
from crawler.extract.page.document import parse_document
from crawler.extract.state.post import StateList, extract_listed
from crawler.extract.variant import find_idle_parameters
from crawler.reach import ListFacts
from crawler.visits.site.list.feed import read_feed
from crawler.visits.site.post.identity import learn_idle
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import VisitEndedError
from crawler.visits.site.survey.walks import Walk, mark_of
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["Reading", "read_endpoint"]

MAX_PAGES = 150
# WordPress's addresses, where a plugin hides whose they are.
_WORDPRESS_FEED = re.compile(r"/feed/$|[?&]feed=(rss2?|atom|rdf)\b")

# Nothing to go on with another night.
_NOT_THERE = frozenset({400, 404, 410})
# A feed may be ahead of the clock by one post that was dated wrongly; these speak of all its dates.
_GRAVE = frozenset({FeedFault.ALIKE, FeedFault.AT_BUILD, FeedFault.AT_ONCE})

Reading = Generator[Fetch, Page, Walk]


@dataclass(slots=True)
class _EndpointSteps:
    """One walk along one feed or API under way."""

    endpoint: Endpoint
    first: Page
    last: datetime | None
    head: tuple[str, ...] = ()
    keys: list[str] = field(default_factory=list)
    first_keys: list[str] = field(default_factory=list)
    pages: int = 0
    fresh: int = 0
    linked: bool = False
    familiar_below: bool = False
    ended: bool = False
    paged: bool = False
    repeated: bool = False
    total: int | None = None

    def conclude(self) -> Walk:
        """Give the walk as a value."""
        linked = sum(mark_of(key) in self.head for key in self.keys) if self.familiar_below else 0
        facts = ListFacts(
            keys=tuple(dict.fromkeys(self.keys)),
            pages=self.pages,
            ended=self.ended,
            paged=self.paged,
            repeated=self.repeated,
            total=self.total,
            linked=linked,
            linked_to=len(self.head),
        )
        return Walk(
            self.endpoint, self.first, facts, self.fresh, self.linked, last=self.last, before=self.head
        )


def read_endpoint(
    survey: Survey, endpoint: Endpoint, page: Page, last: datetime | None = None, head: Sequence[str] = ()
) -> Reading:
    """Read a feed or an API whose first page is at hand; raises UnparsableError if it is neither.

    Args:
        last: when an earlier night read it, without a gap until then.
        head: marks of the posts that stood first in it.
    """
    steps = _EndpointSteps(endpoint, page, last, tuple(head))
    try:
        yield from _read(survey, steps)
    except VisitEndedError:
        # What a budget cut short was met all the same.
        survey.walks.add(steps.conclude())
        raise
    return survey.walks.add(steps.conclude())


def _read(survey: Survey, steps: _EndpointSteps) -> Generator[Fetch, Page, None]:
    endpoint = steps.endpoint
    if endpoint.kind is EndpointKind.WORDPRESS:
        yield from _read_wordpress(survey, steps)
    elif endpoint.kind is EndpointKind.BLOGGER:
        yield from _read_blogger(survey, steps)
    elif endpoint.kind is EndpointKind.STATE:
        yield from _read_state(survey, steps)
    else:
        yield from _read_feed(survey, steps)


def _tell_losses(survey: Survey, page: Page, count: int) -> None:
    """Note how many items of a page cost themselves: a template's `http://[alamat-situs]/`, half a letter."""
    if count:
        survey.note("left out", f"{count} items of {page.url}: their address cannot be opened")


def _goes_on(survey: Survey, posts: Sequence[Post]) -> bool:
    """Tell whether the page after one with these posts can hold anything wanted, in a newest-first list."""
    dated = [post for post in posts if post.date is not None]
    # Standing pages at a feed's end have no date. One old post may be pinned anywhere, and proves no end.
    if dated and all(survey.finds.is_old(post.date) for post in dated[-2:]):
        return False
    wanted = [post for post in posts if not survey.finds.is_old(post.date)]
    return survey.deep or not wanted or survey.is_new(wanted[-1].key)


def _read_wordpress(survey: Survey, steps: _EndpointSteps) -> Generator[Fetch, Page, None]:
    page = steps.first
    steps.paged = True
    for number in range(1, MAX_PAGES):
        survey.walks.go_on_at(None)
        listed = extract_wordpress(
            page, now=survey.target.window.now, zone=survey.target.zone, site=survey.site
        )
        _tell_losses(survey, page, listed.dropped)
        _add(survey, steps, listed.posts)
        steps.total = listed.total if listed.total is not None else steps.total
        steps.ended = not listed.posts or (number >= listed.pages if listed.pages else len(listed.posts) < 10)
        if steps.ended or steps.repeated or not _goes_on(survey, listed.posts):
            return
        following = with_query(steps.endpoint.url, page=str(number + 1))
        survey.walks.go_on_at(following)
        page = yield from survey.ask(following, Purpose.API)
        if not page.ok:
            steps.ended = page.status == 400 and listed.pages is None
            survey.walks.go_on_at(None if page.status in _NOT_THERE else following)
            return


def _read_blogger(survey: Survey, steps: _EndpointSteps) -> Generator[Fetch, Page, None]:
    page, start = steps.first, 1
    steps.paged = True
    for _ in range(MAX_PAGES):
        survey.walks.go_on_at(None)
        listed = extract_blogger(
            page, now=survey.target.window.now, zone=survey.target.zone, site=survey.site
        )
        _add(survey, steps, listed.posts)
        # Blogger gives fewer than asked for; only what came tells where to go on.
        start += listed.entries
        steps.ended = not listed.entries or (listed.total is not None and start > listed.total)
        if steps.ended or steps.repeated or (listed.posts and not _goes_on(survey, listed.posts)):
            return
        following = with_query(steps.endpoint.url, **{"start-index": str(start)})
        survey.walks.go_on_at(following)
        page = yield from survey.ask(following, Purpose.API)
        if not page.ok:
            return


def _read_state(survey: Survey, steps: _EndpointSteps) -> Generator[Fetch, Page, None]:
    """JSON of a page or an API; its end is known only where it says itself how it goes on."""
    page, now, zone = steps.first, survey.target.window.now, survey.target.zone
    templates = survey.discovery.templates
    for number in range(1, MAX_PAGES):
        survey.walks.go_on_at(None)
        try:
            listed = extract_listed(page, now=now, zone=zone, site=survey.site, templates=templates)
        except UnparsableError:
            if number == 1:
                raise
            steps.ended = True
            return
        _tell_losses(survey, page, listed.unaddressed)
        fresh = _add(survey, steps, listed.posts)
        following = listed.next_url or _turn_page(page, listed)
        if listed.paging is not None and listed.paging.total is not None:
            steps.total = listed.paging.total
        steps.paged = steps.paged or following is not None or listed.partial is False
        steps.ended = following is None or following in survey.trail.asked
        if following is None or steps.ended or steps.repeated or not _goes_on(survey, listed.posts):
            return
        if number > 1 and not fresh:
            return
        survey.walks.go_on_at(following)
        page = yield from survey.ask(following, Purpose.API)
        if not page.ok:
            return


def _turn_page(page: Page, listed: StateList) -> str | None:
    """Where a page that carries its posts for a script goes on by the pager that its server drew."""
    drawn = listed.paging is None and page.body.lstrip()[:1] not in {b"{", b"["}
    return discover_next(parse_document(page)) if drawn and listed.posts else None


def _read_feed(survey: Survey, steps: _EndpointSteps) -> Generator[Fetch, Page, None]:
    page = steps.first
    for number in range(1, MAX_PAGES):
        survey.walks.go_on_at(None)
        feed = read_feed(survey, page)
        _tell_losses(survey, page, feed.dropped)
        if feed.comments:
            raise UnparsableError(f"{page.url} holds comments, not posts.")
        if number == 1:
            _doubt(survey, feed, page)
        _add(survey, steps, _name_posts(survey, feed.posts))
        following = _next_page(steps.endpoint, feed, number)
        if steps.repeated and feed.next_url is None:
            # The feed knows no pages; that ours was the first one again says nothing against it.
            steps.repeated = False
            return
        steps.paged = steps.paged or feed.next_url is not None or number > 1
        steps.ended = not feed.posts or (number > 1 and following is None) or steps.ended
        if following is None or following in survey.trail.asked or steps.ended or steps.repeated:
            return
        if not _goes_on(survey, feed.posts):
            return
        survey.walks.go_on_at(following)
        page = yield from survey.ask(following, Purpose.FEED)
        if not page.ok:
            steps.ended = page.status in {404, 410}
            survey.walks.go_on_at(None if page.status in _NOT_THERE else following)
            return


def _name_posts(survey: Survey, posts: Sequence[Post]) -> list[Post]:
    """Give posts the keys that the site's other lists give them."""
    stored = (known.url for known in survey.finds.stored.values())
    learn_idle(survey, find_idle_parameters((post.url for post in posts), stored))
    return [post if "#" in post.key else replace(post, key=survey.key(post.url)) for post in posts]


def _doubt(survey: Survey, feed: Feed, page: Page) -> None:
    """Note what a feed alone shows against its own dates."""
    habit = judge_feed(feed, fetched_at=page.fetched_at)
    if habit.faults & _GRAVE:
        doubted = [item for item in feed.items if item.key in habit.doubtful]
        survey.walks.doubt(name_witness(item.published[0]) for item in doubted if item.published)
        faults = ", ".join(sorted(habit.faults))
        survey.note("feed", f"{page.url}: {faults}; its dates wait for a page that confirms them.")


def _next_page(endpoint: Endpoint, feed: Feed, number: int) -> str | None:
    if feed.next_url is not None:
        return feed.next_url
    if "wordpress" in feed.generator or (not feed.generator and _WORDPRESS_FEED.search(endpoint.url)):
        return with_query(endpoint.url, paged=str(number + 1))
    return None


def _add(survey: Survey, steps: _EndpointSteps, posts: Sequence[Post]) -> int:
    """Take in what one page lists; returns how many of its posts the walk had not met."""
    keys = [post.key for post in posts]
    if steps.pages and keys and set(keys) <= set(steps.keys):
        # A counter that the program does not know gives the first page again.
        steps.repeated = keys == steps.first_keys
        steps.ended = not steps.repeated
    met = len(set(steps.keys))
    steps.first_keys = steps.first_keys or keys
    known = [not survey.is_new(key) for key in keys]
    steps.fresh += survey.finds.admit_listed(posts)
    steps.pages += 1
    steps.keys.extend(keys)
    steps.linked = steps.linked or any(known)
    steps.familiar_below = bool(known) and known[-1]
    return len(set(steps.keys)) - met


def with_query(url: str, **changes: str) -> str:
    """Give the address with these query parameters set, the others left in place."""
    parts = urlsplit(url)
    query = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n not in changes]
    return urlunsplit(parts._replace(query=urlencode([*query, *changes.items()], safe=",/:")))
