"""Re-dated: a post was edited to look newer than it is."""

from collections.abc import Iterator
from datetime import timedelta

from activity.flag import AccountTrail, Flag, FlagKind
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_redated"]


def detect_redated(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    """Flag each post that once claimed a day more than `back_dated_days` before the one it claims now.

    Only what the site itself said in the same place is compared. Where another witness is believed, or a
    page read otherwise, the correction is ours; where all dates move at once, a generator rebuilt the site.
    """
    for trace in trail.traces:
        if trace.day is None or not trace.earlier:
            continue
        first = min(trace.earlier)
        if trace.day - first > timedelta(days=rule.back_dated_days):
            evidence = Message(
                "{post} claims {day}, but claimed {first} before; first seen on the night of {first_seen}.",
                post=quote(trace),
                day=trace.day,
                first=first,
                first_seen=trace.first_seen,
            )
            yield compose_flag(FlagKind.REDATED, trail, [trace], evidence)
