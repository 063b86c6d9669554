"""Back-dated: a post claims a day of which the list was read later, and was not in it."""

from collections.abc import Iterator
from datetime import date, timedelta

from activity.flag import AccountTrail, Flag, FlagKind, Trace
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.looking import find_missing
from scoring.integrity.text import complete_words
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_back_dated"]

_SAME = timedelta(days=1)


def detect_back_dated(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    """Flag each post that claims a day more than `back_dated_days` before the last look that missed it.

    Never on a first visit's posts, nor on those that a file brought: nobody had looked before. A post of
    a gap between two looks is not questioned, whatever day of it it claims, nor is one that was known
    under another address: a site that moved to another system did not write its posts anew.
    """
    for trace in trail.traces:
        flag = _judge(trail, trace, rule)
        if flag is not None:
            yield flag


def _judge(trail: AccountTrail, trace: Trace, rule: IntegrityRule) -> Flag | None:
    grace = timedelta(days=rule.back_dated_days)
    if trace.day is None or trace.imported or trace.first_seen - trace.day <= grace:
        return None
    missed = find_missing(trail, trace, trace.day, grace)
    if missed is None or _is_known(trail, trace, trace.day):
        return None
    evidence = Message(
        "{post} claims {day}; the list of the night of {night} should have shown it and did not; "
        "first seen on the night of {first_seen}.",
        post=quote(trace),
        day=trace.day,
        night=missed.night,
        first_seen=trace.first_seen,
    )
    return compose_flag(FlagKind.BACK_DATED, trail, [trace], evidence)


def _is_known(trail: AccountTrail, trace: Trace, day: date) -> bool:
    words = complete_words(trace.title, trace.url)
    return any(
        other.first_seen < trace.first_seen
        and other.day is not None
        and abs(other.day - day) <= _SAME
        and complete_words(other.title, other.url) == words
        for other in trail.traces
    )
