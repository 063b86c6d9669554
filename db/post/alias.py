"""Other keys of a post: applied, remembered and looked up, so that one post is one row and counts once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from activity.agency import Channel
from activity.jury import Override
from activity.post import Post
from activity.visit import Alias
from db.post.claim import choose_claim
from db.post.row import Values, claim_columns, claim_in, given_up
from db.schema.base import ClaimCause
from db.schema.models import (
    AccountRecord,
    AgencyRecord,
    AliasRecord,
    BasisRecord,
    ClaimRecord,
    ImportRecord,
    MetricRecord,
    PostRecord,
)
from db.text import clean_text, stored_key
from db.upsert import batched, save_rows

__all__ = ["apply_aliases", "load_names", "remember_names", "rename_keys", "rename_post", "resolve_decisions"]


_NAMES = select(AliasRecord.old, AliasRecord.key).where(AliasRecord.account_id == bindparam("account"))


def apply_aliases(connection: Connection, account_id: int, aliases: Iterable[Alias], now: datetime) -> None:
    """Give each post its other key, with all that refers to it; two rows of one post become one.

    The earliest sight and every witness stay. What was applied before, or names no stored post, changes
    nothing.
    """
    named = [(stored_key(alias.old), stored_key(alias.key), alias.why) for alias in aliases]
    stored = _find_stored(connection, account_id, [old for old, _, _ in named])
    for old, key, why in named:
        if old not in stored:
            continue
        stored.add(key)
        rows = _load(connection, account_id, (old, key))
        if old == key or old not in rows:
            continue
        if key in rows:
            _unite(connection, rows[key], rows[old], now)
        else:
            rename_post(connection, account_id, old, key)
        _remember(connection, account_id, old, key, clean_text(why), now)


def remember_names(connection: Connection, account_id: int, aliases: Iterable[Alias], now: datetime) -> None:
    """Remember other keys of stored posts, under which nothing is stored, for when they come.

    To be called once the posts are stored. A key that is a post's own, or is known already, stays as it is.
    """
    known = load_names(connection, account_id)
    named = {stored_key(alias.old): alias for alias in aliases}
    fresh = {
        old: known.get(key := stored_key(alias.key), key) for old, alias in named.items() if old not in known
    }
    stored = _find_stored(connection, account_id, [*fresh, *fresh.values()]) if fresh else set()
    rows = [
        {"account_id": account_id, "old": old, "key": key, "why": clean_text(named[old].why), "noted_at": now}
        for old, key in fresh.items()
        if key in stored and old not in stored
    ]
    save_rows(connection, AliasRecord, rows, replace=False)


def _find_stored(connection: Connection, account_id: int, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for batch in batched(list(dict.fromkeys(keys))):
        query = select(PostRecord.key).where(PostRecord.account_id == account_id, PostRecord.key.in_(batch))
        found.update(connection.execute(query).scalars())
    return found


def load_names(connection: Connection, account_id: int) -> dict[str, str]:
    """Load the keys that stand for the other keys of an account's posts."""
    rows = connection.execute(_NAMES, {"account": account_id})
    return {old: key for old, key in rows}  # noqa: C416 - a row is no pair to dict()


def rename_keys(connection: Connection, account_id: int, posts: Sequence[Post]) -> tuple[Post, ...]:
    """Give posts the keys that stand for those they come with."""
    known = load_names(connection, account_id) if posts else {}
    if not known:
        return tuple(posts)
    return tuple(replace(post, key=known.get(stored_key(post.key), post.key)) for post in posts)


def rename_post(connection: Connection, account_id: int, old: str, new: str) -> None:
    """Move a post with all that refers to it; a key is never changed in place, for others point at it."""
    table = PostRecord.__table__
    names = [column.name for column in table.columns]
    columns = [literal(new) if name == "key" else table.c[name] for name in names]
    row = select(*columns).where(table.c.account_id == account_id, table.c.key == old)
    connection.execute(insert(PostRecord).from_select(names, row))
    for record in (ClaimRecord, MetricRecord, AliasRecord, BasisRecord, ImportRecord):
        query = update(record).where(record.account_id == account_id, record.key == old)
        connection.execute(query.values(key=new))
    connection.execute(delete(PostRecord).where(PostRecord.account_id == account_id, PostRecord.key == old))


def resolve_decisions(connection: Connection, decisions: Iterable[Override]) -> tuple[Override, ...]:
    """Load decisions with the keys that their posts have today."""
    found = tuple(decisions)
    named = {decision.post for decision in found if decision.post is not None}
    if not named:
        return found
    query = (
        select(AgencyRecord.slug, AccountRecord.channel, AliasRecord.old, AliasRecord.key)
        .join(AccountRecord, AccountRecord.id == AliasRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .order_by(AliasRecord.account_id)
    )
    keys: Mapping[tuple[str, Channel | None, str | None], str] = {
        (row.slug, row.channel, row.old): row.key for row in connection.execute(query) if row.old in named
    }
    return tuple(
        replace(each, post=keys.get((each.agency, each.channel, each.post), each.post)) for each in found
    )


def _load(connection: Connection, account_id: int, keys: Sequence[str]) -> dict[str, Values]:
    table = PostRecord.__table__
    query = select(table).where(PostRecord.account_id == account_id, PostRecord.key.in_(keys))
    return {row.key: dict(row._mapping) for row in connection.execute(query)}


def _unite(connection: Connection, kept: Values, other: Values, now: datetime) -> None:
    """Merge a row into the one that stays; what it claimed, and what refers to it, goes along."""
    account_id, old, key = kept["account_id"], other["key"], kept["key"]
    earlier, later = sorted((kept, other), key=lambda row: (row["first_seen"], row["key"]))
    claim = choose_claim(claim_in(earlier), claim_in(later))
    gone = [row["deleted_at"] for row in (kept, other)]
    merged = {
        **kept,
        "url": kept["url"] or other["url"],
        "title": kept["title"] or other["title"],
        **claim_columns(claim),
        "redated": kept["redated"] or other["redated"],
        "first_run_id": earlier["first_run_id"],
        "first_seen": earlier["first_seen"],
        "last_seen": max(kept["last_seen"], other["last_seen"]),
        "deleted_at": None if None in gone else max(gone),
    }
    save_rows(connection, PostRecord, [merged], replace=True)
    for record in (ClaimRecord, MetricRecord, BasisRecord, ImportRecord):
        table = record.__table__
        query = select(table).where(record.account_id == account_id, record.key == old)
        moved = [{**row._mapping, "key": key} for row in connection.execute(query)]
        save_rows(connection, record, moved, replace=False)
        connection.execute(delete(record).where(record.account_id == account_id, record.key == old))
    lost = [
        {**given_up(row, now, ClaimCause.READING), "key": key}
        for row in (kept, other)
        if row["published_at"] is not None
        and (row["published_at"], row["precision"]) != (merged["published_at"], merged["precision"])
    ]
    save_rows(connection, ClaimRecord, lost, replace=False)
    named = update(AliasRecord).where(AliasRecord.account_id == account_id, AliasRecord.key == old)
    connection.execute(named.values(key=key))
    connection.execute(delete(PostRecord).where(PostRecord.account_id == account_id, PostRecord.key == old))


def _remember(connection: Connection, account_id: int, old: str, key: str, why: str, now: datetime) -> None:
    of_account = AliasRecord.account_id == account_id
    connection.execute(delete(AliasRecord).where(of_account, AliasRecord.old.in_((old, key))))
    row = {"account_id": account_id, "old": old, "key": key, "why": why, "noted_at": now}
    connection.execute(insert(AliasRecord).values(row))
