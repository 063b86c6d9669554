"""Rankings kept, found again, and shown to analysts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, text

from activity.agency import Agency, Channel
from activity.flag import Flag, FlagKind
from activity.outcome import Outcome
from activity.ranking import (
    Category,
    Change,
    Coverage,
    MetricScore,
    Ranking,
    Reason,
    Standing,
    Status,
    VacuumCause,
)
from activity.semester import Semester
from db.engine import reading
from db.semester.ranking import save_ranking

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def standing(slug: str, place: int | None, status: Status = Status.AKTIF) -> Standing:
    return Standing(
        agency=Agency(slug, slug.title(), "skpd"),
        channel=Channel.WEBSITE,
        address=f"https://{slug}.id/",
        place=place,
        score=None if place is None else 91.25,
        status=status,
        reason=Reason.NONE if place else Reason.LOW_COVERAGE,
        metrics=(MetricScore("frequency", 60.0, 93.5, 40.0, "60 posts against 52"),),
        coverage=Coverage(100, 20, 181, 120 / 181),
        posts=60,
        counted=58,
        undated=2,
        last_post=date(2026, 3, 1),
        silent_since=date(2026, 3, 2),
        silent_days=121,
        beyond_law=False,
        outcome=Outcome.OK,
        detail="",
    )


STANDINGS = (standing("a", 1), standing("b", 1), standing("c", None, Status.VAKUM))
RANKING = Ranking(
    semester=Semester(2026, 1),
    as_of=date(2026, 6, 30),
    rubric="keaktifan",
    version="1",
    digest="ab" * 32,
    places=3,
    shortlist=5,
    categories=(Category(Channel.WEBSITE, "skpd", STANDINGS),),
)


def query(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_the_identical_ranking_is_kept_once(engine: Engine) -> None:
    number = save_ranking(engine, RANKING, NOW)
    assert save_ranking(engine, RANKING, NOW.replace(day=9)) == number
    assert query(engine, "SELECT count(*) FROM ranking") == [(1,)]
    assert query(engine, "SELECT count(*) FROM ranking_row") == [(3,)]


def test_a_different_one_stands_beside_it_and_is_the_latest(engine: Engine) -> None:
    first = save_ranking(engine, RANKING, NOW)
    second = save_ranking(engine, replace(RANKING, as_of=date(2026, 6, 29)), NOW)
    latest = query(engine, "SELECT DISTINCT ranking, latest FROM rankings ORDER BY ranking")
    assert [(number, bool(last)) for number, last in latest] == [(first, False), (second, True)]
    (vacuum,) = query(engine, "SELECT semester, as_of, agency, silent_since, silent_days FROM vacuum")
    assert [str(value) for value in vacuum] == ["2026-S1", "2026-06-29", "c", "2026-03-02", "121"]


def test_what_is_shown_again_is_the_latest_again(engine: Engine) -> None:
    """Such as after a decision that was withdrawn."""
    first = save_ranking(engine, RANKING, NOW)
    save_ranking(engine, replace(RANKING, as_of=date(2026, 6, 29)), NOW)
    assert save_ranking(engine, RANKING, NOW) == first
    assert query(engine, "SELECT DISTINCT ranking FROM rankings WHERE latest") == [(first,)]


def test_what_a_standing_tells_beside_its_place(engine: Engine) -> None:
    flags = tuple(
        Flag(kind, "c", Channel.WEBSITE, (), "evidence")
        for kind in (FlagKind.SPAM, FlagKind.COPIED, FlagKind.COPIED)
    )
    told = replace(
        standing("c", None, Status.VAKUM),
        known_until=date(2026, 6, 30),
        best_place=2,
        worst_place=5,
        stability=0.75,
        held=3,
        flags=flags,
        rhythm=3.5,
        cause=VacuumCause.CERTIFICATE,
        alive_on=(Channel.INSTAGRAM, Channel.FACEBOOK),
        vacuum_on=date(2026, 7, 4),
        change=Change(
            ("old", "older"), 4, 61.5, (("regularity", 12.0), ("frequency", -3.25), ("freshness", 0.001))
        ),
    )
    save_ranking(engine, replace(RANKING, categories=(Category(Channel.WEBSITE, "skpd", (told,)),)), NOW)
    columns = (
        "known_until, best_place, worst_place, stability, held, flags, rhythm, cause, alive_on, vacuum_on, "
        "place_before, score_before, agencies_before, moved"
    )
    (row,) = query(engine, f"SELECT {columns} FROM rankings")
    assert [str(value) for value in row] == [
        "2026-06-30",
        *("2", "5", "0.75", "3", "2 copied, 1 spam"),
        *("3.5", "certificate expired", "instagram, facebook", "2026-07-04"),
        *("4", "61.5", "old, older", "regularity +12.00, frequency -3.25"),
    ]
    assert query(engine, "SELECT cause, rhythm, alive_on FROM vacuum") == [row[7:8] + row[6:7] + row[8:9]]


def test_ties_and_those_without_a_place(engine: Engine) -> None:
    save_ranking(engine, RANKING, NOW)
    rows = query(engine, "SELECT agency, place, score, reason FROM rankings ORDER BY agency")
    assert rows == [("a", 1, 91.25, ""), ("b", 1, 91.25, ""), ("c", None, None, "too few nights known")]


def test_a_ranking_of_nobody(engine: Engine) -> None:
    assert save_ranking(engine, replace(RANKING, categories=()), NOW) > 0
