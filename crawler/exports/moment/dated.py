"""The date of a post in an export, with its witnesses: what the file states, and the address's own clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from crawler.visits.meta.shortcode import Shortcode

__all__ = ["add_clock", "date_by_clock", "date_by_file"]

# Uploading takes minutes; further off, and on another day, the two witnesses contradict each other.
_UPLOAD = timedelta(minutes=15)


def date_by_file(
    at: datetime,
    precision: Precision,
    raw: str,
    where: str,
    source: str,
    clock: Shortcode | None,
    zone: ZoneInfo,
) -> PostDate:
    """Date by the file; the clock in the post's address, where it has one, is the second witness."""
    witness = DateEvidence(EvidenceKind.EXPORT, where, raw, at, precision, source)
    return add_clock(PostDate(at, precision, (witness,)), clock, source, zone)


def add_clock(date: PostDate, clock: Shortcode | None, source: str, zone: ZoneInfo) -> PostDate:
    """Add to a date the clock in the post's address as a further witness, where there is one."""
    if clock is None:
        return date
    other_day = clock.at.astimezone(zone).date() != date.at.astimezone(zone).date()
    apart = date.precision is Precision.DAY or abs(clock.at - date.at) > _UPLOAD
    witnesses = (*date.evidence, _clock_witness(clock, source))
    return replace(date, evidence=witnesses, contested=other_day and apart)


def date_by_clock(clock: Shortcode, source: str) -> PostDate:
    """Date by the clock alone: the moment of uploading, about a minute before publication."""
    return PostDate(clock.at, Precision.MINUTE, (_clock_witness(clock, source),))


def _clock_witness(clock: Shortcode, source: str) -> DateEvidence:
    return DateEvidence(EvidenceKind.SHORTCODE, "permalink", clock.code, clock.at, Precision.MINUTE, source)
