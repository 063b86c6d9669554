"""`denyut init`: make the database."""

from cli.console import say
from cli.option import read_config

__all__ = ["init"]


def init() -> None:
    """Make the database, or bring an older one up to date; running it again changes nothing.

    The database is SQLite in `denyut.db` here unless DENYUT_DATABASE names another.
    """
    from db.engine import describe_url, open_database

    config = read_config()
    open_database(config.database_url, create=True).dispose()
    say(f"Ready: {describe_url(config.database_url)}.")
    say("Next: denyut agencies import registry.csv")
