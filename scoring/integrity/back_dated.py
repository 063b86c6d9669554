"""Back-dated: a post claims a day of which the list was read later, and was not in it."""

from collections.abc import Iterator
from datetime import timedelta

from activity.flag import Flag, FlagKind, Trace, Trail
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.looking import find_missing
from scoring.rule import IntegrityRule

__all__ = ["detect_back_dated"]


def detect_back_dated(trail: Trail, rule: IntegrityRule) -> Iterator[Flag]:
    """One flag a post that claims a day more than `back_dated_days` before the last look that missed it.

    Never on a first visit's posts, nor on those that a file brought: nobody had looked before. A post of
    a gap between two looks is not questioned, whatever day of it it claims.
    """
    for trace in trail.traces:
        flag = _judge(trail, trace, rule)
        if flag is not None:
            yield flag


def _judge(trail: Trail, trace: Trace, rule: IntegrityRule) -> Flag | None:
    grace = timedelta(days=rule.back_dated_days)
    if trace.day is None or trace.imported or trace.first_seen - trace.day <= grace:
        return None
    missed = find_missing(trail.looks, trace.day, trace.first_seen)
    if missed is None or missed.night - trace.day <= grace:
        return None
    evidence = (
        f"{quote(trace)} claims {trace.day}; the list of the night of {missed.night} should have shown it "
        f"and did not; first seen on the night of {trace.first_seen}."
    )
    return compose_flag(FlagKind.BACK_DATED, trail, [trace], evidence)
