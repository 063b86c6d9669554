"""Views about the views, for whoever opens the database without this folder at hand."""

from collections.abc import Iterable, Sequence
from inspect import getdoc

from db.schema.models import Base
from db.schema.view import DatabaseView

__all__ = ["VERSION", "make_guide"]

VERSION = 2
"""Of the views together: rises when one means something else than before, not when one is added."""

_VERSION = DatabaseView(
    "views_version",
    "Which views these are, and whose clock they count by: one row.",
    {
        "version": "Rises when a column means something else than before; see database.md.",
        "timezone": "The city's time zone; empty before the first registry.",
        "utc_offset": "Seconds by which its clock is ahead of UTC; empty where it is changed in the year.",
    },
    f"""
    SELECT {VERSION}, (SELECT value FROM setting WHERE name = 'timezone'),
        (SELECT CAST(value AS integer) FROM setting WHERE name = 'utc_offset')
    """,
)
_COLUMNS = {
    "kind": "`view`, which is for analysts and stays, or `table`, the program's own, which may change.",
    "name": "Name of the view or table.",
    "position": "0 for the view or table itself, then of the column.",
    "column_name": "The column; empty for the view or table itself.",
    "meaning": "What it means.",
}
_ABOUT = "Every view with its columns, and the program's own tables by name: what this page says, in SQL."


def make_guide(views: Sequence[DatabaseView]) -> tuple[DatabaseView, ...]:
    """Make the views' version and their dictionary, which names both as well."""
    named = DatabaseView("dictionary", _ABOUT, _COLUMNS, "")
    rows = [*_tell_views((*views, _VERSION, named)), *_tell_tables()]
    values = ",\n        ".join(f"({', '.join(map(_quote, row))})" for row in rows)
    return _VERSION, DatabaseView("dictionary", _ABOUT, _COLUMNS, f"VALUES {values}")


def _tell_views(views: Iterable[DatabaseView]) -> Iterable[tuple[str | int, ...]]:
    for view in views:
        yield "view", view.name, 0, "", view.about
        for position, (column, meaning) in enumerate(view.columns.items(), 1):
            yield "view", view.name, position, column, meaning


def _tell_tables() -> Iterable[tuple[str | int, ...]]:
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table)):
        yield "table", str(mapper.local_table), 0, "", (getdoc(mapper.class_) or "").partition("\n")[0]


def _quote(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
