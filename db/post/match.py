"""Posts that two sources tell apart by different keys: one knows the address, the other only the moment."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from activity.address.moment import PREFIX, is_moment_key
from activity.post import EvidenceKind, Post, Precision
from db.post.alias import rename_post
from db.schema.models import PostRecord
from db.text import stored_key

__all__ = ["settle_moments"]

# On fourteen captured posts the clock in the address is within 36 seconds of the moment stated.
_NEAR = timedelta(minutes=2)
# Where that clock is all there is, the minutes that a film's upload took lie in between.
_UPLOAD = timedelta(minutes=15)

_FINE = (Precision.SECOND, Precision.MINUTE)

_Known = tuple[datetime, str, timedelta]
"""When, the key, and how far off the moment may be."""


def settle_moments(connection: Connection, account_id: int, posts: Sequence[Post]) -> tuple[Post, ...]:
    """Give posts the keys that the database has for them.

    A post known only by its moment takes the key of the stored post nearest to it; a stored one known
    only by its moment gives way to the real key that comes now. One stands for one: nearest pairs first.
    """
    dated = [post for post in posts if post.date is not None and post.date.precision in _FINE]
    if not dated:
        return tuple(posts)
    stored = _load_near(connection, account_id, dated)
    if not stored:
        return tuple(posts)
    by_moment = [post for post in dated if is_moment_key(post.key)]
    named = {stored_key(post.key) for post in posts} - {post.key for post in by_moment}
    taken = _pair(by_moment, [known for known in stored if known[1] not in named])
    held = {key for _, key, _ in stored}
    fresh = [post for post in dated if not is_moment_key(post.key) and stored_key(post.key) not in held]
    loose = [known for known in stored if is_moment_key(known[1]) and known[1] not in taken.values()]
    for key, moment in _pair(fresh, loose).items():
        rename_post(connection, account_id, moment, stored_key(key))
    return tuple(replace(post, key=taken.get(post.key, post.key)) for post in posts)


def _load_near(connection: Connection, account_id: int, posts: Sequence[Post]) -> list[_Known]:
    """Stored posts of the time in question; where only real keys came, those known by their moment."""
    moments = [post.date.at for post in posts if post.date is not None]
    query = select(PostRecord.key, PostRecord.published_at, PostRecord.evidence).where(
        PostRecord.account_id == account_id,
        PostRecord.published_at.between(min(moments) - _UPLOAD, max(moments) + _UPLOAD),
        PostRecord.precision.in_(_FINE),
    )
    if not any(is_moment_key(post.key) for post in posts):
        query = query.where(PostRecord.key.startswith(PREFIX, autoescape=True))
    return [
        (row.published_at, row.key, _slack(row.evidence[0]["kind"] if row.evidence else ""))
        for row in connection.execute(query.order_by(PostRecord.published_at, PostRecord.key))
    ]


def _slack(kind: str) -> timedelta:
    return _UPLOAD if kind == EvidenceKind.SHORTCODE else _NEAR


def _pair(posts: Sequence[Post], known: Sequence[_Known]) -> dict[str, str]:
    """From a post's key to the stored key, each used once, the nearest first."""
    moments = [at for at, _, _ in known]
    near = []
    for post in posts:
        if post.date is None:
            continue
        at, own = post.date.at, _slack(post.date.evidence[0].kind if post.date.evidence else "")
        for index in range(bisect_left(moments, at - _UPLOAD), bisect_right(moments, at + _UPLOAD)):
            distance = abs(moments[index] - at)
            if distance <= max(own, known[index][2]):
                near.append((distance, post.key, known[index][1]))
    pairs: dict[str, str] = {}
    used: set[str] = set()
    for _, key, stored in sorted(near):
        if key not in pairs and stored not in used:
            pairs[key] = stored
            used.add(stored)
    return pairs
