"""Posts that show no date but the dateline of their text: a watched night tells their day. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from activity.post import EvidenceKind, Post, Precision

__all__ = ["is_dateline", "settle_dateline"]

# Two looks further apart leave too many days open.
_WATCHED = timedelta(hours=36)
# What an office writes of an event comes within a few days of it; an older dateline is of a post found late.
_SOON = timedelta(days=3)


def is_dateline(post: Post) -> bool:
    """Tell whether only a dateline tells when it was published: on that day or soon after."""
    date_of = post.date
    return (
        date_of is not None
        and not date_of.precision.names_a_day
        and bool(date_of.evidence)
        and date_of.evidence[0].kind is EvidenceKind.DATELINE
    )


def settle_dateline(post: Post, looked: datetime | None, now: datetime, zone: ZoneInfo) -> Post:
    """Give a post that is first seen now its day where the list was watched the night before.

    It came between both looks and not before its dateline. Where that leaves two days, it is the one of
    which more hours lie between the looks.

    Args:
        looked: when the list was read last, without this post.
    """
    claimed = post.date
    if (
        claimed is None
        or looked is None
        or not is_dateline(post)
        or not timedelta(0) < now - looked <= _WATCHED
    ):
        return post
    told = claimed.at.astimezone(zone).date()
    today = now.astimezone(zone).date()
    if not today - _SOON <= told <= today:
        return post
    days = [day for day in (today - timedelta(days=back) for back in (2, 1, 0)) if day >= told]
    day = max(days, key=lambda each: _overlap(each, looked, now, zone))
    at = datetime.combine(day, time(), zone).astimezone(UTC)
    return replace(post, date=replace(claimed, at=at, precision=Precision.DAY))


def _overlap(day: date, looked: datetime, now: datetime, zone: ZoneInfo) -> timedelta:
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    return max(timedelta(0), min(end, now) - max(start, looked))
