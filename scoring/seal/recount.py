"""Rows out of an archive's posts and nights, counted one by one: another way than the database's SQL."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from activity.agency import Agency, Channel
from activity.errors import SealError
from activity.flag import FlaggedPost
from activity.post import EvidenceKind
from activity.ranking import ActivityRow
from activity.sealed import SealedPost
from activity.semester import Night, Semester
from scoring.seal.contents import Contents, SealedNights, SealHead

__all__ = ["recount_rows"]

_Place = tuple[str, Channel]


def recount_rows(contents: Contents) -> tuple[ActivityRow, ...]:
    """One row for each agency's channel that has nights; raises SealError where the parts do not fit."""
    semester = Semester.parse(contents.head.semester)
    posts: dict[_Place, list[SealedPost]] = defaultdict(list)
    for post in contents.posts:
        posts[post.agency, post.channel].append(post)
    agencies = {agency.slug: agency for agency in contents.agencies}
    places = Counter((nights.agency, nights.channel) for nights in contents.nights)
    strange = [place for place, count in places.items() if count > 1 or place[0] not in agencies]
    strange += [place for place in posts if place not in places]
    if strange:
        slug, channel = min(strange)
        raise SealError(f"{slug} on {channel}: its agency, nights and posts do not belong together.")
    return tuple(
        _row(
            agencies[nights.agency],
            nights,
            posts[nights.agency, nights.channel],
            semester,
            contents.head,
        )
        for nights in contents.nights
    )


def _row(
    agency: Agency, nights: SealedNights, posts: Sequence[SealedPost], semester: Semester, head: SealHead
) -> ActivityRow:
    keys = Counter(post.key for post in posts)
    if len(keys) < len(posts):
        raise SealError(
            f"{agency.slug} on {nights.channel}: the post {max(keys, key=keys.__getitem__)} twice."
        )
    last = min(head.as_of, semester.end_day - timedelta(days=1))
    counts = Counter(post.day for post in posts if post.day is not None)
    earlier = [day for day in counts if day < semester.first_day]
    datelines = _find_datelines(posts, semester.first_day, last, head.zone)
    named = {post.key for post in datelines}
    undated = [post for post in posts if post.day is None and post.key not in named]
    same = {field.name for field in fields(SealedNights)} - {"agency", "nights"}
    return ActivityRow(
        agency=agency,
        posts=tuple(counts[day] if day <= last else 0 for day in semester.days()),
        nights=_spread(agency, nights, len(semester.days())),
        newest_before=max(earlier, default=None),
        undated=sum(semester.first_day <= post.first_seen <= last for post in undated),
        datelines=datelines,
        **{name: getattr(nights, name) for name in same},
    )


def _find_datelines(
    posts: Sequence[SealedPost], first: date, last: date, zone: str
) -> tuple[FlaggedPost, ...]:
    """Posts that only a dateline places in the semester, as the database finds them."""
    named = [
        (post.published_at, post)
        for post in posts
        if post.day is None and post.published_at is not None and post.witness is EvidenceKind.DATELINE
    ]
    found = []
    for at, post in sorted(named, key=lambda pair: (pair[0], pair[1].key)):
        day = at.astimezone(_read_zone(zone)).date()
        if first <= day <= last:
            found.append(FlaggedPost(post.key, post.url, post.title, day, post.first_seen))
    return tuple(found)


def _read_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise SealError(f"manifest.json: there is no time zone {name!r}.") from None


def _spread(agency: Agency, nights: SealedNights, days: int) -> tuple[Night, ...]:
    lengths = [length for _, length in nights.nights]
    # Looked at before anything is spread: a length may be any number that a file can hold.
    if sum(lengths) != days or min(lengths) < 1:
        raise SealError(f"{agency.slug} on {nights.channel}: its nights are not those of the semester.")
    return tuple(state for state, length in nights.nights for _ in range(length))
