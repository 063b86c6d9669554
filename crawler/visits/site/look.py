"""A night that asks for the home page, as a visitor or a robot gets it, and not for the list of news."""

from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final

from activity.outcome import Outcome
from activity.post import Post, PostKind
from activity.visit import Fetch, Harvest, Page, Proof
from crawler.discover.shape import Shape, shape_of, stated_before
from crawler.extract.file import is_file
from crawler.extract.lists.item import ListedItem
from crawler.extract.page.document import Document, parse_document
from crawler.health import judge_page
from crawler.reach import Reach
from crawler.visits.site.conclude import conclude
from crawler.visits.site.list.home import (
    find_unknown,
    give_robots_up,
    is_read,
    look_as_robot,
    look_for_spam,
    mark_links,
    note_mirror,
    note_unchanged,
    open_home,
    remember_links,
)
from crawler.visits.site.list.listing import list_page
from crawler.visits.site.list.lists import defer_claim, end_turn, hasten_sides
from crawler.visits.site.post.identity import is_copy
from crawler.visits.site.post.routes import FEWEST_ROUTED
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.turn import TurnLook

__all__ = ["find_unlisted", "look_at_home", "rest", "take_news", "take_shown"]

# A file that nothing has shown before is news where it bears a day as late as this before the last look:
# home pages show old forms and rules by turns.
RECENT: Final = timedelta(days=2)
# A home page that shows more that no list holds is one of another kind of post.
MOST_SHOWN: Final = 8


def look_at_home(
    survey: Survey, look: TurnLook, *, alone: bool = True
) -> Generator[Fetch, Page, Harvest | None]:
    """Look at the home page tonight; None where it calls for the list of news as well.

    That is where the page cannot be read, where it shows a post that nothing has shown before, and where it
    does not show the list's newest posts, so that it would not show a new one either.

    Args:
        alone: whether it may stand for the list at all.
    """
    page = yield from (look_as_robot(survey) if look is TurnLook.ROBOT else open_home(survey))
    if look is TurnLook.ROBOT and survey.incident:
        return rest(survey, page.url, "")
    if is_read(survey, page):
        note_unchanged(survey, visitor=look is TurnLook.HOME)
        return _rest_on(survey, page) if survey.home.mirrors and alone else None
    verdict = judge_page(page)
    if verdict is not None or not page.ok:
        survey.note("home page", verdict.detail if verdict else page.detail)
        if look is TurnLook.ROBOT:
            give_robots_up(survey)
        return None
    document = parse_document(page)
    if look is TurnLook.HOME:
        look_for_spam(survey, document)
    if survey.incident:
        return rest(survey, page.url, "")
    note_mirror(survey, mark_links(survey, document))
    if take_news(survey, document) or not (survey.home.mirrors and alone):
        return None
    return _rest_on(survey, page)


def _rest_on(survey: Survey, page: Page) -> Harvest:
    return rest(survey, page.url, "The home page shows no new post; the list has its turn tomorrow.")


def take_news(survey: Survey, document: Document) -> bool:
    """Tell whether a home page shows posts that nothing has shown before; they are kept in `survey.news`.

    Also one that claims a day long gone: it may have been slipped in. Not one whose address names a day from
    before the window: a column shows five old posts at random each night (Zinnia).
    """
    items = {survey.item_key(item): item for item in list_page(survey, document).items}
    old = {key for key, item in items.items() if survey.finds.is_old(item.date)}
    shapes = {shape_of(key) for key in survey.finds.known}
    unknown = {survey.key(url): url for url in find_unknown(survey, document)}
    routes = _find_routes(survey, items)
    compared = survey.home.links is not None
    remember_links(survey, document)
    if not compared:
        return False
    since = survey.target.window.since.astimezone(survey.target.zone)
    fresh = {key: url for key, url in unknown.items() if key not in old and not stated_before(url, since)}
    for key, url in fresh.items():
        if is_file(url):
            survey.news.update(_take_document(survey, key, items.get(key)))
        elif not shapes or shape_of(key) in shapes:
            survey.news[key] = Candidate(url, sure=False)
    # Another address of a post is none the list will show, but says that there is a new one.
    copies = [url for url in fresh.values() if is_copy(survey, url) or shape_of(url) in routes]
    if survey.news or copies:
        told = next(iter([*(each.url for each in survey.news.values()), *copies]))
        count = len(survey.news) + len(copies)
        survey.note("home page", f"It shows {count} posts not seen before, such as {told}.")
    return bool(survey.news or copies)


def _find_routes(survey: Survey, items: Mapping[str, ListedItem]) -> set[Shape]:
    """Give the forms of addresses by which a home page shows posts that lists show by others.

    One led to pages for telephones; once all of these were known by their own, a new one passed for no post
    (the awkward site 2110140).
    """
    known = survey.finds.known
    own = {shape_of(key) for key in known}
    shown = Counter(shape_of(item.url) for key, item in items.items() if key in known)
    return {shape for shape, times in shown.items() if times >= FEWEST_ROUTED and shape not in own}


def _take_document(survey: Survey, key: str, item: ListedItem | None) -> dict[str, Post]:
    """Give a file that the home page lists as new, on a site whose files are posts; nothing for any other.

    Its own page tells nothing of its day, and a list by title may show it on a page that nobody can read
    (the awkward site 24076).
    """
    last = survey.target.memory.seen_at
    if item is None or item.date is None or last is None or not item.date.precision.names_a_day:
        return {}
    is_recent = item.date.at >= last - RECENT
    if not is_recent or not any(is_file(known.url) for known in survey.finds.stored.values()):
        return {}
    return {key: Post(key, item.url, item.title, item.date, PostKind.DOCUMENT)}


def rest(survey: Survey, url: str, detail: str, gap: Reach | None = None) -> Harvest:
    """Make the harvest of a night on which the list of news was not asked: it is read from where it was left.

    Args:
        gap: what a further list that was asked is known for, where that leaves nights open.
    """
    end_turn(survey)
    since = defer_claim(survey, None, listed=False)
    if gap is not None and since is not None:
        since = max(since, gap.since) if gap.since is not None else None
    reach = Reach(since, Proof.OVERLAPS if since is not None else None)
    quiet = not any(key not in survey.finds.known for key in survey.finds.posts)
    outcome = Outcome.UNCHANGED if quiet else None
    harvest = conclude(survey, outcome, reach, detail if quiet else "", seen_at=survey.target.memory.seen_at)
    return replace(harvest, endpoint=url)


def take_shown(survey: Survey) -> list[str]:
    """Take in documents that the home page shows, and no list, and let pages be read; gives their keys.

    The further lists, where there are any, are asked as soon as may be: they may hold more of them.
    """
    finds = survey.finds
    if any(walk.shares_address for walk in survey.walks):
        # Items of a feed that share one address cannot be compared by theirs.
        return []
    unlisted = find_unlisted(survey)
    shown = dict(islice(unlisted.items(), MOST_SHOWN))
    for each in shown.values():
        if isinstance(each, Candidate):
            finds.wait(each)
        else:
            finds.admit(each)
    if unlisted:
        hasten_sides(survey)
    return list(shown)


def find_unlisted(survey: Survey) -> dict[str, Candidate | Post]:
    """Find what the home page shows for the first time and no list of tonight's holds, by key."""
    seen = survey.finds.seen
    return {key: each for key, each in survey.news.items() if not seen(key) and survey.is_new(key)}
