"""How an account answered to each look of a time: what a jury sheet's measured lines rest on."""

from datetime import date

from sqlalchemy import Engine, select

from activity.agency import Channel
from activity.result.sheet import Service
from db.engine import reading
from db.schema.models import AccountRecord, AgencyRecord, RunRecord, RunStatus, SnapshotRecord

__all__ = ["load_service"]


def load_service(
    engine: Engine, agency: str, channel: Channel, since: date, until: date
) -> tuple[Service, ...]:
    """Load crawled looks of the nights in `[since, until)`, by night and run; imports asked no server."""
    look = SnapshotRecord
    query = (
        select(look.night, look.outcome, look.scheme, look.certificate, look.first_byte)
        .join(RunRecord, RunRecord.id == look.run_id)
        .join(AccountRecord, AccountRecord.id == look.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(RunRecord.status != RunStatus.IMPORTED)
        .where(AgencyRecord.slug == agency, AccountRecord.channel == channel)
        .where(look.night >= since, look.night < until)
        .order_by(look.night, look.run_id, look.account_id)
    )
    with reading(engine) as connection:
        return tuple(Service(**row._mapping) for row in connection.execute(query))
