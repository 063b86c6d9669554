"""Every flag of a semester, from what its accounts left behind."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from activity.agency import Channel
from activity.flag import AccountTrail, Flag, FlagKind, Sieve
from activity.semester import Semester
from scoring.integrity.back_dated import detect_back_dated
from scoring.integrity.burst import detect_burst
from scoring.integrity.copied import detect_copied
from scoring.integrity.deleted import detect_deleted
from scoring.integrity.future import detect_future
from scoring.integrity.greeting import detect_greeting
from scoring.integrity.redated import detect_redated
from scoring.integrity.repeated import detect_repeated
from scoring.integrity.shared import detect_shared
from scoring.integrity.spam import detect_spam
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_flags", "plan_sieve"]

_ORDER = {kind: rank for rank, kind in enumerate(FlagKind)}


def detect_flags(trails: Sequence[AccountTrail], rule: IntegrityRule, semester: Semester) -> tuple[Flag, ...]:
    """Find all flags, by agency, channel, kind and day; the order of trails and traces never matters.

    A post that is one item with another's is not called a copy as well.
    """
    trails = [_sort_traces(trail) for trail in sorted(trails, key=_place)]
    flags = [flag for trail in trails for flag in _detect_alone(trail, rule, semester)]
    flags += detect_shared(trails, rule)
    flags += detect_copied(
        trails, rule, _find_posts(flags, FlagKind.BACK_DATED), _find_posts(flags, FlagKind.SHARED)
    )
    return tuple(sorted(flags, key=_order))


def plan_sieve(rule: IntegrityRule, semester: Semester) -> Sieve:
    """Say what an account must show at least to be flagged by this rule."""
    return Sieve(
        # With a grace of one day: claims Monday, missed on Wednesday's night, the first that is more than the
        # grace after it, and so seen on Thursday's at the earliest.
        late_days=rule.back_dated_days + 2,
        burst_from=semester.end_day - timedelta(days=rule.burst_days),
        burst_posts=rule.burst_posts,
        burst_share=rule.burst_share,
    )


def _detect_alone(trail: AccountTrail, rule: IntegrityRule, semester: Semester) -> Iterator[Flag]:
    yield from detect_back_dated(trail, rule)
    yield from detect_burst(trail, rule, semester)
    yield from detect_repeated(trail, rule)
    yield from detect_greeting(trail, rule)
    yield from detect_deleted(trail, rule)
    yield from detect_redated(trail, rule)
    yield from detect_future(trail)
    yield from detect_spam(trail, semester)


def _place(trail: AccountTrail) -> tuple[str, str, int]:
    return trail.agency, trail.channel, trail.account


def _sort_traces(trail: AccountTrail) -> AccountTrail:
    return replace(trail, traces=tuple(sorted(trail.traces, key=lambda t: (t.day or t.first_seen, t.key))))


def _find_posts(flags: Sequence[Flag], kind: FlagKind) -> set[tuple[str, Channel, str]]:
    return {
        (flag.agency, flag.channel, post.key) for flag in flags if flag.kind is kind for post in flag.posts
    }


def _order(flag: Flag) -> tuple[str, str, int, str, str]:
    first = flag.posts[0] if flag.posts else None
    day = str(first.day or first.first_seen) if first else ""
    return flag.agency, flag.channel, _ORDER[flag.kind], day, flag.evidence
