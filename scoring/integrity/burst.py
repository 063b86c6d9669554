"""Burst: much of a semester's work appears just before its end."""

from collections.abc import Iterator
from datetime import date, timedelta

from activity.flag import AccountTrail, Flag, FlagKind
from activity.message import Message
from activity.semester import Semester
from scoring.integrity.evidence import compose_flag
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_burst"]


def detect_burst(trail: AccountTrail, rule: IntegrityRule, semester: Semester) -> Iterator[Flag]:
    """Flag all posts of the semester's last `burst_days`, where they are many and a large share."""
    start = semester.end_day - timedelta(days=rule.burst_days)
    dated = [trace for trace in trail.traces if _claims(trace.day, semester.first_day, semester.end_day)]
    late = [trace for trace in dated if _claims(trace.day, start, semester.end_day)]
    if len(late) < rule.burst_posts or len(late) < rule.burst_share * len(dated):
        return
    evidence = Message(
        "{count} of {whole} posts of {semester} claim its last {burst_days} days, {start} to "
        "{end}, at {address}.",
        count=len(late),
        whole=len(dated),
        semester=semester,
        burst_days=rule.burst_days,
        start=start,
        end=semester.end_day - timedelta(days=1),
        address=trail.address,
    )
    yield compose_flag(FlagKind.BURST, trail, late, evidence)


def _claims(day: date | None, start: date, end: date) -> bool:
    return day is not None and start <= day < end
