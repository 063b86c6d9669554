"""Which versions of the Graph API answered of late, as the visits remember it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, select

from activity.channel import CHANNELS, Access
from db.engine import reading
from db.nightly.memory import unpack_memory
from db.schema.models import AccountRecord, MemoryRecord

__all__ = ["load_served"]

_STREAM = 1000


def load_served(engine: Engine, since: datetime) -> Mapping[str, int]:
    """Count for each version the accounts that it answered for, among those last read from `since` on."""
    meta = [channel for channel, facts in CHANNELS.items() if facts.access is Access.META]
    query = (
        select(MemoryRecord.memory)
        .join(AccountRecord, AccountRecord.id == MemoryRecord.account_id)
        .where(AccountRecord.channel.in_(meta))
    )
    found: dict[str, int] = {}
    with reading(engine) as connection:
        for packed in connection.execution_options(yield_per=_STREAM).execute(query).scalars():
            memory = unpack_memory(packed)
            version = memory.facts.get("served")
            if isinstance(version, str) and memory.seen_at is not None and memory.seen_at >= since:
                found[version] = found.get(version, 0) + 1
    return found
