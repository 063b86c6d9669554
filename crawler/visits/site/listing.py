"""Walking a website's own lists, with their pagination."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urljoin

from activity.errors import UnparsableError
from activity.post import PostDate, Precision
from activity.visit import Purpose
from crawler.discover.archive import discover_archives
from crawler.discover.listing import discover_next
from crawler.discover.more import find_more
from crawler.discover.shape import is_never_post
from crawler.discover.topic import discover_topic_feeds, discover_topics
from crawler.extract.document import Document, parse_document
from crawler.extract.key import same_site
from crawler.extract.lists.listing import ListedItem, extract_listing
from crawler.extract.state import extract_json_posts
from crawler.visits.site.article import compose_post, compose_setting, read_articles
from crawler.visits.site.candidate import Candidate, Told, Walked
from crawler.visits.site.reading import Extent, Reading
from crawler.visits.site.survey import Survey

__all__ = ["list_page", "walk_listing"]

MAX_LIST_PAGES = 120
# After so many pages without any date their articles are read, to see how far back they are.
UNDATED_PAGES = 3


@dataclass(frozen=True, slots=True)
class _Listed:
    """What one page of a list held."""

    items: tuple[ListedItem, ...]
    fresh: int
    old: bool
    linked: bool
    ends_known: bool
    dated: bool
    rises: bool


def list_page(survey: Survey, document: Document) -> tuple[ListedItem, ...]:
    """The items of one page that can be posts of this site, in its order."""
    window, setting = survey.target.window, compose_setting(survey, document)
    survey.lessons.learn_page(document, setting, is_article=False)
    hints = survey.lessons.hints_for(document)
    items = extract_listing(document, now=setting.now, zone=setting.zone, hints=hints)
    items = items or _list_json(survey, document)
    kept: dict[str, ListedItem] = {}
    for item in items:
        if not same_site(item.url, survey.site):
            continue
        if is_never_post(item.url):
            survey.reject(item.url, "its address is not a post's")
        elif item.date is None or item.date.at <= window.now:
            kept.setdefault(survey.key(item.url), item)
    return tuple(kept.values())


def _list_json(survey: Survey, document: Document) -> tuple[ListedItem, ...]:
    """The items of a list's later page that a script gets as JSON, at addresses like the earlier ones."""
    if document.html[:1] not in {"{", "["}:
        return ()
    urls = [*(post.url for post in survey.posts.values()), *(c.url for c in survey.waiting.values())]
    listed = Counter(urljoin(url, ".") for url in urls)
    folder = next((folder for folder, _ in listed.most_common(1)), "")
    try:
        posts = extract_json_posts(
            document.page,
            now=survey.target.window.now,
            zone=survey.target.zone,
            site=survey.site,
            templates={"slug": folder} if folder else {},
        )
    except UnparsableError:
        return ()
    return tuple(ListedItem(post.url, post.title, post.date) for post in posts)


def walk_listing(survey: Survey, document: Document) -> Reading:
    """Read a list from the page at hand on, as long as its pages hold something new and wanted.

    New is what no list walked tonight has held: a feed may know the head of a list, never its tail.
    """
    extent = Extent()
    walked = survey.lists.setdefault(document.url, Walked(document.page))
    more: str | None = None
    for number in range(1, MAX_LIST_PAGES):
        survey.frontier = None
        listed = _take(survey, document)
        walked.keys.extend(survey.key(item.url) for item in listed.items)
        # The last page may hold too few items to tell the order.
        survey.tail = document if listed.rises or (survey.tail is not None and number > 1) else None
        if number == 1:
            more = find_more(document)
            since = survey.target.window.since.astimezone(survey.target.zone)
            extent = replace(extent, archives=discover_archives(document, since))
            survey.topics.update(dict.fromkeys(discover_topics(document)))
            survey.topic_feeds.update(dict.fromkeys(discover_topic_feeds(document)))
        extent = replace(
            extent,
            posts=extent.posts + len(listed.items),
            fresh=extent.fresh + listed.fresh,
            linked=extent.linked or listed.linked,
        )
        following = discover_next(document) or (f"{more}{number + 1}" if more else None)
        at_end = following is None or following in survey.asked
        if listed.old or at_end:
            # One page without a way on may be the head of a list, such as a home page's.
            return replace(extent, complete=extent.posts > 0 and (listed.old or number > 1))
        if not listed.dated and number % UNDATED_PAGES == 0:
            before = len(survey.posts)
            past = yield from read_articles(survey)
            # Neither an archive nor an endless calendar is read further than its posts are wanted.
            if past or len(survey.posts) == before:
                return replace(extent, complete=past)
        if _stops(survey, listed, number):
            return replace(extent, complete=survey.deep and number > 1 and extent.posts > 0)
        assert following is not None
        survey.frontier = following
        page = yield from survey.ask(following, Purpose.LISTING)
        if not page.ok:
            return replace(extent, complete=page.status in {404, 410})
        document = parse_document(page)
    return extent


def _stops(survey: Survey, listed: _Listed, number: int) -> bool:
    if listed.rises:
        return False
    if survey.deep:
        return not listed.fresh and (number > 1 or survey.walked_to_end)
    return not listed.fresh or listed.ends_known


def _take(survey: Survey, document: Document) -> _Listed:
    items = list_page(survey, document)
    keys = [survey.key(item.url) for item in items]
    familiar = [key in survey.target.known or key in survey.settled for key in keys]
    fresh = 0
    below = familiar.index(True) if any(familiar) else 0
    for index, (item, key, known) in enumerate(zip(items, keys, familiar, strict=True)):
        if item.date is not None and item.date.precision is not Precision.DAY:
            at = document.page.fetched_at
            survey.told[key] = Told(item.url, item.title, item.date, at, index < below)
        fresh += key not in survey.walked and (survey.deep or not known)
        survey.walked.add(key)
        _take_item(survey, item, key)
    dates = [item.date for item in items if item.date is not None]
    later_half = dates[len(dates) // 2 :]
    old = bool(dates) and _falls(dates) and not _agree(dates) and all(map(survey.is_old, later_half))
    if dates and (survey.reached is None or dates[-1].at < survey.reached):
        survey.reached = dates[-1].at
    return _Listed(
        items, fresh, old, any(familiar), bool(familiar) and familiar[-1], bool(dates), _rises(dates)
    )


def _take_item(survey: Survey, item: ListedItem, key: str) -> None:
    if item.date is not None and (item.date.precision.names_a_day or survey.facts.get("rough")):
        survey.admit(compose_post(survey, item.url, item.title, item.date))
    elif key in survey.target.known:
        survey.met.add(key)
    else:
        survey.wait(Candidate(item.url, item.title, item.date))


def _agree(dates: Sequence[PostDate]) -> bool:
    """Whether all of many items bear one date: it is then hardly theirs, and must not end a walk."""
    return len(dates) > 3 and len({date.at for date in dates}) == 1


def _falls(dates: Sequence[PostDate]) -> bool:
    """Whether dates run from new to old; in a list that begins with the oldest, old items end nothing."""
    return dates[0].at >= dates[-1].at


def _rises(dates: Sequence[PostDate]) -> bool:
    """Whether a list begins with the oldest, so that new posts appear on its last page."""
    return len(dates) > 2 and dates[-1].at - dates[0].at > timedelta(days=1) and not _zigzags(dates)


def _zigzags(dates: Sequence[PostDate]) -> bool:
    return sum(later.at < earlier.at for earlier, later in pairwise(dates)) * 4 > len(dates)
