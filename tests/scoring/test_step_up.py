"""What would have brought an account one place higher, proven by ranking it again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.agency import Agency
from activity.metric import Metric
from activity.ranking import Engagement
from activity.semester import Night, Semester
from scoring.placing.rank import rank
from scoring.placing.step_up import find_step_up
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.rubrics.rule import Deduction, StrictRule

SEMESTER, LAST = Semester(2026, 1), date(2026, 6, 30)
RUBRIC = parse_rubric(load_default(), "keaktifan.toml")
DAYS = SEMESTER.days()

days = st.sets(st.integers(0, 180), min_size=1, max_size=60)


def standings(rows, rubric):
    (category,) = rank(rows, rubric, SEMESTER, LAST).categories
    return category.standings


def explain(rows, slug, rubric=RUBRIC):
    (category,) = rank(rows, rubric, SEMESTER, LAST).categories
    standing = next(s for s in category.standings if s.agency.slug == slug)
    row = next(r for r in rows if r.agency.slug == slug)
    return standing, find_step_up(row, standing, category, rubric, SEMESTER, LAST)


def with_posts(row, added):
    posts = list(row.posts)
    for day in added:
        posts[DAYS.index(day)] += 1
    return replace(row, posts=tuple(posts))


@settings(max_examples=40, deadline=None)
@given(mine=days, other=days, hidden=st.sets(st.integers(0, 180), max_size=20))
def test_a_post_on_each_named_day_passes_the_one_above(make_row, mine, other, hidden):
    rows = [make_row(mine, hidden, slug="mine"), make_row(other, slug="other")]
    standing, step = explain(rows, "mine")
    if standing.place != 2:
        assert step is None
        return
    assert step.rival.agency.slug == "other"
    assert all(rows[0].nights[DAYS.index(day)] is Night.SEEN for day in step.days)
    assert all(not rows[0].posts[DAYS.index(day)] for day in step.days)
    if step.days:
        (category,) = rank([with_posts(rows[0], step.days), rows[1]], RUBRIC, SEMESTER, LAST).categories
        assert category.standings[0].agency.slug == "mine"
        assert category.standings[0].score == pytest.approx(step.score)


@settings(max_examples=15, deadline=None)
@given(mine=days, other=days)
def test_where_one_post_would_have_been_enough_one_is_named(make_row, mine, other):
    rows = [make_row(mine, slug="mine"), make_row(other, slug="other")]
    _, step = explain(rows, "mine")
    if step is None:
        return
    silent = [day for n, day in enumerate(DAYS) if not rows[0].posts[n]]
    tried = [
        replace(with_posts(rows[0], [day]), agency=Agency(f"try-{n}", "Try", "skpd"))
        for n, day in enumerate(silent)
    ]
    scores = {s.agency.slug: s.score or 0.0 for s in standings([*tried, rows[1]], RUBRIC)}
    assert any(score > scores["other"] + 1e-8 for score in scores.values()) == (len(step.days) == 1)


def test_gaps_add_up_where_an_account_lacks_a_metric_that_weighs(make_row):
    text = (
        load_default()
        .replace("engagement = 0", "engagement = 20")
        .replace("frequency = 40", "frequency = 20")
    )
    rubric = parse_rubric(text, "keaktifan.toml")
    shown = Engagement(posts=4, interactions=200, followers=2000)
    rows = [
        make_row(range(0, 181, 14), slug="mine"),
        make_row(range(0, 181, 3), slug="other", engagement=shown),
    ]
    (category,) = rank(rows, rubric, SEMESTER, LAST).categories
    other, mine = category.standings
    assert sum(mine.contributions.values()) == pytest.approx(mine.score)
    step = find_step_up(rows[0], mine, category, rubric, SEMESTER, LAST)
    assert step is not None
    assert sum(gap for _, gap in step.gaps) == pytest.approx((other.score or 0) - (mine.score or 0))


def test_what_a_strict_rubric_deducts_is_part_of_the_way_up(make_row):
    lost = StrictRule(deductions=(Deduction(Metric.LONGEST_SILENCE, 100, 10),))
    strict = replace(RUBRIC, strict=lost)
    rows = [
        make_row(range(0, 181, 4), slug="other"),
        make_row({*range(0, 80, 3), *range(97, 181, 3)}, slug="mine"),
    ]
    assert explain(rows, "mine")[1] is None  # first, as long as nothing is deducted
    standing, step = explain(rows, "mine", strict)
    assert (standing.place, standing.deductions) == (2, (("longest_silence", 10),))
    (category,) = rank([rows[0], with_posts(rows[1], step.days)], strict, SEMESTER, LAST).categories
    assert category.standings[0].agency.slug == "mine"
    assert category.standings[0].score == pytest.approx(step.score)


def test_the_gap_is_told_metric_by_metric(make_row):
    rows = [make_row(range(0, 181, 14), slug="mine"), make_row(range(0, 181, 3), slug="other")]
    standing, step = explain(rows, "mine")
    assert sum(gap for _, gap in step.gaps) == pytest.approx(step.rival.score - standing.score)
    assert [gap for _, gap in step.gaps] == sorted((gap for _, gap in step.gaps), reverse=True)


def test_nobody_stands_above_the_first_or_above_who_has_no_place(make_row):
    rows = [make_row(range(0, 181, 3), slug="first"), make_row([1], slug="dead"), make_row(slug="never")]
    assert [explain(rows, slug)[1] for slug in ("first", "dead", "never")] == [None, None, None]


def test_what_no_number_of_posts_would_have_done_is_said(make_row):
    full = dict.fromkeys(range(181), 3)
    rows = [make_row(dict.fromkeys(range(181), 1), slug="mine"), make_row(full, slug="other")]
    _, step = explain(rows, "mine")
    assert (step.days, step.score) == ((), None)
