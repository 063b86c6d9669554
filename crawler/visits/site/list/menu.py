"""The lists that a home page is, or leads to: its own, those that its menu calls news, what else it links."""

from collections.abc import Generator
from functools import partial
from itertools import islice
from typing import Final

from activity.visit import Fetch, Page, Purpose
from crawler.discover.above import discover_above
from crawler.discover.archive import MonthArchive
from crawler.discover.endpoint import EndpointKind
from crawler.discover.further import discover_frames, discover_further
from crawler.discover.listing import discover_listings, discover_menu, is_list_name, names_archive
from crawler.discover.topic import discover_categories
from crawler.extract.page.document import Document, parse_document
from crawler.health import judge_page
from crawler.visits.site.list.archives import read_archives
from crawler.visits.site.list.lists import remember_best
from crawler.visits.site.list.script import read_captured
from crawler.visits.site.list.second import MAX_FRAMES, MAX_FURTHER
from crawler.visits.site.list.walked import walk_and_remember
from crawler.visits.site.post.article import take_article
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import is_whole, may_fall_by_chance
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["FEWEST_ITEMS", "ask_and_walk", "take_for_post", "walk_lists", "walk_menu"]

MAX_LISTINGS: Final = 5
# Links that promise nothing, tried where nothing promises anything; a list has so many items.
MAX_MENU: Final = 4
# Pages behind those that the home page links, where it links next to nothing.
MAX_ROOMS: Final = 6
# As many as a portal's menu names as a rule.
MAX_CATEGORIES: Final = 6
# So many posts without a way on may be a ticker beside the list.
MOST_TICKING: Final = 5
FEWEST_ITEMS: Final = 3


def walk_lists(survey: Survey, home: Document) -> Generator[Fetch, Page, None]:
    """Walk the home page's own list, then the pages that its menu calls news, and so on."""
    archives: dict[MonthArchive, None] = {}
    elsewhere = partial(_walk_linked, survey, home, archives, undated=True)
    own = yield from walk_and_remember(survey, home, elsewhere)
    if not own.keys:
        yield from _walk_frames(survey, home)
    elif is_whole(survey, own) and may_fall_by_chance(survey, own):
        # A few posts at home may be those that are read most; the list that they are of tells.
        named = (url for url in discover_listings(home) if survey.key(url) not in own.keys)
        for url in islice(named, 1):
            yield from ask_and_walk(survey, url, named=True)
    archives.update(dict.fromkeys(own.archives))
    yield from _walk_linked(survey, home, archives)
    yield from _walk_frameset(survey, archives)
    left = _left_at_home(survey, own)
    search = left or not is_whole(survey)
    above = discover_above(home, left or _found_so_far(survey)) if search else None
    if above is not None and survey.may_try():
        walk = yield from ask_and_walk(survey, above)
        archives.update(dict.fromkeys(walk.archives if walk is not None else ()))
    if not is_whole(survey):
        yield from _walk_categories(survey, home)
    if archives and not is_whole(survey):
        before = len(survey.finds.posts)
        newest = yield from read_archives(survey, archives)
        if newest is not None:
            # New posts appear in the newest month's archive only.
            remember_best(survey, newest, len(survey.finds.posts) - before)


def _left_at_home(survey: Survey, own: Walk) -> list[str]:
    """Addresses of home's posts that no list has which was read: one in English may be whole as well."""
    met = {key for walk in survey.walks if walk.endpoint.url != own.endpoint.url for key in walk.keys}
    left = [post.url for key, post in survey.finds.posts.items() if key in own.keys and key not in met]
    return left if met and len(left) >= FEWEST_ITEMS else []


def _walk_categories(survey: Survey, home: Document) -> Generator[Fetch, Page, None]:
    """Walk the categories of a portal that shows its newest posts at home and has no list of all."""
    if any(walk.keys and _is_page_beside(walk, home) for walk in survey.walks):
        return
    for url in discover_categories(home)[:MAX_CATEGORIES]:
        if survey.may_try():
            yield from ask_and_walk(survey, url)


def _is_page_beside(walk: Walk, home: Document) -> bool:
    return walk.endpoint.kind is EndpointKind.LISTING and walk.endpoint.url != home.url


def _walk_linked(
    survey: Survey, home: Document, archives: dict[MonthArchive, None], *, undated: bool = False
) -> Generator[Fetch, Page, None]:
    """Walk the pages that the home page calls lists, but for those that were asked before.

    Args:
        undated: whether the home page's own list shows no days: an archive's address comes first, before
            categories and links that lead nowhere have had their turns (Hexo's Volantis).
    """
    # What a menu calls a list is no guess.
    named = discover_further(home)[:MAX_FURTHER]
    # Buttons of posts that are known take no list's turn (the awkward site 2001534).
    met = survey.finds.waiting.keys() | survey.finds.posts.keys()
    lists = [url for url in discover_listings(home) if survey.key(url) not in met or _is_section(survey, url)]
    if undated:
        lists.sort(key=lambda url: not names_archive(url))
    for url in lists[:MAX_LISTINGS]:
        section = _is_section(survey, url)
        known = survey.key(url) in survey.finds.waiting or survey.key(url) in survey.finds.posts
        if (known and not section) or not (url in named or survey.may_try()):
            continue
        walk = yield from ask_and_walk(survey, url, named=url in named)
        if section and walk is not None and len(walk.keys) >= FEWEST_ITEMS:
            survey.finds.forget(survey.key(url))
            survey.finds.reject(url, "it is a list of posts")
        archives.update(dict.fromkeys(walk.archives if walk is not None else ()))


def _is_section(survey: Survey, url: str) -> bool:
    """Whether what the home page shows as a post is called as a list is, and nothing else: "Pengumuman".

    A forum's home page shows its parts so, each with the day of its last post (django-machina).
    """
    key = survey.key(url)
    shown = survey.finds.posts.get(key) or survey.finds.waiting.get(key)
    return shown is not None and is_list_name(shown.title)


def _found_so_far(survey: Survey) -> list[str]:
    """Addresses of posts, and of candidates that a list named."""
    waiting = [each.url for each in survey.finds.waiting.values() if each.sure]
    return [*(post.url for post in survey.finds.posts.values()), *waiting]


def walk_menu(survey: Survey, home: Document) -> Generator[Fetch, Page, None]:
    """Try the links of the home page one by one until one of them turns out to be a list.

    All of them where it has so few, and nothing was found: guesses may have taken the turn of the one door
    behind a word of welcome (Hexo's A4, whose list is called in Chinese). A post on a list is none.
    """
    doors, asked = discover_menu(home), 0
    all_of_them = len(doors) <= MAX_MENU and not survey.finds.posts
    for url in doors:
        shown = {key for walk in survey.walks for key in walk.keys}
        if url in survey.trail.asked or asked == MAX_MENU or survey.key(url) in shown:
            continue
        if not (all_of_them or survey.may_try()):
            continue
        asked += 1
        candidate = survey.finds.take_waiting(survey.key(url))
        walk = yield from ask_and_walk(survey, url)
        # A post's page shows others beside it, the popular ones, and a list what no list has shown.
        if walk is not None and len(walk.keys) >= FEWEST_ITEMS and not shown.issuperset(walk.keys):
            return
        if candidate is not None:
            take_for_post(survey, candidate, walk)
    if all_of_them and not survey.finds.waiting:
        yield from _walk_rooms(survey, home)


def _walk_rooms(survey: Survey, home: Document) -> Generator[Fetch, Page, None]:
    """Go on through pages that show nothing themselves, where a bare home page leads to nothing else.

    The list is some doors behind it: "Buletin", "Kelurahan", "Arsip" (django-newsletter), or a project
    and its forum (Redmine). Those below the page itself come first.
    """
    met, asked = {home.url, *discover_menu(home)}, 0
    rooms = [walk.page for walk in survey.walks if not walk.keys and _is_page_beside(walk, home)]
    for room in rooms:
        for url in _doors_of(parse_document(room)):
            if url in met:
                continue
            met.add(url)
            if url in survey.trail.asked or asked == MAX_ROOMS:
                continue
            asked += 1
            walk = yield from ask_and_walk(survey, url)
            if walk is not None and len(walk.keys) >= FEWEST_ITEMS:
                return
            if walk is not None:
                rooms.append(walk.page)


def _doors_of(room: Document) -> list[str]:
    """The links of a page, those below it first, and of these what is called a list; no view of the same."""
    named, below = discover_listings(room), room.url.partition("?")[0].rstrip("/") + "/"
    doors = dict.fromkeys((*named, *discover_menu(room)))
    others = [url for url in doors if url.partition("?")[0].rstrip("/") + "/" != below]
    return sorted(others, key=lambda url: (not url.startswith(below), url not in named))


def take_for_post(survey: Survey, candidate: Candidate, walk: Walk | None) -> None:
    """Read what was asked as a list, and is none, as a post; what could not be read waits again.

    The home page shows few posts among its links, or only a map names them (the awkward site 2050036).
    """
    if walk is None:
        survey.finds.wait(candidate)
    else:
        take_article(survey, candidate, walk.page, thorough=True)


def ask_and_walk(survey: Survey, url: str, *, named: bool = False) -> Generator[Fetch, Page, Walk | None]:
    """Ask for a page and walk the list that it begins; None where it was asked before, or cannot be read.

    Args:
        named: whether the menu calls it a further list.
    """
    if url in survey.trail.asked:
        return None
    page = yield from survey.ask(url, Purpose.LISTING)
    if not page.ok or judge_page(page) is not None:
        survey.walks.note_unread(page)
        if named:
            survey.walks.note_empty(page)
        return None
    captured = yield from read_captured(survey, page)
    if captured is not None and captured.keys:
        return captured
    document = parse_document(page)
    walk = yield from walk_and_remember(survey, document)
    if not walk.fresh or (len(walk.keys) <= MOST_TICKING and not walk.facts.paged):
        # What shows nothing, or what the home page shows as well, or a ticker, may hold its list in a frame.
        walk = (yield from _walk_frames(survey, document)) or walk
    if named:
        survey.walks.note_beside(walk)
    if named and not walk.keys:
        survey.walks.note_empty(page)
    return walk


def _walk_frames(survey: Survey, document: Document) -> Generator[Fetch, Page, Walk | None]:
    """Walk the list that a page without posts shows in a frame; None where none of its frames holds one."""
    for url in discover_frames(document)[:MAX_FRAMES]:
        page = None
        if url not in survey.trail.asked and survey.may_try():
            page = yield from survey.ask(url, Purpose.LISTING)
        if page is not None and page.ok and judge_page(page) is None:
            walk = yield from walk_and_remember(survey, parse_document(page))
            if walk.keys:
                return walk
    return None


def _walk_frameset(survey: Survey, archives: dict[MonthArchive, None]) -> Generator[Fetch, Page, None]:
    """Walk what stands beside the home page in a frameset, and the lists that its menu leads to."""
    for url in list(survey.walks.frames)[:MAX_FRAMES]:
        if url in survey.trail.asked:
            continue
        page = yield from survey.ask(url, Purpose.LISTING)
        if page.ok and judge_page(page) is None:
            document = parse_document(page)
            yield from walk_and_remember(survey, document)
            yield from _walk_linked(survey, document, archives)
