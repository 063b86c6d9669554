"""Feeds that nothing on a site names, asked for where its own pages leave posts or their days open."""

from collections.abc import Generator, Iterable
from typing import Final

from activity.errors import UnparsableError
from activity.outcome import Failure
from activity.visit import Fetch, Page
from crawler.discover.endpoint import Endpoint, EndpointKind, discover_endpoints
from crawler.discover.guess import discover_well_known
from crawler.extract.page.document import Document
from crawler.visits.site.list.lists import remember_head
from crawler.visits.site.list.reading import read_endpoint
from crawler.visits.site.post.article import read_articles
from crawler.visits.site.survey.discovery import may_guess, note_guess, unsettle_guess
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["guess_feeds", "guess_on", "names_feed", "read_or_guess", "try_endpoint"]

# Requests to addresses that nothing on the site names; most of them come back empty.
MAX_GUESSES: Final = 2
# A home page shows no more of many posts; a list of its own shows more even where it has no way on.
MOST_ON_A_FRONT: Final = 24
MOST_ON_A_STUB: Final = 12
# So many articles without a date show that it must be found elsewhere.
MAX_PROBED: Final = 2
_ADVERTISED: Final = frozenset(
    {EndpointKind.WORDPRESS, EndpointKind.BLOGGER, EndpointKind.FEED, EndpointKind.STATE}
)


def try_endpoint(
    survey: Survey, endpoint: Endpoint, *, named: bool = False
) -> Generator[Fetch, Page, Walk | None]:
    """Ask for a feed or an API and read it; None where it is neither.

    Args:
        named: the site names it itself, so that it is no guess: what cannot be read of it is noted.
    """
    page = yield from survey.ask(endpoint.url, endpoint.kind.purpose)
    walk = (yield from _read(survey, endpoint, page)) if page.ok else None
    if named and walk is None:
        survey.walks.note_broken(page)
    return walk


def names_feed(document: Document) -> bool:
    """Tell whether a page names feeds: such a site has no other, and guesses are better spent elsewhere."""
    return any(each.kind is EndpointKind.FEED for each in discover_endpoints(document.page, document))


def guess_feeds(survey: Survey, endpoints: Iterable[Endpoint]) -> Generator[Fetch, Page, Walk | None]:
    """Ask for two feeds that the site may have, within what a first visit may spend in vain."""
    for endpoint in list(endpoints)[:MAX_GUESSES]:
        # What was refused at `/feed/` is not to be had at `/feed` either.
        if not {endpoint.url, f"{endpoint.url}/"} & survey.trail.asked and survey.may_try():
            walk = yield from try_endpoint(survey, endpoint)
            if walk is not None and walk.keys:
                return walk
    return None


def guess_on(survey: Survey, document: Document) -> Generator[Fetch, Page, Walk | None]:
    """Ask for all usual feeds of a site that advertises nothing, and shows a few posts at most.

    This may cost more than a first visit otherwise does: whatever the feed lists is to be had nowhere else.
    """
    few = len(_listed(survey)) <= (MOST_ON_A_STUB if _find_apart(survey, document) else MOST_ON_A_FRONT)
    if few and _may_guess(survey, document):
        return (yield from _guess_all(survey, document))
    return None


def read_or_guess(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    """Read the articles that wait; where nothing tells a day, look for a feed that does."""
    listed = any(each.sure for each in survey.finds.waiting.values())
    if listed and not _is_dated(survey) and _may_guess(survey, document):
        yield from read_articles(survey, most=MAX_PROBED)
        if not _is_dated(survey):
            yield from _guess_all(survey, document)
    yield from read_articles(survey)
    if survey.finds.posts and not _is_dated(survey) and _may_guess(survey, document):
        yield from _guess_all(survey, document)


def _may_guess(survey: Survey, document: Document) -> bool:
    if not may_guess(survey):
        return False
    found = survey.endpoint is not None and survey.endpoint.kind in _ADVERTISED
    return not found and not names_feed(document)


def _listed(survey: Survey) -> list[str]:
    """Addresses of posts found so far; a map alone proves none."""
    waiting = [each.url for each in survey.finds.waiting.values() if each.sure]
    return [*(post.url for post in survey.finds.posts.values()), *waiting]


def _find_apart(survey: Survey, document: Document) -> str | None:
    """A list of posts other than the home page."""
    urls = (walk.endpoint.url for walk in survey.walks if walk.keys)
    return next((url for url in urls if url != document.url), None)


def _is_dated(survey: Survey) -> bool:
    return (
        any(post.date is not None for post in survey.finds.posts.values()) or survey.finds.before is not None
    )


def _guess_all(survey: Survey, document: Document) -> Generator[Fetch, Page, Walk | None]:
    note_guess(survey)
    found = _listed(survey)
    for endpoint in discover_well_known(document, found, _find_apart(survey, document)):
        # A site that shows no post at all is as a rule a dead one, and not worth more than others.
        if endpoint.url in survey.trail.asked or not (found or survey.may_try()):
            continue
        page = yield from survey.ask(endpoint.url, endpoint.kind.purpose)
        if page.status == 429 or (page.failure is not None and page.failure is not Failure.ROBOTS):
            break
        walk = (yield from _read(survey, endpoint, page)) if page.ok else None
        if walk is not None and walk.keys:
            unsettle_guess(survey)
            return walk
    return None


def _read(survey: Survey, endpoint: Endpoint, page: Page) -> Generator[Fetch, Page, Walk | None]:
    try:
        walk = yield from read_endpoint(survey, endpoint, page)
    except UnparsableError as error:
        survey.note(str(endpoint.kind), error.message)
        return None
    survey.note(str(endpoint.kind), f"{endpoint.url} lists {len(walk.keys)} posts ({endpoint.reason}).")
    if walk.keys:
        survey.use(endpoint, page.validators)
        remember_head(survey, walk)
    return walk
