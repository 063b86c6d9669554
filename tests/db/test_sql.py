"""What an analyst may ask, and what is refused."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activity.errors import ConfigError, ForeignDatabaseError, StoreError
from db.sql import run_query

pytestmark = pytest.mark.usefixtures("engine")


def test_a_question_is_answered_with_names(database_url: str) -> None:
    answer = run_query(database_url, "SELECT name, value AS what FROM setting WHERE name = 'application'")
    assert answer.columns == ("name", "what")
    assert list(answer.rows) == [("application", "denyut")]


def test_no_row_still_has_columns(database_url: str) -> None:
    answer = run_query(database_url, "SELECT slug, name FROM agency")
    assert (answer.columns, list(answer.rows)) == (("slug", "name"), [])


def test_at_most_so_many_rows(database_url: str) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT i FROM n"
    assert list(run_query(database_url, many, limit=2).rows) == [(1,), (2,)]
    assert len(list(run_query(database_url, many).rows)) == 9999


def test_percent_signs_and_a_last_semicolon_are_ordinary(database_url: str) -> None:
    sql = "SELECT name FROM setting WHERE name LIKE 'appl%';"
    assert list(run_query(database_url, sql).rows) == [("application",)]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM setting",
        "INSERT INTO setting VALUES ('a', 'b')",
        "DROP TABLE post",
        "CREATE TABLE extra (a int)",
        "SELECT 1; DELETE FROM setting",
        "COMMIT; DELETE FROM setting",
        "SELECT FROM WHERE",
        "SELECT * FROM nowhere",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA journal_mode = DELETE",
        "VACUUM",
        "BEGIN",
        "-- nothing",
        "",
        "WITH gone AS (DELETE FROM setting RETURNING name) SELECT * FROM gone",
        "SELECT load_extension('evil')",
    ],
)
def test_anything_else_is_one_line_and_changes_nothing(database_url: str, sql: str) -> None:
    with pytest.raises(ConfigError) as caught:
        list(run_query(database_url, sql).rows)
    assert "\n" not in str(caught.value)
    assert len(list(run_query(database_url, "SELECT * FROM setting").rows)) == 2


def test_a_fault_in_a_late_row_is_one_line_too(database_url: str) -> None:
    division = "SELECT json_extract('{', '$.a')" if "sqlite" in database_url else "SELECT 1 / 0"
    with pytest.raises(ConfigError):
        list(run_query(database_url, division).rows)


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="denyut init"):
        run_query(f"sqlite:///{tmp_path / 'none.db'}", "SELECT 1")
    with pytest.raises(StoreError) as caught:
        run_query("postgresql://office:rahasia@127.0.0.1:1/x", "SELECT 1")
    assert "rahasia" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"x" * 5000)
    with pytest.raises(ForeignDatabaseError):
        run_query(f"sqlite:///{tmp_path / 'a.db'}", "SELECT * FROM sqlite_master")


def test_reading_while_another_writes(tmp_path: Path, open_office: Any) -> None:
    url = f"sqlite:///{tmp_path / 'a b?#.db'}"
    engine = open_office(url.replace("?", "%3F").replace("#", "%23")).engine
    path = Path(str(engine.url.database))
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE setting SET value = 'x'")
    answer = run_query(engine.url.render_as_string(), "SELECT value FROM setting WHERE name = 'application'")
    assert list(answer.rows) == [("denyut",)]
    writer.close()
