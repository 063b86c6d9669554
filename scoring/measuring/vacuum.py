"""How long accounts have been silent, what that makes of them, and why they fell silent."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from activity.outcome import Failure, Outcome
from activity.ranking import Status, VacuumCause
from scoring.measuring.observation import NO_DAY, UNSEEN, Observations
from scoring.rubrics.rule import StatusRule

__all__ = ["Silences", "days_until_vacuum", "find_cause", "judge_silence", "measure_silence"]

_CAUSES = {
    Outcome.GONE: VacuumCause.GONE,
    Outcome.PARKED: VacuumCause.GONE,
    Outcome.MOVED: VacuumCause.MOVED,
    Outcome.HACKED: VacuumCause.HACKED,
    Outcome.SUSPENDED: VacuumCause.SUSPENDED,
    Outcome.MAINTENANCE: VacuumCause.MAINTENANCE,
    Outcome.UNREACHABLE: VacuumCause.UNREACHABLE,
}


@dataclass(frozen=True, slots=True, eq=False)
class Silences:
    """The time without a post that lasts until the last day judged, one entry an account.

    Attributes:
        last_post: the newest post whose day is told, NO_DAY where there is none.
        posted: whether any post is known, be it without a day.
        since: first day of the silence; NO_DAY when there is none, or nothing is known at all.
        days: from the newest post, one without a day counting from the night that met it, or else from the
            first day known, to the last day judged; NO_DAY when nothing is known.
        known_days: the same without the unseen nights, on which there may have been a post.
    """

    last_post: NDArray[np.int32]
    posted: NDArray[np.bool_]
    since: NDArray[np.int32]
    days: NDArray[np.int32]
    known_days: NDArray[np.int32]


def measure_silence(seen: Observations) -> Silences:
    """Count the days since the newest post; where none was ever found, since watching began."""
    last = seen.days - 1
    told = np.maximum(seen.newest, seen.alive)
    newest = np.maximum(told, seen.arrivals.newest(seen.arrivals.by, len(told), NO_DAY))
    posted = newest != NO_DAY
    start = np.where(posted, newest, seen.known_from)
    first_silent = start + posted
    known = (start != NO_DAY) & (start <= last)
    silent = np.arange(seen.days, dtype=np.int32) >= first_silent[:, None]
    unseen = np.count_nonzero(silent & (seen.nights == UNSEEN), axis=1)

    def where_known(days: NDArray[np.integer], mask: NDArray[np.bool_]) -> NDArray[np.int32]:
        return np.where(mask, days, NO_DAY).astype(np.int32)

    return Silences(
        last_post=where_known(told, known & posted),
        posted=known & posted,
        since=where_known(first_silent, known & (first_silent <= last)),
        days=where_known(last - start, known),
        known_days=where_known(last - start - unseen, known),
    )


def judge_silence(silences: Silences, rule: StatusRule) -> tuple[list[Status], NDArray[np.bool_]]:
    """Tell the status of accounts with enough coverage, and whether they are silent beyond the law's limit.

    Only an account with a post that is known can be called active.
    """
    days = silences.known_days
    vacuum = days > rule.vacuum_days
    active = (days <= rule.active_days) & silences.posted
    codes = np.select([days == NO_DAY, vacuum, active], [0, 1, 2], default=3)
    statuses = (Status.TIDAK_DINILAI, Status.VAKUM, Status.AKTIF, Status.KURANG_AKTIF)
    return [statuses[code] for code in codes.tolist()], days > max(rule.vacuum_days, rule.law_days)


def days_until_vacuum(silences: Silences, rule: StatusRule) -> NDArray[np.int32]:
    """Count the days from the last one judged to the first vacuum one, if every night is seen and silent.

    Where nothing is known, or the account is vacuum already, it is no positive number.
    """
    known = silences.known_days != NO_DAY
    return np.where(known, rule.vacuum_days + 1 - silences.known_days, 0).astype(np.int32)


def find_cause(outcome: Outcome | None, detail: str) -> VacuumCause:
    """Tell why an account fell silent, as its newest look tells it; a site that answers is merely silent.

    An expired certificate is told in the detail, also of a site that was read over plain http.
    """
    if Failure.CERTIFICATE_EXPIRED.value in detail:
        return VacuumCause.CERTIFICATE
    return _CAUSES.get(outcome, VacuumCause.SILENT) if outcome else VacuumCause.SILENT
