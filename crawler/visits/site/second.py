"""Lists beside the main one, looked for at a first visit: announcements, WordPress's other kinds of post."""

from collections.abc import Generator
from dataclasses import replace

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.discover.cms.wordpress import discover_types, types_address
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.further import discover_announcements
from crawler.extract.document import Document, parse_document
from crawler.health import judge_page
from crawler.visits.site.listing import walk_listing
from crawler.visits.site.lists import MAX_SIDES
from crawler.visits.site.reading import read_endpoint
from crawler.visits.site.survey import Survey

__all__ = ["read_second_lists"]


def read_second_lists(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    """Read what stands beside a main list that is complete in itself; how far back that was read is kept."""
    frontier, lists = survey.walks.frontier, len(survey.walks)
    if survey.endpoint is not None and survey.endpoint.kind is EndpointKind.WORDPRESS:
        yield from _read_types(survey, survey.endpoint.url)
    for url in discover_announcements(document)[:MAX_SIDES]:
        if len(survey.walks) == lists and url not in survey.trail.asked and survey.may_try():
            yield from _read_list(survey, url)
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
        walk = yield from walk_listing(survey, parse_document(page))
        survey.note("listing", f"{url} lists {len(walk.keys)} items beside the main list.")
    else:
        survey.walks.note_unread(page)
