"""Shared: one item stands in several places, and counts once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from activity.agency import Channel
from activity.flag import AccountTrail, Flag, FlagKind, Trace
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.text import split_words
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_shared"]

_Held = tuple[AccountTrail, Trace]


def detect_shared(trails: Sequence[AccountTrail], rule: IntegrityRule) -> Iterator[Flag]:
    """Flag each further place: of one address under several agencies, of one text twice in a day.

    The owner keeps it: the agency whose own address is in the item's, else the one seen first with it.
    """
    yield from _under_several(trails)
    for trail in trails:
        yield from _twice_a_day(trail, rule)


def _under_several(trails: Sequence[AccountTrail]) -> Iterator[Flag]:
    holders: Mapping[tuple[Channel, str], list[_Held]] = defaultdict(list)
    for trail in trails:
        for trace in trail.traces:
            if trace.url:
                holders[trail.channel, trace.url].append((trail, trace))
    for (_, url), held in holders.items():
        if len({trail.agency for trail, _ in held}) < 2:
            continue
        owner, own = min(held, key=lambda each: _claim_to_own(each, url))
        for trail, trace in held:
            if trail.agency != owner.agency:
                evidence = Message(
                    "{post} of {day} stands at {address} and at {other} ({agency}), there since the "
                    "night of {first_seen}; it counts there.",
                    post=quote(trace),
                    day=trace.day,
                    address=trail.address,
                    other=owner.address,
                    agency=owner.agency,
                    first_seen=own.first_seen,
                )
                yield compose_flag(FlagKind.SHARED, trail, [trace], evidence, (owner, own))


def _claim_to_own(held: _Held, url: str) -> tuple[bool, date, str]:
    trail, trace = held
    own = trail.address.rstrip("/").lower() in url.lower()
    return not own, trace.first_seen, trail.agency


def _twice_a_day(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    told: dict[tuple[date, tuple[str, ...]], list[Trace]] = defaultdict(list)
    for trace in trail.traces:
        words = split_words(trace.title)
        if trace.day is not None and len(words) >= rule.similar_words:
            told[trace.day, words].append(trace)
    for (day, _), traces in told.items():
        first, *rest = sorted(traces, key=lambda trace: (trace.seen_at, trace.key))
        for trace in rest:
            evidence = Message(
                "{post} says on {day} what {other} says on the same day.",
                post=quote(trace),
                day=day,
                other=quote(first),
            )
            yield compose_flag(FlagKind.SHARED, trail, [trace], evidence, (trail, first))
