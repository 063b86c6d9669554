"""`denyut init`: make the database."""

from cli.console import say
from cli.option import read_config

__all__ = ["init"]


def init() -> None:
    """Make the database, or bring an older one up to date; running it again changes nothing.

    The database is SQLite in `denyut.db` here unless DENYUT_DATABASE names another.
    """
    from db.engine import open_database

    config = read_config()
    engine = open_database(config.database_url, create=True)
    say(f"Ready: {engine.url.render_as_string(hide_password=True)}")
    say("Next: denyut agencies import registry.csv")
