"""A later night on a website: one conditional request, and only as much more as there is news."""

from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from activity.errors import UnparsableError
from activity.outcome import Failure, Outcome
from activity.visit import Fetch, Harvest, Page, Purpose, Validators
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.page.document import parse_document
from crawler.extract.page.key import same_site
from crawler.health import PageVerdict, judge_page
from crawler.reach import Disproof, ListFacts, Reach, combine_reaches
from crawler.visits.site.conclude import conclude, fail
from crawler.visits.site.list.archives import is_empty_month, take_unlisted, turn_list
from crawler.visits.site.list.home import look_for_spam, remember_links
from crawler.visits.site.list.listing import walk_listing
from crawler.visits.site.list.lists import defer_claim, read_side, remember_head
from crawler.visits.site.list.map import read_sitemap
from crawler.visits.site.list.reading import Reading, read_endpoint
from crawler.visits.site.look import find_unlisted, look_at_home, rest, take_shown
from crawler.visits.site.post.absence import ask_missing, find_missing, has_absences, settle_claim
from crawler.visits.site.post.article import read_articles
from crawler.visits.site.post.confirm import confirm_witnesses
from crawler.visits.site.post.copies import fold_known
from crawler.visits.site.post.interval import pin_days
from crawler.visits.site.post.leftover import prove_again
from crawler.visits.site.post.minute import read_minutes, wants_minutes
from crawler.visits.site.post.renamed import match_renamed
from crawler.visits.site.post.testimony import doubt_days_of_utc, recall_trust
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import (
    claim_site,
    claim_unchanged,
    find_passed_over,
    is_found_shuffled,
    is_news_unsorted,
    is_old_copy,
    reach_of,
)
from crawler.visits.site.survey.discovery import count_miss, forget_misses, is_passing, may_discover
from crawler.visits.site.survey.memory import RememberedList
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk
from crawler.visits.site.turn import Turn, TurnLook, choose_turn, is_after_pause, is_own_list, reads_through

__all__ = ["visit_again"]

# Shorter than what tells a look that went over everything again (`scoring.integrity.looking`).
ONCE_MORE: Final = timedelta(days=13)


def visit_again(survey: Survey) -> Generator[Fetch, Page, Harvest | None]:
    """Ask whatever has its turn, as a rule the endpoint; None where that must be discovered anew."""
    endpoint = survey.remembered
    assert endpoint is not None
    survey.recall(endpoint)
    recall_trust(survey)
    if _reaches_further_back(survey):
        return None
    if reads_through(survey):
        survey.go_through()
    turn = Turn(TurnLook.LIST) if _has_pending(survey) else choose_turn(survey)
    every = is_after_pause(survey) or survey.through
    if turn.side is not None and not every:
        harvest = yield from _visit_side(survey, turn.side)
        if harvest is not None:
            return harvest
    if turn.look in {TurnLook.HOME, TurnLook.ROBOT}:
        harvest = yield from look_at_home(survey, turn.look, alone=not every)
        if harvest is not None:
            return harvest
    return (yield from _visit_list(survey, endpoint))


def _visit_side(survey: Survey, side: RememberedList) -> Generator[Fetch, Page, Harvest | None]:
    """Ask a further list for what is new; None where the list of news is asked as well."""
    walk = yield from read_side(survey, side)
    if walk is None or not (side.head and survey.home.mirrors) or find_missing(survey, Reach()):
        # Before anybody is accused of withdrawing a post, the list of news is asked for it, too; and a list
        # that has shown nothing yet does not stand for it.
        return None
    yield from read_articles(survey)
    yield from confirm_witnesses(survey)
    yield from read_minutes(survey)
    return rest(survey, side.url, f"Nothing new at {side.url}.", gap=_left_gap(survey, walk, side))


def _left_gap(survey: Survey, walk: Walk, side: RememberedList) -> Reach | None:
    """What a further list is known for tonight, where that does not go on from its last reading."""
    if walk.page.unchanged:
        return None
    reach = reach_of(survey, walk)
    goes_on = reach.since is not None and side.read_at is not None and reach.since <= side.read_at
    return None if goes_on else reach


def _visit_list(survey: Survey, endpoint: Endpoint) -> Generator[Fetch, Page, Harvest | None]:
    """Ask the list of news; None when it is dead or silent."""
    if _lost_list(survey):
        return None
    page = yield from survey.ask(endpoint.url, endpoint.kind.purpose, _validators(survey))
    if page.failure is not None and not _hangs_elsewhere(survey, page):
        return fail(survey, judge_page(page) or PageVerdict(Outcome.UNREACHABLE, page.detail))
    if is_passing(survey, page):
        count_miss(survey)
        return fail(survey, judge_page(page) or PageVerdict(Outcome.UNREACHABLE, page.detail))
    forget_misses(survey)
    if page.unchanged and not (_has_pending(survey) or _reads_sides(survey) or len(survey.walks)):
        if survey.incident or not survey.news:
            return _confirm_unchanged(survey, page)
        if not is_news_unsorted(survey) and may_discover(survey):
            survey.note("home page", "It shows new posts while the endpoint did not change; looking anew.")
            return None
    if not page.unchanged and (not page.ok or _is_sick(endpoint, page)):
        survey.note("endpoint", f"{endpoint.url} no longer lists posts; looking anew.")
        return None
    return (yield from _read_news(survey, endpoint, page))


def _validators(survey: Survey) -> Validators:
    """What lets the server say that nothing changed; nothing, where it would not tell of what lies below."""
    return Validators() if survey.through else survey.target.memory.validators


def _reaches_further_back(survey: Survey) -> bool:
    """Tell whether more of the past is wanted than the earlier visits were asked for."""
    asked = survey.discovery.asked
    return asked is None or survey.target.window.since < asked


def _hangs_elsewhere(survey: Survey, page: Page) -> bool:
    """Tell whether the site may be read though its endpoint fails: over http, or at one of its own."""
    certificate = page.failure in {Failure.CERTIFICATE, Failure.CERTIFICATE_EXPIRED}
    return certificate or not same_site(page.fetch.url, survey.site)


def _has_pending(survey: Survey) -> bool:
    left = survey.pending.frontier or survey.pending.waiting or turn_list(survey)
    return bool(left) or wants_minutes(survey) or has_absences(survey)


def _is_sick(endpoint: Endpoint, page: Page) -> bool:
    """A listing that now shows a maintenance page; feeds and APIs prove themselves by parsing."""
    return endpoint.kind is EndpointKind.LISTING and judge_page(page) is not None


def _confirm_unchanged(survey: Survey, page: Page) -> Harvest:
    reach = _defer(survey, _unchanged(survey, page))
    if survey.incident:
        return conclude(survey, Outcome.HACKED, reach, survey.incident)
    detail = "Nothing changed since the last look."
    return conclude(survey, Outcome.UNCHANGED, reach, detail)


def _unchanged(survey: Survey, page: Page) -> Reach:
    """What the list of news claims by being as it was: nothing, where new posts do not come first."""
    if is_news_unsorted(survey):
        return Reach(doubts=(Disproof.UNSORTED,))
    if is_old_copy(page):
        return Reach(doubts=(Disproof.OLD_COPY,))
    return claim_unchanged(survey.target.memory.seen_at, came=page.ok)


def _defer(survey: Survey, reach: Reach) -> Reach:
    """Claim for the list of news what the site's further lists allow."""
    since = defer_claim(survey, reach.since, listed=True)
    return replace(reach, since=since, proof=reach.proof if since is not None else None)


def _read_news(survey: Survey, endpoint: Endpoint, page: Page) -> Generator[Fetch, Page, Harvest | None]:
    walk = None
    if not page.unchanged:
        asked = set(survey.trail.asked)
        try:
            walk = yield from _read(survey, endpoint, page)
            if is_found_shuffled(survey, walk):
                # What is new may stand on any of its pages (the awkward site 26002).
                survey.note("endpoint", f"{endpoint.url} is out of order; reading it through.")
                survey.go_through()
                # A page that was asked already would pass for the end.
                survey.trail.begin_again(survey.trail.answered - asked)
                walk = yield from _read(survey, endpoint, page)
        except UnparsableError as error:
            survey.note("endpoint", f"{error.message} Looking anew.")
            return None
        if not walk.keys and survey.finds.known:
            survey.note("endpoint", f"{endpoint.url} lists nothing any more; looking anew.")
            return None
        survey.use_again(walk.endpoint if walk.rises and not survey.deep else endpoint, walk.validators)
    yield from _go_on(survey, endpoint)
    yield from _read_sides(survey)
    if _lost_list(survey):
        return None
    shown = take_shown(survey)
    yield from read_articles(survey)
    yield from confirm_witnesses(survey)
    match_renamed(survey)
    fold_known(survey)
    pin_days(survey)
    doubt_days_of_utc(survey)
    if survey.target.thorough and walk is not None and not _reads_back(survey):
        survey.note("endpoint", f"{endpoint.url} does not reach back over the window; looking anew.")
        survey.earned = _cap(survey, reach_of(survey, walk)) if not survey.lists.further else None
        # What stood first in the lists and is gone is known now; a visit begun anew has nothing to compare.
        yield from ask_missing(survey, find_missing(survey, Reach()))
        return None
    reach = yield from prove_again(survey, walk)
    if walk is not None and _leaves_gap(survey, walk, reach):
        survey.note("endpoint", f"{endpoint.url} does not reach back to the last look; looking anew.")
        return None
    yield from ask_missing(survey, find_missing(survey, reach))
    yield from read_minutes(survey)
    _look_at_own(survey, page)
    if walk is not None:
        remember_head(survey, walk)
    claim = settle_claim(survey, _claim(survey, walk, page))
    others = Reach(doubts=(Disproof.OTHER_LIST,))
    return _conclude(survey, others if _is_shown_beside(survey, shown) else claim)


def _is_shown_beside(survey: Survey, shown: Iterable[str]) -> bool:
    """Tell whether posts that home alone showed are posts, where no further list may hold them."""
    finds = survey.finds
    return not survey.lists.further and any(finds.standing_key(key) in finds.posts for key in shown)


def _read_sides(survey: Survey) -> Generator[Fetch, Page, None]:
    for side in survey.lists.sides if _reads_sides(survey) else ():
        yield from read_side(survey, side)


def _reads_sides(survey: Survey) -> bool:
    """Tell whether further lists are read beside the list of news, as where that lacks what home shows."""
    wanted = survey.through or is_after_pause(survey) or find_unlisted(survey)
    return bool(survey.lists.sides) and bool(wanted)


def _lost_list(survey: Survey) -> bool:
    """Tell whether a further list that showed posts is not there any more: another one may show the next.

    An office began anew with another program, under which one list of two kept its address (2110806).
    """
    return survey.walks.lost and may_discover(survey)


def _leaves_gap(survey: Survey, walk: Walk, reach: Reach) -> bool:
    """Tell whether more was published since the last look than a list of the newest shows at once."""
    last = survey.target.memory.seen_at
    # Home that was the list may show no more than the newest, all of them new after a pause (2110735), as may
    # one with a form to log in for its second page (2111309); lists read through each night do (2110451).
    further = walk.facts.paged and (walk.facts.pages > 1 or walk.facts.ended)
    known = walk.endpoint.kind is EndpointKind.LISTING and (survey.through or walk.linked or further)
    if survey.target.thorough or last is None or not walk.fresh or known:
        return False
    return reach.since is None or reach.since > last


def _reads_back(survey: Survey) -> bool:
    reach = claim_site(survey)
    return reach.since is not None and reach.since <= survey.target.window.since


def _claim(survey: Survey, walk: Walk | None, page: Page) -> Reach:
    """What tonight's reading of the list of news proves, and on a thorough night that of all lists.

    Of a list that was read for its news only, what lies before the last look is claimed once more for two
    weeks at most, so that a post slipped in below it later is known for late; further back only nights speak
    that read everything. Beside other lists it is not: whether posts are missing there was not asked.
    """
    if survey.deep:
        return claim_site(survey)
    if find_passed_over(survey):
        return Reach(doubts=(Disproof.PASSED_OVER,))
    if walk is None or is_news_unsorted(survey):
        # What stands first in a list by title may fall by chance.
        return _unchanged(survey, page)
    return combine_reaches([_cap(survey, reach_of(survey, walk))])


def _cap(survey: Survey, reach: Reach) -> Reach:
    """Claim no more than an ordinary night may."""
    last = survey.target.memory.seen_at
    if reach.since is None or last is None:
        return reach
    once_more = timedelta() if survey.lists.further else ONCE_MORE
    return replace(reach, since=max(reach.since, last - once_more))


def _look_at_own(survey: Survey, page: Page) -> None:
    """Look for spam where the list is the home page itself."""
    if page.ok and is_own_list(survey):
        document = parse_document(page)
        look_for_spam(survey, document)
        remember_links(survey, document)


def _read(survey: Survey, endpoint: Endpoint, page: Page) -> Reading:
    last, head = survey.target.memory.seen_at, survey.lists.head
    if endpoint.kind is EndpointKind.LISTING:
        return (yield from walk_listing(survey, parse_document(page), last, head))
    if endpoint.kind is EndpointKind.SITEMAP:
        mapped = yield from read_sitemap(survey, page)
        facts = ListFacts(mapped.keys, pages=1, ended=True, paged=True)
        walk = Walk(endpoint, page, facts, mapped.queued, linked=True, last=last, older=mapped.older)
        return survey.walks.add(walk)
    return (yield from read_endpoint(survey, endpoint, page, last, head))


def _go_on(survey: Survey, endpoint: Endpoint) -> Generator[Fetch, Page, None]:
    """Take up what a budget cut short on an earlier night."""
    turned, pending = turn_list(survey), survey.take_pending()
    for url, title in pending.waiting:
        survey.finds.wait(Candidate(url, title))
    frontier = pending.frontier or turned
    if frontier is None or frontier in survey.trail.asked:
        return
    survey.walks.go_on_at(frontier)
    purpose = endpoint.kind.purpose if endpoint.kind is not EndpointKind.SITEMAP else Purpose.LISTING
    page = yield from survey.ask(frontier, purpose)
    is_empty = frontier == turned and is_empty_month(survey, page)
    if not is_empty:
        survey.go_deep()
    if is_empty or not page.ok:
        survey.walks.go_on_at(None)
        return
    further = replace(endpoint, url=frontier)
    if frontier == turned:
        survey.use(further, page.validators)
    try:
        yield from _read(survey, further, page)
    except UnparsableError as error:
        survey.note("endpoint", error.message)
    if frontier == turned:
        take_unlisted(survey, page)


def _conclude(survey: Survey, reach: Reach) -> Harvest:
    if survey.finds.waiting:
        detail = f"{len(survey.finds.waiting)} new posts are dated by their own pages tomorrow."
        # Tomorrow claims the nights before this one as well.
        return conclude(survey, Outcome.LIMITED, Reach(), detail, seen_at=survey.target.memory.seen_at)
    claim = reach if survey.through else _defer(survey, reach)
    fresh = any(key not in survey.finds.known for key in survey.finds.posts)
    if fresh or survey.finds.spam:
        return conclude(survey, None, claim)
    return conclude(survey, Outcome.UNCHANGED, claim, "No new post since the last look.")
