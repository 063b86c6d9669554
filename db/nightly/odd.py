"""Runs of the crawl that were begun under a wrong clock: which they are, and how they are set aside."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import Connection, Engine, select, update

from activity.errors import StoreError
from db.engine import reading, writing
from db.schema.models import RunRecord, RunStatus, SnapshotRecord

__all__ = ["OddRun", "find_odd", "leave_out_odd", "load_odd_runs", "read_odd_runs", "set_aside"]

SET_ASIDE = "set_aside"
"""In the summary of a run whose looks count for nothing."""

# So many nights without a run are a machine that was off; more, before a fall back, a clock that was ahead.
_FOLLOWS = timedelta(days=2)
_MANY = 5
# No machine that is looked after is off for so long.
_IDLE = timedelta(days=90)
# A few weeks may be somebody who plays nights again, in another order.
_MONTHS = 60


@dataclass(frozen=True, slots=True)
class OddRun:
    """One run whose night cannot be right: so many days ahead of the newest right one; below 0 behind it."""

    id: int
    night: date
    days: int


def find_odd(nights: Sequence[date]) -> frozenset[int]:
    """Tell which of some runs, in the order in which they were begun, name a night that cannot be theirs.

    Time only goes on: the longest row of nights that ends in the newest run is right. Unless the nights
    that this would give up follow from those before them: then the newest run itself is behind.

    >>> days = [date(2026, 7, 1), date(2027, 3, 1), date(2026, 7, 2), date(2025, 1, 1), date(2026, 7, 3)]
    >>> sorted(find_odd(days))
    [1, 3]
    """
    odd: set[int] = set()
    for end in range(len(nights) - 1, -1, -1):
        newest = nights[end]
        chain = _find_row(nights, end)
        ahead = [i for i in range(end) if nights[i] > newest]
        if ahead and _follows(nights, ahead, chain):
            odd.add(end)
            continue
        return frozenset(odd | (set(range(end)) - set(chain)))
    return frozenset(odd)


def _find_row(nights: Sequence[date], end: int) -> list[int]:
    """The longest row that ends in a run; one that leaps, without the first run, may be of a dead clock.

    A battery that died lets a machine begin again in an old year, for as many nights as it had run before.
    Then the row from the first run on is right, which a person began, where it does not leap.
    """
    newest = nights[end]
    chain = _find_chain(nights, [i for i in range(end) if nights[i] <= newest])
    if not chain or 0 in chain or nights[0] > newest or not _leaps(nights, [*chain, end]):
        return chain
    other = _find_chain(nights, [i for i in range(end) if nights[0] <= nights[i] <= newest])
    return chain if 0 not in other or _leaps(nights, [*other, end]) else other


def _leaps(nights: Sequence[date], row: Sequence[int]) -> bool:
    return any(nights[later] - nights[earlier] > _IDLE for earlier, later in pairwise(row))


def _follows(nights: Sequence[date], ahead: Sequence[int], chain: Sequence[int]) -> bool:
    """Whether the nights ahead go on from those before them, as under a clock that was right.

    Where there is none before them, they are right when they are many more than the rest.
    """
    before = [nights[i] for i in chain if i < ahead[0]]
    if not before:
        return len(ahead) > _MANY * (len(chain) + 1)
    return nights[ahead[0]] - max(before) <= _FOLLOWS


def _find_chain(nights: Sequence[date], indices: Sequence[int]) -> list[int]:
    """The longest row of these whose nights never fall (patience sorting)."""
    tails: list[date] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for index in indices:
        place = bisect_right(tails, nights[index])
        before[index] = ends[place - 1] if place else None
        tails[place:] = [nights[index], *tails[place + 1 :]]
        ends[place:] = [index, *ends[place + 1 :]]
    chain: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def load_odd_runs(engine: Engine, tonight: date | None = None) -> tuple[OddRun, ...]:
    """Load the runs of the crawl under a wrong clock, oldest first, without those that were set aside.

    Args:
        tonight: a run of a later night is under a wrong clock whatever the others say.
    """
    with reading(engine) as connection:
        return read_odd_runs(connection, tonight)


def read_odd_runs(connection: Connection, tonight: date | None = None) -> tuple[OddRun, ...]:
    """Load the same, within the caller's transaction."""
    query = select(RunRecord.id, RunRecord.night, RunRecord.summary).where(
        RunRecord.status != RunStatus.IMPORTED
    )
    rows = [row for row in connection.execute(query.order_by(RunRecord.id)) if SET_ASIDE not in row.summary]
    future = [row for row in rows if tonight is not None and row.night > tonight]
    past = [row for row in rows if tonight is None or row.night <= tonight]
    odd = [past[index] for index in sorted(find_odd([row.night for row in past]))]
    newest = max((row.night for row in past if row not in odd), default=tonight)
    found = [OddRun(row.id, row.night, (row.night - (newest or row.night)).days) for row in (*future, *odd)]
    return tuple(sorted(found, key=lambda run: run.id))


def leave_out_odd(connection: Connection, column: str) -> str:
    """Spell a further condition that keeps out runs months off the right time; empty where there is none.

    Args:
        column: what names the run there, such as `snapshot.run_id`.
    """
    numbers = ", ".join(str(run.id) for run in read_odd_runs(connection) if abs(run.days) > _MONTHS)
    return f"AND {column} NOT IN ({numbers})" if numbers else ""


def set_aside(engine: Engine, run_id: int) -> date:
    """Let a run's looks count for nothing: no night of it is seen or reconstructed; its posts stay.

    Returns the night that it named. Raises StoreError where there is no such run of the crawl.
    """
    shot = SnapshotRecord
    with writing(engine) as connection:
        query = select(RunRecord.night, RunRecord.summary).where(
            RunRecord.id == run_id, RunRecord.status != RunStatus.IMPORTED
        )
        found = connection.execute(query).first()
        if found is None:
            raise StoreError(
                "There is no crawl with the number {run_id:d}.", "Run: denyut doctor", run_id=run_id
            )
        nothing = {"saw": False, "complete_since": None, "complete_from": None, "proof": None}
        connection.execute(update(shot).where(shot.run_id == run_id).values(nothing))
        values = {"status": RunStatus.INTERRUPTED, "summary": {**found.summary, SET_ASIDE: True}}
        connection.execute(update(RunRecord).where(RunRecord.id == run_id).values(values))
        night: date = found.night
    return night
