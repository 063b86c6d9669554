"""The page, the models and the migrations say the same."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from db.dictionary import render_dictionary
from db.engine import reading
from db.schema.models import Base
from db.schema.views import VIEWS

_PAGE = Path(__file__).parents[2] / "docs" / "database.md"


def test_the_page_is_written_from_the_schema() -> None:
    assert _PAGE.read_text(encoding="utf-8") == render_dictionary(), (
        "python -m db.dictionary > docs/database.md"
    )


def test_every_column_is_explained() -> None:
    for table in Base.metadata.tables.values():
        assert [column.name for column in table.columns if not column.doc] == []


def test_migrations_lead_to_the_models(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_views_have_the_columns_they_promise(engine: Engine) -> None:
    found = inspect(engine)
    assert set(found.get_view_names()) == {view.name for view in VIEWS}
    for view in VIEWS:
        assert [column["name"] for column in found.get_columns(view.name)] == list(view.columns)
