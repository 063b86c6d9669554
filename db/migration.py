"""Runs the migrations that are shipped inside the package, inside the caller's transaction."""

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, column, delete, insert, select, table

from db.schema.models import Base, SettingRecord
from db.schema.views import VIEWS, install_views, remove_views, views_digest

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = [
    "TABLES",
    "compose_config",
    "known_revisions",
    "migrate",
    "newest_revision",
    "our_names",
    "stored_revision",
]

TABLES = frozenset({*Base.metadata.tables, "alembic_version"})
"""Our tables of every revision: none was ever given up."""

_SCRIPT = re.compile(r"(\d{4})_\w+\.py")
_STORED: Select[Any] = select(column("version_num")).select_from(table("alembic_version"))


@cache
def known_revisions() -> frozenset[str]:
    """List every revision this code can read or migrate from, in their order; files bear their names."""
    scripts = (files("db.migrations") / "versions").iterdir()
    return frozenset(match[1] for script in scripts if (match := _SCRIPT.fullmatch(script.name)))


def newest_revision() -> str:
    """Name the revision this code writes."""
    return max(known_revisions())


def stored_revision(connection: Connection) -> str | None:
    """Read the revision a database says it has; None where it says none, or several."""
    stored = connection.execute(_STORED).scalars().all()
    return str(stored[0]) if len(stored) == 1 else None


def our_names() -> list[str]:
    """List our tables and views by name, in order: in a server's database others may stand beside them."""
    return sorted({*TABLES, *(view.name for view in VIEWS)})


def migrate(connection: Connection, application: str) -> None:
    """Bring an empty or older database to the newest revision, with its views and our mark."""
    # Loading it takes longer than opening a database that has no need of it.
    from alembic import command  # noqa: PLC0415

    remove_views(connection)
    config = compose_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    install_views(connection)
    for name, value in (("application", application), ("views", views_digest())):
        connection.execute(delete(SettingRecord).where(SettingRecord.name == name))
        connection.execute(insert(SettingRecord).values(name=name, value=value))


def compose_config() -> "Config":
    """Compose what Alembic is told; it hands over the connection in `attributes`."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(files("db.migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
