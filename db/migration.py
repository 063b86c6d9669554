"""Runs the migrations that are shipped inside the package, inside the caller's transaction."""

from functools import cache
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert

from db.models import SettingRecord
from db.views import install_views, remove_views, views_digest

__all__ = ["known_revisions", "migrate", "newest_revision", "stored_revision"]


@cache
def known_revisions() -> frozenset[str]:
    """Every revision this code can read or migrate from."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


@cache
def newest_revision() -> str:
    """The revision this code writes."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def stored_revision(connection: Connection) -> str | None:
    """The revision a database says it has."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(connection: Connection, application: str) -> None:
    """Bring an empty or older database to the newest revision, with its views and our mark."""
    remove_views(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    install_views(connection)
    for name, value in (("application", application), ("views", views_digest())):
        connection.execute(delete(SettingRecord).where(SettingRecord.name == name))
        connection.execute(insert(SettingRecord).values(name=name, value=value))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("db.migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
