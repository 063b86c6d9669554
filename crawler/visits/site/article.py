"""Reading posts' own pages: their dates, where no list, feed or API told them."""

from collections.abc import Generator, Sequence
from datetime import datetime
from itertools import count, pairwise

from activity.post import Post, PostDate
from activity.visit import Fetch, Page
from crawler.discover.shape import shape_of
from crawler.extract.article import Article, extract_article
from crawler.extract.document import Document, parse_document
from crawler.extract.kind import judge_kind
from crawler.extract.witness import Setting
from crawler.health import judge_page
from crawler.visits.site.candidate import Candidate
from crawler.visits.site.render import ask_article
from crawler.visits.site.survey import Survey

__all__ = ["compose_post", "compose_setting", "judge_article", "read_articles"]

# So many articles in a row from before the window: the rest of a newest-first list is older still.
OLD_IN_A_ROW = 6
# So many articles that tell their day no better than the list: the others will not either.
ROUGH_IN_A_ROW = 3
# So many are kept to be read again with what the others taught.
MAX_REVIEWED = 6


def compose_post(survey: Survey, url: str, title: str, date: PostDate | None) -> Post:
    """A post of this site, its kind told by its address and title."""
    return Post(survey.key(url), url, title, date, judge_kind(url, title))


def compose_setting(survey: Survey, document: Document) -> Setting:
    """How the dates of one page are read."""
    return Setting(document.page.fetched_at, survey.target.zone, survey.lessons.hints.day_first is not False)


def read_articles(survey: Survey, most: int | None = None) -> Generator[Fetch, Page, bool]:
    """Read the pages of the posts whose date is found nowhere cheaper; of the first `most` only, if given.

    Returns whether they ran back past the window's start, so that the rest was not read.
    """
    first: list[tuple[Candidate, Page]] = []
    past = yield from _read_waiting(survey, first, most)
    _review(survey, first)
    return past


def _read_waiting(
    survey: Survey, first: list[tuple[Candidate, Page]], most: int | None
) -> Generator[Fetch, Page, bool]:
    dates: list[datetime] = []
    old = rough = 0
    for number in count():
        if not survey.waiting or number == most:
            break
        key, candidate = next(iter(survey.waiting.items()))
        page = yield from ask_article(survey, candidate.url)
        survey.waiting.pop(key, None)
        if not page.ok or judge_page(page) is not None:
            survey.note("left out", f"{candidate.url}: it cannot be read tonight")
            continue
        if len(first) < MAX_REVIEWED:
            first.append((candidate, page))
        date = _take_article(survey, candidate, page)
        if date is not None:
            old = old + 1 if survey.is_old(date) else 0
            dates.append(date.at)
        if candidate.date is not None:
            rough = rough + 1 if date is not None and not date.precision.names_a_day else 0
        if rough >= ROUGH_IN_A_ROW:
            _believe_lists(survey)
            rough = 0
        if old >= OLD_IN_A_ROW and _runs_back(dates):
            _settle_rest(survey)
            return True
    return False


def _review(survey: Survey, first: list[tuple[Candidate, Page]]) -> None:
    """Read the first articles again with what all of them taught: a clock dated them, or nothing did."""
    clocks = survey.lessons.clocks()
    taught = survey.lessons.hints.date_selector is not None
    for candidate, page in first:
        post = survey.posts.get(survey.key(candidate.url))
        if post is None:
            continue
        misled = post.date is not None and post.date.evidence[0].raw in clocks
        if misled or (post.date is None and taught):
            survey.posts.pop(post.key)
            _take_article(survey, candidate, page)


def _take_article(survey: Survey, candidate: Candidate, page: Page) -> PostDate | None:
    post = judge_article(survey, candidate, page)
    if post is None:
        survey.settle(survey.key(candidate.url))
        survey.reject(candidate.url, "its page is not a post's")
        return None
    survey.admit(post)
    if survey.is_old(post.date):
        survey.settle(post.key)
    return post.date


def _believe_lists(survey: Survey) -> None:
    """Articles say no more than their list does: take its word, tonight and on later nights."""
    survey.facts["rough"] = True
    rest = [candidate for candidate in survey.waiting.values() if candidate.date is not None]
    survey.note("articles", f"They say no more than the list; {len(rest)} are dated as roughly as it does.")
    for candidate in rest:
        survey.admit(compose_post(survey, candidate.url, candidate.title, candidate.date))


def _runs_back(dates: Sequence[datetime]) -> bool:
    """Whether articles came newest first, but for one in ten; a sitemap may stand in any order."""
    rises = sum(later > earlier for earlier, later in pairwise(dates))
    return rises * 10 <= len(dates)


def _settle_rest(survey: Survey) -> None:
    survey.note("articles", f"{len(survey.waiting)} further ones are older than the window.")
    for key in survey.waiting:
        survey.settle(key)
    survey.waiting.clear()


def judge_article(survey: Survey, candidate: Candidate, page: Page) -> Post | None:
    """What a page is as a post, learning from it on the way; None for a page that is none."""
    document = parse_document(page)
    setting = compose_setting(survey, document)
    survey.lessons.learn_page(document, setting, is_article=True)
    hints = survey.lessons.hints_for(document)
    article: Article = extract_article(document, now=setting.now, zone=setting.zone, hints=hints)
    if article.date is not None:
        survey.lessons.learn_article(document, article.date, setting)
    if article.is_post is False and not (candidate.sure and candidate.date is not None):
        return None
    date = article.date or candidate.date
    alike = shape_of(candidate.url) in survey.shapes
    if not article.is_post and not alike and (date is None or not (candidate.sure or candidate.crowded)):
        return None
    kind = judge_kind(candidate.url, candidate.title or article.title)
    return Post(survey.key(candidate.url), candidate.url, candidate.title or article.title, date, kind)
