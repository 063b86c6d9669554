"""Posts of one account as they are stored: merged with what was known, never lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select, update

from activity.channel import CHANNELS
from activity.post import Post, PostMetrics
from activity.visit import Target
from db.post.claim import Claim, cause_of, choose_claim, claim_of
from db.post.dateline import settle_dateline
from db.post.match import settle_moments
from db.post.rebuild import find_rebuilt
from db.post.row import Values, claim_columns, claim_in, given_up
from db.schema.base import ClaimCause
from db.schema.models import ClaimRecord, ImportRecord, MetricRecord, PostRecord
from db.text import clean_text, stored_key
from db.upsert import batched, save_rows

__all__ = ["PostChange", "mark_deleted", "save_metrics", "save_posts"]

_METRICS_FOR = timedelta(days=28)
_POSTS: Any = PostRecord.__table__
# Kept for the life of the process: a night stores as many harvests as there are accounts.
_ROWS = select(_POSTS).where(
    _POSTS.c.account_id == bindparam("account"), _POSTS.c.key.in_(bindparam("keys", expanding=True))
)
_SEEN = (
    update(_POSTS)
    .where(_POSTS.c.account_id == bindparam("of_account_id"), _POSTS.c.key == bindparam("of_key"))
    .values(last_seen=bindparam("of_last_seen"))
)


@dataclass(frozen=True, slots=True)
class PostChange:
    """What one harvest meant for the posts.

    Attributes:
        found: posts in the harvest, each key once.
        of_run: those first seen in this very run, also when the harvest is stored again.
        new, updated: rows inserted, and rows whose content now differs.
        touched: keys of both.
    """

    found: int
    of_run: int
    new: int
    updated: int
    touched: frozenset[str] = frozenset()


def save_posts(connection: Connection, run_id: int, target: Target, posts: Sequence[Post]) -> PostChange:
    """Insert and update posts by `(account, key)`; a date that gives way is kept in `post_claim`.

    Where a file that was handed in tells of a post is kept in `post_import`.
    """
    account_id = target.account.id
    if CHANNELS[target.account.channel].social:
        posts = settle_moments(connection, account_id, posts)
    chosen = _by_key(posts)
    stored = _load_rows(connection, account_id, list(chosen))
    fresh = {
        key: _fresh_row(key, post, run_id, target, new=key not in stored) for key, post in chosen.items()
    }
    rebuilt = _find_rebuilt(stored, fresh)
    merged = [
        _merge_row(stored[key], row, rebuilt=key in rebuilt) if key in stored else row
        for key, row in fresh.items()
    ]
    changed = [row for row in merged if row != stored.get(row["key"])]
    given_up = [_old_claim(stored[row["key"]], row, target) for row in changed if _gave_up(row, stored)]
    new = {row["key"] for row in changed} - stored.keys()
    updated = {row["key"] for row in changed if _reads_differently(row, stored.get(row["key"]))}
    touched = [row for row in changed if row["key"] in new or row["key"] in updated]
    save_rows(connection, PostRecord, touched, replace=True)
    _note_seen(connection, [row for row in changed if row["key"] not in new | updated])
    save_rows(connection, ClaimRecord, given_up, replace=False)
    placed = [
        {"account_id": account_id, "key": key, "run_id": run_id, "place": clean_text(post.place)}
        for key, post in chosen.items()
        if post.place
    ]
    save_rows(connection, ImportRecord, placed, replace=True)
    return PostChange(
        found=len(merged),
        of_run=sum(row["first_run_id"] == run_id for row in merged),
        new=len(new),
        updated=len(updated),
        touched=frozenset(new | updated),
    )


def save_metrics(connection: Connection, target: Target, posts: Sequence[Post]) -> None:
    """Append the engagement of each post of the last 28 days where it differs from the last one observed.

    Older posts hardly move any more, and each small change would be one more row for nothing.
    """
    account_id = target.account.id
    since = target.window.now - _METRICS_FOR
    wanted = {
        key: post.metrics
        for key, post in _by_key(posts).items()
        if post.metrics is not None and post.date is not None and post.date.at >= since
    }
    known = _load_metrics(connection, account_id, list(wanted))
    rows = [
        {
            "account_id": account_id,
            "key": key,
            "observed_at": target.window.now,
            "likes": metrics.likes,
            "comments": metrics.comments,
            "shares": metrics.shares,
            "views": metrics.views,
        }
        for key, metrics in wanted.items()
        if metrics != known.get(key) and metrics != PostMetrics()
    ]
    save_rows(connection, MetricRecord, rows, replace=True)


def mark_deleted(connection: Connection, target: Target, keys: Sequence[str]) -> None:
    """Record that these posts are gone: their own address said so on two nights; again changes nothing."""
    for batch in batched([stored_key(key) for key in keys]):
        gone = update(PostRecord).where(
            PostRecord.account_id == target.account.id,
            PostRecord.key.in_(batch),
            PostRecord.deleted_at.is_(None),
        )
        connection.execute(gone.values(deleted_at=target.window.now))


def _by_key(posts: Iterable[Post]) -> dict[str, Post]:
    chosen: dict[str, Post] = {}
    for post in posts:
        key = stored_key(post.key)
        first = chosen.get(key)
        if first is None or (first.date is None and post.date is not None):
            chosen[key] = post
    return chosen


def _fresh_row(key: str, post: Post, run_id: int, target: Target, *, new: bool) -> Values:
    now = target.window.now.replace(microsecond=0)
    if new:
        post = settle_dateline(post, target.memory.seen_at, now, target.zone)
    return {
        "account_id": target.account.id,
        "key": key,
        "url": clean_text(post.url),
        "title": clean_text(post.title),
        "kind": post.kind,
        **claim_columns(claim_of(post.date, target.zone)),
        "redated": False,
        "deleted_at": None,
        "first_run_id": run_id,
        "first_seen": now,
        "last_seen": now,
    }


def _find_rebuilt(stored: Mapping[str, Values], fresh: Mapping[str, Values]) -> frozenset[str]:
    """Keys of the known posts whose dates the site moved all at once."""
    pairs = {}
    for key, row in fresh.items():
        old = claim_in(stored[key]) if key in stored else None
        new = claim_in(row)
        if old is not None and new is not None and old.reading == new.reading:
            pairs[key] = old, new
    return find_rebuilt(pairs)


def _merge_row(old: Values, new: Values, *, rebuilt: bool) -> Values:
    before = claim_in(old)
    claim = choose_claim(before, claim_in(new), rebuilt=rebuilt)
    merged = {
        **old,
        "url": new["url"] or old["url"],
        "title": new["title"] or old["title"],
        "kind": new["kind"] if new["url"] or not old["url"] else old["kind"],
        **claim_columns(claim),
        "last_seen": max(old["last_seen"], new["last_seen"]),
        "deleted_at": None,
    }
    merged["redated"] = old["redated"] or _is_redated(before, claim)
    return merged


def _is_redated(before: Claim | None, now: Claim | None) -> bool:
    if before is None or now is None or None in {before.local_day, now.local_day}:
        return False
    return before.local_day != now.local_day and cause_of(before, now) is ClaimCause.SITE


def _gave_up(row: Values, stored: Mapping[str, Values]) -> bool:
    old = stored.get(row["key"])
    if old is None or old["published_at"] is None:
        return False
    return bool((old["published_at"], old["precision"]) != (row["published_at"], row["precision"]))


def _old_claim(old: Values, new: Values, target: Target) -> Values:
    before, now = claim_in(old), claim_in(new)
    cause = cause_of(before, now) if before is not None and now is not None else ClaimCause.READING
    return given_up(old, target.window.now, cause)


def _reads_differently(row: Values, old: Values | None) -> bool:
    return old is not None and any(row[name] != old[name] for name in row if name != "last_seen")


def _note_seen(connection: Connection, rows: Sequence[Values]) -> None:
    """Of posts that a list only showed once more, the one column that changed."""
    if rows:
        names = ("account_id", "key", "last_seen")
        connection.execute(_SEEN, [{f"of_{name}": row[name] for name in names} for row in rows])


def _load_rows(connection: Connection, account_id: int, keys: Sequence[str]) -> dict[str, Values]:
    rows: dict[str, Values] = {}
    for batch in batched(keys):
        found = connection.execute(_ROWS, {"account": account_id, "keys": batch})
        rows.update((row["key"], dict(row)) for row in found.mappings())
    return rows


def _load_metrics(connection: Connection, account_id: int, keys: Sequence[str]) -> dict[str, PostMetrics]:
    metrics: dict[str, PostMetrics] = {}
    for batch in batched(keys):
        newest = (
            select(MetricRecord.key, func.max(MetricRecord.observed_at).label("observed_at"))
            .where(MetricRecord.account_id == account_id, MetricRecord.key.in_(batch))
            .group_by(MetricRecord.key)
            .subquery()
        )
        same = and_(MetricRecord.key == newest.c.key, MetricRecord.observed_at == newest.c.observed_at)
        query = select(
            MetricRecord.key,
            MetricRecord.likes,
            MetricRecord.comments,
            MetricRecord.shares,
            MetricRecord.views,
        ).join(newest, and_(MetricRecord.account_id == account_id, same))
        metrics.update((row.key, _metrics_in(row)) for row in connection.execute(query))
    return metrics


def _metrics_in(row: Row[*tuple[Any, ...]]) -> PostMetrics:
    return PostMetrics(likes=row.likes, comments=row.comments, shares=row.shares, views=row.views)
