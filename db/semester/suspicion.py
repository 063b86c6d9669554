"""Which accounts of a very large database are looked at closely: those that indexes alone point to.

A city's posts are all read, and their texts compared. To read a nation's would take longer than to rank
it, so that there only late, edited and future dates, recorded deletions and bursts are looked for, each by
an index of its own; texts, greetings and shared posts are not, unless something else points to the account.
"""

from datetime import date
from itertools import chain

from sqlalchemy import Connection, Integer, ScalarSelect, Select, func, literal_column, select, type_coerce

from activity.flag import Sieve
from db.schema.base import RunStatus
from db.schema.models import (
    DELETED,
    LATE,
    REDATED,
    UPFRONT,
    AccountRecord,
    PostRecord,
    RunRecord,
    SnapshotRecord,
)

__all__ = ["exceeds", "find_suspects"]


def exceeds(connection: Connection, first_day: date, last_day: date, limit: int) -> bool:
    """Tell whether more posts than that claim a day between these; stops counting there."""
    some = select(PostRecord.key).where(PostRecord.local_day.between(first_day, last_day)).limit(limit + 1)
    found = connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()
    return found > limit


def find_suspects(connection: Connection, first_day: date, last_day: date, sieve: Sieve) -> frozenset[int]:
    """Find the accounts that an index says can be flagged."""
    within = PostRecord.local_day.between(first_day, last_day)
    queries = (
        _select_late(sieve).where(within),
        select(PostRecord.account_id).where(literal_column(REDATED), within),
        select(PostRecord.account_id).where(literal_column(UPFRONT), within),
        select(PostRecord.account_id).where(literal_column(DELETED), within),
        _select_bursts(sieve, first_day, last_day),
    )
    return frozenset(chain.from_iterable(connection.execute(query).scalars() for query in queries))


def _select_late(sieve: Sieve) -> Select[int]:
    """Accounts with late posts, those aside that its first look or a file brought."""
    shot = SnapshotRecord
    first = (
        select(func.min(shot.night))
        .where(shot.account_id == PostRecord.account_id, shot.saw)
        .correlate(PostRecord)
        .scalar_subquery()
    )
    lag = type_coerce(RunRecord.night, Integer) - type_coerce(PostRecord.local_day, Integer)
    return (
        select(PostRecord.account_id)
        .join(RunRecord, RunRecord.id == PostRecord.first_run_id)
        .where(
            literal_column(LATE),
            RunRecord.status != RunStatus.IMPORTED,
            lag >= sieve.late_days,
            RunRecord.night > first,
        )
        .distinct()
    )


def _select_bursts(sieve: Sieve, first_day: date, last_day: date) -> Select[int]:
    """Accounts with many posts on the last days; each is counted by a short walk along its index."""
    late, all_ = _count(sieve.burst_from, last_day), _count(first_day, last_day)
    return select(AccountRecord.id).where(late >= sieve.burst_posts, late >= sieve.burst_share * all_)


def _count(start: date, last: date) -> ScalarSelect[int]:
    of_account = PostRecord.account_id == AccountRecord.id
    query = select(func.count()).where(of_account, PostRecord.local_day.between(start, last))
    return query.correlate(AccountRecord).scalar_subquery()
