"""A database of version 0.1 goes on: what it claimed is withdrawn until a new look proves it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from activity.agency import Agency
from activity.semester import Night, Semester
from db.engine import reading, writing
from db.migration import compose_config, known_revisions, newest_revision
from db.nightly.reach import Unproven, count_unproven
from db.opening import open_database
from db.schema.views import remove_views
from db.semester.activity import load_activity
from testkit.zone import MAKASSAR as ZONE
from tests.db.older import OlderDatabase

FIRST, SECOND, THIRD = date(2026, 2, 1), date(2026, 2, 9), date(2026, 2, 20)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of an older database of a server stands where the command is run."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def older(database_url: str) -> Iterator[OlderDatabase]:
    made = OlderDatabase(database_url)
    made.look(FIRST, date(2025, 12, 25))
    made.look(SECOND, date(2026, 2, 2))
    yield made
    made.engine.dispose()


def nights(engine: Any) -> dict[Night, int]:
    (row,) = (r for r in load_activity(engine, Semester(2026, 1), THIRD, ZONE) if r.channel == "website")
    return {state: row.nights.count(state) for state in Night}


@pytest.mark.usefixtures("older")
def test_claims_without_a_proof_are_withdrawn_and_told(database_url: str) -> None:
    engine = open_database(database_url)
    found = nights(engine)
    assert (found[Night.SEEN], found[Night.RECONSTRUCTED]) == (2, 0)
    with reading(engine) as connection:
        kept = connection.execute(text("SELECT complete_since, proof FROM looks")).all()
    assert all(since is not None and proof is None for since, proof in kept)
    # 38 days to the first night and 7 between both; the nights themselves were seen.
    assert count_unproven(engine, ZONE) == Unproven(2, 1, 38 + 7, date(2026, 2, 8))
    engine.dispose()


@pytest.mark.usefixtures("older")
def test_a_new_look_proves_them(database_url: str, open_office: Callable[[str], Any]) -> None:
    office = open_office(database_url)
    office.register(date(2025, 12, 1), KUIN, website="https://kuin.id/")
    office.crawl(THIRD, office.looked(back_to=date(2025, 12, 25)))
    assert count_unproven(office.engine, ZONE) == Unproven(2, 0, 0, None)
    found = nights(office.engine)
    assert found[Night.UNSEEN] == 0
    assert found[Night.SEEN] == 3


def test_only_a_field_of_an_interface_was_surely_changed_by_the_office(
    older: OlderDatabase, database_url: str
) -> None:
    early, late = date(2026, 1, 5), date(2026, 1, 30)
    older.post("/edited", ("api", "date_gmt", early), ("api", "date_gmt", late))
    older.post("/other-witness", ("api", "date_gmt", early), ("listing", "li .tgl", late))
    older.post("/other-reading", ("text", "p", early), ("text", "p", late))
    older.post("/rebuilt", ("feed", "pubDate", early), ("feed", "pubDate", late))
    older.post("/steady", ("api", "date_gmt", early))
    engine = open_database(database_url)
    with reading(engine) as connection:
        flagged = connection.execute(text("SELECT key FROM posts WHERE redated")).scalars().all()
        changes = connection.execute(text("SELECT key, cause FROM date_changes")).all()
    assert flagged == ["/edited"]
    assert {row.key: row.cause for row in changes} == {
        "/edited": "site",
        "/other-witness": "reading",
        "/other-reading": "reading",
        "/rebuilt": "reading",
    }
    engine.dispose()


def test_back_to_the_older_schema(older: OlderDatabase, database_url: str) -> None:
    older.post("/a", ("api", "date_gmt", date(2026, 1, 5)))
    engine = open_database(database_url)
    with writing(engine) as connection:
        remove_views(connection)
        config = compose_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    engine.dispose()
    again = open_database(database_url)
    assert nights(again)[Night.SEEN] == 2
    again.dispose()


def test_the_scripts_names_tell_their_revisions() -> None:
    scripts = ScriptDirectory.from_config(compose_config())
    assert known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert newest_revision() == scripts.get_current_head()
