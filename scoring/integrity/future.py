"""Future: a post claimed a moment that had not come when it was seen."""

from collections.abc import Iterator
from datetime import timedelta

from activity.flag import AccountTrail, Flag, FlagKind
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote

__all__ = ["detect_future"]

# A clock may be called another zone's, by 14 hours at most; and a list that tells no hour shows the posts of
# a day from its midnight on (the awkward site 2080018: up at 01:30, by its feed of 21:41 on that day).
_AHEAD = timedelta(days=1)


def detect_future(trail: AccountTrail) -> Iterator[Flag]:
    """Flag each such post; one whose date was edited later is re-dated, and no matter of the future.

    A crawl leaves items of days to come aside until they have come, so most of these come from files.
    """
    for trace in trail.traces:
        at = trace.published_at
        if at is None or trace.earlier or trace.imported or at - trace.seen_at <= _AHEAD:
            continue
        evidence = Message(
            "{post} claims {day}, but was there on the night of {first_seen} already.",
            post=quote(trace),
            day=trace.day or at.date(),
            first_seen=trace.first_seen,
        )
        yield compose_flag(FlagKind.FUTURE, trail, [trace], evidence)
