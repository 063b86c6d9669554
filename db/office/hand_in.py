"""The files that were handed in: of which account each tells, and of which days."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine, func, select

from activity.agency import Channel
from activity.result.hand_in import Told
from db.engine import reading
from db.schema.models import AccountRecord, AgencyRecord, RunRecord, RunStatus, SnapshotRecord

__all__ = ["load_hand_ins"]


def load_hand_ins(
    engine: Engine, first_day: date, last_day: date
) -> Mapping[tuple[str, Channel], list[Told]]:
    """Load by agency's slug and channel the files that tell of any of these days, by their last day."""
    look = SnapshotRecord
    query = (
        select(AgencyRecord.slug, AccountRecord.channel, look.complete_from, look.night)
        .join(RunRecord, RunRecord.id == look.run_id)
        .join(AccountRecord, AccountRecord.id == look.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(
            RunRecord.status == RunStatus.IMPORTED,
            look.night >= first_day,
            func.coalesce(look.complete_from, look.night) <= last_day,
        )
        .order_by(look.night, look.run_id)
    )
    found: dict[tuple[str, Channel], list[Told]] = {}
    with reading(engine) as connection:
        for slug, channel, first, last in connection.execute(query):
            found.setdefault((slug, channel), []).append((first, last))
    return found
