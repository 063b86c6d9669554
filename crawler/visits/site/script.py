"""Pages that a script draws: the posts are in the page's own JSON, or in the API its script asks."""

from collections.abc import Generator

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.document import Document, decode_body
from crawler.extract.key import same_site
from crawler.extract.state import find_apis, find_templates
from crawler.health import visible_text
from crawler.visits.site.reading import Extent, read_endpoint
from crawler.visits.site.survey import Survey

__all__ = ["is_drawn_by_script", "read_scripts"]

MAX_SCRIPTS = 2


def is_drawn_by_script(document: Document) -> bool:
    """Whether a page is a frame for a script: scripts, next to no text and next to no links."""
    scripts = document.tree.css("script")
    return bool(scripts) and len(visible_text(document)) < 400 and len(document.tree.css("a[href]")) < 5


def read_scripts(survey: Survey, document: Document) -> Generator[Fetch, Page, Extent]:
    """Look for posts in the page's JSON, then in the APIs that its scripts name."""
    state = Endpoint(EndpointKind.STATE, document.url, "its page carries them in a script")
    known = yield from _try(survey, state, document.page)
    if known.complete:
        return known
    scripts = yield from _load_scripts(survey, document)
    survey.facts["templates"] = dict(find_templates(f"{document.html}\n{scripts}"))
    for url in find_apis(document, scripts):
        page = yield from survey.ask(url, Purpose.API)
        if page.ok:
            extent = yield from _try(survey, Endpoint(EndpointKind.STATE, url, "its script asks it"), page)
            if extent.posts:
                return extent
    return known


def _try(survey: Survey, endpoint: Endpoint, page: Page) -> Generator[Fetch, Page, Extent]:
    try:
        extent = yield from read_endpoint(survey, endpoint, page)
    except UnparsableError as error:
        survey.note("script", error.message)
        return Extent()
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
