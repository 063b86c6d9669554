"""Runs of the crawl: begun, resumed, finished."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, insert, or_, select, update

from activity.errors import StoreError
from db.engine import reading, writing
from db.schema.models import AccountRecord, RunRecord, RunStatus, SnapshotRecord

__all__ = [
    "RunRef",
    "RunRow",
    "begin_run",
    "count_looks",
    "find_finished_run",
    "find_unfinished_run",
    "finish_run",
    "load_runs",
    "load_totals",
]

_SUMS = ("posts_new", "posts_seen", "requests", "bytes", "retried", "recovered")


@dataclass(frozen=True, slots=True)
class RunRef:
    """One run.

    Attributes:
        number: 1 for the night's first run.
        resumed: whether it was begun before, by a process that did not finish it.
        wave: 1 in its first pass; whom that could not see is tried again in the next ones.
    """

    id: int
    night: date
    number: int
    resumed: bool = False
    wave: int = 1


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run with how it went."""

    id: int
    night: date
    number: int
    status: RunStatus
    started_at: datetime
    finished_at: datetime | None
    summary: Mapping[str, Any]
    code_version: str


def begin_run(engine: Engine, night: date, now: datetime) -> RunRef:
    """Resume the night's unfinished run, or begin one with the next number.

    An unfinished run of another night is closed as interrupted.
    """
    unfinished = RunRecord.status == RunStatus.RUNNING
    with writing(engine) as connection:
        stale = update(RunRecord).where(unfinished, RunRecord.night != night)
        connection.execute(stale.values(status=RunStatus.INTERRUPTED, finished_at=now))
        query = select(RunRecord.id, RunRecord.number).where(unfinished, RunRecord.night == night)
        found = connection.execute(query.order_by(RunRecord.number.desc()).limit(1)).first()
        if found is not None:
            return RunRef(found.id, night, found.number, resumed=True)
        return _insert_run(connection, night, now)


def finish_run(engine: Engine, run: RunRef, now: datetime, summary: Mapping[str, Any]) -> None:
    """Close a run with what the crawl says of it; the same again changes nothing.

    Raises StoreError for one that is not open.
    """
    closed = and_(RunRecord.status == RunStatus.FINISHED, RunRecord.finished_at == now)
    open_or_so = or_(RunRecord.status == RunStatus.RUNNING, closed)
    query = update(RunRecord).where(RunRecord.id == run.id, open_or_so)
    values = {"status": RunStatus.FINISHED, "finished_at": now, "summary": dict(summary)}
    with writing(engine) as connection:
        if connection.execute(query.values(values)).rowcount == 0:
            raise StoreError(
                "Run {number:d} of the night {night} is not open any more.",
                "Another crawl has closed it; run the crawl again.",
                number=run.number,
                night=run.night,
            )


def find_finished_run(engine: Engine, night: date) -> RunRef | None:
    """Find the night's last finished run."""
    return _find_run(engine, night, RunStatus.FINISHED)


def find_unfinished_run(engine: Engine, night: date) -> RunRef | None:
    """Find the night's last run that was begun and not finished: it is open, or another night closed it."""
    return _find_run(engine, night, RunStatus.RUNNING, RunStatus.INTERRUPTED)


def _find_run(engine: Engine, night: date, *statuses: RunStatus) -> RunRef | None:
    query = (
        select(RunRecord.id, RunRecord.number)
        .where(RunRecord.night == night, RunRecord.status.in_(statuses))
        .order_by(RunRecord.number.desc())
        .limit(1)
    )
    with reading(engine) as connection:
        found = connection.execute(query).first()
    return None if found is None else RunRef(found.id, night, found.number)


def load_runs(
    engine: Engine, *, limit: int | None = None, until: date | None = None, finished: bool = False
) -> tuple[RunRow, ...]:
    """Load runs, newest night first; an import is one too.

    Args:
        until: leave out what names a later night, as a run under a clock that was ahead does.
        finished: only crawls that were finished, so that no number of imports hides them.
    """
    table = RunRecord.__table__
    query = select(table).order_by(RunRecord.night.desc(), RunRecord.number.desc()).limit(limit)
    if until is not None:
        query = query.where(RunRecord.night <= until)
    if finished:
        query = query.where(RunRecord.status == RunStatus.FINISHED)
    with reading(engine) as connection:
        return tuple(RunRow(**row._mapping) for row in connection.execute(query))


def load_totals(engine: Engine, run: RunRef) -> dict[str, Any]:
    """Add up what a run came to, over all processes that worked on it, from its snapshots alone.

    Keys: `outcomes` (channel to outcome to count), `posts_new`, `posts_seen`, `requests`, `bytes`, `retried`
    (accounts that a later wave tried again), `recovered` (those of them that it saw).
    """
    shot = SnapshotRecord
    query = (
        select(
            AccountRecord.channel,
            shot.outcome,
            func.count().label("accounts"),
            func.sum(shot.posts_new).label("posts_new"),
            func.sum(shot.posts_found).label("posts_seen"),
            func.sum(shot.requests).label("requests"),
            func.sum(shot.bytes).label("bytes"),
            func.count().filter(shot.wave > 1).label("retried"),
            func.count().filter(shot.wave > 1, shot.saw).label("recovered"),
        )
        .join(AccountRecord, AccountRecord.id == shot.account_id)
        .where(shot.run_id == run.id)
        .group_by(AccountRecord.channel, shot.outcome)
    )
    outcomes: dict[str, dict[str, int]] = {}
    sums: Counter[str] = Counter(dict.fromkeys(_SUMS, 0))
    with reading(engine) as connection:
        for row in connection.execute(query):
            outcomes.setdefault(row.channel.value, {})[row.outcome.value] = row.accounts
            sums.update({name: int(getattr(row, name)) for name in sums})
    return {"outcomes": outcomes, **sums}


def count_looks(engine: Engine, night: date, usual: int) -> tuple[int, int]:
    """Count the accounts that any run of a night looked at, and those of a run to compare it with."""
    shot = SnapshotRecord
    ran = select(RunRecord.id).where(RunRecord.night == night, RunRecord.status != RunStatus.IMPORTED)
    looked = select(func.count(shot.account_id.distinct())).where(shot.run_id.in_(ran))
    compared = select(func.count()).where(shot.run_id == usual)
    with reading(engine) as connection:
        return connection.execute(looked).scalar_one(), connection.execute(compared).scalar_one()


@cache
def _find_version() -> str:
    """Our own, read once a process: it stands in a file of the installation."""
    return version("denyut")


def _insert_run(connection: Connection, night: date, now: datetime) -> RunRef:
    query = select(func.max(RunRecord.number)).where(RunRecord.night == night)
    number = (connection.execute(query).scalar() or 0) + 1
    values = {
        "night": night,
        "number": number,
        "status": RunStatus.RUNNING,
        "started_at": now,
        "summary": {},
        "code_version": _find_version(),
    }
    fresh = connection.execute(insert(RunRecord).values(values).returning(RunRecord.id)).scalar_one()
    return RunRef(fresh, night, number)
