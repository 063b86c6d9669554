"""Which databases are opened, and what is said of those that are not."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, inspect, text

from activity.errors import (
    ConfigError,
    DatabaseBusyError,
    ForeignDatabaseError,
    NewerDatabaseError,
    StoreError,
)
from db.engine import reading, writing
from db.opening import open_database


def test_opening_again_changes_nothing(engine: Engine, database_url: str) -> None:
    before = sorted(inspect(engine).get_table_names())
    again = open_database(database_url)
    assert sorted(inspect(again).get_table_names()) == before
    again.dispose()


def test_sqlite_waits_for_writers_and_keeps_references(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}", create=True)
    with reading(engine) as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
    engine.dispose()


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="denyut init"):
        open_database(f"sqlite:///{tmp_path / 'none.db'}")
    assert not (tmp_path / "none.db").exists()


def test_an_empty_database_is_filled_only_when_asked(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "denyut.db").touch()
    with pytest.raises(StoreError, match="denyut init"):
        open_database(database_url)
    open_database(database_url, create=True).dispose()


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder that exists"):
        open_database(f"sqlite:///{tmp_path / 'no' / 'a.db'}", create=True)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    "table", ["wp_posts (id int)", "setting (name text, value text)", "alembic_version (version_num text)"]
)
def test_a_foreign_file_is_left_to_the_byte(tmp_path: Path, table: str, create: bool) -> None:
    path = tmp_path / "theirs.db"
    theirs = sqlite3.connect(path)
    theirs.execute(f"CREATE TABLE {table}")
    theirs.close()
    before = path.read_bytes()
    with pytest.raises(ForeignDatabaseError, match="not Denyut's"):
        open_database(f"sqlite:///{path}", create=create)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["theirs.db"]


def test_a_foreign_server_database(fresh_postgres_url: str) -> None:
    with psycopg.connect(fresh_postgres_url) as connection:
        connection.execute("CREATE TABLE wp_posts (id int)")
    with pytest.raises(ForeignDatabaseError):
        open_database(fresh_postgres_url, create=True)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"Kepada Yth. " * 1000)
    with pytest.raises(ForeignDatabaseError, match="not a database"):
        open_database(f"sqlite:///{path}", create=True)
    assert path.read_bytes() == b"Kepada Yth. " * 1000


def test_a_database_of_tomorrow(engine: Engine, database_url: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match="9999"):
        open_database(database_url)
    with pytest.raises(NewerDatabaseError, match="9999"):
        open_database(database_url, create=True)


@pytest.mark.parametrize("url", ["denyut.db", "mysql://a:secret@b/c", "postgresql://a:secret@b:port/c", ""])
def test_an_address_that_cannot_be_read(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_one_line_without_the_password() -> None:
    with pytest.raises(StoreError) as caught:
        open_database("postgresql://office:rahasia@127.0.0.1:1/denyut")
    assert "rahasia" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_views_are_made_anew_when_the_code_has_others(engine: Engine, database_url: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("DROP VIEW vacuum"))
        connection.execute(text("UPDATE setting SET value = 'old' WHERE name = 'views'"))
    open_database(database_url).dispose()
    assert "vacuum" in inspect(engine).get_view_names()


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine._BUSY_SECONDS", 0)
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = open_database(url, create=True)
    with writing(engine), pytest.raises(DatabaseBusyError, match="another program"), writing(engine):
        pass
    engine.dispose()
