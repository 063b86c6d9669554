"""Reading a few articles to learn which witnesses of a site's dates can be trusted."""

from collections.abc import Collection, Generator
from datetime import date, datetime, timedelta
from typing import Final

from activity.post import EvidenceKind, Post, PostKind, Precision
from activity.visit import Fetch, Page
from crawler.dates.relative import find_intervals
from crawler.extract.page.key import same_site
from crawler.health import judge_page
from crawler.visits.site.post.article import read_articles, take_article
from crawler.visits.site.post.clocks import SHOWN
from crawler.visits.site.post.render import ask_article
from crawler.visits.site.post.samples import choose_samples, find_torn
from crawler.visits.site.post.testimony import doubt_moved, judge_testimony, note_asked, note_moved
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import mark_of
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["confirm_witnesses", "lacks_shown_days"]

# So often three further articles are read where one contradicted, or none could tell to the minute.
MOST_ROUNDS: Final = 2
# What is said to be from so shortly before the window may belong into it.
EDGE: Final = timedelta(days=45)
_A_DAY: Final = timedelta(days=1)
# Fewer articles are read sooner than a page of a list.
FEWEST_BARE: Final = 6
# A day that an office puts right is one of a few; a feed that is built anew moves all at once.
MOST_MOVED: Final = 3


def confirm_witnesses(survey: Survey) -> Generator[Fetch, Page, None]:
    """Hold feeds and lists against a few articles, and articles' machine dates against what readers are told.

    What is refuted dates nothing any more; posts that only it dated are read themselves.
    """
    doubt_moved(survey)
    asked = frozenset(survey.trust.asked)
    judge_testimony(survey)
    yield from _sample(survey, survey.walks.doubtful)
    judged = judge_testimony(survey, final=True)
    for rounds in range(MOST_ROUNDS):
        # A feed without hours stays rough every night; its articles were read when it was met (ablog).
        again = judged.denied if rounds else judged.denied | (judged.rough - asked)
        if not again:
            break
        yield from _sample(survey, again)
        judged = judge_testimony(survey, final=True)
    judge_testimony(survey, final=True, last=True)
    yield from read_articles(survey)
    yield from _read_bare(survey)
    yield from _read_moved(survey)
    _learn_shift(survey)


def _sample(survey: Survey, again: Collection[str]) -> Generator[Fetch, Page, None]:
    """Read a few articles for each witness that nothing has confirmed, and for those in `again`."""
    found = [*survey.finds.posts.values(), *survey.finds.edge(EDGE)]
    posts = [post for post in found if _has_page(survey, post)]
    since = survey.target.window.since
    odd = frozenset(post.key for post in posts if _is_other_age(survey, post))
    samples, witnesses = choose_samples(posts, survey.trust, survey.target.zone, again, since, odd)
    for post in samples:
        page = yield from ask_article(survey, post.url)
        if page.ok and judge_page(page) is None:
            candidate = Candidate(post.url, post.title, key=post.key)
            take_article(survey, candidate, page, thorough=True)
    note_asked(survey, witnesses, find_torn(samples, survey.target.zone))


def _is_other_age(survey: Survey, post: Post) -> bool:
    """Tell whether a list's "3 minggu yang lalu" excludes a post's day, however the site rounds.

    Of a feed of drafts six articles had the day of the feed, and others were weeks older (the awkward site
    2401130).
    """
    told = survey.told.get(post.key)
    if told is None or post.date is None or not post.date.precision.names_a_day:
        return False
    raw, zone = told.date.evidence[0].raw, survey.target.zone
    spans = find_intervals(raw, now=told.at, zone=zone).values()
    return bool(spans) and not any(begin - _A_DAY <= post.date.at <= end + _A_DAY for begin, end in spans)


def _read_bare(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read the pages of posts of which only a feed's bare day is known: it may be that of UTC.

    Then one in eight is a day off; those said to be from the day before the window belong into it.
    """
    for post in _find_bare(survey):
        page = yield from ask_article(survey, post.url)
        if page.ok and judge_page(page) is None:
            take_article(survey, Candidate(post.url, post.title, key=post.key), page, thorough=True)


def _read_moved(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read the pages of known posts of which a feed tells another day by now, each once for that day.

    The page agreed with the former day when it was read; a feed alone does not outweigh it, and the day that
    an office had put right stayed wrong (the awkward site 2110702).
    """
    moved = {}
    for post in survey.finds.posts.values():
        day = _moved_day(survey, post)
        if day is not None and (mark := mark_of(f"{post.key} {day}")) not in survey.trust.moved:
            moved[mark] = post
    if len(moved) > MOST_MOVED:
        return
    for post in moved.values():
        page = yield from ask_article(survey, post.url)
        if page.ok and judge_page(page) is None:
            take_article(survey, Candidate(post.url, post.title, key=post.key), page, thorough=True)
    note_moved(survey, moved)


def _moved_day(survey: Survey, post: Post) -> date | None:
    """Give the day that only a feed tells of a known post, where that is not the one that is stored."""
    told, stored = post.date, survey.finds.stored.get(post.key)
    if told is None or stored is None or stored.at is None or not _has_page(survey, post):
        return None
    fed = told.precision.names_a_day and all(each.kind is EvidenceKind.FEED for each in told.evidence)
    day = _day(survey, told.at)
    return day if fed and day != _day(survey, stored.at) else None


def lacks_shown_days(survey: Survey) -> bool:
    """Tell whether a list that shows days would spare many articles: a feed tells theirs without a clock."""
    return len(_find_bare(survey)) >= FEWEST_BARE


def _find_bare(survey: Survey) -> list[Post]:
    """Find the posts of whose day nothing is known but that a feed tells it without a clock.

    Those that an earlier night settled are none (ablog: nine articles read again for each new post).
    """
    found = [*survey.finds.posts.values(), *survey.finds.edge(_A_DAY)]
    return [post for post in found if _is_bare(survey, post) and _has_page(survey, post)]


def _is_bare(survey: Survey, post: Post) -> bool:
    told, stored = post.date, survey.finds.stored.get(post.key)
    if told is None or told.precision is not Precision.DAY:
        return False
    if stored is not None and stored.at is not None and _day(survey, stored.at) == _day(survey, told.at):
        return False
    return told.evidence[0].kind is EvidenceKind.FEED and all(e.kind not in SHOWN for e in told.evidence)


def _day(survey: Survey, moment: datetime) -> date:
    return moment.astimezone(survey.target.zone).date()


def _has_page(survey: Survey, post: Post) -> bool:
    """Tell whether a post's own page can be read, and was not: items of a feed may share one address."""
    own = same_site(post.url, survey.site) and "#" not in post.key and post.kind is not PostKind.DOCUMENT
    return own and post.url not in survey.trail.asked


def _learn_shift(survey: Survey) -> None:
    """Let clock times that pages show without a zone be held against moments that a feed states."""
    for _, claims in survey.finds.claims():
        for stated in claims[:1]:
            for seen in claims[1:]:
                if name_witness(stated.evidence[0]) not in survey.trust.refuted:
                    survey.lessons.learn_shift(stated, seen)
