"""Stores what was handed in: each account's part of a file is a run with one snapshot of its own.

A crawl sees a night; a file tells of nights that are over. So its snapshot makes no night a seen one,
but every day from `complete_since` to the file's last day a reconstructed one, and none after it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version

from sqlalchemy import Connection, Engine, func, insert, select, update

from activity.outcome import Outcome
from activity.post import Post
from activity.visit import Harvest, Proof, Target
from db.engine import writing
from db.nightly.run import RunRef
from db.nightly.store import Saved, save_snapshot
from db.post.alias import rename_keys
from db.post.merge import PostChange, save_metrics, save_posts
from db.schema.models import RunRecord, RunStatus, SnapshotRecord

__all__ = ["Import", "save_imports"]


@dataclass(frozen=True, slots=True)
class Import:
    """One account's part of a file.

    Attributes:
        target: the account; its window ends when the file's certain knowledge ends.
        name, digest: of the file; the digest is how it is known again.
        last_day: the last local day that the file tells of.
        complete_since: from this moment to the window's end no post is missing; None where unknown.
        batches: gives the posts a few thousand at a time, so that no file is ever held whole.
    """

    target: Target
    name: str
    digest: str
    size: int
    last_day: date
    complete_since: datetime | None
    batches: Callable[[], Iterable[Sequence[Post]]]
    detail: str = ""
    left_out: int = 0


class _DryImportError(Exception):
    """Ends a transaction that was only a trial."""


def save_imports(
    engine: Engine, imports: Sequence[Import], now: datetime, *, dry_run: bool = False
) -> tuple[Saved, ...]:
    """Store all of it in one transaction, or nothing; the same files again change nothing.

    A dry run does everything and then undoes it. Raises what `save_harvest` raises, and whatever
    reading the files raises.
    """
    saved: list[Saved] = []
    try:
        with writing(engine) as connection:
            saved.extend(_save_import(connection, each, now) for each in imports)
            _stop_if(dry_run)
    except _DryImportError:
        pass
    return tuple(saved)


def _stop_if(dry_run: bool) -> None:
    if dry_run:
        raise _DryImportError


def _save_import(connection: Connection, each: Import, now: datetime) -> Saved:
    run = _run_of(connection, each, now)
    total = PostChange(0, 0, 0, 0)
    for batch in each.batches():
        posts = rename_keys(connection, each.target.account.id, batch)
        change = save_posts(connection, run.id, each.target, posts)
        save_metrics(connection, each.target, posts)
        total = PostChange(
            total.found + change.found,
            total.of_run + change.of_run,
            total.new + change.new,
            total.updated + change.updated,
        )
    harvest = Harvest(
        outcome=Outcome.OK if total.found else Outcome.EMPTY,
        endpoint=f"file:{each.name}#sha256={each.digest}",
        complete_since=each.complete_since,
        proof=Proof.EXPORTED if each.complete_since is not None else None,
        detail=each.detail,
        left_out=each.left_out,
    )
    harvest = replace(harvest, cost=replace(harvest.cost, bytes=each.size))
    save_snapshot(connection, run, each.target, harvest, total, saw=False)
    return Saved(total.new, total.updated)


def _run_of(connection: Connection, each: Import, now: datetime) -> RunRef:
    """The run of this very file and account, or a new one; moved where the file is now read otherwise."""
    query = (
        select(RunRecord.id, RunRecord.night, RunRecord.number)
        .join(SnapshotRecord, SnapshotRecord.run_id == RunRecord.id)
        .where(
            SnapshotRecord.account_id == each.target.account.id,
            SnapshotRecord.endpoint.endswith(f"#sha256={each.digest}"),
            RunRecord.status == RunStatus.IMPORTED,
        )
    )
    found = connection.execute(query).first()
    if found is not None and found.night == each.last_day:
        return RunRef(found.id, found.night, found.number)
    number = _next_number(connection, each.last_day)
    if found is not None:
        moved = update(RunRecord).where(RunRecord.id == found.id)
        connection.execute(moved.values(night=each.last_day, number=number))
        return RunRef(found.id, each.last_day, number)
    values = {
        "night": each.last_day,
        "number": number,
        "status": RunStatus.IMPORTED,
        "started_at": now,
        "finished_at": now,
        "summary": {},
        "code_version": version("denyut"),
    }
    fresh = connection.execute(insert(RunRecord).values(values).returning(RunRecord.id)).scalar_one()
    return RunRef(fresh, each.last_day, number)


def _next_number(connection: Connection, night: date) -> int:
    query = select(func.max(RunRecord.number)).where(RunRecord.night == night)
    return (connection.execute(query).scalar() or 0) + 1
