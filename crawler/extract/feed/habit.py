"""What a feed's dates are worth, as far as the feed alone shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from activity.post import DateEvidence, Precision
from crawler.extract.feed.syndication import WIDEST_ZONE, Feed

__all__ = ["FeedFault", "FeedHabit", "judge_feed"]

# One person does not publish so fast; a program that writes a site, or copies files, does.
AT_ONCE: Final = timedelta(seconds=5)
# A feed made for our request bears the moment of the request, by the server's clock.
OF_REQUEST: Final = timedelta(minutes=3)
# Two items of one moment are a pair that was uploaded together.
FEWEST: Final = 3
# Posts that an office keeps on top stand before younger ones.
MOST_PINNED: Final = 2


class FeedFault(StrEnum):
    """One thing about a feed's dates that an honest list of publications does not show."""

    UNDATED = "no item has a date"
    ONLY_UPDATED = "items say when they were edited, never when they were published"
    ALIKE = "all items have one moment"
    AT_BUILD = "all items have the moment at which the feed was written"
    AT_ONCE = "most items were published within seconds of another"
    AHEAD = "the feed, or an item, is ahead of the clock by hours"
    UNORDERED = "items do not fall from new to old"


@dataclass(frozen=True, slots=True)
class FeedHabit:
    """A feed's faults, and the posts whose dates wait for a page that confirms or denies them.

    Attributes:
        dated: how many items tell a publication.
        doubtful: keys of the items whose date nothing but this feed would vouch for.
        falls: whether the order was verified: two days at least, none of them out of turn but a pinned head.
    """

    dated: int
    faults: frozenset[FeedFault]
    doubtful: frozenset[str]
    falls: bool

    @property
    def trusted(self) -> bool:
        """Whether the feed by itself gives no reason to ask its pages."""
        return not self.doubtful and self.dated > 0


def judge_feed(feed: Feed, *, fetched_at: datetime) -> FeedHabit:
    """Tell what can be seen of a feed's dates without any page: a doubt, never a verdict.

    A lawful batch of one morning looks like a build; one article tells them apart.
    """
    dated = [(item.key, item.published[0]) for item in feed.items if item.published]
    dates = [date for _, date in dated]
    faults = set(_find_gaps(feed, dates))
    all_doubtful = _find_common(feed, dates, fetched_at)
    crowded = _find_crowd(dated)
    falls = _falls([date.at for date in dates])
    faults |= all_doubtful
    if crowded:
        faults.add(FeedFault.AT_ONCE)
    if len(dates) >= FEWEST and not _falls_weakly([date.at for date in dates]):
        faults.add(FeedFault.UNORDERED)
    doubtful = frozenset(key for key, _ in dated) if all_doubtful else crowded
    return FeedHabit(len(dated), frozenset(faults), doubtful, falls)


def _find_gaps(feed: Feed, dates: Sequence[DateEvidence]) -> set[FeedFault]:
    if dates or not feed.items:
        return set()
    return {FeedFault.ONLY_UPDATED if any(item.dates for item in feed.items) else FeedFault.UNDATED}


def _find_common(feed: Feed, dates: Sequence[DateEvidence], fetched_at: datetime) -> set[FeedFault]:
    """Faults that leave none of the feed's dates standing by itself."""
    found = set()
    moments = [date.at for date in dates]
    if len(moments) >= FEWEST and len(set(moments)) == 1:
        found.add(FeedFault.ALIKE)
    builds = [fetched_at, *([feed.built] if feed.built else [])]
    # A feed of one item may have been written because of it.
    if len(moments) > 1 and any(_all_at(moments, build) for build in builds):
        found.add(FeedFault.AT_BUILD)
    ahead = [*moments, *([feed.built] if feed.built else [])]
    if any(OF_REQUEST < at - fetched_at <= WIDEST_ZONE for at in ahead):
        found.add(FeedFault.AHEAD)
    return found


def _all_at(moments: Sequence[datetime], build: datetime) -> bool:
    return all(abs(at - build) <= OF_REQUEST for at in moments)


def _find_crowd(dated: Sequence[tuple[str, DateEvidence]]) -> frozenset[str]:
    """Items within seconds of another, where they are the greater part: builds of a part, copied files."""
    exact = sorted(
        (date.at, key) for key, date in dated if date.precision in {Precision.SECOND, Precision.MINUTE}
    )
    crowd: set[str] = set()
    for (at, key), (later, other) in pairwise(exact):
        if later - at <= AT_ONCE:
            crowd |= {key, other}
    return frozenset(crowd) if len(crowd) >= FEWEST and 2 * len(crowd) > len(dated) else frozenset()


def _falls(moments: Sequence[datetime]) -> bool:
    return len({at.date() for at in moments}) > 1 and _falls_weakly(moments)


def _falls_weakly(moments: Sequence[datetime]) -> bool:
    """Whether no item is a day younger than the one before it, but for a pinned head."""
    for pinned in range(min(MOST_PINNED, len(moments) - 1) + 1):
        if all(later - at < timedelta(days=1) for at, later in pairwise(moments[pinned:])):
            return True
    return not moments
