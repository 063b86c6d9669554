"""Lists beside the main one, looked for at a first visit: announcements, WordPress's other kinds of post."""

from collections.abc import Generator, Iterable
from dataclasses import replace
from typing import Final

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.discover.cms.wordpress import discover_types, types_address
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.further import discover_announcements, discover_frames, discover_further
from crawler.extract.lists.item import ListedItem
from crawler.extract.page.document import Document, parse_document
from crawler.health import judge_page
from crawler.visits.site.list.archives import read_archives
from crawler.visits.site.list.listing import list_page, walk_listing
from crawler.visits.site.list.lists import MAX_SIDES
from crawler.visits.site.list.reading import read_endpoint
from crawler.visits.site.survey.claim import is_whole, lacks_month
from crawler.visits.site.survey.parts import Survey

__all__ = ["MAX_FRAMES", "MAX_FURTHER", "read_left_lists", "read_second_lists"]

# One request each: the list of news itself, which a feed holds as a rule, and two beside it.
MAX_FURTHER: Final = 3
MAX_FRAMES: Final = 2
_WHOLE: Final = frozenset({EndpointKind.WORDPRESS, EndpointKind.BLOGGER})


def read_second_lists(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    """Read what stands beside a main list that is complete in itself; how far back that was read is kept."""
    frontier, lists = survey.walks.frontier, len(survey.walks)
    kind = survey.endpoint.kind if survey.endpoint is not None else None
    if survey.endpoint is not None and kind is EndpointKind.WORDPRESS:
        yield from _read_types(survey, survey.endpoint.url)
    if len(survey.walks) == lists:
        # An API lists all posts, whatever menu they stand under; a feed may be that of the news alone.
        found = discover_announcements(document) if kind in _WHOLE else discover_further(document)
        for url in found[:MAX_FURTHER]:
            if url not in survey.trail.asked:
                yield from _read_list(survey, url)
        # The home page may be the list itself (the awkward sites 2080143, 2141331).
        survey.walks.leave(document.page)
    survey.walks.go_on_at(frontier)


def _read_types(survey: Survey, posts: str) -> Generator[Fetch, Page, None]:
    url = types_address(posts)
    if url is None or not survey.may_try():
        return
    told = yield from survey.ask(url, Purpose.API)
    if not told.ok:
        return
    for address in discover_types(told, posts)[:MAX_SIDES]:
        if not survey.may_try():
            return
        page = yield from survey.ask(address, Purpose.API)
        if page.ok:
            endpoint = Endpoint(EndpointKind.WORDPRESS, address, "a further kind of post")
            try:
                walk = yield from read_endpoint(survey, endpoint, page)
            except UnparsableError as error:
                survey.note("wordpress", error.message)
                continue
            survey.walks.add(replace(walk, further=True))
            survey.note("wordpress", f"{address} lists {len(walk.keys)} posts of a further kind.")


def _read_list(survey: Survey, url: str) -> Generator[Fetch, Page, None]:
    page = yield from survey.ask(url, Purpose.LISTING)
    if page.ok and judge_page(page) is None:
        document = yield from _enter_frame(survey, parse_document(page))
        items = list_page(survey, document).items
        if not items:
            survey.walks.note_empty(page)
        if all(survey.finds.seen(survey.item_key(item)) for item in items):
            if not _contradicts(survey, items):
                survey.note("listing", f"{url} begins with posts of the main list.")
                survey.walks.leave(document.page)
                return
            survey.note("listing", f"{url} tells other days of posts of the main list.")
        yield from _walk(survey, document)
    else:
        survey.walks.note_empty(page)
        survey.walks.note_unread(page)


def _walk(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    walk = yield from walk_listing(survey, document)
    if lacks_month(survey, walk):
        yield from read_archives(survey, walk.archives)
    survey.walks.note_beside(walk)
    survey.note("listing", f"{document.url} lists {len(walk.keys)} items beside the main list.")


def read_left_lists(survey: Survey) -> Generator[Fetch, Page, bool]:
    """Walk on lists that began with posts of a main one which turned out not to be whole; tells whether any.

    A feed of ten told the days of drafts, by which it reached back before the window; by its articles' own
    days it ends within it (the awkward site 2143334).
    """
    frontier, walked = survey.walks.frontier, False
    for page in survey.walks.take_left():
        if not is_whole(survey):
            yield from _walk(survey, parse_document(page))
            walked = True
    survey.walks.go_on_at(frontier)
    return walked


def _enter_frame(survey: Survey, document: Document) -> Generator[Fetch, Page, Document]:
    """Give the frame in which a page that shows no post has its list, else the page itself.

    Its days speak for or against those of a feed, too (the awkward site 2020028).
    """
    frames = () if list_page(survey, document).items else discover_frames(document)
    for url in frames[:MAX_FRAMES]:
        if url in survey.trail.asked or not survey.may_try():
            continue
        page = yield from survey.ask(url, Purpose.LISTING)
        if page.ok and judge_page(page) is None:
            framed = parse_document(page)
            if list_page(survey, framed).items:
                return framed
        else:
            survey.walks.note_unread(page)
    return document


def _contradicts(survey: Survey, items: Iterable[ListedItem]) -> bool:
    """Tell whether a list shows another day of a post than the main list did.

    A feed whose days are those of drafts ends before the window though the list goes on within it
    (the awkward site 132767), so that its own order would vouch for what it leaves out.
    """
    zone = survey.target.zone
    for item in items:
        told = survey.finds.date_of(survey.item_key(item))
        if told is None or item.date is None:
            continue
        named = told.precision.names_a_day and item.date.precision.names_a_day
        if named and told.at.astimezone(zone).date() != item.date.at.astimezone(zone).date():
            return True
    return False
