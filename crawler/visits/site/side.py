"""A site's further lists, such as its announcements: remembered, and read in turn with the list of news."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Validators
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.document import parse_document
from crawler.health import judge_page
from crawler.visits.site.home import read_moment
from crawler.visits.site.listing import walk_listing
from crawler.visits.site.map import queue_kind
from crawler.visits.site.reading import Extent, read_endpoint
from crawler.visits.site.survey import Survey, SurveyEndedError

__all__ = ["MAX_SIDES", "Side", "claim_since", "hasten_sides", "read_side", "recall_sides", "remember_sides"]

# More could not be asked for every few nights beside the list of news, at one request a night.
MAX_SIDES: Final = 2
# Nights lie a day apart, give or take the crawl's own length; a longer pause has left a night out.
_NIGHTLY: Final = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Side:
    """A further list of a site; `seen_at` is when it was last read or found unchanged."""

    endpoint: Endpoint
    validators: Validators
    seen_at: datetime


def recall_sides(survey: Survey) -> tuple[Side, ...]:
    """The further lists that earlier nights remembered."""
    entries = survey.facts.get("sides")
    return (
        tuple(side for entry in entries or () for side in _unpack(entry)) if isinstance(entries, list) else ()
    )


def remember_sides(survey: Survey, sides: Iterable[Side]) -> None:
    """Make these the site's further lists."""
    packed = [_pack(side) for side in sides]
    if packed:
        survey.facts["sides"] = packed[:MAX_SIDES]
    else:
        survey.facts.pop("sides", None)


def hasten_sides(survey: Survey) -> bool:
    """Let every further list have its turn as soon as may be; False where there is none."""
    long_ago = survey.target.window.now - timedelta(days=365)
    sides = [replace(side, seen_at=long_ago) for side in recall_sides(survey)]
    remember_sides(survey, sides)
    return bool(sides)


def read_side(survey: Survey, side: Side) -> Generator[Fetch, Page, bool]:
    """Ask one further list for what is new; False when it is a list no more, and forgotten."""
    endpoint = side.endpoint
    known = Validators() if survey.target.thorough else side.validators
    page = yield from survey.ask(endpoint.url, endpoint.kind.purpose, known)
    renewed = replace(side, validators=page.validators, seen_at=survey.target.window.now)
    if not page.unchanged:
        if not page.ok or judge_page(page) is not None:
            return _forget(survey, side, f"{endpoint.url} lists nothing any more.")
        try:
            yield from _read(survey, endpoint, page)
        except UnparsableError as error:
            return _forget(survey, side, error.message)
        if survey.tail is not None and not survey.deep:
            tail = replace(endpoint, url=survey.tail.url)
            renewed = replace(renewed, endpoint=tail, validators=survey.tail.page.validators)
    remember_sides(survey, [renewed if each == side else each for each in recall_sides(survey)])
    return True


def claim_since(survey: Survey, since: datetime | None, *, listed: bool) -> datetime | None:
    """From when on no list of the site has a gap; `since` is the answer for the list of news alone.

    Where a site has further lists, what the list of news shows of nights that nobody watched is claimed
    only when each of them has been read as well, without another pause in between.

    Args:
        listed: whether the list of news was read tonight.
    """
    sides = recall_sides(survey)
    facts, now = survey.facts, survey.target.window.now
    if not sides:
        return since
    told, begun = (read_moment(moment) for moment in facts.pop("unclaimed", None) or (None, None))
    visited = read_moment(survey.target.memory.facts.get("visited"))
    facts["visited"] = now.isoformat()
    since = min((moment for moment in (told, since) if moment is not None), default=None)
    if since is None:
        return None
    if begun is None or visited is None or now - visited > _NIGHTLY:
        begun = now
    read = now if listed else survey.target.memory.seen_at
    if read is not None and read >= begun and all(side.seen_at >= begun for side in sides):
        return since
    facts["unclaimed"] = [since.isoformat(), begun.isoformat()]
    return None


def _read(survey: Survey, endpoint: Endpoint, page: Page) -> Generator[Fetch, Page, Extent]:
    survey.tail, reached = None, survey.reached
    try:
        if endpoint.kind is EndpointKind.LISTING:
            return (yield from walk_listing(survey, parse_document(page)))
        if endpoint.kind is EndpointKind.SITEMAP:
            return Extent(posts=len(queue_kind(survey, page)), linked=True)
        return (yield from read_endpoint(survey, endpoint, page))
    except SurveyEndedError:
        # What is remembered as the frontier is where the list of news goes on.
        survey.frontier = None
        raise
    finally:
        # How far back the list of news was read is another matter.
        survey.reached = reached


def _forget(survey: Survey, side: Side, why: str) -> bool:
    survey.note("endpoint", why)
    remember_sides(survey, [each for each in recall_sides(survey) if each != side])
    return False


def _pack(side: Side) -> dict[str, Any]:
    known = side.validators
    return {
        "kind": side.endpoint.kind.value,
        "url": side.endpoint.url,
        "validators": [known.etag, known.last_modified, known.digest],
        "seen_at": side.seen_at.isoformat(),
    }


def _unpack(entry: Any) -> Iterator[Side]:
    """What `_pack` wrote; nothing for anything else."""
    try:
        seen_at = read_moment(entry["seen_at"])
        endpoint = Endpoint(EndpointKind(entry["kind"]), entry["url"], "it listed more before")
        validators = Validators(*entry["validators"])
    except (KeyError, TypeError, ValueError):
        return
    if seen_at is not None:
        yield Side(endpoint, validators, seen_at)
