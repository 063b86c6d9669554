"""The first visit to a website: find out where its posts are listed, and go back over the window."""

import re
from collections.abc import Generator
from typing import Final
from urllib.parse import urljoin

from activity.errors import UnparsableError
from activity.outcome import Outcome
from activity.post import Precision
from activity.visit import Fetch, Harvest, Page, Purpose
from crawler.discover.endpoint import Endpoint, EndpointKind, discover_endpoints, discover_sitemaps
from crawler.discover.guess import discover_generated, discover_well_known
from crawler.discover.listing import discover_listings, pick_listings
from crawler.discover.shape import find_folder, shape_of
from crawler.extract.page.document import Document, parse_document
from crawler.extract.page.key import same_site
from crawler.health import PageVerdict, judge_move, judge_page
from crawler.reach import ListFacts
from crawler.visits.site.conclude import conclude, fail
from crawler.visits.site.list.guess import guess_feeds, guess_on, names_feed, read_or_guess, try_endpoint
from crawler.visits.site.list.home import (
    look_for_spam,
    note_mirror,
    open_home,
    open_site,
    plan_looks,
    remember_links,
)
from crawler.visits.site.list.listing import list_page
from crawler.visits.site.list.lists import choose_main, choose_sides
from crawler.visits.site.list.map import read_kinds, read_sitemap
from crawler.visits.site.list.menu import FEWEST_ITEMS, ask_and_walk, take_for_post, walk_lists, walk_menu
from crawler.visits.site.list.script import read_captured, read_scripts
from crawler.visits.site.list.second import read_left_lists, read_second_lists
from crawler.visits.site.list.topic import read_topic_feeds
from crawler.visits.site.post.absence import ask_missing, find_missing, settle_claim
from crawler.visits.site.post.article import read_articles
from crawler.visits.site.post.confirm import confirm_witnesses, lacks_shown_days
from crawler.visits.site.post.copies import fold_known, settle_copies
from crawler.visits.site.post.double import join_doubles
from crawler.visits.site.post.frame import is_drawn_by_script
from crawler.visits.site.post.interval import pin_days
from crawler.visits.site.post.leftover import read_leftovers
from crawler.visits.site.post.minute import judge_minutes, read_minutes
from crawler.visits.site.post.renamed import match_renamed
from crawler.visits.site.post.testimony import doubt_days_of_utc, judge_testimony, recall_trust
from crawler.visits.site.survey.claim import claim_site, is_whole, keep_earned
from crawler.visits.site.survey.discovery import begin_discovery, forget_rendering, remember_rendering
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["visit_first"]

MAX_ENDPOINTS: Final = 3
_COMMENTS: Final = re.compile(r"/(?:comments?|komentar)/", re.IGNORECASE)
# Fewer articles are read sooner than a list is looked for.
FEWEST_ARTICLES: Final = 6
# A page of a list shows more, as a rule.
MOST_AT_HOME: Final = 9
# Requests to addresses that nothing on the site names; most of them come back empty.
MAX_SITEMAP_GUESSES: Final = 3
# A map that holds so many posts which lists showed, and lacks none of them, is taken for one of all posts.
FEWEST_SHARED: Final = 3


def visit_first(survey: Survey) -> Generator[Fetch, Page, Harvest]:
    """Discover a site's endpoints and read the whole window."""
    home = yield from open_home(survey)
    verdict = judge_page(home)
    if verdict is None and (moved := judge_move(survey.target.account.address, home.url)) is not None:
        verdict = PageVerdict(Outcome.MOVED, moved)
    if verdict is not None:
        return fail(survey, verdict)
    document = parse_document(home)
    open_site(survey, home)
    look_for_spam(survey, document)
    begin_discovery(survey)
    recall_trust(survey)
    remember_links(survey, document)
    yield from _find_posts(survey, document)
    drawn = None
    if survey.target.rendering and _shows_nothing(survey, document):
        drawn = yield from survey.ask(home.url, Purpose.HOME, rendered=True)
        yield from _read_rendered(survey, drawn)
    yield from _settle(survey)
    return _conclude(survey, document, drawn)


def _find_posts(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    """Look for posts where they cost least, and further only where that leaves something open."""
    walk = yield from _try_endpoints(survey, discover_endpoints(document.page, document))
    if walk is None or not is_whole(survey, walk) or walk.shares_address or _shows_more(survey, document):
        # Posts that share an address have one of their own in a list only, where their withdrawal shows.
        yield from _complete(survey, document, walk)
    else:
        if lacks_shown_days(survey):
            # What a feed tells without a clock may be the day of UTC; a list tells readers' day of many posts
            # at once (Tinkerer: sixty articles read for what its archive says on one page).
            yield from walk_lists(survey, document)
        yield from read_second_lists(survey, document)
    yield from read_topic_feeds(survey)
    yield from read_or_guess(survey, document)
    yield from read_kinds(survey, document)


def _settle(survey: Survey) -> Generator[Fetch, Page, None]:
    """Hold what was found against the posts' own pages, and against what earlier visits knew."""
    yield from read_leftovers(survey)
    yield from settle_copies(survey)
    survey.finds.wait_for_before()
    yield from confirm_witnesses(survey)
    if (yield from read_left_lists(survey)):
        yield from read_leftovers(survey)
        yield from confirm_witnesses(survey)
    # Posts whose feed is believed no more share a day by now that they did not.
    yield from settle_copies(survey)
    yield from join_doubles(survey)
    choose_main(survey)
    match_renamed(survey)
    choose_sides(survey)
    note_mirror(survey, survey.home.links or ())
    pin_days(survey)
    doubt_days_of_utc(survey)
    judge_minutes(survey)
    yield from read_minutes(survey)
    judge_testimony(survey, final=True, seated=True)
    # What is refuted only now leaves posts without a date whose pages are told anew, and gives others the day
    # of a post that they are (the awkward site 2100568).
    yield from read_articles(survey)
    fold_known(survey)
    yield from ask_missing(survey, find_missing(survey, claim_site(survey)))
    plan_looks(survey)


def _try_endpoints(survey: Survey, endpoints: tuple[Endpoint, ...]) -> Generator[Fetch, Page, Walk | None]:
    """Read the advertised endpoints until one proves to hold posts."""
    empty: set[str] = set()
    tried = 0
    for endpoint in endpoints:
        folder = urljoin(endpoint.url, ".")
        # RSS, Atom and RDF beside an empty feed are the same feed in other words.
        if endpoint.url in survey.trail.asked or folder in empty or _COMMENTS.search(endpoint.url):
            continue
        if tried == MAX_ENDPOINTS or not survey.may_try():
            break
        tried += 1
        walk = yield from try_endpoint(survey, endpoint, named=True)
        if walk is not None and walk.keys:
            return walk
        if walk is not None and endpoint.kind is EndpointKind.FEED:
            empty.add(folder)
    return None


def _shows_more(survey: Survey, document: Document) -> bool:
    """Tell whether the home page lists posts, of the shape of those found, that the endpoint does not."""
    for item in list_page(survey, document).items:
        missing = not survey.finds.seen(survey.item_key(item)) and shape_of(item.url) in survey.finds.shapes
        if missing and item.date is not None and not survey.finds.is_old(item.date):
            survey.note("home page", f"{item.url} is listed there and not by the endpoint.")
            return True
    return False


def _complete(survey: Survey, document: Document, walk: Walk | None) -> Generator[Fetch, Page, None]:
    """Fill what the advertised endpoint left open: guessed feeds, lists, sitemaps, articles."""
    found = walk is not None
    if not found:
        guessed = yield from guess_feeds(survey, discover_generated(document))
        if guessed is not None and is_whole(survey, guessed) and not _shows_more(survey, document):
            return
        found = guessed is not None
    if is_drawn_by_script(document):
        scripted = yield from read_scripts(survey, document)
        if scripted is not None and is_whole(survey, scripted):
            return
    yield from walk_lists(survey, document)
    if not (found or names_feed(document)) and _leaves_open(survey):
        guessed = yield from guess_feeds(survey, discover_well_known(document))
        if guessed is not None and is_whole(survey, guessed) and not _shows_more(survey, document):
            return
    named = False
    if not is_whole(survey):
        named = yield from _use_sitemap(survey, document)
    open_ended = not (named or is_whole(survey))
    if _lacks_list(survey, named=named) or (open_ended and _shows_excerpt(survey, document)):
        yield from walk_menu(survey, document)
    if not (named or is_whole(survey)):
        yield from guess_on(survey, document)


def _lacks_list(survey: Survey, *, named: bool) -> bool:
    """Tell whether nothing was found, or no list of what a short feed shows the newest of.

    A home page may say no more than welcome, and call its list by a word of another language (Hexo's A4).
    """
    if not survey.finds.posts:
        return len(survey.finds.waiting) < FEWEST_ARTICLES
    lists = any(walk.keys for walk in survey.walks if walk.endpoint.kind is EndpointKind.LISTING)
    return not (named or lists or is_whole(survey))


def _shows_excerpt(survey: Survey, home: Document) -> bool:
    """Tell whether the only list is the home page's, of a few posts without a way on.

    Its menu may call the list of all by a word that promises nothing ("Bacaan").
    """
    lists = [walk for walk in survey.walks if walk.endpoint.kind is EndpointKind.LISTING and walk.keys]
    return bool(lists) and all(
        walk.endpoint.url == home.url and not walk.further_pages and len(walk.keys) <= MOST_AT_HOME
        for walk in lists
    )


def _leaves_open(survey: Survey) -> bool:
    """Tell whether the lists left so much open that a feed which nothing names is worth a guess."""
    posts = survey.finds.posts.values()
    days_only = sum(post.date is not None and post.date.precision is Precision.DAY for post in posts)
    return not is_whole(survey) or len(survey.finds.waiting) + days_only >= FEWEST_ARTICLES


def _use_sitemap(survey: Survey, document: Document) -> Generator[Fetch, Page, bool]:
    """Queue what a sitemap names; True for one that lacks none of the posts found so far."""
    for number, url in enumerate(discover_sitemaps(document)[:MAX_SITEMAP_GUESSES]):
        # Half of all sites have the first: that is worth more than a dozen guesses at feeds.
        if number and not survey.may_try():
            return False
        page = yield from survey.ask(url, Purpose.SITEMAP)
        if page.ok:
            break
    else:
        return False
    try:
        mapped = yield from read_sitemap(survey, page)
    except UnparsableError as error:
        survey.note("sitemap", error.message)
        return False
    survey.note("sitemap", f"{url} names {mapped.queued} further addresses that may be posts.")
    yield from _walk_folder(survey)
    whole = mapped.shared == mapped.found >= FEWEST_SHARED or (not mapped.found and mapped.queued > 0)
    endpoint = Endpoint(EndpointKind.SITEMAP, url, f"it names {mapped.queued} possible posts")
    # A map of standing pages only names none of the posts that were found.
    if whole:
        facts = ListFacts(mapped.keys, pages=1, ended=True, paged=True)
        survey.walks.add(Walk(endpoint, page, facts, mapped.queued, whole=True, older=mapped.older))
    if mapped.queued and survey.endpoint is None:
        survey.use(endpoint, page.validators)
    return whole


def _walk_folder(survey: Survey) -> Generator[Fetch, Page, None]:
    """Look for the list of what a sitemap names, by its name or in the folder above: it dates many posts."""
    named = [candidate.url for candidate in survey.finds.waiting.values() if not candidate.sure]
    if len(survey.finds.waiting) < FEWEST_ARTICLES:
        return
    folder = find_folder(named)
    for url in (*pick_listings(named)[:1], *([folder] if folder else [])):
        if url.rstrip("/") in survey.trail.asked:
            continue
        shown = {key for walk in survey.walks for key in walk.keys}
        candidate = survey.finds.take_waiting(survey.key(url))
        walk = yield from ask_and_walk(survey, url)
        if walk is not None and is_whole(survey, walk):
            _leave_rest(survey)
            return
        few = walk is None or len(walk.keys) < FEWEST_ITEMS or shown.issuperset(walk.keys)
        if candidate is not None and few:
            # Its address may have a list's word in it, and its page a ticker's newest posts (3500516).
            take_for_post(survey, candidate, walk)


def _leave_rest(survey: Survey) -> None:
    """What a sitemap names in the shape of a list's posts and the list, read back, does not hold is older."""
    finds = survey.finds
    rest = [key for key, c in finds.waiting.items() if not c.sure and shape_of(c.url) in finds.shapes]
    survey.note("sitemap", f"{len(rest)} of its addresses are older than the list's.")
    finds.settle_waiting(rest)


def _shows_nothing(survey: Survey, document: Document) -> bool:
    """Tell whether a page that runs scripts led to no post at all."""
    return survey.endpoint is None and not survey.finds.posts and bool(document.tree.css("script"))


def _read_rendered(survey: Survey, home: Page) -> Generator[Fetch, Page, None]:
    """Look once more, with a browser, for what was not found without one."""
    if not home.ok:
        return
    document = parse_document(home)
    look_for_spam(survey, document)
    # What was tried in vain without a browser is another matter; the lists were asked for as they come.
    survey.trail.begin_again(discover_listings(document))
    walk = yield from _try_endpoints(survey, discover_endpoints(home, document))
    if walk is not None and is_whole(survey, walk):
        return
    captured = yield from read_captured(survey, home)
    if captured is not None and captured.keys:
        return
    remember_rendering(survey, Purpose.LISTING)
    yield from walk_lists(survey, document)
    yield from read_articles(survey)
    if survey.endpoint is None:
        forget_rendering(survey)


def _conclude(survey: Survey, document: Document, drawn: Page | None) -> Harvest:
    home = document.page
    reach = keep_earned(survey, settle_claim(survey, claim_site(survey)))
    if survey.endpoint is None:
        if not survey.finds.posts and is_drawn_by_script(document):
            detail = f"{home.url} is drawn by a script; its page holds no posts."
            if drawn is not None:
                detail += f" Rendered by a browser: {drawn.detail or 'no posts either'}."
            return conclude(survey, Outcome.NEEDS_BROWSER, reach, detail)
        survey.use(Endpoint(EndpointKind.LISTING, home.url, "nothing better was found"), home.validators)
    detail = "" if same_site(home.url, survey.target.account.address) else f"The site moved to {home.url}."
    return conclude(survey, None, reach, detail)
