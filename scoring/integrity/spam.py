"""Spam: strangers put things on an account, which are left out, and which somebody should hear of."""

from collections.abc import Iterator

from activity.flag import AccountTrail, Flag, FlagKind
from activity.message import Message
from activity.semester import Semester
from activity.speech.detail import recognise
from scoring.integrity.evidence import compose_flag

__all__ = ["detect_spam"]


def detect_spam(trail: AccountTrail, semester: Semester) -> Iterator[Flag]:
    """Flag the whole account, naming no post: the crawl keeps none of what was injected."""
    hacked = [
        look for look in trail.looks if look.hacked and semester.first_day <= look.night < semester.end_day
    ]
    if hacked:
        evidence = Message(
            "{address} was found hacked on {count} nights, {first} to {last}: {hacked}",
            address=trail.address,
            count=len(hacked),
            first=hacked[0].night,
            last=hacked[-1].night,
            hacked=recognise(hacked[-1].hacked),
        )
        yield compose_flag(FlagKind.SPAM, trail, (), evidence)
