"""Repeated: one account says the same again and again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from activity.flag import AccountTrail, Flag, FlagKind, Trace
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.text import Words, split_words
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_repeated"]


def detect_repeated(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    """Flag each text that stands `repeated_times` within `repeated_days`; the first of them is not named.

    The words must be the same: "Vaksinasi di RT 3", "… RT 4", "… RT 5" in one week are three events.
    """
    texts = [(trace, split_words(trace.title), trace.day) for trace in trail.traces]
    told = [
        (t, words, day) for t, words, day in texts if day is not None and len(words) >= rule.similar_words
    ]
    told.sort(key=lambda each: (each[2], each[0].key))
    same: dict[Words, list[tuple[Trace, date]]] = defaultdict(list)
    for trace, words, day in told:
        same[words].append((trace, day))
    for group in same.values():
        crowd = _crowded(group, rule)
        if crowd:
            first, *rest = crowd
            evidence = Message(
                "{post} of {day} came {count} times with the same words, each within {span} "
                "days of others, until {last}.",
                post=quote(first),
                day=first.day,
                count=len(crowd),
                span=rule.repeated_days,
                last=rest[-1].day,
            )
            yield compose_flag(FlagKind.REPEATED, trail, rest, evidence, (trail, first))


def _crowded(group: Sequence[tuple[Trace, date]], rule: IntegrityRule) -> list[Trace]:
    """Those that lie in some stretch of `repeated_days` with enough of their like; by day."""
    span, times = timedelta(days=rule.repeated_days), rule.repeated_times
    crowd: set[int] = set()
    for start in range(len(group) - times + 1):
        if group[start + times - 1][1] - group[start][1] < span:
            crowd.update(range(start, start + times))
    return [group[i][0] for i in sorted(crowd)]
