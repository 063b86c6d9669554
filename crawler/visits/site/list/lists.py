"""A site's lists between nights, read in turn. One writer of `Survey.lists`."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from activity.errors import UnparsableError
from activity.post import EvidenceKind
from activity.visit import Fetch, Page, Validators
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.page.document import parse_document
from crawler.health import judge_page
from crawler.reach import ListFacts
from crawler.visits.site.list.home import LOOK_EVERY
from crawler.visits.site.list.listing import walk_listing
from crawler.visits.site.list.map import queue_kind
from crawler.visits.site.list.reading import read_endpoint
from crawler.visits.site.survey.claim import is_shuffled, is_unsorted
from crawler.visits.site.survey.memory import RememberedList
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import NOT_THERE, VisitEndedError
from crawler.visits.site.survey.walks import ARCHIVES, Walk, mark_of

__all__ = [
    "MAX_SIDES",
    "NIGHTLY",
    "choose_main",
    "choose_sides",
    "defer_claim",
    "end_turn",
    "hasten_sides",
    "read_side",
    "remember_best",
    "remember_head",
]

# More could not be asked for every few nights beside the list of news, at one request a night.
MAX_SIDES: Final = 2
# Nights lie a day apart, give or take the crawl's own length; a longer pause has left a night out.
NIGHTLY: Final = timedelta(hours=36)
# Lists that are pages of their own, or what a script draws there.
_PAGES: Final = frozenset({EndpointKind.LISTING, EndpointKind.STATE})
# A list's newest items, at its top or its end, tell whether it holds anything that the main one does not.
_HEAD: Final = 8


def choose_sides(survey: Survey) -> None:
    """Remember the lists whose newest posts the main one does not hold; the home page is looked at anyway.

    One that was remembered stays so, though nothing may tell the days of its posts by now; one that the menu
    names is remembered, too, where it shows nothing yet, or old posts only. Where there are more than can be
    asked in turn, the nights to come claim nothing.
    """
    main = _find_main(survey)
    if main is None or survey.endpoint is None:
        return
    own = {survey.endpoint.url, survey.site, survey.target.account.address}
    held = set(map(survey.finds.standing_key, main.keys))
    oldest = min((at for key in held if (at := _moment(survey, key)) is not None), default=None)
    ranked: list[tuple[int, int, Walk]] = []
    # So is one that was the main list, where another is that tonight (the awkward site 1000038).
    former = {side.url for side in survey.lists.sides}
    former |= {survey.remembered.url} if survey.remembered is not None else set()
    for walk in survey.walks:
        newest = set(map(survey.finds.standing_key, walk.keys[:_HEAD]))
        # One that begins with its oldest has the newest at its end (the awkward site 33079).
        last = set(map(survey.finds.standing_key, walk.keys[-_HEAD:]))
        missing = {key for key in newest | last if _is_recent(survey, key, held, oldest)}
        missing |= newest - held if walk.endpoint.url in former else set()
        if walk.endpoint.url in survey.walks.beside:
            # What the menu calls a list is one of posts, though nothing tells their days (28001).
            missing |= {key for key in newest - held if key in survey.finds.posts}
        further = walk.further or (walk.endpoint.url in former and _is_quiet_feed(survey, walk, main))
        if walk.endpoint.url not in own and walk is not main and (missing or further):
            ranked.append((-len(missing), len(ranked), walk))
    ranked = _leave_months(ranked, main)
    chosen = [walk for _, _, walk in sorted(ranked, key=lambda each: each[:2])[:MAX_SIDES]]
    for walk in chosen:
        survey.note("endpoint", f"{walk.endpoint.kind}: {walk.endpoint.url} (it lists posts of its own)")
    left = [walk for missing, _, walk in ranked if missing and walk not in chosen]
    now = survey.target.window.now
    looked = now - timedelta(days=survey.target.account.id % LOOK_EVERY.days)
    urls = (*survey.walks.empty, *_find_quiet(survey, own, held))
    quiet = (RememberedList(EndpointKind.LISTING, url, read_at=looked) for url in urls)
    sides = (*(_remembered(survey, walk) for walk in chosen), *quiet)[:MAX_SIDES]
    for walk in survey.walks:
        _note_order(survey, walk)
    survey.lists = replace(survey.lists, sides=sides, head=main.head, tracked=not left, through=now)


def _leave_months(ranked: list[tuple[int, int, Walk]], main: Walk) -> list[tuple[int, int, Walk]]:
    """Leave out the months of a list that is asked itself: what comes next stands in none of them.

    A list of a month at a time was remembered by two months that were over, and its new posts waited for the
    next thorough night (the awkward site 2110163).
    """
    lists = [main, *(walk for _, _, walk in ranked)]
    months = {each.url for walk in lists for each in walk.archives}
    if not any(walk.archives and walk.endpoint.url not in months for walk in lists):
        return ranked
    return [
        each
        for each in ranked
        if each[2].endpoint.url not in months and not each[2].endpoint.url.endswith(ARCHIVES)
    ]


def _is_quiet_feed(survey: Survey, walk: Walk, main: Walk) -> bool:
    """Tell whether a feed that was asked first is empty tonight, and alone shows what comes next.

    One of the last seven days had none in a week, and the list beside it is by readers (the awkward site
    2110426).
    """
    return walk.endpoint.kind is EndpointKind.FEED and not walk.keys and is_shuffled(survey, main)


def _find_quiet(survey: Survey, own: set[str], held: set[str]) -> Iterator[str]:
    """Name the menu's lists that hold posts of their own, all from before the window, such as announcements.

    The next one comes up there, and nowhere else (the awkward site 21049).
    """
    finds = survey.finds
    for url in survey.walks.beside:
        walk = survey.walks.find(url)
        keys = set(map(finds.standing_key, walk.keys)) if walk is not None else set()
        old = finds.met - finds.posts.keys() - finds.rejected
        if keys and url not in own and not keys & held and keys <= old:
            yield url


def choose_main(survey: Survey) -> None:
    """Ask another list first where the chosen one holds nothing but versions of its posts, or tells little.

    A feed whose dates the site's pages contradict costs the article of each new post, and one whose items
    share an address gives posts none of their own; the list that holds the same posts does neither. A home
    page that shows the newest few of a list would not show what is slipped in, or withdrawn, below them.
    A list that is sorted by readers would show new posts nowhere near its top: what shows them stays.
    Where nothing was new tonight, that which shows most of what is known is asked again.
    """
    if survey.endpoint is None:
        _keep_known(survey)
    own = survey.walks.find(survey.endpoint.url) if survey.endpoint is not None else None
    pages = [walk for walk in survey.walks if walk.endpoint.kind in _PAGES and walk is not own]
    # Archives of all months are no page that could be asked.
    pages = [walk for walk in pages if not walk.endpoint.url.endswith(ARCHIVES)]
    best = max(pages, key=lambda walk: _held(survey, walk), default=None)
    if own is None or best is None or not _held(survey, best):
        return
    is_feed = own.endpoint.kind is EndpointKind.FEED
    shown = {key for key in map(survey.finds.standing_key, own.keys) if key in survey.finds.posts}
    is_head = own.endpoint.url == survey.site and own.endpoint.kind is EndpointKind.LISTING
    is_part = (is_head and shown < set(best.keys)) or (is_feed and _is_poor(survey, own))
    is_part = is_part and not is_shuffled(survey, best)
    if (is_part and shown <= set(best.keys)) or not _held(survey, own):
        survey.use(replace(best.endpoint, reason="it lists the posts themselves"), best.validators)
        survey.lists = replace(survey.lists, head=best.head)


def _keep_known(survey: Survey) -> None:
    known = [walk for walk in survey.walks if walk.keys and not walk.endpoint.url.endswith(ARCHIVES)]
    if known:
        most = max(known, key=lambda walk: len(walk.keys))
        survey.use(replace(most.endpoint, reason="it shows the known posts"), most.validators)
        survey.lists = replace(survey.lists, head=most.head)


def _held(survey: Survey, walk: Walk) -> int:
    return sum(survey.finds.standing_key(key) in survey.finds.posts for key in walk.keys)


def _is_poor(survey: Survey, feed: Walk) -> bool:
    refuted = any(name.startswith(f"{EvidenceKind.FEED} ") for name in survey.trust.refuted)
    return refuted or feed.shares_address


def remember_best(survey: Survey, walk: Walk, gained: int) -> bool:
    """Make the list that gave most the one that is asked again; beside a feed it is the second look."""
    endpoint = survey.endpoint
    is_list = endpoint is not None and endpoint.kind is EndpointKind.LISTING
    if endpoint is not None and not (is_list and gained > survey.lists.gained):
        return False
    chosen = replace(walk.endpoint, reason=f"it listed {gained} posts")
    survey.use(chosen, walk.validators)
    survey.lists = replace(survey.lists, gained=gained, head=walk.head)
    return True


def remember_head(survey: Survey, walk: Walk) -> None:
    """Remember what stands first in the main list, for the next night to go on from."""
    _note_order(survey, walk)
    through = survey.target.window.now if survey.through else survey.lists.through
    survey.lists = replace(survey.lists, head=walk.head, through=through)


def _note_order(survey: Survey, walk: Walk) -> None:
    """Note whether a list is out of order; a first page may fall by chance, what was read back does not."""
    mark, marks = mark_of(walk.endpoint.url), survey.lists.unsorted
    if is_shuffled(survey, walk):
        survey.lists = replace(survey.lists, unsorted=tuple(dict.fromkeys([*marks, mark])))
    elif survey.deep and walk.facts.pages > 1:
        survey.lists = replace(survey.lists, unsorted=tuple(each for each in marks if each != mark))


def end_turn(survey: Survey) -> None:
    """Note that the list of news was not asked tonight, so that it is tomorrow."""
    survey.lists = replace(survey.lists, off=survey.target.window.now)


def hasten_sides(survey: Survey) -> bool:
    """Let every further list have its turn as soon as may be; False where there is none."""
    long_ago = survey.target.window.now - timedelta(days=365)
    sides = tuple(replace(side, read_at=long_ago) for side in survey.lists.sides)
    survey.lists = replace(survey.lists, sides=sides)
    return bool(sides)


def read_side(survey: Survey, side: RememberedList) -> Generator[Fetch, Page, Walk | None]:
    """Ask one further list for what is new; None when it is a list no more, and forgotten."""
    endpoint = Endpoint(side.kind, side.url, "it listed more before")
    known = Validators() if survey.through else side.validators
    page = yield from survey.ask(side.url, endpoint.kind.purpose, known)
    if page.unchanged:
        walk = Walk(endpoint, page, linked=True, last=side.read_at)
        renewed = replace(_remembered(survey, walk), head=side.head)
    elif page.status in NOT_THERE and not side.head:
        walk, renewed = Walk(endpoint, page), replace(side, read_at=survey.target.window.now)
    elif not page.ok or judge_page(page) is not None:
        if page.status in NOT_THERE:
            survey.walks.note_lost()
        _forget(survey, side, f"{side.url} lists nothing any more.")
        return None
    else:
        try:
            walk = yield from _read(survey, endpoint, page, side)
        except UnparsableError as error:
            _forget(survey, side, error.message)
            return None
        _note_order(survey, walk)
        renewed = _remembered(survey, walk)
    sides = tuple(renewed if each == side else each for each in survey.lists.sides)
    survey.lists = replace(survey.lists, sides=sides)
    return walk


def defer_claim(survey: Survey, since: datetime | None, *, listed: bool) -> datetime | None:
    """Claim for the nights that nobody watched only what every list of the site was read for.

    Where a site has further lists, what the list of news shows of such nights is claimed when each of them
    has been read as well, without another pause in between. One that is sorted by readers shows new posts
    nowhere near its top: where there is one, only thorough nights claim.

    Args:
        since: from when on the list of news is known without a gap; None where it is not.
        listed: whether it was read tonight.
    """
    lists, now = survey.lists, survey.target.window.now
    if not lists.tracked or any(is_unsorted(survey, side.url) for side in lists.further):
        return None
    if not lists.further:
        return since
    told, begun = lists.unclaimed or (None, None)
    if listed and since is None:
        # The list of news itself leaves a gap before tonight.
        told = None
    visited = lists.visited
    survey.lists = replace(lists, visited=now, unclaimed=None)
    since = min((moment for moment in (told, since) if moment is not None), default=None)
    if since is None:
        return None
    if begun is None or visited is None or now - visited > NIGHTLY:
        begun = now
    read = now if listed else survey.target.memory.seen_at
    if read is not None and read >= begun and all(_is_read(side, begun) for side in lists.further):
        return since
    survey.lists = replace(survey.lists, unclaimed=(since, begun))
    return None


def _is_read(side: RememberedList, begun: datetime) -> bool:
    return side.read_at is not None and side.read_at >= begun


def _read(
    survey: Survey, endpoint: Endpoint, page: Page, side: RememberedList
) -> Generator[Fetch, Page, Walk]:
    try:
        if endpoint.kind is EndpointKind.LISTING:
            return (yield from walk_listing(survey, parse_document(page), side.read_at, side.head))
        if endpoint.kind is EndpointKind.SITEMAP:
            keys = tuple(queue_kind(survey, page))
            facts = ListFacts(keys, pages=1, ended=True, paged=True)
            return survey.walks.add(Walk(endpoint, page, facts, linked=True, last=side.read_at))
        return (yield from read_endpoint(survey, endpoint, page, side.read_at, side.head))
    except VisitEndedError:
        # What is remembered as the frontier is where the list of news goes on.
        survey.walks.go_on_at(None)
        raise


def _forget(survey: Survey, side: RememberedList, why: str) -> None:
    survey.note("endpoint", why)
    rest: Iterable[RememberedList] = (each for each in survey.lists.sides if each != side)
    survey.lists = replace(survey.lists, sides=tuple(rest))


def _remembered(survey: Survey, walk: Walk) -> RememberedList:
    known, endpoint = walk.validators, walk.endpoint
    now = survey.target.window.now
    return RememberedList(
        endpoint.kind,
        endpoint.url,
        known.etag,
        known.last_modified,
        known.digest,
        now,
        walk.head,
    )


def _find_main(survey: Survey) -> Walk | None:
    """The list that the endpoint is; one that begins with its oldest is remembered by its last page."""
    known = survey.walks.find(survey.endpoint.url) if survey.endpoint is not None else None
    pages = [walk for walk in survey.walks if walk.endpoint.kind is EndpointKind.LISTING]
    return known or max(pages, key=lambda walk: len(walk.keys), default=None)


def _is_recent(survey: Survey, key: str, held: set[str], oldest: datetime | None) -> bool:
    """Tell whether a post stands beside the main list though it is not older than what that holds."""
    at = _moment(survey, key)
    return key not in held and at is not None and (oldest is None or at >= oldest)


def _moment(survey: Survey, key: str) -> datetime | None:
    """When a post was published; of one that tonight's list shows without its day, as it is stored."""
    post, known = survey.finds.posts.get(key), survey.finds.stored.get(key)
    if post is not None and post.date is not None:
        return post.date.at
    return None if known is None else known.at
