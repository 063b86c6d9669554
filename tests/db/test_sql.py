"""What an analyst may ask, and what is refused."""

import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from activity.errors import ConfigError, ForeignDatabaseError, StoreError
from db.engine import reading
from db.opening import open_database
from db.reader import READER, find_missing_role
from db.schema.views import VIEWS
from db.sql import QueryLimits, run_query

_PAIR = "(VALUES ('application', 'denyut')) AS pair"
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

pytestmark = pytest.mark.usefixtures("engine")


def test_a_question_is_answered_with_names(database_url: str) -> None:
    answer = run_query(database_url, f"SELECT column1 AS name, column2 AS what FROM {_PAIR}")
    assert answer.columns == ("name", "what")
    assert list(answer.rows) == [("application", "denyut")]


def test_no_row_still_has_columns(database_url: str) -> None:
    answer = run_query(database_url, "SELECT agency, name FROM posts")
    assert (answer.columns, list(answer.rows)) == (("agency", "name"), [])


def test_at_most_so_many_rows(database_url: str) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT i FROM n"
    assert list(run_query(database_url, many, limit=2).rows) == [(1,), (2,)]
    assert len(list(run_query(database_url, many).rows)) == 9999


def test_percent_signs_and_a_last_semicolon_are_ordinary(database_url: str) -> None:
    sql = f"SELECT column1 FROM {_PAIR} WHERE column1 LIKE 'appl%';"
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
def test_anything_else_is_one_line_and_changes_nothing(database_url: str, engine: Engine, sql: str) -> None:
    with pytest.raises(ConfigError) as caught:
        list(run_query(database_url, sql).rows)
    assert "\n" not in str(caught.value)
    with reading(engine) as connection:
        assert len(connection.execute(text("SELECT * FROM setting")).all()) == 2


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


def test_every_view_can_be_read(database_url: str) -> None:
    for view in VIEWS:
        answer = run_query(database_url, f"SELECT * FROM {view.name}")
        assert (answer.columns, answer.confined) == (tuple(view.columns), True)
        # Those that tell of the views themselves are never empty.
        assert any(answer.rows) is (view.name in {"dictionary", "views_version"})


def test_a_question_without_end_is_ended(database_url: str) -> None:
    with pytest.raises(ConfigError, match=r"ended after 0\.3 seconds"):
        list(run_query(database_url, _ENDLESS, limits=QueryLimits(seconds=0.3)).rows)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pragma_table_info('post')",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM alembic_version",
        "PRAGMA query_only = OFF",
        "SELECT Load_Extension('x')",
        "SELECT fts3_tokenizer('x')",
    ],
)
def test_sqlite_gives_only_what_is_documented(tmp_path: Path, open_office: Any, sql: str) -> None:
    engine = open_office(f"sqlite:///{tmp_path / 'a.db'}").engine
    with pytest.raises(ConfigError):
        list(run_query(engine.url.render_as_string(), sql).rows)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT \"pg_read_file\"('/etc/passwd')",
        "SELECT U&\"pg\\005fread_file\"('/etc/passwd')",
        "SELECT pg_catalog.PG_TERMINATE_BACKEND(1)",
        "SELECT pg_try_advisory_lock(1)",
        "SELECT pg_advisory_xact_lock_shared(1)",
        "SELECT set_config('role', 'none', false)",
        "SELECT query_to_xml('SELECT ' || 'pg' || '_sleep(9)', true, true, '')",
        "SELECT ts_stat('SELECT 1')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_notify('a', 'b')",
        "SELECT pg_sleep(60)",
        "SELECT planted()",
        "SELECT * FROM setting",
        "SELECT * FROM post",
        "TABLE account_memory",
        "SET ROLE postgres",
        "RESET ROLE",
        "SET SESSION AUTHORIZATION DEFAULT",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT 1; RESET ROLE",
        "EXPLAIN ANALYZE SELECT 1",
        "DO $$ BEGIN END $$",
    ],
)
def test_postgresql_gives_only_the_views(fresh_postgres_url: str, open_office: Any, sql: str) -> None:
    open_office(fresh_postgres_url)
    with psycopg.connect(fresh_postgres_url, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION planted() RETURNS text LANGUAGE sql AS 'SELECT current_user::text'"
        )
    with pytest.raises(ConfigError):
        list(run_query(fresh_postgres_url, sql).rows)


def test_who_asks_on_postgresql_is_the_reader_and_no_role_beyond_it(
    fresh_postgres_url: str, open_office: Any
) -> None:
    open_office(fresh_postgres_url)
    answer = run_query(fresh_postgres_url, "SELECT current_user")
    assert (list(answer.rows), answer.confined) == ([(READER,)], True)
    assert find_missing_role(fresh_postgres_url) == ()


@pytest.fixture
def officer_url(postgres_url: str) -> Iterator[str]:
    """A database of a user's who may make no roles."""
    name = f"officer_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'rahasia'".encode())
        admin.execute(f"CREATE DATABASE {name} OWNER {name}".encode())
        admin.execute(f"SELECT 1 FROM pg_roles WHERE rolname = '{READER}'".encode())
        yield (
            make_url(postgres_url)
            .set(username=name, password="rahasia", database=name)
            .render_as_string(hide_password=False)
        )
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        admin.execute(f"DROP ROLE {name}".encode())


def test_where_no_role_can_be_made_the_answer_says_so_and_the_statements_help(
    officer_url: str, postgres_url: str
) -> None:
    open_database(officer_url, create=True).dispose()
    query = "SELECT count(*) FROM posts"
    assert run_query(officer_url, query).confined is False
    statements = find_missing_role(officer_url)
    assert statements[-1].startswith(f"GRANT {READER} TO officer_")
    with pytest.raises(ConfigError):
        run_query(officer_url, "SELECT set_config('role', 'none', false)")
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        for statement in statements:
            admin.execute(statement.encode())
    assert find_missing_role(officer_url) == ()
    answer = run_query(officer_url, query)
    assert (list(answer.rows), answer.confined) == ([(0,)], True)
