"""A later night on a website: one conditional request, and only as much more as there is news."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from activity.errors import UnparsableError
from activity.outcome import Failure, Outcome
from activity.visit import Fetch, Harvest, Page, Purpose, Validators
from crawler.discover.archive import turn_month
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.document import parse_document
from crawler.extract.key import same_site
from crawler.health import Verdict, judge_page
from crawler.visits.site.article import read_articles
from crawler.visits.site.candidate import Candidate
from crawler.visits.site.home import look_for_spam, read_moment, remember_links
from crawler.visits.site.interval import pin_days
from crawler.visits.site.listing import walk_listing
from crawler.visits.site.look import look_at_home, rest
from crawler.visits.site.map import read_sitemap
from crawler.visits.site.minute import put_off_minutes, read_minutes, wants_minutes
from crawler.visits.site.reading import Extent, Reading, read_endpoint
from crawler.visits.site.side import claim_since, hasten_sides, read_side, recall_sides
from crawler.visits.site.survey import Survey
from crawler.visits.site.turn import Look, Turn, choose_turn

__all__ = ["visit_again"]

MISSES_FORGIVEN = 2
DISCOVER_EVERY = timedelta(days=28)
# Where nights follow each other the list's last look lies two of them back at most.
NIGHTLY = timedelta(hours=60)


def visit_again(survey: Survey) -> Generator[Fetch, Page, Harvest | None]:
    """Ask whatever has its turn, as a rule the endpoint; None where that must be discovered anew."""
    endpoint = survey.remembered
    assert endpoint is not None
    _recall(survey, endpoint)
    if _reaches_further_back(survey):
        return None
    turn = Turn(Look.LIST) if _has_pending(survey) else choose_turn(survey)
    if turn.side is not None and (yield from read_side(survey, turn.side)):
        yield from read_articles(survey)
        yield from read_minutes(survey)
        return rest(survey, turn.side.endpoint.url, f"Nothing new at {turn.side.endpoint.url}.")
    if turn.look in {Look.HOME, Look.ROBOT}:
        harvest = yield from look_at_home(survey, turn.look)
        if harvest is not None:
            return harvest
    return (yield from _visit_list(survey, endpoint))


def _visit_list(survey: Survey, endpoint: Endpoint) -> Generator[Fetch, Page, Harvest | None]:
    """Ask the list of news; None when it is dead or silent."""
    page = yield from survey.ask(endpoint.url, endpoint.kind.purpose, _validators(survey))
    if page.failure is not None and not _hangs_elsewhere(survey, page):
        return survey.fail(judge_page(page) or Verdict(Outcome.UNREACHABLE, page.detail))
    if _is_passing(survey, page):
        return _wait_for_better(survey, page)
    survey.facts.pop("misses", None)
    if page.unchanged and not _has_pending(survey):
        return _confirm_unchanged(survey, page)
    if not page.unchanged and (not page.ok or _is_sick(endpoint, page)):
        survey.note("endpoint", f"{endpoint.url} no longer lists posts; looking anew.")
        return None
    return (yield from _read_news(survey, endpoint, page))


def _validators(survey: Survey) -> Validators:
    """What lets the server say that nothing changed; nothing, where it would not tell of what lies below."""
    return Validators() if survey.target.thorough else survey.target.memory.validators


def _recall(survey: Survey, endpoint: Endpoint) -> None:
    facts = dict(survey.target.memory.facts)
    for pending in ("frontier", "waiting"):
        facts.pop(pending, None)
    survey.facts = facts
    survey.endpoint = endpoint
    survey.validators = survey.target.memory.validators
    survey.deep = survey.target.thorough
    survey.incident = str(facts.get("spam") or "")
    for key in facts.pop("settled", None) or ():
        survey.settle(str(key))


def _reaches_further_back(survey: Survey) -> bool:
    """Whether more of the past is wanted than the earlier visits were asked for."""
    asked = read_moment(survey.target.memory.facts.get("asked"))
    return asked is None or survey.target.window.since < asked


def _hangs_elsewhere(survey: Survey, page: Page) -> bool:
    """Whether the site may be read although its endpoint fails: over http, or at an endpoint of its own."""
    certificate = page.failure in {Failure.CERTIFICATE, Failure.CERTIFICATE_EXPIRED}
    return certificate or not same_site(page.fetch.url, survey.site)


def _is_passing(survey: Survey, page: Page) -> bool:
    """A server's trouble that may be over tomorrow; the third night in a row it is believed to last."""
    ill = page.status is None or page.status >= 500 or page.status == 429
    if page.failure in {Failure.CERTIFICATE, Failure.CERTIFICATE_EXPIRED}:
        return False
    return ill and int(survey.facts.get("misses") or 0) < MISSES_FORGIVEN


def _wait_for_better(survey: Survey, page: Page) -> Harvest:
    verdict = judge_page(page) or Verdict(Outcome.UNREACHABLE, page.detail)
    survey.facts["misses"] = int(survey.facts.get("misses") or 0) + 1
    return survey.fail(verdict)


def _has_pending(survey: Survey) -> bool:
    facts = survey.target.memory.facts
    return bool(facts.get("frontier") or facts.get("waiting") or _turned(survey) or wants_minutes(survey))


def _turned(survey: Survey) -> str | None:
    """This month's archive, where that of an earlier month was the list."""
    endpoint = survey.remembered
    today = survey.target.window.now.astimezone(survey.target.zone).date()
    return None if endpoint is None else turn_month(endpoint.url, today)


def _is_sick(endpoint: Endpoint, page: Page) -> bool:
    """A listing that now shows a maintenance page; feeds and APIs prove themselves by parsing."""
    return endpoint.kind is EndpointKind.LISTING and judge_page(page) is not None


def _confirm_unchanged(survey: Survey, page: Page) -> Harvest | None:
    if survey.incident:
        since = claim_since(survey, survey.target.memory.seen_at, listed=True)
        return survey.conclude(Outcome.HACKED, survey.incident, since)
    if survey.news and not hasten_sides(survey) and _may_discover(survey):
        survey.note("home page", "It shows new posts while the endpoint did not change; looking anew.")
        return None
    return _unchanged(survey, page)


def _may_discover(survey: Survey) -> bool:
    """Once a month only: what some home pages show by turns may not be posts at all."""
    discovered = read_moment(survey.facts.get("anew"))
    if discovered is not None and survey.target.window.now - discovered < DISCOVER_EVERY:
        return False
    survey.facts["anew"] = survey.target.window.now.isoformat()
    return True


def _unchanged(survey: Survey, page: Page) -> Harvest:
    detail = survey.with_transport("Nothing changed since the last look.")
    harvest = Harvest.unchanged(survey.target, detail, page.validators)
    since = claim_since(survey, harvest.complete_since, listed=True)
    memory = replace(harvest.memory, facts=survey.tell_facts())
    return replace(harvest, memory=memory, complete_since=since, notes=tuple(survey.notes))


def _read_news(survey: Survey, endpoint: Endpoint, page: Page) -> Generator[Fetch, Page, Harvest | None]:
    if page.unchanged:
        extent = Extent(complete=True, linked=True)
    else:
        try:
            extent = yield from _read(survey, endpoint, page)
        except UnparsableError as error:
            survey.note("endpoint", f"{error.message} Looking anew.")
            return None
        if not extent.posts and survey.target.known:
            survey.note("endpoint", f"{endpoint.url} lists nothing any more; looking anew.")
            return None
        if survey.tail is None:
            survey.validators = page.validators
        if survey.target.thorough and not extent.complete:
            survey.note("endpoint", f"{endpoint.url} does not reach back over the window; looking anew.")
            return None
    yield from _go_on(survey, endpoint)
    if survey.target.thorough:
        for side in recall_sides(survey):
            yield from read_side(survey, side)
    put_off = bool(survey.news) and _was_just_read(survey)
    if not put_off:
        yield from read_articles(survey)
    pin_days(survey)
    if put_off:
        # The home page was asked for as well: what articles tell has time until tomorrow.
        put_off_minutes(survey)
    else:
        yield from read_minutes(survey)
    _look_at_own(survey, page)
    return _conclude(survey, extent)


def _was_just_read(survey: Survey) -> bool:
    """Whether the list was read in one of the last nights, so that it is again tomorrow."""
    seen = survey.target.memory.seen_at
    return seen is not None and survey.target.window.now - seen < NIGHTLY


def _look_at_own(survey: Survey, page: Page) -> None:
    """Look for spam where the list is the home page itself."""
    own = {survey.target.account.address, survey.facts.get("site")}
    if page.ok and page.fetch.url in own:
        document = parse_document(page)
        look_for_spam(survey, document)
        remember_links(survey, document)


def _read(survey: Survey, endpoint: Endpoint, page: Page) -> Reading:
    if endpoint.kind is EndpointKind.LISTING:
        extent = yield from walk_listing(survey, parse_document(page))
        if survey.tail is not None and not survey.deep:
            survey.use(replace(endpoint, url=survey.tail.url), survey.tail.page)
        return extent
    if endpoint.kind is EndpointKind.SITEMAP:
        mapped = yield from read_sitemap(survey, page)
        posts = mapped.queued + len(survey.target.known)
        return Extent(posts=posts, fresh=mapped.queued, complete=True, linked=True)
    return (yield from read_endpoint(survey, endpoint, page))


def _go_on(survey: Survey, endpoint: Endpoint) -> Generator[Fetch, Page, None]:
    """Take up what a budget cut short on an earlier night."""
    facts: dict[str, Any] = dict(survey.target.memory.facts)
    for entry in facts.get("waiting") or ():
        if isinstance(entry, list) and len(entry) == 2:
            survey.wait(Candidate(str(entry[0]), str(entry[1])))
    turned = _turned(survey)
    frontier = facts.get("frontier") or turned
    if not isinstance(frontier, str) or frontier in survey.asked:
        return
    survey.deep = True
    survey.frontier = frontier
    purpose = endpoint.kind.purpose if endpoint.kind is not EndpointKind.SITEMAP else Purpose.LISTING
    page = yield from survey.ask(frontier, purpose)
    if not page.ok:
        survey.frontier = None
        return
    if frontier == turned:
        survey.use(replace(endpoint, url=frontier), page)
    try:
        yield from _read(survey, replace(endpoint, url=frontier), page)
    except UnparsableError as error:
        survey.note("endpoint", error.message)


def _conclude(survey: Survey, extent: Extent) -> Harvest:
    memory = survey.target.memory
    since: datetime | None
    if extent.complete and not extent.linked:
        since = survey.target.window.since
    elif extent.linked or not extent.fresh:
        since = memory.seen_at or survey.reached
    else:
        since = survey.reached
    if any(not survey.seen(key) and key not in survey.target.known for key in survey.news):
        hasten_sides(survey)
    if survey.waiting:
        detail = f"{len(survey.waiting)} new posts are dated by their own pages tomorrow."
        harvest = survey.conclude(Outcome.LIMITED, detail)
        # Tomorrow claims the nights before this one as well.
        return replace(harvest, memory=replace(harvest.memory, seen_at=memory.seen_at))
    since = claim_since(survey, since, listed=True)
    fresh = any(key not in survey.target.known for key in survey.posts)
    if fresh or survey.spam:
        return survey.conclude(None, "", since)
    return survey.conclude(Outcome.UNCHANGED, "No new post since the last look.", since)
