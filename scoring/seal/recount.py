"""Rows out of an archive's posts and nights, counted one by one: another way than the database's SQL."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import blake2b
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from activity.agency import Agency, Channel
from activity.arrival import Arrival, choose_arrivals
from activity.errors import SealError
from activity.flag import FlaggedPost
from activity.jury import Override
from activity.post import EvidenceKind
from activity.ranking import ActivityRow
from activity.result.sealed import BoundedPost, SealedPost
from activity.semester import Night, Semester
from scoring.jury.treatment import Decided
from scoring.seal.contents import Contents, SealedNights, SealHead

__all__ = ["PostCounter", "Recount", "recount", "recount_rows"]

_Place = tuple[str, Channel]


@dataclass(frozen=True, slots=True)
class Recount:
    """What an archive's posts come to.

    Attributes:
        rows: one for each agency's channel that has nights.
        decided: the posts that the jury decided on.
    """

    rows: tuple[ActivityRow, ...]
    decided: Decided


@dataclass(slots=True)
class _PostTally:
    """The posts of one agency's channel, counted as they pass."""

    keys: set[bytes] = field(default_factory=set)
    twice: str | None = None
    days: Counter[date] = field(default_factory=Counter)
    undated: int = 0
    datelines: list[tuple[datetime, FlaggedPost]] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)

    def count(self, post: SealedPost, span: "_CountedSpan") -> None:
        digest = blake2b(post.key.encode(), digest_size=16).digest()
        if digest in self.keys and self.twice is None:
            self.twice = post.key
        self.keys.add(digest)
        if post.day is not None:
            self.days[post.day] += 1
            return
        if isinstance(post, BoundedPost) and post.arrival is not None:
            self.arrivals.append(Arrival(post.key, *post.arrival))
        if (named := span.find_dateline(post)) is not None:
            self.datelines.append(named)
        else:
            self.undated += span.first <= post.first_seen <= span.last


@dataclass(frozen=True, slots=True)
class _CountedSpan:
    """The days that count, in the archive's time zone."""

    semester: Semester
    first: date
    last: date
    zone: str

    def find_dateline(self, post: SealedPost) -> tuple[datetime, FlaggedPost] | None:
        """A post that only a dateline places in the semester, as the database finds it."""
        if post.published_at is None or post.witness is not EvidenceKind.DATELINE:
            return None
        day = post.published_at.astimezone(_read_zone(self.zone)).date()
        if not self.first <= day <= self.last:
            return None
        return post.published_at, FlaggedPost(post.key, post.url, post.title, day, post.first_seen)


class PostCounter:
    """Counts posts one by one as they pass by."""

    def __init__(self, head: SealHead, overrides: Iterable[Override]) -> None:
        semester = Semester.parse(head.semester)
        last = min(head.as_of, semester.end_day - timedelta(days=1))
        self._span = _CountedSpan(semester, semester.first_day, last, head.zone)
        self._named = {(each.agency, each.channel, each.post) for each in overrides}
        self._tallies: dict[_Place, _PostTally] = defaultdict(_PostTally)
        self._decided: dict[tuple[str, Channel, str], FlaggedPost] = {}

    def watch(self, posts: Iterable[SealedPost]) -> Iterator[SealedPost]:
        """The same posts, each counted when it is taken."""
        for post in posts:
            self._tallies[post.agency, post.channel].count(post, self._span)
            place = (post.agency, post.channel, post.key)
            if place in self._named:
                self._decided[place] = FlaggedPost(post.key, post.url, post.title, post.day, post.first_seen)
            yield post

    def finish(self, contents: Contents) -> Recount:
        """Tell what the posts come to beside the other parts; raises SealError where they do not fit."""
        agencies = {agency.slug: agency for agency in contents.agencies}
        places = Counter((nights.agency, nights.channel) for nights in contents.nights)
        strange = [place for place, count in places.items() if count > 1 or place[0] not in agencies]
        strange += [place for place in self._tallies if place not in places]
        if strange:
            slug, channel = min(strange)
            raise SealError(
                "{slug} on {channel}: its agency, nights and posts do not belong together.",
                slug=slug,
                channel=channel,
            )
        rows = (
            _row(agencies[nights.agency], nights, self._tallies[nights.agency, nights.channel], self._span)
            for nights in contents.nights
        )
        return Recount(tuple(rows), self._decided)


def recount(contents: Contents) -> Recount:
    """Count the posts in one pass; raises SealError where the parts do not fit."""
    counter = PostCounter(contents.head, contents.overrides)
    for _ in counter.watch(contents.posts):
        pass
    return counter.finish(contents)


def recount_rows(contents: Contents) -> tuple[ActivityRow, ...]:
    """One row for each agency's channel that has nights; raises SealError where the parts do not fit."""
    return recount(contents).rows


def _row(agency: Agency, nights: SealedNights, tally: _PostTally, span: _CountedSpan) -> ActivityRow:
    if tally.twice is not None:
        raise SealError(
            "{slug} on {channel}: the post {twice} twice.",
            slug=agency.slug,
            channel=nights.channel,
            twice=tally.twice,
        )
    days = span.semester.days()
    earlier = [day for day in tally.days if day < span.first]
    same = {field.name for field in fields(SealedNights)} - {"agency", "nights"}
    datelines = sorted(tally.datelines, key=lambda pair: (pair[0], pair[1].key))
    named = {post.key for _, post in datelines}
    arrivals = choose_arrivals(tally.arrivals, span.first, span.last)
    return ActivityRow(
        agency=agency,
        posts=tuple(tally.days[day] if day <= span.last else 0 for day in days),
        nights=_spread(agency, nights, len(days)),
        newest_before=max(earlier, default=None),
        undated=tally.undated,
        datelines=tuple(post for _, post in datelines),
        arrivals=tuple(each for each in arrivals if each.key not in named),
        **{name: getattr(nights, name) for name in same},
    )


@cache
def _read_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise SealError("manifest.json: there is no time zone {name!r}.", name=name) from None


def _spread(agency: Agency, nights: SealedNights, days: int) -> tuple[Night, ...]:
    lengths = [length for _, length in nights.nights]
    # Looked at before anything is spread: a length may be any number that a file can hold.
    if sum(lengths) != days or min(lengths) < 1:
        raise SealError(
            "{slug} on {channel}: its nights are not those of the semester.",
            slug=agency.slug,
            channel=nights.channel,
        )
    return tuple(state for state, length in nights.nights for _ in range(length))
