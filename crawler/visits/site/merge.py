"""Two readings of one post, met in one visit."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from activity.post import EvidenceKind, Post, PostDate, Precision

__all__ = ["merge_posts"]

_FINEST = {precision: rank for rank, precision in enumerate(Precision)}
# Feeds carry the day of UTC, and a day without a clock begins at midnight: no contradiction yet.
_SLACK = timedelta(hours=36)
_STATED = frozenset({EvidenceKind.API, EvidenceKind.FEED})


def merge_posts(first: Post, second: Post, zone: ZoneInfo) -> Post:
    """A feed or an API decides before any page; else the earlier witness, or the finer of one day."""
    title = first.title or second.title
    if second.date is None or (first.date is not None and first.date.evidence == second.date.evidence):
        return replace(first, title=title)
    if first.date is None:
        return replace(first, title=title, date=second.date)
    return replace(first, title=title, date=_merge_dates(first.date, second.date, zone))


def _merge_dates(a: PostDate, b: PostDate, zone: ZoneInfo) -> PostDate:
    both = a.precision.names_a_day and b.precision.names_a_day
    contested = a.contested or (both and abs(a.at - b.at) > _SLACK)
    same_day = both and a.at.astimezone(zone).date() == b.at.astimezone(zone).date()
    finer = _FINEST[b.precision] < _FINEST[a.precision]
    surer = b.evidence[0].kind in _STATED and a.evidence[0].kind not in _STATED and b.precision.names_a_day
    if surer or (finer and (same_day or not a.precision.names_a_day)):
        a, b = b, a
    known = {(e.kind, e.where) for e in a.evidence}
    evidence = a.evidence + tuple(e for e in b.evidence if (e.kind, e.where) not in known)
    return PostDate(a.at, a.precision, evidence, contested)
