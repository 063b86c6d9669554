"""What `denyut export` may replace, what it leaves out, and what it says where it cannot write."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import Connection

from activity.agency import Agency, Channel, RegistryEntry
from activity.errors import ConfigError
from db.export.kind import PERSONAL, ColumnKind, choose_tables
from db.export.rows import TOLD, read_pieces, reading_once
from db.office.registry import save_registry
from db.opening import open_database
from desk.setting.config import Config, load_config
from desk.view import export
from desk.view.export import export_lite, export_parquet, read_rows
from testkit.database import new_database
from testkit.served import fill

_SAID = {
    ColumnKind.DAY: "strftime(\"{0}\", '%Y-%m-%d')",
    ColumnKind.MOMENT: "strftime(make_timestamp(epoch_us(\"{0}\")), '%Y-%m-%dT%H:%M:%SZ')",
    ColumnKind.CLOCK: "strftime(\"{0}\", '%Y-%m-%dT%H:%M:%S')",
}
"""How DuckDB says it as the views do."""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load_config({"DENYUT_DATABASE": new_database(tmp_path / "denyut.db")})


def _ignore(done: int, total: int) -> None:
    assert done <= total


def test_an_older_export_is_replaced_and_nothing_else(config: Config, tmp_path: Path) -> None:
    path, database = tmp_path / "kota.db", tmp_path / "denyut.db"
    tables = choose_tables(["posts", "views_version"])
    assert export_lite(config, path, tables, _ignore, force=False) == {"posts": 0, "views_version": 1}
    assert export_lite(config, path, tables[:1], _ignore, force=False) == {"posts": 0}
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()[0] == (
            "posts",
        )
    other = tmp_path / "surat.txt"
    other.write_text("milik orang")
    for force, named in ((False, other), (False, database), (True, database)):
        with pytest.raises(ConfigError, match=r"no export of ours|the database itself"):
            export_lite(config, named, tables, _ignore, force=force)
    assert other.read_text() == "milik orang"
    assert export_lite(config, other, tables, _ignore, force=True)
    with pytest.raises(ConfigError):
        export_lite(config, other / "kota.db", tables, _ignore, force=True)
    assert not list(tmp_path.glob(".*part"))


def test_a_folder_of_something_else_stays(config: Config, tmp_path: Path) -> None:
    tables = choose_tables(["posts", "accounts"])
    folder = tmp_path / "data"
    for _ in range(2):
        assert export_parquet(config, folder, tables, _ignore) == {"posts": 0, "accounts": 0}
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / "surat.txt").write_text("milik orang")
    with pytest.raises(ConfigError, match="did not write"):
        export_parquet(config, tmp_path / "lain", tables, _ignore)
    assert [each.name for each in (tmp_path / "lain").iterdir()] == ["surat.txt"]


def test_names_of_persons_are_left_out_unless_asked_for() -> None:
    plain = {table.name: table.columns.keys() for table in choose_tables()}
    asked = {table.name: table.columns.keys() for table in choose_tables(personal=True)}
    for view, columns in PERSONAL.items():
        assert plain[view] == asked[view] - set(columns)
        assert set(columns) <= asked[view]
    assert "counted_post" not in asked
    with pytest.raises(ConfigError, match="no view 'post'"):
        choose_tables(["post"])


def test_rows_for_a_machine_bear_truth_and_numbers(config: Config) -> None:
    ((view, row),) = read_rows(config, choose_tables(["views_version"]))
    assert (view, row) == ("views_version", {"version": 2, "timezone": None, "utc_offset": None})


def test_without_pyarrow_one_line_says_so(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"denyut\[parquet\]"):
        export_parquet(config, tmp_path / "data", choose_tables(), _ignore)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_views_are_of_one_moment(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = new_database(tmp_path / "denyut.db")
    if kind == "postgresql":
        url = request.getfixturevalue("new_postgres_url")
    engine, (table,) = open_database(url), choose_tables(["accounts"])

    def count(connection: Connection) -> int:
        return sum(len(rows) for rows in read_pieces(connection, table, TOLD))

    with reading_once(engine) as connection:
        counts = [count(connection)]
        entry = RegistryEntry(Agency("dinkes", "Dinas", "skpd"), {Channel.WEBSITE: "https://dinkes.go.id/"})
        save_registry(engine, [entry], datetime(2026, 3, 31, 12, tzinfo=UTC), timezone="Asia/Makassar")
        counts.append(count(connection))
    with reading_once(engine) as connection:
        counts.append(count(connection))
    engine.dispose()
    assert counts == [0, 0, 1]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_parquet_says_what_the_views_say(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = new_database(tmp_path / "denyut.db")
    if kind == "postgresql":
        url = request.getfixturevalue("new_postgres_url")
    fill(url).dispose()
    config, tables = load_config({"DENYUT_DATABASE": url}), choose_tables(personal=True)
    counts = export_parquet(config, tmp_path / "data", tables, _ignore)
    assert counts["posts"] > 100
    assert counts["looks"] == 6
    told: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in tables}
    for view, row in read_rows(config, tables):
        told[view].append(tuple(row.values()))
    with duckdb.connect() as asked:
        for table in tables:
            columns = ", ".join(_SAID.get(kind, '"{0}"').format(name) for name, kind in table.columns.items())
            files = f"read_parquet('{tmp_path}/data/{table.name}/**/*.parquet', hive_partitioning = true)"
            found = asked.execute(f"SELECT {columns} FROM {files}").fetchall()
            assert sorted(found, key=repr) == sorted(told[table.name], key=repr), table.name
