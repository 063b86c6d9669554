"""What an analyst reads: every question of the page on both engines, and the ranking's own numbers in SQL."""

import asyncio
import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import Engine, text

from db.asking import asking
from db.engine import reading
from db.export.choice import ORDERS, RowChoice
from db.export.kind import ColumnKind, Table, choose_tables, kind_of
from db.export.lite import is_export, write_lite
from db.export.page import read_page
from db.export.parquet import SCRIPT, write_parquet
from db.export.rows import reading_once, tell_row
from db.opening import open_database
from db.schema.views import VIEWS
from db.sql import run_query
from desk.semester.judge import Judgement, keep
from reports.tables import render_tables
from testkit.database import new_database
from testkit.played import SEMESTERS, copy_to, judge_at, play_year
from testkit.questions import Question, read_questions, show_answer, show_table
from testkit.schema import find_faults
from testkit.zone import MAKASSAR
from web.api.document import describe_row

_SEMESTER = SEMESTERS[1]
_LAST = _SEMESTER.days()[-1]
_QUESTIONS = read_questions()
_NOTEBOOK = Path(__file__).parents[2] / "examples" / "analis.ipynb"
_NAMED = re.compile(r"\b(?:FROM|JOIN) (\w+)")
_POSTS = {"posts", "engagement", "engagement_history"}
_LONG = _POSTS | {"looks", "nights", "weekly_activity", "monthly_activity", "months"}
"""Views of which one office is enough."""
_COUNTED = """
SELECT agency, channel, count(*) AS posts FROM posts
WHERE counts_on BETWEEN '2026-01-01' AND '2026-06-30' GROUP BY agency, channel
"""
_FLAGS = """
SELECT agency, channel, count(DISTINCT number) AS flags FROM flags
WHERE semester = '2026-S1' GROUP BY agency, channel
"""


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(new_database(tmp_path_factory.mktemp("played") / "denyut.db"))
    play_year(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def played(request: pytest.FixtureRequest, lite: Engine) -> Iterator[Engine]:
    """The same year on each engine."""
    if request.param == "sqlite":
        yield lite
        return
    engine = open_database(request.getfixturevalue("module_postgres_url"))
    copy_to(lite, engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def judgement(played: Engine) -> Judgement:
    return judge_at(played, _SEMESTER, _LAST)


def _url(engine: Engine) -> str:
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


def _ask(engine: Engine, query: str) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def test_there_are_twenty() -> None:
    assert [question.title.split(".")[0] for question in _QUESTIONS] == [str(n) for n in range(1, 21)]


@pytest.mark.parametrize("question", _QUESTIONS, ids=lambda question: question.title.split(" · ")[-1])
def test_each_question_has_the_answer_of_the_page(played: Engine, question: Question) -> None:
    assert question.answer.count("\n") > 2, "no row"
    assert show_answer(_url(played), question.query) == question.answer


@pytest.mark.parametrize("table", choose_tables(), ids=lambda table: table.name)
def test_a_program_gets_each_row_of_a_view_once(played: Engine, table: Table) -> None:
    """Page by page, as the JSON API gives them, and as its document describes them."""
    chosen = RowChoice({"agency": "disdukcapil"} if table.name in _LONG else {})
    items: list[dict[str, Any]] = []
    after: Any = ()
    while after is not None:
        with asking(played.url.render_as_string(hide_password=False), 60) as asked:
            page = read_page(asked, table, chosen, after or None, 150)
        items += [tell_row(table, row) for row in page.rows]
        after = page.after
    where = " WHERE agency = 'disdukcapil'" if chosen.equal else ""
    (count,) = _ask(played, f"SELECT count(*) AS rows FROM {table.name}{where}")
    keys = {tuple(row[column] for column in ORDERS[table.name]) for row in items}
    assert len(items) == len(keys) == count["rows"]
    assert items or table.name in {"records", "seals"}
    schema = describe_row(table)
    assert [fault for row in items for fault in find_faults({}, schema, row)] == []


def test_no_question_needs_a_raw_table() -> None:
    views = {view.name for view in VIEWS}
    for question in _QUESTIONS:
        own = set(re.findall(r"(?:WITH|,) (\w+) AS \(", question.query))
        assert set(_NAMED.findall(question.query)) - own <= views, question.title


def test_views_ranking_and_report_have_the_same_numbers(played: Engine, judgement: Judgement) -> None:
    counted = {(row["agency"], row["channel"]): row["posts"] for row in _ask(played, _COUNTED)}
    flagged = {(row["agency"], row["channel"]): row["flags"] for row in _ask(played, _FLAGS)}
    kept = _ask(played, "SELECT * FROM rankings WHERE latest AND semester = '2026-S1'")
    shown = {(row["agency"], row["channel"]): row for row in kept}
    report = csv.DictReader(io.StringIO(render_tables(judgement.ranking)["ranking.csv"].decode()))
    printed = {(row["slug"], row["channel"]): row for row in report}
    standings = {(s.agency.slug, s.channel): s for c in judgement.ranking.categories for s in c.standings}
    assert shown.keys() == printed.keys() == standings.keys()
    assert len(standings) > 60
    for place, standing in standings.items():
        assert counted.get(place, 0) == standing.posts == shown[place]["posts"], place
        # The report leaves the cell empty where nothing is known.
        known = standing.posts or standing.coverage.seen or standing.coverage.reconstructed
        assert printed[place]["posts"] == (str(standing.posts) if known else ""), place
        assert flagged.get(place, 0) == len(standing.flags), place
        assert shown[place]["score"] == standing.score, place
        assert shown[place]["place"] == standing.place, place


def test_metrics_and_nights_are_the_rankings_own(played: Engine, judgement: Judgement) -> None:
    latest = "latest AND semester = '2026-S1'"
    metrics = {
        (row["agency"], row["channel"], row["metric"]): (row["value"], row["points"], row["weight"])
        for row in _ask(played, f"SELECT * FROM ranking_metrics WHERE {latest}")
    }
    tallies = "SELECT * FROM semester_activity WHERE semester = '2026-S1'"
    nights = {(row["agency"], row["channel"]): row for row in _ask(played, tallies)}
    standings = [s for category in judgement.ranking.categories for s in category.standings]
    assert len(metrics) == sum(len(standing.metrics) for standing in standings) > 150
    for standing in standings:
        place = standing.agency.slug, standing.channel
        for metric in standing.metrics:
            told = metrics[*place, metric.name]
            assert told == pytest.approx((metric.value, metric.points, metric.weight)), (place, metric)
        if standing.address is not None:
            row, known = nights[place], standing.coverage
            assert row["nights_due"] == known.due, place
            # A night over which a post without a day came was looked at, but the ranking knows nothing of it.
            if not standing.undated:
                told_nights = row["nights_seen"], row["nights_reconstructed"]
                assert told_nights == (known.seen, known.reconstructed), place


def test_a_renamed_account_counts_once_everywhere(played: Engine, judgement: Judgement) -> None:
    renamed = "agency = 'dpupr' AND channel = 'instagram'"
    (twice,) = _ask(
        played,
        "SELECT count(*) AS stored, count(DISTINCT post.key) AS posts FROM post JOIN account"
        " ON account.id = post.account_id JOIN agency ON agency.id = account.agency_id"
        " WHERE agency.slug = 'dpupr' AND account.channel = 'instagram'",
    )
    assert twice["stored"] > twice["posts"]
    (once,) = _ask(
        played, f"SELECT count(*) AS posts, count(DISTINCT key) AS keys FROM posts WHERE {renamed}"
    )
    assert once == {"posts": twice["posts"], "keys": twice["posts"]}
    (engaged,) = _ask(
        played, f"SELECT count(*) AS posts, count(DISTINCT key) AS keys FROM engagement WHERE {renamed}"
    )
    assert engaged["posts"] == engaged["keys"] > 0
    (month,) = _ask(
        played, f"SELECT sum(posts) AS posts FROM months WHERE semester = '2026-S1' AND {renamed}"
    )
    (standing,) = [
        s
        for category in judgement.ranking.categories
        for s in category.standings
        if (s.agency.slug, s.channel) == ("dpupr", "instagram")
    ]
    assert month["posts"] == standing.posts
    addresses = _ask(played, f"SELECT address, open FROM accounts WHERE {renamed} ORDER BY turn")
    assert [bool(row["open"]) for row in addresses] == [False, True]
    late = f"SELECT max(days_late) AS days FROM posts WHERE semester = '2026-S1' AND {renamed}"
    assert _ask(played, late)[0]["days"] <= 14


def test_engagement_knows_what_was_observed_under_an_older_handle_alone(played: Engine) -> None:
    renamed = "agency = 'dpupr' AND channel = 'instagram'"
    open_one = (
        "SELECT account.id FROM account JOIN agency ON agency.id = account.agency_id"
        " WHERE agency.slug = 'dpupr' AND account.channel = 'instagram' AND account.valid_to IS NULL"
    )
    newest = f"SELECT key, max(observed_at) FROM engagement_history WHERE {renamed} GROUP BY key"
    shown = f"SELECT key, observed_at FROM engagement WHERE {renamed}"
    with played.execution_options(denyut_writes=True).connect() as connection:
        connection.execute(text(f"DELETE FROM post_metric WHERE account_id = ({open_one})"))
        found = sorted(map(tuple, connection.execute(text(shown))))
        known = sorted(map(tuple, connection.execute(text(newest))))
        connection.rollback()
    assert found == known
    assert len(found) > 0


def test_local_hours_are_the_citys(played: Engine) -> None:
    (row,) = _ask(
        played,
        "SELECT published_at, local_time, hour, weekday, day, precision FROM posts WHERE agency = 'dinkes'"
        " AND channel = 'website' AND semester = '2026-S1' ORDER BY published_at LIMIT 1",
    )
    utc, local = (datetime.fromisoformat(str(row[name])) for name in ("published_at", "local_time"))
    assert utc.astimezone(MAKASSAR).replace(tzinfo=None) == local
    assert (local.hour, str(local.date())) == (row["hour"], str(row["day"]))
    fine = "SELECT count(*) AS posts FROM posts WHERE precision = 'day' AND local_time IS NOT NULL"
    assert _ask(played, fine) == [{"posts": 0}]
    assert _ask(played, "SELECT * FROM views_version") == [
        {"version": 2, "timezone": "Asia/Makassar", "utc_offset": 28800}
    ]


def test_the_dictionary_names_every_column_and_tells_tables_apart(played: Engine) -> None:
    told = _ask(played, "SELECT * FROM dictionary WHERE kind = 'view' AND position > 0")
    assert {(row["name"], row["column_name"]) for row in told} == {
        (view.name, column) for view in VIEWS for column in view.columns
    }
    (post,) = _ask(played, "SELECT kind, meaning FROM dictionary WHERE name = 'post'")
    assert post["kind"] == "table"
    if played.dialect.name == "postgresql":
        (comment,) = _ask(played, "SELECT obj_description(CAST('posts' AS regclass), 'pg_class') AS said")
        assert comment["said"].startswith("Each post of an agency")


def test_the_page_can_be_asked_by_a_reader_alone(played: Engine) -> None:
    answer = run_query(_url(played), "SELECT count(*) FROM dictionary")
    assert answer.confined
    assert next(iter(answer.rows))[0] > 300


def test_a_ranking_that_is_shown_again_is_noticed_once(played: Engine, judgement: Judgement) -> None:
    tally = "SELECT semester, count(*) AS posts FROM {} GROUP BY semester ORDER BY semester"
    before = [_ask(played, tally.format(table)) for table in ("flags", "ruling")]
    keep(judgement)
    assert [_ask(played, tally.format(table)) for table in ("flags", "ruling")] == before
    assert str(_SEMESTER) in [row["semester"] for row in before[0]]


@pytest.fixture(scope="module")
def tables() -> tuple[Table, ...]:
    return choose_tables(personal=True)


def test_columns_are_of_the_kinds_that_are_told(played: Engine) -> None:
    if played.dialect.name == "sqlite":
        return
    said = _ask(
        played,
        "SELECT table_name AS view, column_name AS name, data_type AS type FROM information_schema.columns"
        " WHERE table_schema = 'public'",
    )
    of_ours = {
        "text": ColumnKind.TEXT,
        "integer": ColumnKind.INTEGER,
        "bigint": ColumnKind.INTEGER,
        "double precision": ColumnKind.REAL,
        "boolean": ColumnKind.TRUTH,
        "date": ColumnKind.DAY,
        "timestamp with time zone": ColumnKind.MOMENT,
        "timestamp without time zone": ColumnKind.CLOCK,
    }
    views = {view.name for view in VIEWS}
    for row in said:
        if row["view"] in views and row["type"] != "numeric":  # a sum: of whole numbers, or a share
            assert kind_of(row["view"], row["name"]) is of_ours[row["type"]], row


@pytest.fixture
def closed_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what Datasette opens, already when imported: Python 3.13 warns of every connection left open."""
    connect, opened = sqlite3.connect, list[sqlite3.Connection]()

    def connect_here(*words: Any, **named: Any) -> sqlite3.Connection:
        opened.append(connect(*words, **named | {"check_same_thread": False}))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connect_here)
    yield
    for each in opened:
        each.close()


@pytest.mark.usefixtures("closed_behind")
def test_datasette_answers_from_the_exported_file(
    played: Engine, tables: tuple[Table, ...], tmp_path: Path
) -> None:
    path = tmp_path / "kota.db"
    with reading_once(played) as connection:
        counts = write_lite(connection, path, tables, lambda _done, _all: None)
    assert counts["posts"] > 4000
    assert is_export(path)

    from datasette.app import Datasette

    async def ask() -> None:
        opened = Datasette(immutables=[str(path)], settings={"sql_time_limit_ms": 60_000})
        for question in _QUESTIONS:
            query = {"sql": question.query, "_shape": "objects"}
            answer = (await opened.client.get("/kota.json", params=query)).json()
            rows = [list(row.values()) for row in answer["rows"]]
            assert show_table(answer["columns"], rows) == question.answer, question.title
        assert (await opened.client.get("/kota/posts?_facet=channel")).status_code == 200

    asyncio.run(ask())


def test_duckdb_answers_from_the_exported_folder(
    played: Engine, tables: tuple[Table, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading_once(played) as connection:
        counts = write_parquet(connection, tmp_path, tables, lambda _done, _all: None)
    assert (tmp_path / "posts" / "semester=2026-S1" / "part-0.parquet").is_file()
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as asked:
        asked.execute((tmp_path / SCRIPT).read_text())
        for table in tables:
            answer = asked.execute(f"SELECT * FROM {table.name}")
            assert {column[0] for column in answer.description or ()} == table.columns.keys()
            assert len(answer.fetchall()) == counts[table.name]
        for question in _QUESTIONS:
            answer = asked.execute(question.query)
            columns = [column[0] for column in answer.description or ()]
            assert show_table(columns, answer.fetchall()) == question.answer, question.title
    _run_notebook(tmp_path)


def _run_notebook(folder: Path) -> None:
    """Run the cells of the example as Jupyter would, on a folder named `data`."""
    (folder / "data").symlink_to(folder)
    cells = json.loads(_NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec("".join(cell["source"]), names)
    for name in ("months", "known", "hours", "silent"):
        assert names[name].fetchall(), name
    names["asked"].close()
