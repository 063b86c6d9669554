"""What must hold of every ranking, whatever the data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.agency import Agency, Channel
from activity.ranking import ActivityRow, Status
from activity.semester import Night, Semester
from scoring.rank import rank
from scoring.rubric import load_default, parse_rubric
from scoring.standing import score_account

SEMESTER = Semester(2026, 1)
DAYS = len(SEMESTER.days())
RUBRIC = parse_rubric(load_default(), "keaktifan.toml")

posts = st.dictionaries(st.integers(0, DAYS - 1), st.integers(1, 9), max_size=90)
hidden_nights = st.sets(st.integers(0, DAYS - 1), max_size=50)
before = st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31))


@st.composite
def rows(draw, slug="dinas-a"):
    counts, unseen, seen_from = draw(posts), draw(hidden_nights), draw(st.integers(0, DAYS))
    return ActivityRow(
        agency=Agency(slug, slug, draw(st.sampled_from(["skpd", "kelurahan"]))),
        channel=draw(st.sampled_from(list(Channel))),
        address="x",
        posts=tuple(counts.get(i, 0) for i in range(DAYS)),
        nights=tuple(
            Night.UNSEEN if i in unseen else Night.SEEN if i >= seen_from else Night.RECONSTRUCTED
            for i in range(DAYS)
        ),
        newest_before=draw(before),
        earliest_known=draw(before),
    )


as_ofs = st.dates(SEMESTER.first_day, SEMESTER.end_day + timedelta(days=30))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=6), st.data(), as_ofs)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_never_matters(copies, data, as_of):
    drawn = [data.draw(rows(slug=f"dinas-{n}")) for n in range(3)]
    many = [
        replace(drawn[kind % 3], agency=replace(drawn[kind % 3].agency, slug=f"x-{n}", name=f"x-{n}"))
        for n, kind in enumerate(copies)
    ]
    shuffled = data.draw(st.permutations(many))
    assert rank(many, RUBRIC, SEMESTER, as_of) == rank(shuffled, RUBRIC, SEMESTER, as_of)


@given(rows(), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_ties_are_ties(row, copies):
    same = [replace(row, agency=replace(row.agency, slug=f"x-{n}")) for n in range(copies)]
    (category,) = rank(same, RUBRIC, SEMESTER, date(2026, 6, 30)).categories
    assert len({s.place for s in category.standings}) == 1


@given(rows(), as_ofs)
@settings(max_examples=100, deadline=None)
def test_nothing_leaves_0_to_100(row, as_of):
    standing = score_account(row, RUBRIC, SEMESTER, as_of)
    figures = [standing.score or 0.0, *(m.points for m in standing.metrics)]
    assert all(0 <= figure <= 100 for figure in figures)
    assert 0 <= standing.coverage.share <= 1
    assert (standing.score is None) == (standing.status is Status.TIDAK_DINILAI)


@given(rows(), st.integers(0, DAYS - 1))
@settings(max_examples=100, deadline=None)
def test_adding_a_post_never_lowers_a_score(row, day):
    more = replace(row, posts=(*row.posts[:day], row.posts[day] + 1, *row.posts[day + 1 :]))
    old, new = (score_account(each, RUBRIC, SEMESTER, date(2026, 6, 30)) for each in (row, more))
    if old.score is not None:
        assert (new.score or 0) >= (old.score or 0) - 1e-9


@given(rows(), hidden_nights)
@settings(max_examples=100, deadline=None)
def test_hiding_nights_never_lowers_a_score_and_never_makes_a_vacuum(row, hidden):
    blind = replace(
        row, nights=tuple(Night.UNSEEN if i in hidden else night for i, night in enumerate(row.nights))
    )
    old, new = (score_account(each, RUBRIC, SEMESTER, date(2026, 6, 30)) for each in (row, blind))
    if new.score is not None:
        assert (new.score or 0) >= (old.score or 0) - 1e-9
    assert not (new.status is Status.VAKUM and old.status is not Status.VAKUM)


@given(
    st.integers(26, 400),
    st.sampled_from([(Channel.WEBSITE, "skpd"), (Channel.WEBSITE, "kelurahan"), (Channel.INSTAGRAM, "skpd")]),
    before,
)
@settings(max_examples=100, deadline=None)
def test_a_flood_in_the_last_week_gains_less_than_a_fifth_of_the_same_posts_spread(
    count, kind, newest_before
):
    channel, level = kind

    def score(days):
        tally = [0] * DAYS
        for day in days:
            tally[day] += 1
        row = ActivityRow(
            Agency("dinas-a", "A", level),
            channel,
            "x",
            tuple(tally),
            (Night.SEEN,) * DAYS,
            newest_before=newest_before,
        )
        return score_account(row, RUBRIC, SEMESTER, date(2026, 6, 30)).score

    nothing = score([])
    spread = score(n * DAYS // count for n in range(count)) - nothing
    flood = score(DAYS - 7 + n * 7 // count for n in range(count)) - nothing
    assert flood < spread / 5


@pytest.mark.parametrize("day", [0, 90, 180])
def test_a_post_of_an_unseen_night_counts(day):
    tally = tuple(1 if i in {day, 50} else 0 for i in range(DAYS))
    row = ActivityRow(
        Agency("dinas-a", "A", "skpd"),
        Channel.WEBSITE,
        "x",
        tally,
        tuple(Night.UNSEEN if i == day else Night.SEEN for i in range(DAYS)),
    )
    assert score_account(row, RUBRIC, SEMESTER, date(2026, 6, 30)).counted == 2
