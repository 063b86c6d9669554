"""The best and worst places that remain possible, and who is not told apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from activity.agency import Channel
from activity.flag import Flag, FlaggedPost, FlagKind, Treatment
from activity.jury import Action, Override
from activity.semester import Night
from scoring.placing.rank import rank

END = date(2026, 6, 30)
WEEKLY = range(3, 181, 7)


@pytest.fixture
def judge(rubric, semester):
    def of(*rows, by=rubric, decisions=()):
        (category,) = rank(rows, by, semester, END, decisions).categories
        return category, {s.agency.slug: s for s in category.standings}

    return of


@pytest.fixture
def flagged(semester):
    """A function: a flag on one post for each day given, as index or as (claimed, first seen)."""

    def flag(kind, slug, *days):
        first = semester.first_day
        pairs = [day if isinstance(day, tuple) else (day, day) for day in days]
        posts = tuple(
            FlaggedPost(f"p{day}", "", "", first + timedelta(days=day), first + timedelta(days=seen))
            for day, seen in pairs
        )
        return Flag(kind, slug, Channel.WEBSITE, posts, "evidence")

    return flag


def _span(standing):
    return standing.best_place, standing.place, standing.worst_place


def test_where_all_is_known_only_one_place_is_possible(make_row, judge):
    rows = [make_row(range(0, 181, step), slug=f"dinas-{step}") for step in (3, 5, 9)]
    category, found = judge(*rows)
    assert [_span(s) for s in found.values()] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]
    assert all(category.not_told_apart(s) == () for s in category.standings)


def test_a_tie_is_one_place_with_one_range(make_row, judge):
    category, found = judge(*(make_row(WEEKLY, slug=slug) for slug in ("dinas-a", "dinas-b", "dinas-c")))
    assert {_span(s) for s in found.values()} == {(1, 1, 1)}
    assert [s.agency.slug for s in category.not_told_apart(found["dinas-b"])] == ["dinas-a", "dinas-c"]


def test_unseen_nights_leave_places_open(make_row, judge):
    hidden = range(60, 100)
    rows = [
        make_row(range(0, 181, 6), slug="dinas-a"),
        make_row([day for day in WEEKLY if day not in hidden], hidden=hidden, slug="dinas-b"),
        make_row(range(0, 181, 20), slug="dinas-c"),
    ]
    category, found = judge(*rows)
    assert _span(found["dinas-b"])[0] == 1
    assert _span(found["dinas-a"])[2] == 2
    assert _span(found["dinas-c"]) == (3, 3, 3)
    assert [s.agency.slug for s in category.not_told_apart(found["dinas-a"])] == ["dinas-b"]
    assert category.not_told_apart(found["dinas-c"]) == ()


def test_held_posts_may_come(make_row, judge):
    held = tuple(1 if day % 4 == 0 else 0 for day in range(181))
    _, found = judge(
        make_row(WEEKLY, slug="dinas-a"),
        make_row(range(3, 181, 14), slug="dinas-b", held=held),
    )
    assert _span(found["dinas-a"]) == (1, 1, 2)
    assert _span(found["dinas-b"]) == (1, 2, 2)
    assert found["dinas-b"].held == sum(held)


def test_flagged_posts_that_count_may_go(make_row, judge, flagged):
    posts = [*WEEKLY, 5, 12]
    flag = flagged(FlagKind.BURST, "dinas-a", 5, 12, 17, 24)
    _, found = judge(make_row(posts, slug="dinas-a", flags=(flag,)), make_row(WEEKLY, slug="dinas-b"))
    assert _span(found["dinas-a"]) == (1, 1, 2)
    assert _span(found["dinas-b"]) == (1, 2, 2)


def test_the_strictest_flag_of_a_post_says_whether_it_may_go(make_row, judge, flagged, rubric):
    assert rubric.integrity.treatment[FlagKind.SPAM] is Treatment.DROP
    flags = (flagged(FlagKind.BURST, "dinas-a", 3, 10), flagged(FlagKind.SPAM, "dinas-a", 3, 10))
    _, found = judge(make_row([*WEEKLY, 5], slug="dinas-a", flags=flags), make_row(WEEKLY, slug="dinas-b"))
    assert _span(found["dinas-a"]) == (1, 1, 1)


def test_a_post_counted_when_first_seen_may_come_on_the_day_it_claims(make_row, judge, flagged):
    flag = flagged(FlagKind.BACK_DATED, "dinas-b", (40, 178), (47, 178))
    gap = [day for day in WEEKLY if day not in (38, 45, 52)]
    _, found = judge(
        make_row([day for day in WEEKLY if day != 45], slug="dinas-a"),
        make_row({**dict.fromkeys(gap, 1), 178: 3}, slug="dinas-b", flags=(flag,)),
    )
    assert _span(found["dinas-b"]) == (1, 2, 2)


def test_what_the_jury_decided_is_open_no_more(make_row, judge, flagged, semester):
    days = (5, 12, 17, 24)
    row = make_row([*WEEKLY, 5, 12], slug="dinas-a", flags=(flagged(FlagKind.BURST, "dinas-a", *days),))
    at = datetime(2026, 7, 10, tzinfo=UTC)
    decisions = [
        Override(n, str(semester), "dinas-a", Channel.WEBSITE, Action.COUNT, f"p{day}", "ketua", "", "", at)
        for n, day in enumerate(days)
    ]
    _, found = judge(row, make_row(WEEKLY, slug="dinas-b"), decisions=decisions)
    assert _span(found["dinas-a"]) == (1, 1, 1)


def test_a_vacuum_account_that_may_be_alive_may_stand_before_others(make_row, judge):
    silent = make_row(range(0, 80), hidden=range(150, 158), slug="dinas-v")
    _, found = judge(make_row(range(3, 181, 30), slug="dinas-a"), silent)
    assert found["dinas-v"].place is None
    assert _span(found["dinas-a"]) == (1, 1, 2)


def test_an_account_that_may_be_vacuum_stands_last_at_worst(make_row, judge):
    posts = range(0, 86)
    doubtful = make_row(posts, hidden=range(120, 130), slug="dinas-a")
    _, found = judge(doubtful, make_row(range(3, 181, 30), slug="dinas-b"))
    assert _span(found["dinas-a"]) == (1, 1, 2)
    assert _span(found["dinas-b"]) == (1, 2, 2)


def test_an_account_without_enough_coverage_is_nobodys_rival(make_row, judge):
    unknown = make_row(range(0, 181), hidden=range(0, 100), slug="dinas-u")
    _, found = judge(make_row(WEEKLY, slug="dinas-a"), unknown)
    assert found["dinas-u"].best_place is None
    assert _span(found["dinas-a"]) == (1, 1, 1)


def test_a_reconstructed_night_that_is_worth_less_is_known_all_the_same(make_row, judge, rubric):
    half = replace(rubric, coverage=replace(rubric.coverage, reconstructed_worth=0.5))
    nights = (Night.RECONSTRUCTED,) * 80 + (Night.SEEN,) * 101
    rows = (make_row(WEEKLY, nights=nights), make_row(range(0, 181, 30), slug="dinas-b"))
    _, found = judge(*rows, by=half)
    assert _span(found["dinas-a"]) == (1, 1, 1)
