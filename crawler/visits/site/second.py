"""Lists beside the main one, looked for at a first visit: announcements, WordPress's other kinds of post."""

from collections.abc import Generator
from datetime import datetime
from itertools import islice

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.discover.cms.wordpress import discover_types, types_address
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.further import discover_announcements
from crawler.extract.document import Document, parse_document
from crawler.health import judge_page
from crawler.visits.site.candidate import Walked
from crawler.visits.site.listing import walk_listing
from crawler.visits.site.reading import read_endpoint
from crawler.visits.site.side import MAX_SIDES, Side, remember_sides
from crawler.visits.site.survey import Survey

__all__ = ["choose_sides", "read_second_lists"]

# A list's newest items tell whether it holds anything that the main one does not.
_HEAD = 8


def read_second_lists(survey: Survey, document: Document) -> Generator[Fetch, Page, None]:
    """Read what stands beside a main list that is complete in itself; how far back that was read is kept."""
    reached, frontier, tail = survey.reached, survey.frontier, survey.tail
    lists = len(survey.lists)
    if survey.endpoint is not None and survey.endpoint.kind is EndpointKind.WORDPRESS:
        yield from _read_types(survey, survey.endpoint.url)
    for url in discover_announcements(document)[:MAX_SIDES]:
        if len(survey.lists) == lists and url not in survey.asked and survey.may_try():
            yield from _read_list(survey, url)
    survey.reached, survey.frontier, survey.tail = reached, frontier, tail


def choose_sides(survey: Survey) -> None:
    """Remember the lists whose newest posts the main one does not hold; the home page is looked at anyway."""
    main = _find_main(survey)
    if main is None or survey.endpoint is None:
        return
    own = {survey.endpoint.url, survey.site, survey.target.account.address}
    held = set(main.keys)
    oldest = min((at for key in held if (at := _moment(survey, key)) is not None), default=None)
    ranked: list[tuple[int, int, Endpoint, Walked]] = []
    for url, walked in survey.lists.items():
        missing = [key for key in islice(walked.keys, _HEAD) if _is_recent(survey, key, held, oldest)]
        further = walked.kind is not EndpointKind.LISTING
        if url not in own and walked is not main and (missing or further):
            endpoint = Endpoint(walked.kind, url, f"it lists {len(missing)} posts beside the main list")
            ranked.append((-len(missing), len(ranked), endpoint, walked))
    sides = [
        Side(endpoint, walked.page.validators, survey.target.window.now)
        for _, _, endpoint, walked in sorted(ranked, key=lambda each: each[:2])[:MAX_SIDES]
    ]
    for side in sides:
        survey.note("endpoint", f"{side.endpoint.kind}: {side.endpoint.url} ({side.endpoint.reason})")
    remember_sides(survey, sides)


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
            met = {*survey.posts, *survey.met, *survey.waiting}
            endpoint = Endpoint(EndpointKind.WORDPRESS, address, "a further kind of post")
            try:
                extent = yield from read_endpoint(survey, endpoint, page)
            except UnparsableError as error:
                survey.note("wordpress", error.message)
                continue
            survey.note("wordpress", f"{address} lists {extent.posts} posts of a further kind.")
            fresh = [key for key in survey.posts if key not in met]
            survey.lists[address] = Walked(page, fresh, EndpointKind.WORDPRESS)


def _read_list(survey: Survey, url: str) -> Generator[Fetch, Page, None]:
    page = yield from survey.ask(url, Purpose.LISTING)
    if page.ok and judge_page(page) is None:
        extent = yield from walk_listing(survey, parse_document(page))
        survey.note("listing", f"{url} lists {extent.posts} items beside the main list.")


def _find_main(survey: Survey) -> Walked | None:
    """The list that the endpoint is; one that begins with its oldest is remembered by its last page."""
    known = survey.lists.get(survey.endpoint.url) if survey.endpoint is not None else None
    lists = [walked for walked in survey.lists.values() if walked.kind is EndpointKind.LISTING]
    return known or max(lists, key=lambda walked: len(walked.keys), default=None)


def _is_recent(survey: Survey, key: str, held: set[str], oldest: datetime | None) -> bool:
    """Whether a post stands beside the main list though it is not older than what that holds."""
    at = _moment(survey, key)
    return key not in held and at is not None and (oldest is None or at >= oldest)


def _moment(survey: Survey, key: str) -> datetime | None:
    post = survey.posts.get(key)
    return post.date.at if post is not None and post.date is not None else None
