"""Month archives, read where a list does not go on in any other way."""

from collections.abc import Generator, Iterable, Iterator
from datetime import datetime

from activity.visit import Fetch, Page, Purpose
from crawler.discover.archive import MonthArchive, turn_month
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.shape import is_never_post, shape_of
from crawler.extract.page.document import Document, parse_document
from crawler.extract.page.key import same_site
from crawler.health import judge_page
from crawler.reach import ListFacts
from crawler.visits.site.list.end import shows_end
from crawler.visits.site.list.listing import list_page, walk_listing
from crawler.visits.site.post.identity import is_copy
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import is_whole
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import NOT_THERE
from crawler.visits.site.survey.walks import ARCHIVES, Walk

__all__ = ["is_empty_month", "read_archives", "take_unlisted", "turn_list"]


def read_archives(survey: Survey, months: Iterable[MonthArchive]) -> Generator[Fetch, Page, Walk | None]:
    """Read the archives of the window's months; together they are one list, the newest month first.

    It is known back to the oldest month that was read whole, with as many posts as the site counts in it.
    Returns the newest month's walk, in which new posts appear; None where there is none.
    """
    newest: Walk | None = None
    keys: list[str] = []
    first: datetime | None = None
    unmet = False
    last_page: Page | None = None
    for month in sorted(months, key=lambda each: (each.year, each.month), reverse=True):
        if month.url in survey.trail.asked:
            unmet = unmet or month.url in survey.trail.failed
            continue
        page = yield from survey.ask(month.url, Purpose.LISTING)
        if not page.ok or judge_page(page) is not None:
            unmet = True
            if page.status not in NOT_THERE or month.count:
                survey.walks.note_unread_month(month.url)
            continue
        document = parse_document(page)
        walk = yield from walk_listing(survey, document)
        if not (walk.keys or shows_end(document, 0)):
            survey.walks.note_unread_month(month.url)
        newest = newest or walk
        shown = walk.keys or _find_known(survey, document)
        met = [key for key in shown if key not in keys]
        unmet = unmet or not met or not _holds_month(survey, month, walk, shown)
        keys.extend(met)
        first = datetime(month.year, month.month, 1, tzinfo=survey.target.zone)
        last_page = page
    if last_page is not None and not unmet and first is not None:
        since = survey.target.window.since
        reaches = first <= since.astimezone(survey.target.zone)
        endpoint = Endpoint(EndpointKind.LISTING, f"{last_page.url}{ARCHIVES}", "the archives of all months")
        facts = ListFacts(tuple(keys), ended=reaches, paged=True)
        survey.walks.add(Walk(endpoint, last_page, facts, whole=reaches))
    return newest


def turn_list(survey: Survey) -> str | None:
    """Give this month's archive, where that of an earlier month was the list."""
    endpoint = survey.remembered
    today = survey.target.window.now.astimezone(survey.target.zone).date()
    return None if endpoint is None else turn_month(endpoint.url, today)


def is_empty_month(survey: Survey, page: Page) -> bool:
    """Tell whether a new month's archive is not there yet, or shows no post of it: a box may show older ones.

    Taken for the list it would be looked at anew the next night, as one that died (Trac: 15 requests every
    second night), and what it does not show would be asked for as withdrawn.
    """
    if not page.ok:
        return page.status in NOT_THERE
    if judge_page(page) is not None:
        return False
    document = parse_document(page)
    begin = survey.target.window.now.astimezone(survey.target.zone).replace(day=1, hour=0, minute=0)
    items = list_page(survey, document).items
    told = any(survey.is_new(survey.item_key(i)) or (i.date and i.date.at >= begin) for i in items)
    return not told and not any(survey.is_new(survey.key(url)) for url in _find_unlisted(survey, document))


def take_unlisted(survey: Survey, page: Page) -> None:
    """Let the pages be read that a new month's archive links under addresses of posts, and no list shows.

    Its only card may pass for none beside a box of popular posts (the awkward site 2110193).
    """
    for url in _find_unlisted(survey, parse_document(page)):
        survey.finds.wait(Candidate(url, sure=False))


def _find_unlisted(survey: Survey, document: Document) -> Iterator[str]:
    shapes = {shape_of(key) for key in survey.finds.known}
    for url in dict.fromkeys(url for url in document.linked if same_site(url, survey.site)):
        # `/blog/archive` stands beside the posts, and is none (Trac).
        if shape_of(survey.key(url)) in shapes and not (is_copy(survey, url) or is_never_post(url)):
            yield url


def _holds_month(survey: Survey, month: MonthArchive, walk: Walk, shown: tuple[str, ...]) -> bool:
    """Tell whether a month was read whole: as many posts as the site counts, or to its end.

    The month before, which was read, says nothing of a page of this one that was kept from us (the awkward
    sites 2013440, with a second page that asks to log in, and 2013496, with one of upkeep).
    """
    if month.count is not None:
        return len(set(shown)) == month.count
    return walk.facts.ended or walk.whole or is_whole(survey, walk)


def _find_known(survey: Survey, document: Document) -> tuple[str, ...]:
    """Posts of other lists that a page links: a month's only card, of yesterday, looks like a clock's."""
    keys = (survey.key(url) for url in document.linked)
    return tuple(dict.fromkeys(key for key in keys if key in survey.finds.posts))
