"""How long an account has been silent, and what that makes of it."""

from dataclasses import dataclass
from datetime import date

from activity.ranking import Status
from activity.semester import Night
from scoring.observation import Observation
from scoring.rule import StatusRule

__all__ = ["Silence", "judge_silence", "measure_silence"]


@dataclass(frozen=True, slots=True)
class Silence:
    """The time without a post that lasts until the last day judged.

    Attributes:
        last_post: day of the newest post known.
        since: first day of the silence; None when there is none, or nothing is known at all.
        days: from the last post, or else from the first day known, to the last day judged.
        known_days: the same without the unseen nights, on which there may have been a post.
    """

    last_post: date | None
    since: date | None
    days: int | None
    known_days: int | None


def measure_silence(observation: Observation) -> Silence:
    """Count the days since the newest post; where none was ever found, since watching began."""
    last = len(observation.nights) - 1
    newest = observation.newest
    start = observation.known_from if newest is None else newest
    if start is None or start > last:
        return Silence(None, None, None, None)
    first_silent = start if newest is None else start + 1
    unseen = observation.nights[max(0, first_silent) :].count(Night.UNSEEN)
    return Silence(
        last_post=None if newest is None else observation.day(newest),
        since=observation.day(first_silent) if first_silent <= last else None,
        days=last - start,
        known_days=last - start - unseen,
    )


def judge_silence(silence: Silence, rule: StatusRule) -> tuple[Status, bool]:
    """The status of an account with enough coverage, and whether it is silent beyond the law's limit.

    Only an account with a post that is known can be called active.
    """
    days = silence.known_days
    if days is None:
        return Status.TIDAK_DINILAI, False
    if days > rule.vacuum_days:
        return Status.VAKUM, days > rule.law_days
    active = days <= rule.active_days and silence.last_post is not None
    return Status.AKTIF if active else Status.KURANG_AKTIF, False
