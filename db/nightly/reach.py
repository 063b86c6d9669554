"""How far back a look's claim reaches, and the claims that nothing proves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, and_, or_, select

from db.engine import reading
from db.schema.column import days_since_epoch, epoch_day
from db.schema.models import AccountRecord, SnapshotRecord

__all__ = ["Unproven", "count_unproven", "first_whole_day"]

_STREAM = 5000

_Span = tuple[int, int]
"""Days since the epoch, both inclusive."""


@dataclass(frozen=True, slots=True)
class Unproven:
    """Claims of completeness that name no proof, as an earlier version made them.

    Attributes:
        claims: how many.
        agencies: whose nights they concern.
        nights: nights, an account each, that nothing else tells of; unseen until a new look proves them.
        newest: the last of these; None where there is none.
    """

    claims: int
    agencies: int
    nights: int
    newest: date | None


def first_whole_day(since: datetime | None, zone: ZoneInfo, last: datetime | None = None) -> date | None:
    """Give the first local day that is known as a whole.

    It begins at or after `since`; where `since` is the `last` look at the same list, that look has seen what
    had stood there of the day by then: a visit at half past one would cost each gap a day otherwise.
    """
    if since is None:
        return None
    local = since.astimezone(zone)
    whole = local.time() == time() or since == last
    return local.date() if whole else local.date() + timedelta(days=1)


def count_unproven(engine: Engine, zone: ZoneInfo) -> Unproven:
    """Count the claims without a proof, and the nights that are unseen for want of one."""
    claims = nights = 0
    agencies: set[int] = set()
    newest: int | None = None
    with reading(engine) as connection:
        if not connection.execute(select(SnapshotRecord.run_id).where(_unproven()).limit(1)).first():
            return Unproven(0, 0, 0, None)
        for agency, claimed, known in _read_accounts(connection, zone):
            lost = list(_subtract(_merge(claimed), _merge(known)))
            claims += len(claimed)
            nights += sum(last - first + 1 for first, last in lost)
            if lost:
                agencies.add(agency)
                newest = max(newest or lost[-1][1], lost[-1][1])
    return Unproven(claims, len(agencies), nights, None if newest is None else epoch_day(newest))


def _unproven() -> ColumnElement[bool]:
    return and_(SnapshotRecord.complete_since.is_not(None), SnapshotRecord.proof.is_(None))


def _read_accounts(connection: Connection, zone: ZoneInfo) -> Iterator[tuple[int, list[_Span], list[_Span]]]:
    """Each account's agency, the days that unproven claims speak of, and those that are known."""
    shot = SnapshotRecord
    query = (
        select(
            AccountRecord.agency_id,
            shot.account_id,
            shot.night,
            shot.saw,
            shot.complete_since,
            shot.complete_from,
            shot.proof,
        )
        .join(AccountRecord, AccountRecord.id == shot.account_id)
        .where(or_(shot.saw, shot.complete_since.is_not(None)))
        .order_by(shot.account_id)
    )
    rows = connection.execution_options(yield_per=_STREAM).execute(query)
    for (agency, _), group in groupby(rows, key=lambda row: (row.agency_id, row.account_id)):
        claimed: list[_Span] = []
        known: list[_Span] = []
        for row in group:
            night = days_since_epoch(row.night)
            since = first_whole_day(row.complete_since, zone)
            if since is not None and row.proof is None:
                claimed.append((min(days_since_epoch(since), night), night))
            if row.saw or row.complete_from is not None:
                begin = night if row.complete_from is None else days_since_epoch(row.complete_from)
                known.append((min(begin, night), night))
        if claimed:
            yield agency, claimed, known


def _merge(spans: Iterable[_Span]) -> Iterator[_Span]:
    """The same days in as few spans as possible, in order."""
    first = last = None
    for begin, end in sorted(spans):
        if first is None or last is None or begin > last + 1:
            if first is not None and last is not None:
                yield first, last
            first, last = begin, end
        last = max(last, end)
    if first is not None and last is not None:
        yield first, last


def _subtract(spans: Iterable[_Span], others: Iterable[_Span]) -> Iterator[_Span]:
    """Those days of merged spans that lie in none of the merged others, in order."""
    taken = list(others)
    for begin, end in spans:
        start = begin
        for first, last in taken:
            if last < start or first > end:
                continue
            if first > start:
                yield start, first - 1
            start = last + 1
        if start <= end:
            yield start, end
