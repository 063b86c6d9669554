"""Long questions beside others: each of the same moment, whatever is written meanwhile."""

import pytest
from sqlalchemy import Connection, Engine, text

from activity.errors import StoreError
from db.companion import asking_beside
from db.engine import reading, writing


def count_settings(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM setting")).scalar_one())


def add_setting(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, '')"), {"name": name})


def test_every_question_is_answered_of_one_moment(engine: Engine) -> None:
    with reading(engine) as connection:
        before = count_settings(connection)
        with asking_beside(connection) as ask:
            add_setting(engine, "meanwhile")
            first, second = ask(count_settings), ask(count_settings)
            assert (first(), second(), count_settings(connection)) == (before, before, before)
    with reading(engine) as connection, asking_beside(connection) as ask:
        assert ask(count_settings)() == before + 1


def test_a_question_that_fails_raises_our_error_where_its_answer_is_fetched(engine: Engine) -> None:
    def ask_too_long(connection: Connection) -> int:
        connection.execute(text("SET LOCAL statement_timeout = 20"))
        return int(connection.execute(text("SELECT 1 FROM pg_sleep(5)")).scalar_one())

    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite ends no question by itself")
    with reading(engine) as connection, asking_beside(connection) as ask:
        answer = ask(ask_too_long)
        assert count_settings(connection) > 0
        with pytest.raises(StoreError, match="timeout"):
            answer()
    # The connection went back to the pool as it came.
    with reading(engine) as connection, asking_beside(connection) as ask:
        assert ask(count_settings)() == count_settings(connection)


def test_questions_wait_for_each_other_where_more_are_asked_than_run(engine: Engine) -> None:
    with reading(engine) as connection, asking_beside(connection) as ask:
        answers = [ask(count_settings) for _ in range(6)]
        assert len({answer() for answer in answers}) == 1
