"""Walking a website's own lists, with their pagination."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from activity.post import Post, PostDate, PostKind, Precision
from activity.visit import Fetch, Page, Purpose
from crawler.discover.archive import discover_months
from crawler.discover.listing import discover_next, find_farthest, find_older
from crawler.discover.more import find_more, has_more_button
from crawler.discover.page_number import strip_counter
from crawler.discover.shape import is_never_post
from crawler.discover.topic import discover_topic_feeds, discover_topics
from crawler.extract.lists.item import ListedItem, Listing
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import Document, parse_document
from crawler.extract.page.key import same_site
from crawler.extract.page.total import find_totals
from crawler.extract.state.post import follow_json
from crawler.extract.variant import find_idle_parameters
from crawler.reach import Order, is_by_title
from crawler.visits.site.list.end import is_kept_back, shows_end
from crawler.visits.site.list.held import list_json, list_state
from crawler.visits.site.list.steps import ListSteps, conclude_walk, joins_other
from crawler.visits.site.post.article import compose_post, compose_setting, read_articles
from crawler.visits.site.post.confirm import lacks_shown_days
from crawler.visits.site.post.identity import is_copy, learn_idle
from crawler.visits.site.post.trust import unseated_slots
from crawler.visits.site.survey.candidate import Candidate, Told
from crawler.visits.site.survey.claim import is_unsorted
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import VisitEndedError
from crawler.visits.site.survey.walks import Walk
from crawler.visits.site.survey.weigh import is_clock_ahead

__all__ = ["list_page", "walk_listing"]

MAX_LIST_PAGES = 120
# After so many pages without any date their articles are read, to see how far back they are.
UNDATED_PAGES = 3
# So many posts from before the window, one under another, are no pinned ones.
PAST_POSTS = 3


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page of a list held."""

    keys: tuple[str, ...]
    moments: tuple[datetime | None, ...]
    fresh: int
    old: bool
    known: tuple[bool, ...]


def list_page(
    survey: Survey,
    document: Document,
    newest: datetime | None = None,
    places: frozenset[str] = frozenset(),
) -> Listing:
    """Read one page, and keep of its items those that can be posts of this site, in its order.

    Args:
        newest: the last date of the page before, from which days without a year go on.
        places: where the items of the page before stood.
    """
    window, setting = survey.target.window, compose_setting(survey, document)
    survey.lessons.learn_page(document, setting, is_article=False)
    hints = survey.lessons.hints_for(document)
    listing = read_listing(
        document,
        now=setting.now,
        zone=setting.zone,
        hints=hints,
        unseated=unseated_slots(survey.trust),
        newest=newest,
        places=places,
    )
    survey.lessons.set_apart(
        document.url, (i.date.evidence[0].raw for i in listing.items if i.date is not None)
    )
    survey.walks.note_unreadable(record.title for record in listing.unreadable)
    survey.walks.note_links(document.url, listing.linked)
    items = listing.items or list_json(survey, document) or list_state(survey, document)
    stored = (known.url for known in survey.finds.stored.values())
    learn_idle(survey, find_idle_parameters((item.url for item in items), stored))
    kept: dict[str, ListedItem] = {}
    elsewhere: list[str] = []
    for item in items:
        if item.is_file:
            kept.setdefault(survey.item_key(item), item)
        elif not same_site(item.url, survey.site):
            elsewhere += [item.title] * (item.date is not None)
        elif (why := _find_why_none(survey, item, document)) is not None:
            survey.finds.reject(item.url, why)
        elif item.date is None or item.date.at <= window.now or is_clock_ahead(item.date, window.now):
            kept.setdefault(survey.item_key(item), item)
        else:
            survey.walks.ahead.setdefault(item.url, Candidate(item.url, item.title, item.date))
            survey.finds.to_come = True
    if not kept:
        survey.walks.note_elsewhere(elsewhere)
    return replace(listing, items=tuple(kept.values()))


def _find_why_none(survey: Survey, item: ListedItem, document: Document) -> str | None:
    """Find why an item is no post of its own; None for one that may be.

    The page of a day is none; an entry of it is. A calendar's caption made a day of a pager's "2" before it,
    and the "1" above that a dated card (the awkward site 2159083).
    """
    if "#" not in item.url and is_never_post(item.url):
        return "its address is not a post's"
    if item.title.isdecimal() and strip_counter(item.url)[0] == strip_counter(document.url)[0]:
        return "it is a page of a list"
    return "a version of a post that is listed elsewhere" if is_copy(survey, item.url) else None


def walk_listing(
    survey: Survey,
    document: Document,
    last: datetime | None = None,
    head: Sequence[str] = (),
    elsewhere: Callable[[], Generator[Fetch, Page, None]] | None = None,
) -> Generator[Fetch, Page, Walk]:
    """Read a list from the page at hand on, as long as its pages hold something new and wanted.

    Args:
        last: when an earlier night read this list, without a gap until then.
        head: marks of the posts that stood first in it.
        elsewhere: walks the site's other lists, before a list without days has its articles read one by one.
    """
    steps = ListSteps(document, last, tuple(head), elsewhere)
    more = find_more(document)
    steps.totals = find_totals(document)
    since = survey.target.window.since.astimezone(survey.target.zone)
    steps.archives = discover_months(document, since)
    survey.walks.note_topics(discover_topics(document), discover_topic_feeds(document))
    try:
        yield from _follow(survey, steps, more)
    except VisitEndedError:
        # What a budget cut short was met all the same.
        survey.walks.add(conclude_walk(steps))
        raise
    return survey.walks.add(conclude_walk(steps))


def _follow(survey: Survey, steps: ListSteps, more: str | None) -> Generator[Fetch, Page, None]:
    """Read page after page, until the list ends or holds nothing more that is wanted."""
    while steps.pages < MAX_LIST_PAGES:
        survey.walks.go_on_at(None)
        listed = _take(survey, steps)
        steps.old = steps.old or listed.old
        told, counted = follow_json(steps.document.page, len(listed.keys))
        linked = discover_next(steps.document, steps.older) or told
        if steps.pages == 1 and linked is not None:
            steps.older = find_older(steps.document, linked)
        following = linked or (f"{more}{steps.pages + 1}" if more else counted)
        steps.paged = steps.paged or following is not None or steps.pages > 1
        if following is None and has_more_button(steps.document):
            # Nobody knows how far a button without an address goes on.
            break
        steps.farthest = max(steps.farthest, find_farthest(steps.document))
        if steps.pages > 1 and not listed.keys and not shows_end(steps.document, steps.farthest):
            steps.pages -= 1  # nothing was read back by it
            break
        if following in survey.trail.failed:
            # The server keeps it from us tonight: that is no end.
            survey.walks.go_on_at(following)
            break
        if following is not None and joins_other(survey, steps, following):
            break
        nowhere = following is None or following in survey.trail.asked
        steps.ended = not steps.repeated and (steps.ended or nowhere)
        if (
            following is None
            or steps.ended
            or steps.repeated
            or (yield from _is_enough(survey, steps, listed))
        ):
            break
        survey.walks.go_on_at(following)
        steps.read.add(following)
        page = yield from survey.ask(following, Purpose.LISTING)
        if not page.ok:
            gone = page.status in {404, 410}
            # A page that the list itself links and that is not there is a fault, no end.
            steps.ended = gone and linked is None
            survey.walks.go_on_at(None if gone else following)
            break
        steps.document = parse_document(page)


def _is_enough(survey: Survey, steps: ListSteps, listed: _Page) -> Generator[Fetch, Page, bool]:
    """Tell whether the pages behind this one need not be read."""
    if listed.old:
        return True
    dated = any(moment is not None for moment in listed.moments)
    if not dated and steps.pages == 1 and steps.elsewhere is not None:
        # An archive may tell their days (Hexo's Yun: 60 articles read for what eight of its pages say).
        yield from steps.elsewhere()
    if not dated and listed.keys and all(map(survey.finds.is_told, listed.keys)):
        # A feed or another list dated them, and may end before this one does.
        old = all(survey.finds.is_old(survey.finds.date_of(key)) for key in listed.keys)
        return old or _is_read_elsewhere(survey, steps, listed)
    if not dated and steps.pages % UNDATED_PAGES == 0:
        before = len(survey.finds.posts)
        past = yield from read_articles(survey, current=steps.keys)
        if survey.deep and is_unsorted(survey, steps.first.page.url):
            # Known posts on one page say nothing of the next.
            return past
        # Neither an archive nor an endless calendar is read further than its posts are wanted.
        return past or len(survey.finds.posts) == before
    if steps.order is Order.RISES and len(listed.keys) > 2:
        return False
    if survey.deep:
        told = not (dated and lacks_shown_days(survey))
        return told and _is_read_elsewhere(survey, steps, listed)
    return not listed.fresh or (bool(listed.known) and listed.known[-1])


def _is_read_elsewhere(survey: Survey, steps: ListSteps, listed: _Page) -> bool:
    """Tell whether the posts of a second page are those of a list that was read to its end."""
    return survey.deep and steps.pages > 1 and survey.walks.holds_whole(listed.keys)


def _take(survey: Survey, steps: ListSteps) -> _Page:
    """Take in one page, and note on the walk what it means for it."""
    unreadable = len(survey.walks.unreadable)
    above = [moment for moment in steps.moments if moment is not None]
    listing = list_page(survey, steps.document, above[-1] if above else None, steps.places)
    items = listing.items
    keys = tuple(survey.item_key(item) for item in items)
    if _is_beside(steps, keys, listing.places):
        items = keys = ()
    steps.always = frozenset(keys) & steps.always if steps.pages else frozenset(keys)
    steps.places = listing.places or steps.places
    if not keys:
        steps.blank += 1
    elif not set(keys) <= set(steps.keys):
        # Pages that follow show posts: so do those before them, and could not be read (the awkward site
        # 2072247, whose first was such a one).
        steps.unaddressed, steps.blank = steps.unaddressed + steps.blank, 0
    steps.pages += 1
    steps.first_keys = steps.first_keys or keys
    if steps.pages > 1 and keys and set(keys) <= set(steps.keys):
        # A pager that does not know its number gives the first page again; one behind the end the last, or
        # the first, and what was read stands. Pinned posts may be left out, or stand alone behind the end.
        again = set(keys) <= set(steps.first_keys)
        steps.repeated = again and (steps.pages == 2 or len(keys) * 2 >= len(steps.first_keys))
        steps.ended = not steps.repeated
    known = tuple(not survey.is_new(key) for key in keys)
    below = known.index(True) if any(known) else 0
    moments = []
    for index, (item, key) in enumerate(zip(items, keys, strict=True)):
        if item.date is not None and item.date.precision is not Precision.DAY:
            at = steps.document.page.fetched_at
            survey.told[key] = Told(item.url, item.title, item.date, at, index < below)
        moments.append(item.date.at if item.date is not None else None)
        if not item.is_beside:
            steps.own.add(key)
        _take_item(survey, item, key)
    wanted = [key for key, old in zip(keys, known, strict=True) if survey.deep or not old]
    steps.fresh += (fresh := survey.walks.meet(wanted))
    steps.keys.extend(keys)
    steps.moments.extend(None if i.is_beside else at for i, at in zip(items, moments, strict=True))
    steps.titles.extend(item.title for item in items)
    steps.linked = steps.linked or any(known)
    steps.familiar_below = bool(known) and known[-1]
    steps.unaddressed += len(survey.walks.unreadable) - unreadable
    dates = _find_falling(survey, steps, items)
    # An archive has all years on one page: no more than its last posts are older (Hexo's Volantis).
    steps.past = steps.past or _are_old(survey, dates[-PAST_POSTS:], PAST_POSTS)
    return _Page(keys, tuple(moments), fresh, _are_old(survey, dates[len(dates) // 2 :]), known)


def _is_beside(steps: ListSteps, keys: Sequence[str], places: frozenset[str]) -> bool:
    """Tell whether a later page shows nothing but what stands beside the list: an empty page's ticker.

    That is in another place, or on every page. It is no first page again (the awkward site 170019). Beside a
    form to log in a ticker may tell a post of another section, too (2153993).
    """
    if places and steps.places and places.isdisjoint(steps.places):
        return set(keys) <= set(steps.keys) or is_kept_back(steps.document)
    return steps.pages > 1 and set(keys) <= steps.always


def _find_falling(survey: Survey, steps: ListSteps, items: Sequence[ListedItem]) -> list[PostDate]:
    """Find the days of a page's own items, where their list falls; nothing where it does not."""
    in_order = not (is_by_title(steps.titles) or is_unsorted(survey, steps.first.page.url))
    if not in_order or steps.order is not Order.FALLS:
        return []
    return [item.date for item in items if item.date is not None and not item.is_beside]


def _are_old(survey: Survey, dates: Sequence[PostDate], fewest: int = 1) -> bool:
    return len(dates) >= fewest and all(map(survey.finds.is_old, dates))


def _take_item(survey: Survey, item: ListedItem, key: str) -> None:
    finds = survey.finds
    if item.is_file:
        finds.admit(Post(key, item.url, item.title, item.date, PostKind.DOCUMENT))
    elif item.date is not None and (item.date.precision.names_a_day or survey.discovery.rough):
        finds.admit(replace(compose_post(survey, item.url, item.title, item.date), key=key))
    elif key in survey.target.known:
        finds.meet(key)
    else:
        finds.wait(Candidate(item.url, item.title, item.date, key=key))
        if item.edited is not None:
            survey.edited[key] = item.edited
