"""Settings that hold for the whole database."""

from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, select

from activity.errors import ConfigError
from db.engine import reading
from db.schema.models import SettingRecord

__all__ = ["check_timezone", "fix_timezone", "load_timezone"]


def load_timezone(engine: Engine) -> str | None:
    """The zone whose days the database holds, None before the first registry."""
    with reading(engine) as connection:
        return _stored(connection)


def fix_timezone(connection: Connection, timezone: str) -> None:
    """Record the zone at first use; raises ConfigError when another one was recorded before."""
    if _stored(connection) is None:
        connection.execute(insert(SettingRecord).values(name="timezone", value=timezone))
    else:
        check_timezone(connection, ZoneInfo(timezone))


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
