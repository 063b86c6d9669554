"""Stable SQL views for analysts; names and columns are kept from version to version.

Each is written once, in the words of `db.schema.view_words`.
"""

from hashlib import sha256
from inspect import cleandoc

from sqlalchemy import Connection, text

from db.schema.guide_views import make_guide
from db.schema.jury_views import JURY_VIEWS
from db.schema.night_views import NIGHT_VIEWS
from db.schema.post_views import COUNTED, POST_VIEWS
from db.schema.ranking_views import RANKING_VIEWS
from db.schema.record_views import RECORD_VIEWS
from db.schema.view import DatabaseView
from db.schema.view_words import SPELLINGS, spell

__all__ = ["VIEWS", "install_views", "remove_views", "views_digest"]

_ASKED = (
    COUNTED,
    *POST_VIEWS,
    *RECORD_VIEWS,
    *NIGHT_VIEWS,
    *RANKING_VIEWS,
    *JURY_VIEWS,
)
VIEWS: tuple[DatabaseView, ...] = (*_ASKED, *make_guide(_ASKED))
"""In the order in which they build on one another."""


def install_views(connection: Connection) -> None:
    """Create every view in the caller's transaction; a server also tells of each what it means."""
    server = connection.dialect.name == "postgresql"
    for view in VIEWS:
        names = ", ".join(view.columns)
        query = spell(cleandoc(view.select), connection.dialect.name)
        statement = f"CREATE VIEW {view.name} ({names}) AS\n{query}"
        connection.exec_driver_sql(statement.replace("%", "%%") if server else statement)
    if server:
        connection.exec_driver_sql("\n".join(comment for view in VIEWS for comment in _comments(view)))


def _comments(view: DatabaseView) -> list[str]:
    """Statements after which psql, DBeaver and their like show each meaning."""
    told = {f"VIEW {view.name}": view.about}
    told |= {f"COLUMN {view.name}.{column}": meaning for column, meaning in view.columns.items()}
    return [
        f"COMMENT ON {what} IS '{meaning}';".replace("%", "%%")
        for what, meaning in ((what, meaning.replace("'", "''")) for what, meaning in told.items())
    ]


def remove_views(connection: Connection) -> None:
    """Drop those that are there."""
    for view in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {view.name}"))


def views_digest() -> str:
    """Digest the views; it changes whenever one does."""
    return sha256(repr((VIEWS, SPELLINGS)).encode()).hexdigest()
