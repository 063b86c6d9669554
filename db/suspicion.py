"""Which accounts of a very large database are looked at closely: two passes over a semester's posts.

A city's posts are all read and compared. Those of a nation are first counted by account in one pass, and
their texts grouped in another, so that only accounts that can be flagged are read in full. Three things
are coarser then: texts of two offices are brought together only where they are the same letter for
letter; what an account repeats is noticed only where something else is; and what was deleted, only where
lists of the last week still show older posts.
"""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Integer, case, func, or_, select, tuple_, type_coerce

from activity.flag import Sieve
from db.base import RunStatus
from db.models import AccountRecord, PostRecord, RunRecord

__all__ = ["exceeds", "find_suspects", "shares_words"]

_FRESH = timedelta(days=7)
_CLOCK = 3600


def exceeds(connection: Connection, first_day: date, last_day: date, limit: int) -> bool:
    """Whether more posts than that claim a day between these; stops counting there."""
    some = select(PostRecord.key).where(PostRecord.local_day.between(first_day, last_day)).limit(limit + 1)
    found = connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()
    return found > limit


def find_suspects(connection: Connection, first_day: date, last_day: date, sieve: Sieve) -> tuple[int, ...]:
    """The accounts that can be flagged for posts of their own alone.

    Whatever an account's first visit found is old without being late, so the newest night that first saw
    late posts must not be the account's first.
    """
    post, run = PostRecord, RunRecord
    within = post.local_day.between(first_day, last_day)
    newest = connection.execute(select(func.max(run.started_at))).scalar()
    if newest is None:
        return ()
    recent = post.last_seen >= newest - _FRESH
    lag = type_coerce(run.night, Integer) - type_coerce(post.local_day, Integer)
    late = (run.status != RunStatus.IMPORTED) & (lag >= sieve.late_days)
    ahead = type_coerce(post.published_at, Integer) - type_coerce(post.first_seen, Integer) > _CLOCK
    query = (
        select(post.account_id)
        .join(run, run.id == post.first_run_id)
        .where(within)
        .group_by(post.account_id)
        .having(
            or_(
                func.max(case((late, run.night))) > func.min(run.night),
                _count(post.redated | ahead) > 0,
                _count(post.local_day >= sieve.burst_from) >= sieve.burst_posts,
                _count(_greets(sieve)) >= sieve.greeting_posts,
                func.max(case((~recent, post.local_day))) > func.min(case((recent, post.local_day))),
            )
        )
    )
    return tuple(connection.execute(query).scalars())


def shares_words(first_day: date, last_day: date, sieve: Sieve) -> ColumnElement[bool]:
    """Whether a post's text stands, letter for letter, under another agency of its channel too."""
    same = (
        select(AccountRecord.channel, PostRecord.title)
        .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .where(
            PostRecord.local_day.between(first_day, last_day),
            func.length(PostRecord.title) >= sieve.letters,
            ~_greets(sieve),
        )
        .group_by(AccountRecord.channel, PostRecord.title)
        .having(func.min(AccountRecord.agency_id) < func.max(AccountRecord.agency_id))
    )
    return tuple_(AccountRecord.channel, PostRecord.title).in_(same)


def _greets(sieve: Sieve) -> ColumnElement[bool]:
    words = func.lower(PostRecord.title)
    return or_(*(words.contains(word, autoescape=True) for word in sieve.greetings))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
