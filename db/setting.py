"""Settings that hold for the whole database."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, select

from activity.errors import ConfigError
from db.engine import reading
from db.schema.models import SettingRecord

__all__ = ["check_timezone", "find_offset", "fix_timezone", "load_timezone"]


def load_timezone(engine: Engine) -> str | None:
    """Load the zone whose days the database holds, None before the first registry."""
    with reading(engine) as connection:
        return _stored(connection)


def fix_timezone(connection: Connection, timezone: str) -> None:
    """Record the zone at first use; raises ConfigError when another one was recorded before."""
    if _stored(connection) is None:
        connection.execute(insert(SettingRecord).values(name="timezone", value=timezone))
        offset = find_offset(ZoneInfo(timezone))
        if offset is not None:
            connection.execute(insert(SettingRecord).values(name="utc_offset", value=str(offset)))
    else:
        check_timezone(connection, ZoneInfo(timezone))


def find_offset(zone: ZoneInfo) -> int | None:
    """Find by how many seconds a zone's clock is ahead of UTC; None where it is changed in the year.

    >>> find_offset(ZoneInfo("Asia/Makassar")), find_offset(ZoneInfo("Europe/Berlin"))
    (28800, None)
    """
    moments = (datetime(year, month, 1, tzinfo=UTC) for year in _YEARS for month in (1, 7))
    offsets = {moment.astimezone(zone).utcoffset() for moment in moments}
    offset = offsets.pop()
    return None if offsets or offset is None else int(offset.total_seconds())


_YEARS = range(1990, 2038)
"""No office had a site before them; beyond them nobody knows what a parliament decides."""


def check_timezone(connection: Connection, zone: ZoneInfo) -> None:
    """Raise ConfigError for another zone than the recorded one: its days would not be the stored ones."""
    stored = _stored(connection)
    if stored is not None and stored != zone.key:
        raise ConfigError(
            "The database holds local days of {stored}, not of {key}.",
            "Set DENYUT_TIMEZONE={stored}, or use another database.",
            stored=stored,
            key=zone.key,
        )


def _stored(connection: Connection) -> str | None:
    return connection.execute(select(SettingRecord.value).where(SettingRecord.name == "timezone")).scalar()
