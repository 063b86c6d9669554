"""The database as commands open it: in the time zone that its days were counted in."""

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.errors import ConfigError
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["check_registry", "open_store"]


def open_store(config: Config, *, update: bool = True) -> "tuple[Engine, Config]":
    """Open the database; the settings come back with the zone in which it counts days.

    Args:
        update: bring an older one to this version's schema; else it is refused.

    Raises StoreError when it cannot be used, ConfigError when DENYUT_TIMEZONE was set to another zone.
    """
    from db.opening import open_database
    from db.setting import load_timezone

    engine = open_database(config.database_url, update=update)
    stored = load_timezone(engine)
    if stored is None or stored == config.zone.key:
        return engine, config
    if config.zone_given:
        raise ConfigError(
            "The database counts days in {stored}, DENYUT_TIMEZONE says {key}.",
            "Set DENYUT_TIMEZONE={stored} or leave it unset, or use another database.",
            stored=stored,
            key=config.zone.key,
        )
    return engine, replace(config, zone=ZoneInfo(stored))


def check_registry(engine: "Engine") -> None:
    """Raises ConfigError where no registry was imported yet: there is nothing to crawl or to judge."""
    from db.setting import load_timezone

    if load_timezone(engine) is None:
        raise ConfigError("The registry is empty.", "Run: denyut agencies import registry.csv")
