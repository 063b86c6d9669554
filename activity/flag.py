"""What looks unlike honest publishing: flags with their evidence, and what a rubric does with them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from activity.agency import Channel

__all__ = ["Flag", "FlagKind", "FlaggedPost", "Treatment"]


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
class Flag:
    """Something noticed about an agency's channel in a semester.

    Attributes:
        agency: its slug.
        posts: those it concerns, by day and key; none where it concerns the whole account.
        evidence: one line, English, that a person can check.
    """

    kind: FlagKind
    agency: str
    channel: Channel
    posts: tuple[FlaggedPost, ...]
    evidence: str
