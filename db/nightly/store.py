"""Writes what a crawl brings and what scoring decides; each function is one transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, exists, or_, select
from sqlalchemy.exc import IntegrityError

from activity.errors import DatabaseBusyError
from activity.post import Post
from activity.visit import Harvest, Profile, Target
from db.engine import writing
from db.evidence.record import save_records
from db.evidence.warc import Archive
from db.nightly.doubled import find_doubled
from db.nightly.memory import pack_memory
from db.nightly.reach import first_whole_day
from db.nightly.run import RunRef
from db.nightly.wave import add_costs
from db.post.alias import apply_aliases, remember_names, rename_keys
from db.post.merge import PostChange, mark_deleted, save_metrics, save_posts
from db.schema.models import MemoryRecord, PostRecord, SnapshotRecord
from db.text import clean_text, stored_key
from db.upsert import save_rows

__all__ = [
    "Saved",
    "save_harvest",
    "save_harvests",
    "save_snapshot",
]

_LOG = logging.getLogger(__name__)
_MOST_CLASHES = 5


@dataclass(frozen=True, slots=True)
class Saved:
    """What a harvest changed: posts not known before, and known ones that now read differently.

    Attributes:
        doubled: whether nothing was stored, for the run had a harvest of that account already.
    """

    new: int = 0
    updated: int = 0
    doubled: bool = False


def save_harvest(
    engine: Engine, run: RunRef, target: Target, harvest: Harvest, archive: Archive | None = None
) -> Saved:
    """Store one harvest, all or nothing: other keys, posts, records, metrics, deletions, memory, snapshot.

    The same harvest again leaves the database as it is. Raises StoreFullError, DatabaseBusyError
    or StoreError, after which nothing of the harvest is stored.

    Args:
        archive: where the pages are kept that new posts rest on; None keeps none.
    """
    (saved,) = save_harvests(engine, run, [(target, harvest)], archive)
    return saved


def save_harvests(
    engine: Engine,
    run: RunRef,
    brought: Sequence[tuple[Target, Harvest]],
    archive: Archive | None = None,
    *,
    shared: bool = False,
) -> list[Saved]:
    """Store the harvests of some accounts in one transaction, all or nothing; else as `save_harvest`.

    On most nights most of them hold nothing but a look: beginning and ending a transaction for each would
    take longer than they do.

    Args:
        shared: whether others store harvests of the same run: then the first one of an account counts, and
            what comes after it is dropped.
    """
    if shared:
        return _outlast_clashes(lambda: _save_first(engine, run, brought, archive))
    with writing(engine) as connection:
        return _save_all(connection, run, brought, archive)


def _save_first(
    engine: Engine, run: RunRef, brought: Sequence[tuple[Target, Harvest]], archive: Archive | None
) -> list[Saved]:
    with writing(engine) as connection:
        doubled = find_doubled(connection, run, [target.account for target, _ in brought])
        first = [each for each in brought if each[0].account.id not in doubled]
        saved = iter(_save_all(connection, run, first, archive))
        return [Saved(doubled=True) if target.account.id in doubled else next(saved) for target, _ in brought]


def _outlast_clashes(save: Callable[[], list[Saved]]) -> list[Saved]:
    """Two machines may bring one page at the same moment: whoever comes second finds it on its next try.

    Where two transactions wait for each other, the server ends one of them.
    """
    for _ in range(_MOST_CLASHES):
        try:
            return save()
        except (IntegrityError, DatabaseBusyError) as error:
            _LOG.info("Harvests are stored once more: %s", error)
    return save()


def _save_all(
    connection: Connection,
    run: RunRef,
    brought: Sequence[tuple[Target, Harvest]],
    archive: Archive | None,
) -> list[Saved]:
    if not brought:
        return []
    changes = [_save_posts(connection, run, *each, archive) for each in brought]
    _save_memories(connection, brought)
    rows = [
        _compose_snapshot(connection, run, target, harvest, change, saw=harvest.outcome.saw)
        for (target, harvest), change in zip(brought, changes, strict=True)
    ]
    save_rows(connection, SnapshotRecord, add_costs(connection, run, rows), replace=True)
    return [Saved(change.new, change.updated) for change in changes]


def _save_posts(
    connection: Connection, run: RunRef, target: Target, harvest: Harvest, archive: Archive | None
) -> PostChange:
    """All of a harvest but its memory and its snapshot."""
    account = target.account.id
    apply_aliases(connection, account, harvest.aliases, target.window.now)
    found = rename_keys(connection, account, harvest.posts)
    before = _newest_before(connection, target, harvest.before)
    change = save_posts(connection, run.id, target, (*found, *before))
    if harvest.aliases:
        remember_names(connection, account, harvest.aliases, target.window.now)
    if archive is not None:
        save_records(connection, archive, account, run.night, harvest.records, change.touched)
    save_metrics(connection, target, found)
    mark_deleted(connection, target, harvest.deleted)
    return change


def _newest_before(connection: Connection, target: Target, met: Post | None) -> tuple[Post, ...]:
    """What was met from before the window, unless a newer such post is stored: a pinned one is no news.

    Nor is one of the same day: under another address, as after a move or in another language, one post would
    stand there twice.
    """
    if met is None or met.date is None:
        return ()
    day = met.date.at.astimezone(target.zone).date()
    newer = exists().where(
        PostRecord.account_id == target.account.id,
        or_(
            PostRecord.published_at > met.date.at,
            and_(PostRecord.local_day == day, PostRecord.key != stored_key(met.key)),
        ),
        PostRecord.published_at < target.window.since,
        PostRecord.deleted_at.is_(None),
    )
    return () if connection.execute(select(newer)).scalar() else (met,)


def _save_memories(connection: Connection, brought: Sequence[tuple[Target, Harvest]]) -> None:
    """Nothing is written where nothing was learnt, as on a night on which a site is down."""
    rows = [
        {"account_id": target.account.id, "memory": pack_memory(harvest.memory)}
        for target, harvest in brought
        if harvest.memory != target.memory
    ]
    save_rows(connection, MemoryRecord, rows, replace=True)


def _look_at(connection: Connection, target: Target, since: datetime | None) -> datetime | None:
    """The look that a claim goes on from: as a rule the last one, else an earlier one of that moment."""
    last = target.memory.seen_at
    if since is None or since == last:
        return last
    shot = SnapshotRecord
    looked = exists().where(shot.account_id == target.account.id, shot.fetched_at == since, shot.saw)
    return since if connection.execute(select(looked)).scalar() else last


def save_snapshot(
    connection: Connection, run: RunRef, target: Target, harvest: Harvest, change: PostChange, *, saw: bool
) -> None:
    """Store what a run got from an account, within the caller's transaction; again changes nothing.

    Args:
        saw: whether the run's night counts as seen.
    """
    row = _compose_snapshot(connection, run, target, harvest, change, saw=saw)
    save_rows(connection, SnapshotRecord, [row], replace=True)


def _compose_snapshot(
    connection: Connection, run: RunRef, target: Target, harvest: Harvest, change: PostChange, *, saw: bool
) -> dict[str, Any]:
    profile = harvest.profile or Profile()
    proven = harvest.outcome.saw and harvest.proof is not None
    since = harvest.complete_since if proven else None
    return {
        "run_id": run.id,
        "account_id": target.account.id,
        "night": run.night,
        "outcome": harvest.outcome,
        "saw": saw,
        "detail": clean_text(harvest.detail),
        "endpoint": harvest.endpoint and clean_text(harvest.endpoint),
        "fetched_at": target.window.now,
        "complete_since": harvest.complete_since,
        "proof": harvest.proof if harvest.complete_since is not None else None,
        "complete_from": first_whole_day(since, target.zone, _look_at(connection, target, since)),
        "posts_found": change.found,
        "posts_new": change.of_run,
        "left_out": harvest.left_out,
        "requests": harvest.cost.requests,
        "bytes": harvest.cost.bytes,
        "seconds": harvest.cost.seconds,
        "followers": profile.followers,
        "profile_posts": profile.posts,
        "scheme": harvest.reception.scheme,
        "certificate": harvest.reception.certificate,
        "first_byte": harvest.reception.first_byte,
        "wave": run.wave,
        "retry_at": harvest.reception.retry_at,
    }
