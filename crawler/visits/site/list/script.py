"""Pages that a script draws: the posts are in the page's own JSON, or in the API its script asks."""

from collections.abc import Generator, Mapping
from zoneinfo import ZoneInfo

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose, ScriptAnswer
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.listing import discover_listings
from crawler.discover.shape import find_folder
from crawler.extract.page.document import Document, decode_body, parse_document
from crawler.extract.page.json_value import load_json
from crawler.extract.page.key import same_site
from crawler.extract.state.address import find_state_lists, learn_templates
from crawler.extract.state.post import extract_states, find_apis, find_templates
from crawler.extract.state.record import find_groups
from crawler.health import judge_page
from crawler.visits.site.list.lists import remember_head
from crawler.visits.site.list.reading import read_endpoint
from crawler.visits.site.list.walked import walk_and_remember
from crawler.visits.site.survey.claim import is_whole
from crawler.visits.site.survey.discovery import note_templates
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["read_captured", "read_scripts"]

MAX_SCRIPTS = 2
_LISTS = "its state lists the news"
MAX_LISTS = 3


def read_scripts(survey: Survey, document: Document) -> Generator[Fetch, Page, Walk | None]:
    """Look for posts in the page's JSON, then in the APIs that its scripts name."""
    state = Endpoint(EndpointKind.STATE, document.url, "its page carries them in a script")
    known = yield from _try(survey, state, document.page)
    if known is not None and is_whole(survey, known):
        return known
    plain: list[Page] = []
    listed = yield from _read_lists(survey, document, plain)
    if listed is not None and listed.keys:
        return listed
    scripts = yield from _load_scripts(survey, document)
    note_templates(survey, find_templates(f"{document.html}\n{scripts}"))
    for url in find_apis(document, scripts):
        page = yield from survey.ask(url, Purpose.API)
        if page.ok:
            walk = yield from _try(survey, Endpoint(EndpointKind.STATE, url, "its script asks it"), page)
            if walk is not None and walk.keys:
                return walk
    for page in plain:
        # A welcome that a script draws, and a list as everybody writes one (Nextra's blog).
        yield from walk_and_remember(survey, parse_document(page))
    return known


def read_captured(survey: Survey, page: Page) -> Generator[Fetch, Page, Walk | None]:
    """Read what a rendered page fetched for itself as APIs, which later nights ask without a browser.

    The longest list last, so that it is the one remembered.
    """
    document = parse_document(page) if page.captured else None
    best: Walk | None = None
    for each, templates in _rank_captured(page, document) if document is not None else ():
        note_templates(survey, {**survey.discovery.templates, **templates})
        answer = Page(Fetch(each.url, Purpose.API), each.url, 200, page.fetched_at, body=each.body)
        endpoint = Endpoint(EndpointKind.STATE, each.url, "the page itself fetches it")
        # What wants the page's own key is read tonight, and not remembered.
        best = yield from _try(survey, endpoint, answer, remember=not each.keyed)
    return best


def _rank_captured(page: Page, document: Document) -> list[tuple[ScriptAnswer, Mapping[str, str]]]:
    """Answers that list posts, by how many; of a list's pages the first one only."""
    found: dict[str, tuple[int, ScriptAnswer, Mapping[str, str]]] = {}
    for each in page.captured:
        data = load_json(decode_body(each.body))
        records = sum(
            len(group.records) for group in find_groups(data, each.url, page.fetched_at, ZoneInfo("UTC"))
        )
        if records:
            found.setdefault(each.url.partition("?")[0], (records, each, learn_templates(document, data)))
    ranked = sorted(found.values(), key=lambda entry: entry[0])[-MAX_LISTS:]
    return [(each, templates) for _, each, templates in ranked]


def _read_lists(survey: Survey, document: Document, plain: list[Page]) -> Generator[Fetch, Page, Walk | None]:
    """Read the state of a page that lists the news: a home page's holds the newest few, unsaid.

    Those pages whose state holds none are added to `plain`.
    """
    now, zone = survey.target.window.now, survey.target.zone
    own = extract_states(document, now=now, zone=zone, site=survey.site).posts
    folder = find_folder([post.url for post in own])
    urls = [
        *discover_listings(document),
        *find_state_lists(document),
        *([folder.rstrip("/")] if folder else []),
    ]
    for url in list(dict.fromkeys(urls))[:MAX_LISTS]:
        if url in survey.trail.asked or not survey.may_try():
            continue
        page = yield from survey.ask(url, Purpose.LISTING)
        if page.ok and parse_document(page).states:
            walk = yield from _try(
                survey, Endpoint(EndpointKind.STATE, page.url, "its state lists the news"), page
            )
            if walk is not None and walk.keys:
                return walk
        if page.ok and judge_page(page) is None:
            plain.append(page)
    return None


def _try(
    survey: Survey, endpoint: Endpoint, page: Page, *, remember: bool = True
) -> Generator[Fetch, Page, Walk | None]:
    try:
        walk = yield from read_endpoint(survey, endpoint, page)
    except UnparsableError as error:
        survey.note("script", error.message)
        return None
    if remember:
        survey.use(endpoint, page.validators)
        remember_head(survey, walk)
    return walk


def _load_scripts(survey: Survey, document: Document) -> Generator[Fetch, Page, str]:
    texts = []
    sources = [document.resolve(s.attributes.get("src") or "") for s in document.tree.css("script[src]")]
    own = [url for url in sources if url is not None and same_site(url, document.url)]
    for url in own[-MAX_SCRIPTS:]:
        page = yield from survey.ask(url, Purpose.API)
        if page.ok:
            texts.append(decode_body(page.body[:2_000_000], page.headers.get("content-type", "")))
    return "\n".join(texts)
