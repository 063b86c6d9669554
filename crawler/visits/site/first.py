"""The first visit to a website: find out where its posts are listed, and go back over the window."""

import re
from collections.abc import Generator
from dataclasses import replace
from urllib.parse import urljoin

from activity.errors import UnparsableError
from activity.outcome import Outcome
from activity.post import Precision
from activity.visit import Fetch, Harvest, Page, Purpose
from crawler.discover.endpoint import Endpoint, EndpointKind, discover_endpoints, discover_sitemaps
from crawler.discover.guess import discover_generated, discover_well_known
from crawler.discover.listing import discover_above, discover_listings, discover_menu, pick_listings
from crawler.discover.shape import find_folder, shape_of
from crawler.extract.document import Document, parse_document
from crawler.extract.key import same_site
from crawler.health import Verdict, judge_move, judge_page
from crawler.visits.site.article import read_articles
from crawler.visits.site.guess import guess_feeds, guess_on, names_feed, read_or_guess, try_endpoint
from crawler.visits.site.home import look_for_spam, open_home, put_off_robot, remember_links
from crawler.visits.site.interval import pin_days
from crawler.visits.site.listing import list_page, walk_listing
from crawler.visits.site.map import read_kinds, read_sitemap
from crawler.visits.site.minute import read_minutes
from crawler.visits.site.reading import Extent
from crawler.visits.site.script import is_drawn_by_script, read_captured, read_scripts
from crawler.visits.site.second import choose_sides, read_second_lists
from crawler.visits.site.survey import Survey
from crawler.visits.site.topic import read_topic_feeds

__all__ = ["visit_first"]

MAX_ENDPOINTS = 3
_COMMENTS = re.compile(r"/(?:comments?|komentar)/", re.IGNORECASE)
MAX_LISTINGS = 5
# Links that promise nothing, tried where nothing promises anything; a list has so many items.
MAX_MENU = 4
FEWEST_ITEMS = 3
# Fewer articles are read sooner than a list is looked for.
FEWEST_ARTICLES = 6
# Requests to addresses that nothing on the site names; most of them come back empty.
MAX_SITEMAP_GUESSES = 3


def visit_first(survey: Survey) -> Generator[Fetch, Page, Harvest]:
    """Discover a site's endpoints and read the whole window."""
    home = yield from open_home(survey)
    verdict = judge_page(home)
    if verdict is None and (moved := judge_move(survey.target.account.address, home.url)) is not None:
        verdict = Verdict(Outcome.MOVED, moved)
    if verdict is not None:
        return survey.fail(verdict)
    document = parse_document(home)
    survey.site = home.url
    look_for_spam(survey, document)
    survey.facts |= {
        "site": home.url,
        "asked": survey.target.window.since.isoformat(),
    }
    remember_links(survey, document)
    extent = yield from _try_endpoints(survey, discover_endpoints(home, document))
    if not extent.complete or _shows_more(survey, document):
        extent = yield from _complete(survey, document, extent)
    else:
        yield from read_second_lists(survey, document)
    yield from read_topic_feeds(survey)
    yield from read_or_guess(survey, document)
    yield from read_kinds(survey, document)
    drawn = None
    if survey.target.rendering and _shows_nothing(survey, document):
        drawn = yield from survey.ask(home.url, Purpose.HOME, rendered=True)
        extent = yield from _read_rendered(survey, drawn)
    choose_sides(survey)
    pin_days(survey)
    yield from read_minutes(survey)
    put_off_robot(survey)
    return _conclude(survey, document, extent, drawn)


def _try_endpoints(survey: Survey, endpoints: tuple[Endpoint, ...]) -> Generator[Fetch, Page, Extent]:
    """Read the advertised endpoints until one proves to hold posts."""
    empty: set[str] = set()
    tried = 0
    for endpoint in endpoints:
        folder = urljoin(endpoint.url, ".")
        # RSS, Atom and RDF beside an empty feed are the same feed in other words.
        if endpoint.url in survey.asked or folder in empty or _COMMENTS.search(endpoint.url):
            continue
        if tried == MAX_ENDPOINTS or not survey.may_try():
            break
        tried += 1
        extent = yield from try_endpoint(survey, endpoint)
        if extent is not None and extent.posts:
            return extent
        if extent is not None and endpoint.kind is EndpointKind.FEED:
            empty.add(folder)
    return Extent()


def _shows_more(survey: Survey, document: Document) -> bool:
    """Whether the home page lists posts, of the shape of those found, that the endpoint does not."""
    for item in list_page(survey, document):
        missing = not survey.seen(survey.key(item.url)) and shape_of(item.url) in survey.shapes
        if missing and item.date is not None and not survey.is_old(item.date):
            survey.note("home page", f"{item.url} is listed there and not by the endpoint.")
            return True
    return False


def _complete(survey: Survey, document: Document, extent: Extent) -> Generator[Fetch, Page, Extent]:
    """Fill what the advertised endpoint left open: guessed feeds, lists, sitemaps, articles."""
    guessed = Extent()
    if not extent.posts:
        guessed = yield from guess_feeds(survey, discover_generated(document))
        if guessed.complete and not _shows_more(survey, document):
            return guessed
    if not (extent.posts or guessed.posts) and is_drawn_by_script(document):
        scripted = yield from read_scripts(survey, document)
        if scripted.posts:
            return scripted
    listed = yield from _walk_lists(survey, document)
    if not (extent.posts or guessed.posts or names_feed(document)) and _leaves_open(survey, listed):
        guessed = yield from guess_feeds(survey, discover_well_known(document))
        if guessed.complete and not _shows_more(survey, document):
            return guessed
    named = False
    if not listed.complete:
        named = yield from _use_sitemap(survey, document)
    if not survey.posts and len(survey.waiting) < FEWEST_ARTICLES:
        listed = yield from _walk_menu(survey, document)
    if not (listed.complete or named):
        guessed = yield from guess_on(survey, document)
        if guessed.posts:
            return guessed
    return replace(listed, complete=listed.complete or named)


def _leaves_open(survey: Survey, listed: Extent) -> bool:
    """Whether the lists left so much open that a feed which nothing names is worth a guess."""
    days_only = sum(
        post.date is not None and post.date.precision is Precision.DAY for post in survey.posts.values()
    )
    return not listed.complete or len(survey.waiting) + days_only >= FEWEST_ARTICLES


def _walk_lists(survey: Survey, home: Document) -> Generator[Fetch, Page, Extent]:
    """Walk the home page's own list, then the pages that its menu calls news, and so on."""
    whole = yield from _walk(survey, home)
    found = whole.posts
    complete = whole.complete
    archives = dict.fromkeys(whole.archives)
    for url in discover_listings(home)[:MAX_LISTINGS]:
        if survey.key(url) in survey.waiting or survey.key(url) in survey.posts or not survey.may_try():
            continue
        extent = yield from _ask_and_walk(survey, url)
        archives.update(dict.fromkeys(extent.archives))
        found += extent.posts
        complete = complete or extent.complete
    above = None if complete else discover_above(home, _found_so_far(survey))
    if above is not None and survey.may_try():
        extent = yield from _ask_and_walk(survey, above)
        archives.update(dict.fromkeys(extent.archives))
        found, complete = found + extent.posts, extent.complete
    if not complete:
        for number, url in enumerate(archives):
            # New posts appear in the newest month's archive only.
            extent = yield from _ask_and_walk(survey, url, remember=number == 0)
            found += extent.posts
            complete = complete or extent.posts > 0
    return Extent(posts=found, complete=complete and found > 0)


def _found_so_far(survey: Survey) -> list[str]:
    """Addresses of posts, and of candidates that a list named."""
    return [post.url for post in survey.posts.values()] + [c.url for c in survey.waiting.values() if c.sure]


def _walk_menu(survey: Survey, home: Document) -> Generator[Fetch, Page, Extent]:
    """Try the links of the home page one by one until one of them turns out to be a list."""
    asked = 0
    for url in discover_menu(home):
        if url in survey.asked or asked == MAX_MENU or not survey.may_try():
            continue
        asked += 1
        survey.waiting.pop(survey.key(url), None)
        extent = yield from _ask_and_walk(survey, url)
        if extent.posts >= FEWEST_ITEMS:
            return extent
    return Extent()


def _ask_and_walk(survey: Survey, url: str, *, remember: bool = True) -> Generator[Fetch, Page, Extent]:
    if url in survey.asked:
        return Extent()
    page = yield from survey.ask(url, Purpose.LISTING)
    if not page.ok or judge_page(page) is not None:
        return Extent()
    captured = yield from read_captured(survey, page)
    if captured.posts:
        return captured
    return (yield from _walk(survey, parse_document(page), remember=remember))


def _walk(survey: Survey, document: Document, *, remember: bool = True) -> Generator[Fetch, Page, Extent]:
    posts, waiting = len(survey.posts), len(survey.waiting)
    extent = yield from walk_listing(survey, document)
    # A list may date what waited already.
    gained = len(survey.posts) - posts + max(0, len(survey.waiting) - waiting)
    survey.note("listing", f"{document.url} lists {extent.posts} items, {gained} of them new.")
    survey.walked_to_end = survey.walked_to_end or extent.complete
    if gained and remember:
        _remember_listing(survey, survey.tail or document, gained)
    return extent


def _remember_listing(survey: Survey, document: Document, gained: int) -> None:
    """The list that gave most is asked again; beside a feed it is the second look of a night."""
    endpoint = Endpoint(EndpointKind.LISTING, document.url, f"it listed {gained} posts")
    best = survey.facts.get("gained", 0)
    if survey.endpoint is None or (survey.endpoint.kind is EndpointKind.LISTING and gained > best):
        survey.use(endpoint, document.page)
        survey.facts["gained"] = gained


def _use_sitemap(survey: Survey, document: Document) -> Generator[Fetch, Page, bool]:
    """Queue what a sitemap names; True when it is a map of the posts, which then is complete."""
    for url in discover_sitemaps(document)[:MAX_SITEMAP_GUESSES]:
        if not survey.may_try():
            return False
        page = yield from survey.ask(url, Purpose.SITEMAP)
        if page.ok:
            break
    else:
        return False
    found = bool(survey.posts or survey.waiting)
    try:
        mapped = yield from read_sitemap(survey, page)
    except UnparsableError as error:
        survey.note("sitemap", error.message)
        return False
    survey.note("sitemap", f"{url} names {mapped.queued} further addresses that may be posts.")
    yield from _walk_folder(survey)
    if mapped.queued and survey.endpoint is None:
        survey.use(Endpoint(EndpointKind.SITEMAP, url, f"it names {mapped.queued} possible posts"), page)
    # A map of standing pages only names none of the posts that were found.
    return mapped.shared > 0 if found else mapped.queued > 0


def _walk_folder(survey: Survey) -> Generator[Fetch, Page, None]:
    """Look for the list of what a sitemap names, by its name or in the folder above: it dates many posts."""
    named = [candidate.url for candidate in survey.waiting.values() if not candidate.sure]
    if len(survey.waiting) < FEWEST_ARTICLES:
        return
    folder = find_folder(named)
    for url in (*pick_listings(named)[:1], *([folder] if folder else [])):
        if url.rstrip("/") in survey.asked:
            continue
        survey.waiting.pop(survey.key(url), None)
        extent = yield from _ask_and_walk(survey, url)
        if extent.complete:
            _leave_rest(survey)
            return


def _leave_rest(survey: Survey) -> None:
    """What a sitemap names in the shape of a list's posts and the list, read back, does not hold is older."""
    rest = [key for key, c in survey.waiting.items() if not c.sure and shape_of(c.url) in survey.shapes]
    survey.note("sitemap", f"{len(rest)} of its addresses are older than the list's.")
    for key in rest:
        survey.waiting.pop(key)
        survey.settle(key)


def _shows_nothing(survey: Survey, document: Document) -> bool:
    """Whether a page that runs scripts led to no post at all."""
    return survey.endpoint is None and not survey.posts and bool(document.tree.css("script"))


def _read_rendered(survey: Survey, home: Page) -> Generator[Fetch, Page, Extent]:
    """Look once more, with a browser, for what was not found without one."""
    if not home.ok:
        return Extent()
    document = parse_document(home)
    look_for_spam(survey, document)
    # What was tried in vain without a browser is another matter.
    survey.earned.clear()
    extent = yield from _try_endpoints(survey, discover_endpoints(home, document))
    if extent.complete:
        return extent
    captured = yield from read_captured(survey, home)
    if captured.posts:
        return captured
    survey.remember_rendering(Purpose.LISTING)
    # They were asked for as they come, and showed nothing.
    survey.asked.difference_update(discover_listings(document))
    extent = yield from _walk_lists(survey, document)
    yield from read_articles(survey)
    if survey.endpoint is None:
        survey.facts.pop("rendered")
    return extent


def _conclude(survey: Survey, document: Document, extent: Extent, drawn: Page | None) -> Harvest:
    home = document.page
    if survey.endpoint is None:
        if not survey.posts and is_drawn_by_script(document):
            detail = f"{home.url} is drawn by a script; its page holds no posts."
            if drawn is not None:
                detail += f" Rendered by a browser: {drawn.detail or 'no posts either'}."
            return survey.conclude(Outcome.NEEDS_BROWSER, detail)
        survey.use(Endpoint(EndpointKind.LISTING, home.url, "nothing better was found"), home)
    complete_since = survey.target.window.since if extent.complete else survey.reached
    detail = "" if same_site(home.url, survey.target.account.address) else f"The site moved to {home.url}."
    return survey.conclude(None, detail, complete_since)
