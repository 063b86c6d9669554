"""The minute of posts whose list tells only the day, read from their own pages where those tell it."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, Precision
from activity.visit import Fetch, Page, Purpose
from crawler.extract.feed.kind import judge_kind
from crawler.extract.page.document import parse_document
from crawler.extract.page.key import same_site
from crawler.health import judge_page
from crawler.visits.site.post.article import judge_article
from crawler.visits.site.post.double import join_double
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.memory import RoughPost
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import VisitEndedError

__all__ = ["judge_minutes", "put_off_minutes", "read_minutes", "wants_minutes"]

# Of a backlog the newest: its days are told by its list, and a minute changes none of them, while reading
# every article of a busy semester would make most of what a first visit asks.
MAX_READ = 12
# So many nights on which the article cannot be read leave open whether it tells the minute.
MAX_UNREADABLE = 2
_ROUGH: Final = frozenset({Precision.DAY, Precision.HOUR})
_FINE: Final = frozenset({Precision.MINUTE, Precision.SECOND})
# A date that only readers see may be another's; these contradict a list in earnest.
_SWORN: Final = frozenset(
    {EvidenceKind.JSON_LD, EvidenceKind.META, EvidenceKind.ITEMPROP, EvidenceKind.TIME_ELEMENT}
)
# What an article says of itself.
_OWN: Final = _SWORN | {EvidenceKind.VISIBLE_TEXT}


def wants_minutes(survey: Survey) -> bool:
    """Tell whether an earlier night left articles to be read for their minute."""
    return bool(survey.minute.pending) and survey.minute.told is not False


def read_minutes(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read articles of posts dated to the day, if the newest of them shows that it is worth it.

    The harvest is whole without them: where a budget ends it, the rest is left for the next night.
    """
    posts = _pending(survey)[:MAX_READ]
    try:
        while posts and survey.minute.told is not False:
            page = yield from survey.ask(posts[0].url, Purpose.ARTICLE)
            if page.ok and judge_page(page) is None:
                _take(survey, posts.pop(0), page)
            elif survey.minute.told:
                posts.pop(0)
            else:
                _judge_unreadable(survey, page)
                break
    except VisitEndedError as end:
        survey.note("articles", f"{len(posts)} are read for their minute another night: {end.message}")
    _leave(survey, posts)


def put_off_minutes(survey: Survey) -> None:
    """Leave the articles that may tell the minute for the next night."""
    _leave(survey, _pending(survey))


def judge_minutes(survey: Survey) -> None:
    """Tell by articles that were read for another reason whether they tell the minute.

    A feed that tells it of the same posts says nothing of the articles.
    """
    if survey.minute.told is not None:
        return
    read = [
        [claim for claim in claims if claim.evidence[0].kind in _OWN]
        for key, claims in survey.finds.claims()
        if any(claim.evidence[0].kind is EvidenceKind.LISTING for claim in claims)
        if (post := survey.finds.posts.get(key)) is not None and post.url in survey.trail.asked
    ]
    if read:
        tells = any(claim.precision in _FINE for own in read for claim in own)
        survey.minute = replace(survey.minute, told=tells)


def _leave(survey: Survey, posts: Sequence[Post]) -> None:
    left = posts[:MAX_READ] if survey.minute.told is not False else ()
    survey.minute = replace(survey.minute, pending=tuple(_pack(post) for post in left))


def _pending(survey: Survey) -> list[Post]:
    """Posts whose minute is not known, the newest first: tonight's new ones and those left over."""
    own = [
        post
        for post in survey.finds.posts.values()
        if _is_rough(post.date) and post.kind is not PostKind.DOCUMENT
        if post.key not in survey.finds.known and post.url not in survey.trail.asked
        if same_site(post.url, survey.site)
    ]
    left = [_unpack(survey, rough) for rough in survey.minute.pending]
    posts = {post.key: post for post in (*own, *left) if post.date is not None}
    return sorted(posts.values(), key=_moment, reverse=True)


def _is_rough(date: PostDate | None) -> bool:
    return date is not None and date.precision in _ROUGH


def _moment(post: Post) -> datetime:
    assert post.date is not None
    return post.date.at


def _take(survey: Survey, post: Post, page: Page) -> None:
    candidate, thorough = Candidate(post.url, post.title, key=post.key), bool(survey.trust.refuted)
    document = parse_document(page)
    own = judge_article(survey, candidate, document, thorough=thorough)
    if own is not None and join_double(survey, post, document).key != post.key:
        return
    date = post.date
    if own is not None and own.date is not None and date is not None:
        date = _reconcile(survey, date, own.date)
        survey.finds.put(replace(survey.finds.posts.get(post.key, post), date=date))
    if survey.minute.told is None:
        tells = date is not None and date.precision in _FINE
        survey.minute = replace(survey.minute, told=tells)
        says = "tell the minute; they are read for it" if tells else "tell no more than the day"
        survey.note("articles", f"Judged by {post.url}, they {says}.")


def _judge_unreadable(survey: Survey, page: Page) -> None:
    """An article that is not there tells nothing; one that a server in trouble kept may, another night."""
    misses = survey.minute.misses + 1
    hopeless = misses > MAX_UNREADABLE or (page.status is not None and 400 <= page.status < 500)
    survey.minute = replace(survey.minute, misses=misses, told=False if hopeless else survey.minute.told)


def _reconcile(survey: Survey, listed: PostDate, own: PostDate) -> PostDate:
    """The article's moment where it lies on the list's day; else that day, contested if contradicted."""
    if not own.precision.names_a_day:
        return listed
    zone = survey.target.zone
    if listed.evidence[0].kind is EvidenceKind.FEED and listed.precision is Precision.DAY:
        # A feed's bare day may be that of UTC; the page is its reader's.
        return replace(own, evidence=own.evidence + listed.evidence)
    days = {date.at.astimezone(zone).date() for date in (listed, survey.lessons.correct(own))}
    if len(days) > 1:
        sworn = own.evidence[0].kind in _SWORN
        return replace(listed, evidence=listed.evidence + own.evidence, contested=True) if sworn else listed
    if own.precision in _FINE:
        return replace(
            own, evidence=own.evidence + listed.evidence, contested=own.contested or listed.contested
        )
    return listed


def _pack(post: Post) -> RoughPost:
    assert post.date is not None
    told = post.date.evidence[0]
    return RoughPost(
        post.url, post.title, post.date.at, post.date.precision, told.kind, told.where, told.raw, told.source
    )


def _unpack(survey: Survey, rough: RoughPost) -> Post:
    told = DateEvidence(rough.kind, rough.where, rough.raw, rough.at, rough.precision, rough.source)
    date = PostDate(rough.at, rough.precision, (told,))
    return Post(survey.key(rough.url), rough.url, rough.title, date, judge_kind(rough.url, rough.title))
