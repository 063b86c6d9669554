"""One date out of all that a site says of a post. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from crawler.extract.feed.syndication import WIDEST_ZONE

__all__ = [
    "COARSE",
    "bound_by_age",
    "drop_ahead",
    "find_latest",
    "is_clock_ahead",
    "is_one_clock",
    "is_torn",
    "name_witness",
    "weigh_claims",
]

# How much later than it says a coarse date may be.
COARSE = {
    Precision.WEEK: timedelta(days=4),
    Precision.MONTH: timedelta(days=16),
    Precision.YEAR: timedelta(days=183),
}
_A_DAY = timedelta(days=1)
# An office reports in January on what took place in December.
_REPORTED_WITHIN = timedelta(days=31)
# What a page states for machines; what readers see is never in another zone by mistake.
_MACHINES = frozenset(
    {EvidenceKind.JSON_LD, EvidenceKind.META, EvidenceKind.ITEMPROP, EvidenceKind.TIME_ELEMENT}
)
_ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)")
# Feeds carry the day of UTC, and a day without a clock begins at midnight: no contradiction yet.
_SLACK = timedelta(hours=36)
_STATED = frozenset({EvidenceKind.API, EvidenceKind.FEED})
_READ = frozenset({EvidenceKind.LISTING, EvidenceKind.VISIBLE_TEXT})
# A post with several copies of one feed item is still dated by a handful of witnesses.
_MOST_WITNESSES = 12


def name_witness(evidence: DateEvidence) -> str:
    """Name the place on the site that told a date: a field, an element, a slot; the same every night.

    What readers see is one witness, wherever on the page it stands.
    """
    if evidence.kind is EvidenceKind.VISIBLE_TEXT:
        return str(evidence.kind)
    return f"{evidence.kind} {evidence.where}"


def find_latest(date: PostDate) -> datetime:
    """Find how late a post that bears a date may have been published."""
    slack = COARSE.get(date.precision, timedelta())
    if date.evidence[0].kind is EvidenceKind.DATELINE:
        slack = max(slack, _REPORTED_WITHIN)
    return date.at + slack


def bound_by_age(date: PostDate, aged: PostDate, latest: datetime | None = None) -> PostDate | None:
    """Bound a date by a list's "3 bulan yang lalu"; none is left where all witnesses tell a later day.

    A page that states its build for its publication has only that to show (the awkward site 2131042).

    Args:
        latest: how late the age may mean, however the site rounds; months of 30 days end days later.
    """
    latest = max(find_latest(aged), latest or find_latest(aged)) + _A_DAY
    left = [each for each in date.evidence if each.at <= latest]
    if len(left) == len(date.evidence):
        return date
    late = (each for each in date.evidence if each.at > latest)
    return PostDate(left[0].at, left[0].precision, (*left, *late), contested=True) if left else None


def is_clock_ahead(date: PostDate, now: datetime) -> bool:
    """Tell whether a post that is up bears a moment to come whose clock is not the one that it names.

    Only what machines are told: a page's own data, or the `time` element of a list's card.
    """
    told = date.evidence[0]
    for_machines = told.kind in _MACHINES or (
        told.kind is EvidenceKind.LISTING and _ZONED.fullmatch(told.raw) is not None
    )
    return for_machines and now < date.at <= now + WIDEST_ZONE


def drop_ahead(claims: Sequence[PostDate], now: datetime) -> Sequence[PostDate]:
    """Leave out witnesses that tell a day to come, where others do not: what is up is not from tomorrow."""
    if all(e.at <= now for claim in claims for e in claim.evidence):
        return claims
    left = [(claim, tuple(e for e in claim.evidence if e.at <= now)) for claim in claims]
    possible = [_restrict(claim, evidence) for claim, evidence in left if evidence]
    return possible or claims


def is_one_clock(slot: DateEvidence, text: DateEvidence, zone: ZoneInfo) -> bool:
    """Tell whether two show the same figures of a clock, one read as the city's and the other as UTC's."""
    if not {slot.precision, text.precision} <= {Precision.MINUTE, Precision.SECOND} or slot.at == text.at:
        return False
    shown = [(a.at.astimezone(zone).replace(tzinfo=UTC), b.at) for a, b in ((slot, text), (text, slot))]
    return any(abs(own - other) < timedelta(minutes=1) for own, other in shown)


def is_torn(date: PostDate, zone: ZoneInfo) -> bool:
    """Tell whether a moment names another day by the clock of UTC than by the city's.

    There, and only there, it matters whether the clock that a machine names is the one that it shows.
    """
    clocked = date.precision.names_a_day and date.precision is not Precision.DAY
    return clocked and date.at.astimezone(UTC).date() != date.at.astimezone(zone).date()


def weigh_claims(claims: Sequence[PostDate], refuted: Collection[str], zone: ZoneInfo) -> PostDate | None:
    """Let the most trusted claim decide, without the witnesses that the site's own pages refute.

    A feed or an API decides before any page; else the earlier claim, or the finer one of the same day. What
    was refuted stays in the evidence, last, so that nobody need find out again that it contradicted.

    Returns None where no witness is left.
    """
    left = (_without(claim, refuted, zone) for claim in claims)
    standing = [claim for claim in left if claim is not None]
    if not standing:
        return None
    date = standing[0]
    for other in standing[1:]:
        date = _merge(date, other, zone)
    told = {(e.kind, e.where) for e in date.evidence}
    aside = {
        (e.kind, e.where): e for claim in claims for e in claim.evidence if (e.kind, e.where) not in told
    }
    evidence = (*date.evidence, *aside.values())[:_MOST_WITNESSES]
    return replace(date, evidence=evidence)


def _without(claim: PostDate, refuted: Collection[str], zone: ZoneInfo) -> PostDate | None:
    """The claim by those of its witnesses that are not refuted.

    An address may bear the day of UTC, so readers come before it (the awkward site 2158094). Where it alone
    is left of a page whose machines tell another day by any clock, that page is asked once more (2156428).
    """
    if not refuted:
        return claim
    left = tuple(e for e in claim.evidence if name_witness(e) not in refuted)
    if len(left) == len(claim.evidence) or not left:
        return claim if left else None
    left = tuple(sorted(left, key=lambda e: e.kind is EvidenceKind.URL))
    day = left[0].at.astimezone(zone).date()
    others = [e for e in claim.evidence if e not in left]
    if left[0].kind is EvidenceKind.URL and not any(
        day in {e.at.astimezone(zone).date(), e.at.astimezone(UTC).date()} for e in others
    ):
        return None
    return _restrict(claim, left)


def _restrict(claim: PostDate, left: tuple[DateEvidence, ...]) -> PostDate:
    """The claim by some of its witnesses."""
    if len(left) == len(claim.evidence):
        return claim
    first = left[0]
    if first is claim.evidence[0]:
        return replace(claim, evidence=left)
    return PostDate(first.at, first.precision, left)


def _is_stated(claim: PostDate) -> bool:
    """Tell whether a feed or an API states a moment; its bare days may be those of UTC."""
    fine = claim.precision.names_a_day and claim.precision is not Precision.DAY
    return claim.evidence[0].kind in _STATED and fine


def _is_read(claim: PostDate, zone: ZoneInfo) -> bool:
    """Tell whether readers are told that day, be it beside what machines are."""
    day = claim.at.astimezone(zone).date()
    told = (e for e in claim.evidence if e.kind in _READ and e.precision.names_a_day)
    return claim.precision.names_a_day and any(e.at.astimezone(zone).date() == day for e in told)


def _is_turned(a: PostDate, b: PostDate, zone: ZoneInfo) -> bool:
    """Tell whether two lists show the same figures, read as dd/mm in one and as mm/dd in the other.

    The one read later is right: a figure above 12 had told the order by then (11/4/2026 at home, and below).
    """
    one, other = a.evidence[0], b.evidence[0]
    if {one.kind, other.kind} != {EvidenceKind.LISTING} or one.raw != other.raw or a.at == b.at:
        return False
    first, second = a.at.astimezone(zone).date(), b.at.astimezone(zone).date()
    return (first.year, first.month, first.day) == (second.year, second.day, second.month)


def _merge(a: PostDate, b: PostDate, zone: ZoneInfo) -> PostDate:
    if a.evidence == b.evidence:
        return a
    both = a.precision.names_a_day and b.precision.names_a_day
    contested = a.contested or (both and abs(a.at - b.at) > _SLACK)
    same_day = both and a.at.astimezone(zone).date() == b.at.astimezone(zone).date()
    surer = _is_stated(b) and not _is_stated(a)
    told = a.evidence[0].kind in _STATED and not _is_stated(a) and _is_read(b, zone) and not same_day
    finer = b.precision.coarseness < a.precision.coarseness and (same_day or not a.precision.names_a_day)
    if _is_turned(a, b, zone):
        return b
    if surer or told or finer:
        a, b = b, a
    known = {(e.kind, e.where) for e in a.evidence}
    evidence = a.evidence + tuple(e for e in b.evidence if (e.kind, e.where) not in known)
    return PostDate(a.at, a.precision, evidence, contested)
