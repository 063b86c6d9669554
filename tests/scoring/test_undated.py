"""Posts without a day: their nights are not silent, nobody loses by them, and nobody gains by hiding days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.arrival import Arrival, choose_arrivals
from activity.ranking import Reason, Status
from activity.semester import Night, Semester
from scoring.placing.standing import score_account
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.rubrics.rule import StabilityRule

SEMESTER = Semester(2026, 1)
DAYS = SEMESTER.days()
END = DAYS[-1]
RUBRIC = replace(parse_rubric(load_default(), "keaktifan.toml"), stability=StabilityRule(draws=1))
BEFORE_IT = replace(RUBRIC, undated=None)


def day(index):
    return SEMESTER.first_day + timedelta(days=index)


def arrivals(*pairs):
    """From (night of the look before, night that met it); None for the first list."""
    found = (Arrival(f"/{n}", day(by), None if a is None else day(a)) for n, (a, by) in enumerate(pairs))
    return choose_arrivals(found, SEMESTER.first_day, END)


def judged(row, rubric=RUBRIC):
    return score_account(row, rubric, SEMESTER, END)


def test_an_office_that_posts_without_days_is_not_assessed_and_never_vacuum(make_row):
    row = make_row(arrivals=arrivals(*((n - 1, n) for n in range(5, 181, 7))), undated=26)
    assert judged(row, BEFORE_IT).status is Status.VAKUM
    now = judged(row)
    assert (now.status, now.reason, now.score) == (Status.TIDAK_DINILAI, Reason.UNDATED, None)
    assert now.coverage.seen == 181 - 26


def test_looks_far_apart_leave_too_few_nights_known(make_row):
    dated = [n for n in range(181) if n % 20 < 2]
    row = make_row(dated, arrivals=arrivals(*((n - 10, n) for n in range(19, 181, 20))), undated=9)
    assert judged(row, BEFORE_IT).reason is Reason.NONE
    assert judged(row).reason is Reason.UNDATED


def test_the_same_gaps_of_our_own_are_called_so(make_row):
    hidden = [n for n in range(181) if n % 2]
    row = make_row([0, 100], hidden, arrivals=arrivals((99, 101)), undated=1)
    assert judged(row).reason is Reason.LOW_COVERAGE


def test_a_silence_ends_at_the_night_that_met_a_post_and_begins_anew(make_row):
    row = make_row([0, 1, 2], arrivals=arrivals((119, 120)), undated=1)
    assert judged(row, BEFORE_IT).status is Status.VAKUM
    now = judged(row)
    assert (now.status, now.silent_since, now.silent_days) == (Status.KURANG_AKTIF, day(121), 60)
    assert now.last_post == day(2)
    longest = {m.name: m.value for m in now.metrics}["longest_silence"]
    assert longest == 117  # days 3 to 119


def test_one_post_without_a_day_answers_no_silence_that_lasts_until_the_end(make_row):
    now = judged(make_row(arrivals=arrivals((19, 20)), undated=1))
    assert (now.status, now.reason) == (Status.VAKUM, Reason.VACUUM)
    assert now.silent_since == day(21)


def test_one_that_came_before_the_semester_ends_a_silence_in_it(make_row):
    row = make_row(newest_before=date(2025, 9, 1), arrivals=arrivals((-12, -10)))
    early = replace(row, nights=(*row.nights[:60], *[Night.NOT_DUE] * 121))
    assert score_account(early, BEFORE_IT, SEMESTER, day(59)).status is Status.VAKUM
    assert score_account(early, RUBRIC, SEMESTER, day(59)).status is Status.KURANG_AKTIF


def test_a_first_list_without_days_proves_no_silence_before_it(make_row):
    first = arrivals(*[(None, 100)] * 9)
    nights = tuple(Night.RECONSTRUCTED if n < 100 else Night.SEEN for n in range(181))
    unknown = make_row(arrivals=first, undated=9, nights=nights, earliest_known=date(2026, 1, 1))
    assert judged(unknown, BEFORE_IT).status is Status.VAKUM
    assert judged(unknown).reason is Reason.UNDATED
    mostly_dated = make_row(range(0, 100, 5), arrivals=first, undated=9, nights=nights)
    assert judged(mostly_dated).coverage.share == 1


def test_a_dated_post_keeps_its_night_known(make_row):
    row = make_row([30], arrivals=arrivals((29, 31)), undated=1)
    assert judged(row).coverage.seen == 180


def test_a_week_in_which_such_a_post_may_stand_is_not_called_empty(make_row):
    posted = [7 * week for week in range(25)]
    plain = judged(make_row(posted))
    came = judged(make_row(posted, arrivals=arrivals((177, 178)), undated=1))
    assert [m.points for m in plain.metrics if m.name == "regularity"] == [pytest.approx(100 * 25 / 26)]
    assert [m.points for m in came.metrics if m.name == "regularity"] == [100]


@st.composite
def watched(draw):
    """What an office did, day by day, and on which nights it was looked at: posts with and without a day."""
    looks = sorted(draw(st.sets(st.integers(0, 180), min_size=20, max_size=181)) | {0})
    dated = draw(st.dictionaries(st.integers(1, 180), st.integers(1, 4), max_size=60))
    undated = draw(st.lists(st.integers(1, 180), max_size=25))
    return looks, dated, undated


def bounds(looks, published):
    """The looks around a publication; None where none came after it."""
    by = next((look for look in looks if look >= published), None)
    return None if by is None else (max(look for look in looks if look < published), by)


def row_of(make_row, looks, dated, pairs):
    last = looks[-1]
    hidden = range(last + 1, 181)
    return make_row(dated, hidden, arrivals=arrivals(*pairs), undated=len(pairs))


@given(watched(), st.integers(1, 180))
@settings(max_examples=150, deadline=None)
def test_one_more_post_without_a_day_never_makes_an_account_look_worse(make_row, office, published):
    looks, dated, undated = office
    pairs = [pair for each in undated if (pair := bounds(looks, each))]
    one = bounds(looks, published)
    if one is None:
        return
    row, more = (row_of(make_row, looks, dated, p) for p in (pairs, [*pairs, one]))
    blind = replace(
        row,
        nights=tuple(
            Night.UNSEEN if one[0] < n <= one[1] and not row.posts[n] else night
            for n, night in enumerate(row.nights)
        ),
    )
    old, hidden, new = judged(row), judged(blind), judged(more)
    assert not (new.status is Status.VAKUM and old.status is not Status.VAKUM)
    assert not (new.status is Status.VAKUM and hidden.status is not Status.VAKUM)
    for before in (old, hidden):
        if before.score is not None and new.score is not None:
            assert new.score >= before.score - 1e-9


@given(watched())
@settings(max_examples=150, deadline=None)
def test_nobody_is_vacuum_who_posted_within_the_limit(make_row, office):
    """By the truth: the newest publication that a look could meet, whether or not its day is told."""
    looks, dated, undated = office
    met = [day for day in (*dated, *undated) if bounds(looks, day)]
    pairs = [bounds(looks, each) for each in undated if bounds(looks, each)]
    standing = judged(row_of(make_row, looks, dated, pairs))
    if met and looks[-1] - max(met) <= RUBRIC.status.vacuum_days:
        assert standing.status is not Status.VAKUM


@given(st.dictionaries(st.integers(1, 180), st.integers(1, 4), max_size=90), st.data())
@settings(max_examples=150, deadline=None)
def test_whoever_hides_days_gains_next_to_nothing(make_row, dated, data):
    """Watched every night: a hidden day costs the post, and takes its one night from what is due."""
    chosen = data.draw(st.sets(st.sampled_from(sorted(dated)), max_size=40)) if dated else set()
    left = {n: count for n, count in dated.items() if n not in chosen}
    pairs = [(n - 1, n) for n in chosen for _ in range(dated[n])]
    shown = judged(make_row(dated))
    hiding = judged(make_row(left, arrivals=arrivals(*pairs), undated=len(pairs)))
    assert shown.score is not None
    if hiding.score is not None and shown.status is not Status.VAKUM:
        assert hiding.score <= shown.score + 0.5
