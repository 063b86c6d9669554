"""Reading posts' own pages: their dates, where no list, feed or API told them."""

import datetime as dt
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, pairwise
from typing import Final

from activity.post import EvidenceKind, Post, PostDate
from activity.visit import Fetch, Page
from crawler.dates.relative import find_intervals
from crawler.discover.kind import EndpointKind
from crawler.extract.article.habit import has_figures
from crawler.extract.article.post import Article, extract_article
from crawler.extract.article.witness import Setting
from crawler.extract.feed.kind import judge_kind
from crawler.extract.page.document import Document, parse_document
from crawler.extract.page.key import same_site
from crawler.health import judge_page
from crawler.visits.site.post.ahead import is_to_come, without_clock
from crawler.visits.site.post.clocks import SAMPLES
from crawler.visits.site.post.dateline import date_by_line
from crawler.visits.site.post.double import join_double
from crawler.visits.site.post.identity import find_standing_key, is_alike
from crawler.visits.site.post.render import ask_article
from crawler.visits.site.post.testimony import judge_testimony
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.discovery import believe_rough_lists
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.weigh import bound_by_age, is_torn

__all__ = ["compose_post", "compose_setting", "judge_article", "read_articles", "take_article"]

# So many articles in a row from before the window: the rest of a newest-first list is older still.
OLD_IN_A_ROW: Final = 6
# So many articles that tell their day no better than the list: the others will not either.
ROUGH_IN_A_ROW: Final = 3
# So many are kept to be read again with what the others taught.
MAX_REVIEWED: Final = 6


@dataclass(slots=True)
class _Run:
    """Articles read in a row, to tell when the rest need not be."""

    dates: list[datetime]
    read: int = 0
    old: int = 0
    rough: int = 0


@dataclass(frozen=True, slots=True)
class _Reread:
    """One of the first articles, to be read again; `order` is the one that its figures were read in."""

    candidate: Candidate
    page: Page
    order: bool | None


def compose_post(survey: Survey, url: str, title: str, date: PostDate | None) -> Post:
    """Make a post of this site, its kind told by its address and title."""
    return Post(survey.key(url), url, title, date, judge_kind(url, title))


def compose_setting(survey: Survey, document: Document) -> Setting:
    """Tell how the dates of one page are read."""
    return Setting(document.page.fetched_at, survey.target.zone, survey.lessons.hints.day_first is not False)


def read_articles(
    survey: Survey, most: int | None = None, current: Iterable[str] = ()
) -> Generator[Fetch, Page, bool]:
    """Read the pages of the posts whose date is found nowhere cheaper; of the first `most` only, if given.

    Args:
        current: the posts of a list that is being walked.

    Returns whether those of a list ran back past the window's start, so that its rest was not read.
    """
    first: list[_Reread] = []
    past = yield from _read_waiting(survey, first, most, frozenset(current))
    _review(survey, first)
    return past


def _read_waiting(
    survey: Survey, first: list[_Reread], most: int | None, current: frozenset[str]
) -> Generator[Fetch, Page, bool]:
    run, waiting, past = _Run([]), survey.finds.waiting, False
    for number in count():
        if not waiting or number == most:
            break
        key, candidate = next(iter(waiting.items()))
        if survey.walks.find_holding(candidate.url) is not None:
            # A pager's link may stand where cards have their buttons (the awkward site 2144187).
            survey.finds.reject(candidate.url, "it is a page of a list", key)
            continue
        page = yield from ask_article(survey, candidate.url)
        survey.finds.take_waiting(key)
        if not page.ok or judge_page(page) is not None:
            survey.note("left out", f"{candidate.url}: it cannot be read tonight")
            survey.finds.leave_undated(candidate)
            continue
        date = take_article(survey, candidate, page, thorough=run.read < SAMPLES)
        if len(first) < MAX_REVIEWED:
            first.append(_Reread(candidate, page, survey.lessons.own_order))
        run.read += 1
        if run.read == SAMPLES:
            judge_testimony(survey)
        if _goes_past(survey, run, candidate, date):
            peers, beside = _find_peers(survey, key, current)
            if not _tells_younger(survey, beside):
                _settle_rest(survey, peers)
                past, run.dates = True, []
            run.old = 0
    return past


def _find_peers(survey: Survey, key: str, current: frozenset[str]) -> tuple[list[str], list[str]]:
    """What waits beside an article in one list, and what may tell that the list is in another order.

    A second list begins with new posts again. A map names every list's posts in an order of its own: of what
    only a map names, anything that waits may tell (relative ages: Mezzanine).
    """
    walks = (walk for walk in survey.walks if walk.endpoint.kind is not EndpointKind.SITEMAP)
    lists = [current, *(frozenset(walk.keys) for walk in walks)]
    own = [each for each in lists if key in each]
    waiting = list(survey.finds.waiting)
    if own:
        peers = [other for other in waiting if any(other in each for each in own)]
        return peers, peers
    return [other for other in waiting if not any(other in each for each in lists)], waiting


def _tells_younger(survey: Survey, keys: Iterable[str]) -> bool:
    """Whether anything dates one of these into the window, roughly or wrongly: they wait in another order.

    A map's old posts may stand before those whose feed is believed no more.
    """
    finds = survey.finds
    dates = [date for key in keys for date in (finds.waiting[key].date, *finds.claims_of(key))]
    return any(date is not None and not finds.is_old(date) for date in dates)


def _goes_past(survey: Survey, run: _Run, candidate: Candidate, date: PostDate | None) -> bool:
    """Note one more article; True once they have run back past the window's start."""
    if date is not None:
        run.old = run.old + 1 if survey.finds.is_old(date) else 0
        run.dates.append(date.at)
    if candidate.date is not None:
        run.rough = run.rough + 1 if date is not None and not date.precision.names_a_day else 0
    if run.rough >= ROUGH_IN_A_ROW:
        _believe_lists(survey)
        run.rough = 0
    return run.old >= OLD_IN_A_ROW and _runs_back(run.dates)


def _review(survey: Survey, first: list[_Reread]) -> None:
    """Read the first articles again with what all of them taught.

    A clock dated them, or nothing did; or they told too little of themselves to be taken for posts, and
    others at addresses like theirs are posts; or 03/09 was read in the order of the lists, and articles
    turned out to be written in the other (the awkward site 133957).
    """
    clocks, finds = survey.lessons.clocks(), survey.finds
    taught = survey.lessons.hints.date_selector is not None
    for read in first:
        candidate = read.candidate
        key = candidate.key or survey.key(candidate.url)
        post = finds.posts.get(key)
        if post is not None:
            misled = post.date is not None and post.date.evidence[0].raw in clocks
            again = misled or (post.date is None and taught)
        else:
            again = candidate.sure and key in finds.rejected and is_alike(survey, candidate.url)
        claims = finds.claims_of(key)
        swapped = read.order != survey.lessons.own_order and len(claims) == 1
        if again or (swapped and has_figures(claims[0].evidence[0].raw)):
            finds.forget(key)
            take_article(survey, candidate, read.page)


def take_article(
    survey: Survey, candidate: Candidate, page: Page, *, thorough: bool = False
) -> PostDate | None:
    """Read one page as a post and admit it; returns the date that it tells."""
    document = parse_document(page)
    key = candidate.key or survey.key(candidate.url)
    post = judge_article(survey, candidate, document, thorough=thorough or bool(survey.trust.refuted))
    if post is None:
        if (own := _find_own_page(survey, candidate, document)) is not None:
            survey.finds.wait(own)
            return None
        survey.finds.settle(key)
        survey.finds.reject(candidate.url, "its page is not a post's", key)
        return None
    setting = compose_setting(survey, document)
    if is_to_come(survey, key, post.date, document, setting):
        survey.finds.await_day(candidate.url, key)
        return None
    post = replace(post, date=without_clock(survey, post.date, document))
    standing = find_standing_key(survey, key, document)
    if standing is not None:
        survey.finds.rename(key, standing.key, standing.why)
        post = Post(standing.key, standing.url, post.title, post.date, post.kind)
    post = join_double(survey, post, document)
    survey.finds.admit(post)
    told = survey.finds.posts.get(post.key)
    if told is None and post.key in survey.finds.waiting:
        survey.finds.leave_undated(candidate)
    date = told.date if told is not None else post.date
    if survey.finds.is_old(date):
        survey.finds.settle(post.key)
    return date


def _find_own_page(survey: Survey, candidate: Candidate, document: Document) -> Candidate | None:
    """Find the page that one calls its own address, where itself tells too little of a post.

    A home page led to versions for telephones, which show nothing but the text (the awkward site 2100525).
    """
    url = document.canonical
    if url is None or url in survey.trail.asked or not same_site(url, survey.site):
        return None
    key = candidate.key or survey.key(candidate.url)
    return replace(candidate, url=url) if survey.key(url) == key else None


def _believe_lists(survey: Survey) -> None:
    """Articles say no more than their list does: take its word, tonight and on later nights."""
    believe_rough_lists(survey)
    rest = [candidate for candidate in survey.finds.waiting.values() if candidate.date is not None]
    survey.note("articles", f"They say no more than the list; {len(rest)} are dated as roughly as it does.")
    for candidate in rest:
        survey.finds.admit(compose_post(survey, candidate.url, candidate.title, candidate.date))


def _runs_back(dates: Sequence[datetime]) -> bool:
    """Tell whether articles came newest first, but for one in ten; a sitemap may stand in any order."""
    rises = sum(later > earlier for earlier, later in pairwise(dates))
    return rises * 10 <= len(dates)


def _settle_rest(survey: Survey, keys: Sequence[str]) -> None:
    if keys:
        survey.note("articles", f"{len(keys)} further ones are older than the window.")
        survey.finds.settle_waiting(keys)


def judge_article(
    survey: Survey, candidate: Candidate, document: Document, *, thorough: bool = False
) -> Post | None:
    """Tell what a page is as a post, learning from it on the way; None for a page that is none.

    Args:
        thorough: read what a reader sees even where machines are told enough.
    """
    setting = compose_setting(survey, document)
    key = candidate.key or survey.key(candidate.url)
    told = _told_day(survey, key)
    survey.lessons.learn_page(document, setting, is_article=True, told=told)
    hints = survey.lessons.hints_for(document, is_article=True)
    article = extract_article(document, now=setting.now, zone=setting.zone, hints=hints, thorough=thorough)
    if not thorough and article.date is not None and _is_open(survey, key, article.date):
        # Local time that calls itself UTC shows on these posts only, and there it costs a day. And what a
        # page tells machines alone, such as the day of its build, refutes no list (the awkward site 2141417).
        article = extract_article(document, now=setting.now, zone=setting.zone, hints=hints, thorough=True)
    if article.date is not None:
        survey.lessons.learn_article(document, article.date, setting)
    if article.is_post is False and not (candidate.sure and candidate.date is not None):
        return None
    date = (
        _testify(survey, key, article, candidate.date) or candidate.date or date_by_line(survey, key, article)
    )
    alike = is_alike(survey, candidate.url)
    if not article.is_post and not alike and (date is None or not (candidate.sure or candidate.crowded)):
        return None
    kind = judge_kind(candidate.url, candidate.title or article.title)
    return Post(key, candidate.url, candidate.title or article.title, date, kind)


def _is_open(survey: Survey, key: str, date: PostDate) -> bool:
    """Tell whether readers are to be asked: a clock decides on a post's day, or all else tells another."""
    zone = survey.target.zone
    told = [claim for claim in survey.finds.claims_of(key) if claim.precision.names_a_day]
    days = {claim.at.astimezone(zone).date() for claim in told}
    return is_torn(date, zone) or bool(days and date.at.astimezone(zone).date() not in days)


def _told_day(survey: Survey, key: str) -> dt.date | None:
    """The day that something else tells of a post, not in figures of which day and month may swap."""
    for claim in survey.finds.claims_of(key):
        first = claim.evidence[0]
        if claim.precision.names_a_day and not has_figures(first.raw):
            return claim.at.astimezone(survey.target.zone).date()
    return None


def _testify(survey: Survey, key: str, article: Article, aged: PostDate | None) -> PostDate | None:
    """The article's date; without what readers may have been told by the way, where a list or feed dates it.

    A day in a paragraph dates a post of which nothing else is known; it contradicts nobody.
    """
    date = article.date
    if date is not None and aged is not None and not aged.precision.names_a_day:
        now, zone = survey.target.window.now, survey.target.zone
        spans = find_intervals(aged.evidence[0].raw, now=now, zone=zone).values()
        date = bound_by_age(date, aged, max((end for _, end in spans), default=None))
    if date is None or article.is_sure or not _is_dated(survey, key):
        return date
    left = tuple(e for e in date.evidence if (e.kind, e.where) != (EvidenceKind.VISIBLE_TEXT, "p"))
    return PostDate(left[0].at, left[0].precision, left) if left else None


def _is_dated(survey: Survey, key: str) -> bool:
    return any(claim.precision.names_a_day for claim in survey.finds.claims_of(key))
