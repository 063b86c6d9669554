"""What one visit may claim of a website: since when its lists are known without a gap, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from activity.post import EvidenceKind
from activity.visit import Page, Proof
from crawler.discover.kind import EndpointKind
from crawler.discover.shape import stated_before
from crawler.reach import Disproof, Order, Reach, combine_reaches, count_misplaced, judge_order, judge_reach
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk, mark_of
from crawler.visits.site.survey.weigh import COARSE

__all__ = [
    "claim_as_of",
    "claim_site",
    "claim_unchanged",
    "find_passed_over",
    "is_found_shuffled",
    "is_news_unsorted",
    "is_old_copy",
    "is_shuffled",
    "is_unsorted",
    "is_whole",
    "keep_earned",
    "lacks_month",
    "may_fall_by_chance",
    "reach_of",
    "tell_reach",
]

# A home page that shows the last two posts of a list that rises shows the site's newest.
FEWEST_NEWEST: Final = 2
# Caches keep a page for minutes, an hour at most; a post of a night's look must not be younger than its list.
OLD_COPY: Final = timedelta(hours=6)
_LONGEST_AGE: Final = 9
# So many posts fall by chance, but for one of them, once in 44,000 times: (1 + 9 * 9) / 10!.
_NEVER_BY_CHANCE: Final = 10


def claim_site(survey: Survey, walks: Iterable[Walk] | None = None) -> Reach:
    """Claim what tonight's walks prove together, known posts that none of them showed left aside."""
    chosen = list(survey.walks if walks is None else walks)
    reaches = [reach_of(survey, walk) for walk in chosen]
    if survey.walks.passed_over:
        reaches.append(Reach(doubts=(Disproof.PASSED_OVER,), keys=find_passed_over(survey)))
    return combine_reaches(reaches, unread=len(survey.walks.unread))


def find_passed_over(survey: Survey) -> frozenset[str]:
    """Find the posts to which pages of lists lead tonight though no list gave them."""
    keys = frozenset(map(survey.finds.standing_key, survey.walks.passed_over))
    return keys & (survey.finds.posts.keys() | survey.finds.known)


def claim_as_of(survey: Survey) -> tuple[Reach, datetime]:
    """Tell how far back lists that came out of a cache were read, and of what moment the oldest copy is.

    It is no claim: what came since then is on none of them. A post from before it that none shows is missing,
    and its own page tells why.
    """
    now = survey.target.window.now
    until = min((now - _age_of(walk.page) for walk in survey.walks), default=now)
    reaches = [reach_of(survey, walk, is_as_of=True) for walk in survey.walks]
    return combine_reaches(reaches, unread=len(survey.walks.unread)), until


def keep_earned(survey: Survey, reach: Reach) -> Reach:
    """Claim what the list of news proved before the visit began anew, where that is more, and still holds.

    It does where all that was found beside that list is older than what it is known for.
    """
    earned, finds = survey.earned, survey.finds
    if earned is None or earned.since is None or finds.missing or survey.walks.old_copy:
        return reach
    if reach.since is not None and reach.since <= earned.since:
        return reach
    beside = (post for key, post in finds.posts.items() if key not in finds.known | earned.keys)
    if any(post.date is None or post.date.at >= earned.since for post in beside):
        return reach
    return Reach(earned.since, earned.proof, reach.doubts, reach.keys)


def is_whole(survey: Survey, walk: Walk | None = None) -> bool:
    """Tell whether the site, or one walk, is known back to the window's start."""
    reach = claim_site(survey) if walk is None else reach_of(survey, walk)
    return reach.since is not None and reach.since <= survey.target.window.since


def claim_unchanged(last: datetime | None, *, came: bool = False) -> Reach:
    """Claim that nothing was published since the list, which is as it was, was last read.

    Args:
        came: whether the list itself came, which proves more than a server's word.
    """
    proof = Proof.SAME_PAGE if came else Proof.UNCHANGED
    return Reach(last, proof) if last is not None else Reach(doubts=(Disproof.NO_END,))


def reach_of(survey: Survey, walk: Walk, *, is_as_of: bool = False) -> Reach:
    """Claim what one walk proves, its posts named and dated as they stand by now.

    Args:
        is_as_of: whether a copy out of a cache is to be judged as of its own moment.
    """
    window = survey.target.window
    met = _met_on(survey, walk)
    moments = tuple(met.values())
    facts = replace(walk.facts, keys=tuple(met), moments=moments)
    if walk.endpoint.kind is EndpointKind.SITEMAP and not (walk.further or walk.older):
        # A map may name the newest posts only: one that names none from before the window proves nothing.
        older = any(moment is not None and moment < window.since for moment in moments)
        facts = replace(facts, ended=older)
    reach = judge_reach(facts, window.since, walk.last)
    if walk.page.starved:
        # A browser's page that had not all its parts may show less than the list holds.
        return Reach(doubts=(Disproof.UNREAD,), keys=reach.keys)
    if is_old_copy(walk.page) and not is_as_of:
        return Reach(doubts=(Disproof.OLD_COPY,), keys=reach.keys)
    if reach.proof in {Proof.ENDED, Proof.TOTAL_REACHED} and lacks_month(survey, walk):
        return Reach(doubts=(Disproof.UNREAD,), keys=reach.keys)
    if is_unsorted(survey, walk.endpoint.url) and reach.proof not in {Proof.ENDED, Proof.TOTAL_REACHED}:
        # What stands first in a list by title may fall by chance.
        return Reach(doubts=(Disproof.UNSORTED,), keys=reach.keys)
    if reach.proof is Proof.OLDER_MET and _may_fall_by_chance(survey, walk, moments):
        return Reach(doubts=(Disproof.UNSORTED,), keys=reach.keys)
    if reach.proof is Proof.OLDER_MET and _is_repeated_elsewhere(survey, walk):
        return Reach(doubts=(Disproof.REPEATS,), keys=reach.keys)
    return reach


def _is_repeated_elsewhere(survey: Survey, walk: Walk) -> bool:
    """Tell whether a page without further ones shows the posts of a list whose first page comes ever again.

    A home page that shows as many as that list does is that list once more, and knows no more of its end.
    """
    if walk.endpoint.kind not in {EndpointKind.LISTING, EndpointKind.STATE} or walk.facts.pages > 1:
        return False
    own = set(map(survey.finds.standing_key, walk.keys))
    repeated = (
        set(map(survey.finds.standing_key, each.keys))
        for each in survey.walks
        if each.facts.repeated and each.endpoint.url != walk.endpoint.url
    )
    return any(keys <= own or own <= keys for keys in repeated if keys)


def _may_fall_by_chance(survey: Survey, walk: Walk, moments: Sequence[datetime | None]) -> bool:
    """Tell whether a list shows few posts and another one of the site is sorted by something else than days.

    Six posts in any order fall but for one once in 28 times, and one may be pinned (the awkward site 2157372:
    the list of activities is sorted by readers, as is the one of news). A feed or an API has an order of its
    own, and a list that shows its oldest first is sorted by days (2110451).
    """
    if walk.endpoint.kind not in {EndpointKind.LISTING, EndpointKind.STATE}:
        return False
    known = sum(moment is not None for moment in moments)
    others = (each for each in survey.walks if each.endpoint.url != walk.endpoint.url)
    return known < _NEVER_BY_CHANCE and any(
        is_shuffled(survey, each) and judge_order(tuple(_met_on(survey, each).values())) is Order.MIXED
        for each in others
    )


def may_fall_by_chance(survey: Survey, walk: Walk) -> bool:
    """Tell whether a page's posts are so few that they may fall from new to old in any order.

    Of five one order in seven does, where one may be pinned.
    """
    moments = [moment for moment in _met_on(survey, walk).values() if moment is not None]
    return walk.facts.pages <= 1 and len(moments) < _NEVER_BY_CHANCE


def _met_on(survey: Survey, walk: Walk) -> dict[str, datetime | None]:
    """Give the posts of a list with their moments, in its order.

    One that a box beside it alone shows has none, for it says nothing of the list's order, and is left out
    where it is older than what is wanted.
    """
    finds, since = survey.finds, survey.target.window.since
    beside = set(map(finds.standing_key, walk.beside))
    met: dict[str, datetime | None] = {}
    for key in filter(finds.may_be_post, map(finds.standing_key, walk.keys)):
        moment = _moment_of(survey, key)
        if key not in beside:
            met[key] = moment
        elif moment is None or moment >= since:
            met[key] = None
    return met


def is_old_copy(page: Page) -> bool:
    """Tell whether a cache says that it has kept a page for hours: what came since is not on it."""
    return _age_of(page) >= OLD_COPY


def _age_of(page: Page) -> timedelta:
    """For how long a cache says that it has kept a page; no time where none says so."""
    told = next((value for name, value in page.headers.items() if name.lower() == "age"), "")
    return timedelta(seconds=int(told)) if told.isdecimal() and len(told) <= _LONGEST_AGE else timedelta()


def lacks_month(survey: Survey, walk: Walk) -> bool:
    """Tell whether a list links a month of the window that was not read, and of which nothing was met.

    One that shows the posts of a month at a time ends with that month (the awkward site 1000152).
    """
    trail, unread = survey.trail, survey.trail.failed | survey.walks.unread_months
    met = {_moment_of(survey, key) for key in survey.walks.keys}
    local = [moment.astimezone(survey.target.zone) for moment in met if moment is not None]
    months = {(moment.year, moment.month) for moment in local}
    return any(
        (each.year, each.month) not in months and (each.url not in trail.asked or each.url in unread)
        for each in walk.archives
    )


def is_news_unsorted(survey: Survey) -> bool:
    """Tell whether the order of the list of news told nothing of age when it was last read back."""
    return survey.remembered is not None and is_unsorted(survey, survey.remembered.url)


def is_unsorted(survey: Survey, url: str) -> bool:
    """Tell whether the order of the list at an address is known to tell nothing of age."""
    return mark_of(url) in survey.lists.unsorted


def is_found_shuffled(survey: Survey, walk: Walk) -> bool:
    """Tell whether a list that is read for its news shows tonight, for the first time, no order of age."""
    return not (survey.deep or is_unsorted(survey, walk.endpoint.url)) and is_shuffled(survey, walk)


def is_shuffled(survey: Survey, walk: Walk) -> bool:
    """Tell whether a list is sorted by readers or title, or shows its oldest posts and not its newest.

    New posts may stand anywhere: its first page is as it was though there is news.
    """
    if walk.endpoint.kind not in {EndpointKind.LISTING, EndpointKind.STATE}:
        return False
    moments = [_moment_of(survey, survey.finds.standing_key(key)) for key in walk.keys]
    known = [moment for moment in moments if moment is not None]
    order = judge_order(known)
    if order is Order.RISES and walk.last is not None:
        # Its last page, which is asked again, does not show what was before it.
        return is_unsorted(survey, walk.endpoint.url)
    if order is Order.RISES:
        # Where only articles told its days, nobody knew that it is to be asked by its last page.
        is_whole = walk.facts.ended and (walk.facts.paged or _ends_with_news(survey, walk))
        return not (is_whole and (walk.rises or walk.facts.pages == 1))
    if walk.facts.pages == 1 and walk.facts.ended and walk.facts.paged:
        return False
    # Two pinned posts on a page of ten are out of place.
    return order is Order.MIXED and count_misplaced(known) * 4 > len(known)


def _ends_with_news(survey: Survey, walk: Walk) -> bool:
    """Tell whether the home page, which shows the newest, shows what stands last in a list that rises."""
    last = {mark_of(key) for key in walk.keys[-FEWEST_NEWEST:]}
    return walk.endpoint.url != survey.site and last <= set(survey.home.links or ())


def tell_reach(survey: Survey, reach: Reach) -> None:
    """Say in the explanation what proves the claim, or what speaks against one."""
    if reach.since is not None:
        local = reach.since.astimezone(survey.target.zone)
        survey.note("reach", f"known without a gap since {local:%Y-%m-%d %H:%M}: {reach.proof}")
    for doubt in reach.doubts:
        survey.note("reach", f"no more is claimed: {doubt}")


def _moment_of(survey: Survey, key: str) -> datetime | None:
    """When a post was published at the latest; None where that is not known."""
    finds = survey.finds
    date = finds.date_of(key)
    if date is not None and date.evidence[0].kind is EvidenceKind.DATELINE:
        # The day of the event bounds that of the post; it proves no older one.
        return None
    if date is not None:
        return date.at + COARSE.get(date.precision, timedelta())
    known, since = survey.finds.stored.get(key), survey.target.window.since
    if known is None and stated_before(key, since.astimezone(survey.target.zone)):
        # Such a post is never read: its address says that it is older, and no more.
        return since - timedelta(days=1)
    return None if known is None else known.at
