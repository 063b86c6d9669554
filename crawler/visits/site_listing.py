"""Walking a website's own pages: lists with their pagination, sitemaps, and articles last."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from activity.errors import UnparsableError
from activity.post import Post, PostDate
from activity.visit import Fetch, Page, Purpose
from crawler.discover.listing import discover_next
from crawler.discover.shape import is_never_post, shape_of, stated_before
from crawler.extract.article import Article, extract_article
from crawler.extract.document import Document, parse_document
from crawler.extract.key import same_site
from crawler.extract.kind import judge_kind
from crawler.extract.listing import ListedItem, extract_listing
from crawler.extract.sitemap import Sitemap, SitemapEntry, extract_sitemap
from crawler.health import judge_page
from crawler.visits.site_reading import Extent, Reading
from crawler.visits.survey import Candidate, Survey

__all__ = ["list_page", "read_articles", "read_sitemap", "walk_listing"]

MAX_LIST_PAGES = 120
MAX_SITEMAPS = 12
# So many articles in a row from before the window: the rest of a newest-first list is older still.
OLD_IN_A_ROW = 6


@dataclass(frozen=True, slots=True)
class _Listed:
    """What one page of a list held."""

    items: tuple[ListedItem, ...]
    fresh: int
    old: bool
    linked: bool


def list_page(survey: Survey, document: Document) -> tuple[ListedItem, ...]:
    """The items of one page that can be posts of this site, in its order."""
    window = survey.target.window
    items = extract_listing(
        document, now=document.page.fetched_at, zone=survey.target.zone, hints=survey.hints
    )
    kept: dict[str, ListedItem] = {}
    for item in items:
        if not same_site(item.url, survey.site):
            continue
        if is_never_post(item.url):
            survey.reject(item.url, "its address is not a post's")
        elif item.date is None or item.date.at <= window.now:
            kept.setdefault(survey.key(item.url), item)
    return tuple(kept.values())


def walk_listing(survey: Survey, document: Document) -> Reading:
    """Read a list from the page at hand on, as long as its pages hold something new and wanted."""
    extent = Extent()
    quiet = 0
    for _ in range(MAX_LIST_PAGES):
        survey.frontier = None
        listed = _take(survey, document)
        quiet = 0 if listed.fresh else quiet + 1
        extent = replace(
            extent,
            posts=extent.posts + len(listed.items),
            fresh=extent.fresh + listed.fresh,
            linked=extent.linked or listed.linked,
        )
        following = discover_next(document)
        if listed.old or following is None or following in survey.asked:
            return replace(extent, complete=extent.posts > 0)
        if quiet and not (survey.deep and listed.linked and quiet < 3):
            return replace(extent, complete=extent.posts > 0 and survey.deep)
        survey.frontier = following
        page = yield from survey.ask(following, Purpose.LISTING)
        if not page.ok:
            return replace(extent, complete=page.status in {404, 410})
        document = parse_document(page)
    return extent


def _take(survey: Survey, document: Document) -> _Listed:
    fresh = 0
    linked = False
    items = list_page(survey, document)
    for item in items:
        key = survey.key(item.url)
        known = key in survey.target.known
        linked = linked or known
        is_new = not survey.seen(key)
        if item.date is not None and item.date.precision.names_a_day:
            survey.admit(_post(survey, item.url, item.title, item.date))
        elif known:
            survey.met.add(key)
        elif is_new:
            survey.wait(Candidate(item.url, item.title, item.date))
        fresh += is_new
    dated = [item.date for item in items if item.date is not None]
    old = bool(dated) and all(survey.is_old(date) for date in dated[len(dated) // 2 :])
    if dated and (survey.reached is None or dated[-1].at < survey.reached):
        survey.reached = dated[-1].at
    return _Listed(items, fresh, old and _falls(dated), linked)


def _falls(dates: Sequence[PostDate]) -> bool:
    """Whether dates run from new to old; in a list that begins with the oldest, old items end nothing."""
    return dates[0].at >= dates[-1].at


def _post(survey: Survey, url: str, title: str, date: PostDate | None) -> Post:
    return Post(survey.key(url), url, title, date, judge_kind(url, title))


def read_articles(survey: Survey) -> Generator[Fetch, Page, int]:
    """Read the pages of the posts whose date is found nowhere cheaper; returns how many were read."""
    read = 0
    old = 0
    while survey.waiting and old < OLD_IN_A_ROW:
        key, candidate = next(iter(survey.waiting.items()))
        page = yield from survey.ask(candidate.url, Purpose.ARTICLE)
        survey.waiting.pop(key, None)
        read += 1
        if not page.ok or judge_page(page) is not None:
            survey.note("left out", f"{candidate.url}: it cannot be read tonight")
            continue
        post = _judge_article(survey, candidate, page)
        if post is None or survey.is_old(post.date):
            survey.done.append(key)
        if post is None:
            survey.reject(candidate.url, "its page is not a post's")
            continue
        survey.admit(post)
        old = old + 1 if survey.is_old(post.date) else 0
    if old >= OLD_IN_A_ROW and survey.waiting:
        survey.note("articles", f"{len(survey.waiting)} further ones are older than the window.")
        survey.waiting.clear()
    return read


def _judge_article(survey: Survey, candidate: Candidate, page: Page) -> Post | None:
    document = parse_document(page)
    article: Article = extract_article(
        document, now=page.fetched_at, zone=survey.target.zone, hints=survey.hints
    )
    if article.is_post is False and not (candidate.sure and candidate.date is not None):
        return None
    proven = article.is_post or (article.date is not None and shape_of(candidate.url) in survey.shapes)
    if not candidate.sure and not proven:
        return None
    date = article.date or candidate.date
    kind = judge_kind(candidate.url, candidate.title or article.title)
    return Post(survey.key(candidate.url), candidate.url, candidate.title or article.title, date, kind)


def read_sitemap(survey: Survey, page: Page) -> Generator[Fetch, Page, int]:
    """Queue every address of a sitemap that can be a post of the window; returns how many.

    Raises UnparsableError when the first page is no sitemap.
    """
    sitemap = _extract(survey, page)
    entries = list(sitemap.entries)
    for child in _worthwhile(survey, sitemap.children):
        if child.url in survey.asked:
            continue
        following = yield from survey.ask(child.url, Purpose.SITEMAP)
        if following.ok:
            try:
                entries.extend(_extract(survey, following).entries)
            except UnparsableError as error:
                survey.note("sitemap", error.message)
    return _queue(survey, entries)


def _extract(survey: Survey, page: Page) -> Sitemap:
    return extract_sitemap(page, now=survey.target.window.now, zone=survey.target.zone)


def _worthwhile(survey: Survey, children: Sequence[SitemapEntry]) -> list[SitemapEntry]:
    """Sitemaps of posts first; those of pages, terms and users only where nothing else is named."""
    recent = [c for c in children if c.modified is None or c.modified >= survey.target.window.since]
    posts = [
        c
        for c in recent
        if any(word in c.url for word in ("post", "news", "berita", "artikel", "article", "blog"))
    ]
    others = [
        c
        for c in recent
        if not any(word in c.url for word in ("tag", "categor", "author", "user", "image", "page-"))
    ]
    return (posts or others or recent)[:MAX_SITEMAPS]


def _queue(survey: Survey, entries: Sequence[SitemapEntry]) -> int:
    since = survey.target.window.since.astimezone(survey.target.zone)
    queued = 0
    newest_first = sorted(
        entries, key=lambda entry: entry.modified or datetime.max.replace(tzinfo=since.tzinfo), reverse=True
    )
    for entry in newest_first:
        if not same_site(entry.url, survey.site) or survey.seen(survey.key(entry.url)):
            continue
        if entry.modified is not None and entry.modified < survey.target.window.since:
            continue
        if is_never_post(entry.url) or stated_before(entry.url, since.year, since.month):
            continue
        if survey.shapes and shape_of(entry.url) not in survey.shapes:
            continue
        if entry.date is not None:
            survey.admit(_post(survey, entry.url, entry.title, entry.date))
            continue
        survey.wait(Candidate(entry.url, entry.title, sure=False))
        queued += 1
    return queued
