"""The nights on which an agency's channel was looked at, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from activity.agency import Channel
from activity.outcome import Outcome
from activity.visit import Proof
from db.engine import reading
from db.schema.models import AccountRecord, AgencyRecord, SnapshotRecord

__all__ = ["LookRow", "load_looks"]


@dataclass(frozen=True, slots=True)
class LookRow:
    """One run's look at one account.

    Attributes:
        complete_from: first local day since which it read the list without a gap; None where unknown.
        proof: why that is believed; None where nothing is claimed.
    """

    night: date
    address: str
    outcome: Outcome
    saw: bool
    detail: str
    endpoint: str | None
    fetched_at: datetime
    complete_from: date | None
    proof: Proof | None
    posts_found: int
    posts_new: int
    requests: int


def load_looks(
    engine: Engine, agency: str, channel: Channel, since: date, until: date
) -> tuple[LookRow, ...]:
    """Load looks of the nights in `[since, until)`, by night and run."""
    look = SnapshotRecord
    query = (
        select(
            look.night,
            AccountRecord.address,
            look.outcome,
            look.saw,
            look.detail,
            look.endpoint,
            look.fetched_at,
            look.complete_from,
            look.proof,
            look.posts_found,
            look.posts_new,
            look.requests,
        )
        .join(AccountRecord, AccountRecord.id == look.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(AgencyRecord.slug == agency, AccountRecord.channel == channel)
        .where(look.night >= since, look.night < until)
        .order_by(look.night, look.run_id, look.account_id)
    )
    with reading(engine) as connection:
        return tuple(LookRow(**row._mapping) for row in connection.execute(query))
