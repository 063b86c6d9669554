"""The database as commands open it: in the time zone that its days were counted in."""

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.errors import ConfigError
from cli.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["open_store"]


def open_store(config: Config) -> "tuple[Engine, Config]":
    """Open the database; the settings come back with the zone in which it counts days.

    Raises StoreError when it cannot be used, ConfigError when DENYUT_TIMEZONE was set to another zone.
    """
    from db.engine import open_database
    from db.queries import load_timezone

    engine = open_database(config.database_url)
    stored = load_timezone(engine)
    if stored is None or stored == config.zone.key:
        return engine, config
    if config.zone_given:
        raise ConfigError(
            f"The database counts days in {stored}, DENYUT_TIMEZONE says {config.zone.key}.",
            f"Set DENYUT_TIMEZONE={stored} or leave it unset, or use another database.",
        )
    return engine, replace(config, zone=ZoneInfo(stored))
