"""A website's map: addresses of its posts without their days, and maps of further kinds of post."""

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.discover.cms.wordpress import feed_of_kind, is_wordpress, pick_kind_maps
from crawler.discover.endpoint import Endpoint, EndpointKind, discover_sitemaps
from crawler.discover.shape import is_never_post, shape_of, stated_before
from crawler.discover.topic import pick_topics
from crawler.extract.feed.sitemap import Sitemap, SitemapEntry, extract_sitemap
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site
from crawler.reach import ListFacts
from crawler.visits.site.list.feed import read_feed
from crawler.visits.site.list.reading import read_endpoint
from crawler.visits.site.post.article import compose_post, read_articles
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import is_whole
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["Mapped", "queue_kind", "read_kinds", "read_sitemap"]

MAX_SITEMAPS = 12
MAX_KINDS = 3
# Fewer are read by their own pages; for so many the feed of their kind is worth a request in vain.
FEWEST_OF_KIND = 8
# So many addresses of one shape in a sitemap are its posts rather than standing pages.
CROWD = 5
# So few dated posts in rising order tell that a map begins with the oldest.
FEWEST_RISING = 5
_MAIN_WORDS = ("post", "news", "berita", "artikel", "article", "blog")
_SIDE_WORDS = ("tag", "categor", "author", "user", "image", "page-")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_HENCE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a map names: addresses that wait now, and posts that were known before it was read.

    Attributes:
        found: how many posts were known before.
        keys: of every address that it names.
        older: whether some of these are plainly from before the window: it is no map of the newest only.
    """

    queued: int
    shared: int
    found: int
    keys: tuple[str, ...]
    older: bool = False


def read_sitemap(survey: Survey, page: Page) -> Generator[Fetch, Page, Mapped]:
    """Queue every address of a sitemap that can be a post of the window.

    Maps of further kinds of post are noted in `survey.walks.kind_maps` and left to `read_kinds`.
    Raises UnparsableError when the first page is no sitemap.
    """
    sitemap = _extract(survey, page)
    entries = list(sitemap.entries)
    kinds = _note_kinds(survey, sitemap)
    for child in _worthwhile(survey, [each for each in sitemap.children if each.url not in kinds]):
        if child.url in survey.trail.asked:
            continue
        following = yield from survey.ask(child.url, Purpose.SITEMAP)
        if following.ok:
            try:
                entries.extend(_extract(survey, following).entries)
            except UnparsableError as error:
                survey.note("sitemap", error.message)
    found = {*survey.finds.posts, *survey.finds.met, *_sure(survey)}
    keys = tuple(survey.key(entry.url) for entry in entries)
    for key in survey.finds.known.intersection(keys):
        survey.finds.meet(key)
    older = any(_is_older(survey, entry) for entry in entries)
    return Mapped(_queue(survey, entries), len(found.intersection(keys)), len(found), keys, older)


def read_kinds(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    """Read a WordPress's further kinds of post by their maps, where its API does not tell of them."""
    if survey.endpoint is not None and survey.endpoint.kind is EndpointKind.WORDPRESS:
        return
    if is_wordpress(document) and not survey.trail.asked & set(discover_sitemaps(document)):
        yield from _look_for_kinds(survey, document)
    maps = []
    for url in list(survey.walks.kind_maps)[:MAX_KINDS]:
        if url in survey.trail.asked or not survey.may_try():
            continue
        page = yield from survey.ask(url, Purpose.SITEMAP)
        if page.ok:
            maps.append(page)
    # Each kind by itself: where one reaches back over the window, another may not yet.
    for page in maps:
        yield from _read_kind(survey, page)


def _read_kind(survey: Survey, page: Page) -> Generator[Fetch, Page, None]:
    """Date what the map of one kind names: by the feed of that kind, else by the posts' own pages."""
    url = page.fetch.url
    try:
        keys = queue_kind(survey, page)
    except UnparsableError as error:
        survey.note("sitemap", error.message)
        return
    if not (yield from _read_feed_of(survey, url, keys)):
        _add_walk(survey, url, page, keys)
    yield from read_articles(survey)


def queue_kind(survey: Survey, page: Page) -> list[str]:
    """Queue what the map of one kind of post names, the newest first; returns the keys of it all.

    Raises UnparsableError when the page is no sitemap.
    """
    since = survey.target.window.since
    # WordPress numbers posts as they come, and maps them in that order.
    entries = list(_extract(survey, page).entries)[::-1]
    entries.sort(key=lambda entry: entry.modified or _LONG_AGO, reverse=True)
    queued = []
    for entry in entries:
        old = entry.modified is not None and entry.modified < since
        if same_site(entry.url, survey.site) and not is_never_post(entry.url) and not old:
            queued.append(survey.key(entry.url))
            survey.finds.wait(Candidate(entry.url, entry.title))
    survey.note("sitemap", f"{page.url} names {len(queued)} posts of a further kind.")
    return queued


def _read_feed_of(survey: Survey, url: str, keys: Sequence[str]) -> Generator[Fetch, Page, bool]:
    """Read the feed of one kind of post, which dates many at once; tells whether it reached back.

    What the map names and it, read back, does not hold is older.

    Args:
        url: the map of that kind.
        keys: of what it names.
    """
    main, waiting = survey.endpoint, [key for key in keys if key in survey.finds.waiting]
    feed = feed_of_kind(main.url, url) if main is not None and main.kind is EndpointKind.FEED else None
    # Where one kind's was asked in vain, another's is not to be had either.
    vain = any("post_type=" in asked and survey.walks.find(asked) is None for asked in survey.trail.asked)
    if feed is None or vain or len(waiting) < FEWEST_OF_KIND:
        return False
    page = yield from survey.ask(feed, Purpose.FEED)
    try:
        if not page.ok or not {post.key for post in read_feed(survey, page).posts} & set(waiting):
            return False
        endpoint = Endpoint(EndpointKind.FEED, feed, "the feed of a further kind of post")
        frontier = survey.walks.frontier
        walk = replace((yield from read_endpoint(survey, endpoint, page)), further=True)
    except UnparsableError as error:
        survey.note("feed", error.message)
        return False
    survey.walks.go_on_at(frontier)
    survey.walks.add(walk)
    survey.note("feed", f"{feed} lists {len(walk.keys)} posts of a further kind.")
    if not is_whole(survey, walk):
        return False
    survey.finds.settle_waiting([key for key in waiting if key in survey.finds.waiting])
    return True


def _sure(survey: Survey) -> set[str]:
    """Keys of the candidates that a list of posts named."""
    return {key for key, each in survey.finds.waiting.items() if each.sure}


def _add_walk(survey: Survey, url: str, page: Page, keys: Sequence[str]) -> None:
    endpoint = Endpoint(EndpointKind.SITEMAP, url, "a map of one kind of post")
    facts = ListFacts(tuple(keys), pages=1, ended=True, paged=True)
    survey.walks.add(Walk(endpoint, page, facts, further=True))


def _look_for_kinds(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    for url in discover_sitemaps(document):
        if not survey.may_try():
            return
        page = yield from survey.ask(url, Purpose.SITEMAP)
        if page.ok:
            try:
                _note_kinds(survey, _extract(survey, page))
            except UnparsableError as error:
                survey.note("sitemap", error.message)
            return


def _note_kinds(survey: Survey, sitemap: Sitemap) -> frozenset[str]:
    kinds = pick_kind_maps(child.url for child in sitemap.children)
    survey.walks.note_kind_maps(kinds)
    return frozenset(kinds)


def _extract(survey: Survey, page: Page) -> Sitemap:
    return extract_sitemap(page, now=survey.target.window.now, zone=survey.target.zone)


def _worthwhile(survey: Survey, children: Sequence[SitemapEntry]) -> list[SitemapEntry]:
    """Sitemaps of posts first; those of pages, terms and users only where nothing else is named."""
    recent = [c for c in children if c.modified is None or c.modified >= survey.target.window.since]
    posts = [c for c in recent if _has(c.url, _MAIN_WORDS)]
    others = [c for c in recent if not _has(c.url, _SIDE_WORDS)]
    return (posts or others or recent)[:MAX_SITEMAPS]


def _is_older(survey: Survey, entry: SitemapEntry) -> bool:
    window = survey.target.window
    if is_never_post(entry.url):
        return False
    stated = stated_before(entry.url, window.since.astimezone(survey.target.zone))
    return stated or (entry.modified is not None and entry.modified < window.since)


def _has(url: str, words: Iterable[str]) -> bool:
    return any(word in url for word in words)


def _queue(survey: Survey, entries: Sequence[SitemapEntry]) -> int:
    since = survey.target.window.since.astimezone(survey.target.zone)
    survey.walks.note_topics(pick_topics(entry.url for entry in entries))
    queued = 0
    shapes = Counter(shape_of(entry.url) for entry in entries if not is_never_post(entry.url))
    # A list may lead to versions for telephones where the map names the pages (the awkward site 2102310), or
    # to posts whose days their own pages are to tell, beside copies of which it tells them (2141207).
    known = survey.finds.posts.keys() | _sure(survey)
    named = {shape_of(entry.url) for entry in entries if survey.key(entry.url) in known}
    of_posts = survey.finds.shapes | named
    for entry in _newest_first(survey, entries):
        if not same_site(entry.url, survey.site) or survey.finds.seen(survey.key(entry.url)):
            continue
        if entry.modified is not None and entry.modified < survey.target.window.since:
            continue
        if is_never_post(entry.url) or stated_before(entry.url, since):
            continue
        if survey.finds.shapes and shape_of(entry.url) not in of_posts:
            continue
        if entry.date is not None:
            survey.finds.admit(compose_post(survey, entry.url, entry.title, entry.date))
            continue
        crowded = shapes[shape_of(entry.url)] >= CROWD
        survey.finds.wait(Candidate(entry.url, entry.title, sure=False, crowded=crowded))
        queued += 1
    return queued


def _newest_first(survey: Survey, entries: Sequence[SitemapEntry]) -> list[SitemapEntry]:
    """Order a map by when its pages changed; those of which it does not tell, by what lists tell of some.

    Programs that number their pages map them as they came, so that years of old posts would be read before
    one of the window (Wagtail).
    """
    posts = survey.finds.posts
    told = [posts[key].date for entry in entries if (key := survey.key(entry.url)) in posts]
    dates = [date.at for date in told if date is not None]
    falls = sum(later < earlier for earlier, later in pairwise(dates))
    rises = len(dates) >= FEWEST_RISING and dates[0] < dates[-1] and falls * 10 <= len(dates)
    return sorted(
        reversed(entries) if rises else entries, key=lambda entry: entry.modified or _HENCE, reverse=True
    )
