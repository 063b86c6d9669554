"""What one visit may claim of a website: since when its lists are known without a gap, and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from activity.post import EvidenceKind
from activity.visit import Proof
from crawler.discover.kind import EndpointKind
from crawler.reach import Disproof, Order, Reach, combine_reaches, judge_order, judge_reach
from crawler.visits.site.finds import COARSE
from crawler.visits.site.survey import Survey
from crawler.visits.site.walks import Walk

__all__ = ["claim_site", "claim_unchanged", "is_shuffled", "is_whole", "reach_of", "tell_reach"]


def claim_site(survey: Survey, walks: Iterable[Walk] | None = None) -> Reach:
    """Claim what tonight's walks prove together, known posts that none of them showed left aside."""
    chosen = list(survey.walks if walks is None else walks)
    reaches = [reach_of(survey, walk) for walk in chosen]
    return combine_reaches(reaches, unread=len(survey.walks.unread))


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


def reach_of(survey: Survey, walk: Walk) -> Reach:
    """Claim what one walk proves, its posts named and dated as they stand by now."""
    finds, window = survey.finds, survey.target.window
    keys = tuple(key for key in map(finds.standing_key, walk.keys) if finds.may_be_post(key))
    moments = tuple(_moment_of(survey, key) for key in keys)
    facts = replace(walk.facts, keys=keys, moments=moments)
    if walk.endpoint.kind is EndpointKind.SITEMAP and not (walk.further or walk.older):
        # A map may name the newest posts only: one that names none from before the window proves nothing.
        older = any(moment is not None and moment < window.since for moment in moments)
        facts = replace(facts, ended=older)
    return judge_reach(facts, window.since, walk.last)


def is_shuffled(survey: Survey, walk: Walk) -> bool:
    """Tell whether a list of several pages is sorted by readers or title.

    New posts may stand anywhere in it: its first page is as it was though there is news.
    """
    if walk.endpoint.kind not in {EndpointKind.LISTING, EndpointKind.STATE}:
        return False
    if walk.facts.pages == 1 and walk.facts.ended:
        return False
    moments = [_moment_of(survey, survey.finds.standing_key(key)) for key in walk.keys]
    known = [moment for moment in moments if moment is not None]
    ups = sum(later > earlier for earlier, later in pairwise(known))
    # Two pinned posts on a page of ten rise twice.
    return judge_order(known) is Order.MIXED and ups * 4 > len(known)


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
    known = survey.target.stored.get(key)
    return None if known is None else known.at
