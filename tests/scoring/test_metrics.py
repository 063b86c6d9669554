"""Each metric against figures worked out by hand."""

from datetime import date
from math import log

import pytest

from activity.agency import Channel
from activity.semester import Night
from scoring.metrics.frequency import score_frequency
from scoring.metrics.freshness import score_freshness
from scoring.metrics.regularity import score_regularity
from scoring.observation import observe


@pytest.fixture
def look(semester):
    return lambda row, as_of=date(2026, 6, 30): observe(row, semester, as_of)


def test_frequency_at_half_the_target(make_row, rubric, look):
    # 181 nights = 25.857 weeks, two a week = 51.71 posts; 26 on separate days
    result = score_frequency(look(make_row(range(0, 181, 7))), rubric)
    assert result.points == pytest.approx(70 * 26 / (2 * 181 / 7))
    assert result.value == pytest.approx(26 / (181 / 7))
    assert result.explanation == (
        "26 posts counted against 2 a week × 25.86 known weeks = 51.71: ratio 0.503, 70·0.503 = 35.19"
    )


def test_frequency_beyond_the_target_is_concave(make_row, rubric, look):
    result = score_frequency(look(make_row(range(0, 181, 1))), rubric)
    ratio = 181 / (2 * 181 / 7)
    assert result.points == pytest.approx(70 + 30 * log(ratio) / log(5))
    assert "70 + 30·min(1, ln 3.500 / ln 5)" in result.explanation


def test_frequency_caps_a_day_and_a_week(make_row, rubric, look):
    assert score_frequency(look(make_row({10: 50})), rubric).explanation.startswith("3 posts counted")
    week = dict.fromkeys(range(7), 3)
    assert score_frequency(look(make_row(week)), rubric).explanation.startswith("10 posts counted")
    kelurahan = score_frequency(look(make_row(week, level="kelurahan")), rubric)
    assert kelurahan.explanation.startswith("5 posts counted against 1 a week")
    instagram = score_frequency(look(make_row(week, channel=Channel.INSTAGRAM)), rubric)
    assert instagram.explanation.startswith("15 posts counted against 3 a week")


def test_frequency_owes_nothing_for_unseen_nights(make_row, rubric, look):
    seen = score_frequency(look(make_row(range(0, 180, 5))), rubric)
    hidden = score_frequency(look(make_row(range(0, 180, 5), hidden=range(1, 29))), rubric)
    assert hidden.points == pytest.approx(seen.points * 181 / 153)


def test_posts_after_the_day_judged_are_not_counted(make_row, rubric, look):
    row = make_row([5, 100])
    assert score_frequency(look(row, date(2026, 2, 1)), rubric).explanation.startswith("1 posts counted")


def test_regularity_is_the_share_of_weeks_with_a_post(make_row, rubric, look):
    result = score_regularity(look(make_row(range(0, 91, 7))), rubric)
    assert result.points == pytest.approx(100 * 13 / 26)
    assert result.explanation == (
        "13 of 26 judged weeks hold a post (0 left out, fewer than 4 nights known): 100·13/26 = 50.00"
    )


def test_regularity_leaves_out_a_week_that_nobody_saw(make_row, rubric, look):
    posts = range(0, 91, 7)
    three_known = score_regularity(look(make_row(posts, hidden=range(91, 95))), rubric)
    assert three_known.points == pytest.approx(100 * 13 / 25)
    four_known = score_regularity(look(make_row(posts, hidden=range(91, 94))), rubric)
    assert four_known.points == pytest.approx(50)


def test_regularity_counts_a_post_of_a_night_that_nobody_saw(make_row, rubric, look):
    result = score_regularity(look(make_row([*range(0, 91, 7), 92], hidden=range(91, 98))), rubric)
    assert result.points == pytest.approx(100 * 14 / 26)


def test_freshness_is_the_mean_of_the_banded_age(make_row, rubric, look):
    # one post on the first day: ages 0 to 180
    result = score_freshness(look(make_row([0])), rubric)
    assert result.points == pytest.approx((8 * 100 + 7 * 80 + 16 * 60 + 60 * 20) / 181)
    assert result.value == pytest.approx(90)


def test_freshness_starts_from_the_newest_post_before_the_semester(make_row, rubric, look):
    # 31 days old on the first day: 60 nights at 20 points, the rest at 0
    result = score_freshness(look(make_row(newest_before=date(2025, 12, 1))), rubric)
    assert result.points == pytest.approx(60 * 20 / 181)


def test_freshness_without_any_known_post_opens_as_if_posted_on_the_eve(make_row, rubric, look):
    unknown = score_freshness(look(make_row()), rubric)
    assert unknown.points == score_freshness(look(make_row(newest_before=date(2025, 12, 31))), rubric).points
    watched = score_freshness(look(make_row(earliest_known=date(2025, 1, 1))), rubric)
    assert watched.points == 0


def test_an_unseen_night_counts_only_where_it_helps(make_row, rubric, look):
    row = make_row([0, 100])
    whole = score_freshness(look(row), rubric).points
    stale_hidden = score_freshness(look(make_row([0, 100], hidden=range(60, 90))), rubric)
    fresh_hidden = score_freshness(look(make_row([0, 100], hidden=range(100, 108))), rubric)
    assert stale_hidden.points > whole
    assert fresh_hidden.points == pytest.approx(whole)
    assert "8 unseen ones" in fresh_hidden.explanation


def test_nights_before_the_agency_existed_are_not_due(make_row, rubric, look):
    nights = (Night.NOT_DUE,) * 91 + (Night.SEEN,) * 90
    row = make_row(range(91, 181, 7), nights=nights)
    assert score_regularity(look(row), rubric).points == 100
    assert score_freshness(look(row), rubric).points == 100


def test_a_row_of_another_semester_is_refused(make_row, semester):
    with pytest.raises(ValueError, match="not one entry for each day"):
        observe(make_row(posts=[], nights=(Night.SEEN,)), semester, date(2026, 6, 30))
