"""Rubrics adopted for a semester: appended, the newest in force."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from activity.semester import Semester
from db.semester.rubric import Adoption, adopt_rubric, load_adopted, load_adoptions

SEMESTER = Semester(2026, 1)
FIRST = Adoption(
    "2026-S1", "kota", "1", "name = 'kota'\n", "Awal.", "denyut", datetime(2026, 1, 2, tzinfo=UTC)
)
SECOND = replace(FIRST, version="2", text="name = 'kota'\n# 2\n", reason="Rapat.", who="Budi")


def test_what_goes_in_comes_out_and_the_newest_is_in_force(engine: Engine) -> None:
    assert load_adopted(engine, SEMESTER) is None
    assert adopt_rubric(engine, FIRST) == FIRST
    assert load_adopted(engine, SEMESTER) == FIRST
    assert adopt_rubric(engine, SECOND) == SECOND
    assert load_adopted(engine, SEMESTER) == SECOND
    assert load_adoptions(engine) == (FIRST, SECOND)
    assert load_adopted(engine, SEMESTER.previous) is None


def test_the_text_in_force_is_not_adopted_again(engine: Engine) -> None:
    adopt_rubric(engine, FIRST)
    assert adopt_rubric(engine, replace(FIRST, who="Budi")) == FIRST
    assert load_adoptions(engine, SEMESTER) == (FIRST,)


def test_a_first_ranking_changes_nothing_that_was_decided(engine: Engine) -> None:
    adopt_rubric(engine, SECOND)
    assert adopt_rubric(engine, FIRST, first=True) == SECOND
    assert load_adoptions(engine) == (SECOND,)


def test_an_earlier_version_may_come_back(engine: Engine) -> None:
    for adoption in (FIRST, SECOND, FIRST):
        adopt_rubric(engine, adoption)
    assert load_adopted(engine, SEMESTER) == FIRST
    assert len(load_adoptions(engine)) == 3
