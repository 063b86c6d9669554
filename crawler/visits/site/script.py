"""Pages that a script draws: the posts are in the page's own JSON, or in the API its script asks."""

from collections.abc import Generator, Mapping
from zoneinfo import ZoneInfo

from activity.errors import UnparsableError
from activity.visit import Captured, Fetch, Page, Purpose
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.listing import discover_listings
from crawler.discover.shape import find_folder
from crawler.extract.document import Document, decode_body, parse_document
from crawler.extract.json_value import load_json
from crawler.extract.key import same_site
from crawler.extract.state import extract_states, find_apis, find_templates
from crawler.extract.state_address import find_links, find_state_lists, last_segment, learn_templates
from crawler.extract.state_record import find_groups
from crawler.health import visible_text
from crawler.visits.site.reading import Extent, read_endpoint
from crawler.visits.site.survey import Survey

__all__ = ["is_drawn_by_script", "is_frame", "read_captured", "read_scripts"]

MAX_SCRIPTS = 2
_LISTS = "its state lists the news"
MAX_LISTS = 3
# Two records with a date are as well a notice and a banner.
FEWEST_HIDDEN = 3


def is_drawn_by_script(document: Document) -> bool:
    """Whether a script draws a page's posts: it is a mere frame, or carries posts that it does not link."""
    return is_frame(document) or _hides_posts(document)


def _hides_posts(document: Document) -> bool:
    """Whether a page with a menu and a footer keeps its posts in its state only."""
    now = document.page.fetched_at
    posts = extract_states(document, now=now, zone=ZoneInfo("UTC"), site=document.url).posts
    links, _ = find_links(document) if len(posts) >= FEWEST_HIDDEN else ({}, {})
    return len(posts) >= FEWEST_HIDDEN and sum(last_segment(post.url) in links for post in posts) * 2 < len(
        posts
    )


def is_frame(document: Document) -> bool:
    """Whether a page is a frame for a script: scripts, next to no text and next to no links."""
    scripts = document.tree.css("script")
    return bool(scripts) and len(visible_text(document)) < 400 and len(document.tree.css("a[href]")) < 5


def read_scripts(survey: Survey, document: Document) -> Generator[Fetch, Page, Extent]:
    """Look for posts in the page's JSON, then in the APIs that its scripts name."""
    state = Endpoint(EndpointKind.STATE, document.url, "its page carries them in a script")
    known = yield from _try(survey, state, document.page)
    if known.complete:
        return known
    listed = yield from _read_lists(survey, document)
    if listed.posts:
        return listed
    scripts = yield from _load_scripts(survey, document)
    survey.facts["templates"] = dict(find_templates(f"{document.html}\n{scripts}"))
    for url in find_apis(document, scripts):
        page = yield from survey.ask(url, Purpose.API)
        if page.ok:
            extent = yield from _try(survey, Endpoint(EndpointKind.STATE, url, "its script asks it"), page)
            if extent.posts:
                return extent
    return known


def read_captured(survey: Survey, page: Page) -> Generator[Fetch, Page, Extent]:
    """Read what a rendered page fetched for itself as APIs, which later nights ask without a browser.

    The longest list last, so that it is the one remembered.
    """
    document = parse_document(page) if page.captured else None
    best = Extent()
    for each, templates in _rank_captured(page, document) if document is not None else ():
        survey.facts["templates"] = {**(survey.facts.get("templates") or {}), **templates}
        answer = Page(Fetch(each.url, Purpose.API), each.url, 200, page.fetched_at, body=each.body)
        endpoint = Endpoint(EndpointKind.STATE, each.url, "the page itself fetches it")
        # What wants the page's own key is read tonight, and not remembered.
        best = yield from _try(survey, endpoint, answer, remember=not each.keyed)
    return best


def _rank_captured(page: Page, document: Document) -> list[tuple[Captured, Mapping[str, str]]]:
    """Answers that list posts, by how many; of a list's pages the first one only."""
    found: dict[str, tuple[int, Captured, Mapping[str, str]]] = {}
    for each in page.captured:
        data = load_json(decode_body(each.body))
        records = sum(
            len(group.records) for group in find_groups(data, each.url, page.fetched_at, ZoneInfo("UTC"))
        )
        if records:
            found.setdefault(each.url.partition("?")[0], (records, each, learn_templates(document, data)))
    ranked = sorted(found.values(), key=lambda entry: entry[0])[-MAX_LISTS:]
    return [(each, templates) for _, each, templates in ranked]


def _read_lists(survey: Survey, document: Document) -> Generator[Fetch, Page, Extent]:
    """Read the state of a page that lists the news: a home page's holds the newest few, unsaid."""
    folder = find_folder([post.url for post in survey.posts.values()])
    urls = [
        *discover_listings(document),
        *find_state_lists(document),
        *([folder.rstrip("/")] if folder else []),
    ]
    for url in list(dict.fromkeys(urls))[:MAX_LISTS]:
        if url in survey.asked or not survey.may_try():
            continue
        page = yield from survey.ask(url, Purpose.LISTING)
        if page.ok and parse_document(page).states:
            extent = yield from _try(
                survey, Endpoint(EndpointKind.STATE, page.url, "its state lists the news"), page
            )
            if extent.posts:
                return extent
    return Extent()


def _try(
    survey: Survey, endpoint: Endpoint, page: Page, *, remember: bool = True
) -> Generator[Fetch, Page, Extent]:
    try:
        extent = yield from read_endpoint(survey, endpoint, page)
    except UnparsableError as error:
        survey.note("script", error.message)
        return Extent()
    if remember:
        survey.use(endpoint, page)
    return extent


def _load_scripts(survey: Survey, document: Document) -> Generator[Fetch, Page, str]:
    texts = []
    sources = [document.resolve(s.attributes.get("src") or "") for s in document.tree.css("script[src]")]
    own = [url for url in sources if url is not None and same_site(url, document.url)]
    for url in own[-MAX_SCRIPTS:]:
        page = yield from survey.ask(url, Purpose.API)
        if page.ok:
            texts.append(decode_body(page.body[:2_000_000], page.headers.get("content-type", "")))
    return "\n".join(texts)
