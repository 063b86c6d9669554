"""What looks unlike honest publishing: flags with their evidence, and what a rubric does with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from activity.agency import Channel

__all__ = [
    "BESIDE",
    "AccountTrail",
    "Flag",
    "FlagKind",
    "FlaggedPost",
    "Look",
    "Noticed",
    "Original",
    "Ruling",
    "Sieve",
    "Trace",
    "Treatment",
]

BESIDE = "beside"
"""In the metadata of a field that no archive holds: it repeats for machines what another tells people."""


class FlagKind(StrEnum):
    """What was noticed; none of them is a verdict."""

    BACK_DATED = "back-dated"
    BURST = "burst"
    COPIED = "copied"
    REPEATED = "repeated"
    GREETING = "greeting"
    SHARED = "shared"
    DELETED = "deleted"
    REDATED = "re-dated"
    FUTURE = "future"
    SPAM = "spam"


class Treatment(StrEnum):
    """What a rubric does with a flagged post, from the mildest to the strictest."""

    COUNT = "count"
    FIRST_SEEN = "first seen"
    HOLD = "hold"
    DROP = "do not count"


@dataclass(frozen=True, slots=True)
class FlaggedPost:
    """A post that a flag names.

    Attributes:
        day: local day it is counted on; None where it has none.
        first_seen: local day of the night that first saw it.
    """

    key: str
    url: str
    title: str
    day: date | None
    first_seen: date


@dataclass(frozen=True, slots=True)
class Original:
    """The post on the other side of a flag: the one that was copied, shared or repeated.

    Attributes:
        agency: slug of its agency, which may be the flagged one's own.
        key: of the post, on the flag's channel.
    """

    agency: str
    key: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something noticed about an agency's channel in a semester.

    Attributes:
        agency: its slug.
        posts: those it concerns, by day and key; none where it concerns the whole account.
        evidence: one line, English, that a person can check.
        original: the post on the other side; None where there is none, and of a flag out of a seal.
    """

    kind: FlagKind
    agency: str
    channel: Channel
    posts: tuple[FlaggedPost, ...]
    evidence: str
    original: Original | None = field(default=None, compare=False, metadata={BESIDE: True})


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of one post that a flag, a decision of the jury or a dateline alone concerns.

    Attributes:
        agency: its slug.
        key: of the post.
        because: why, such as `copied` or `jury decision 3`.
        day: local day on which it counts; None where it does not.
    """

    agency: str
    channel: Channel
    key: str
    treatment: Treatment
    because: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a ranking rests on beside figures: kept with it, so that SQL tells the same as the ranking.

    Attributes:
        treatment: what the rubric does with each kind; one that it does not name is only shown.
    """

    flags: tuple[Flag, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    treatment: Mapping[FlagKind, Treatment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """A post as the flags look at it: what it claims, and when it was there.

    Attributes:
        day: local day it claims; None where it has none.
        published_at: moment it claims, aware; None without a trustworthy witness.
        first_seen, last_seen: nights whose list first and last showed it.
        seen_at: moment of the first, aware.
        imported: whether a file brought it, which tells nothing of when it was put up.
        earlier: days that the site itself said before, in the place where it says another now.
        deleted: night on which its own address had answered a second time that it is gone.
    """

    key: str
    url: str
    title: str
    day: date | None
    published_at: datetime | None
    first_seen: date
    last_seen: date
    seen_at: datetime
    imported: bool = False
    earlier: tuple[date, ...] = ()
    deleted: date | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One night's look at an account.

    Attributes:
        endpoint: the list that was read.
        complete_from: the first day from which on the account's posts were known without a gap up to
            the night; None where the look does not say so.
        read: whether the list itself came and was read as far as it had to be. A server's mere word
            that nothing changed proves nothing, nor does a visit that a budget ended.
        listed: posts that it showed.
        hacked: evidence of injected items; empty without.
        renamed: how many posts were known again that night under other addresses.
    """

    night: date
    endpoint: str
    complete_from: date | None
    read: bool
    listed: int = 0
    hacked: str = ""
    renamed: int = 0


@dataclass(frozen=True, slots=True)
class AccountTrail:
    """What one account left behind in a semester.

    Attributes:
        agency: its slug.
        account: tells the accounts of one agency's channel apart, a later one by a higher number.
        looks: by night, from before the semester too.
        traces: posts that claim a day of the semester, in any order.
    """

    agency: str
    channel: Channel
    account: int
    address: str
    looks: tuple[Look, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which accounts of a very large database are looked at closely.

    Attributes:
        late_days: least days from the claimed day to the night that first saw a post.
        burst_from: first day of the last stretch.
        burst_posts, burst_share: least posts in it, and least share of the semester's.
        every: up to so many posts every account is looked at.
    """

    late_days: int
    burst_from: date
    burst_posts: int
    burst_share: float
    every: int = 200_000
