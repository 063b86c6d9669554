"""Each metric against figures worked out by hand."""

from dataclasses import replace
from datetime import date
from math import log

import pytest

from activity.agency import Channel
from activity.metric import Metric
from activity.ranking import Engagement, MetricScore
from activity.semester import Night
from scoring.measuring.coverage import measure_coverage
from scoring.measuring.measure import Sources
from scoring.measuring.observation import observe
from scoring.metrics.engagement import score_engagement
from scoring.metrics.frequency import score_frequency
from scoring.metrics.freshness import score_freshness
from scoring.metrics.longest_silence import score_longest_silence
from scoring.metrics.posts_a_week import score_posts_a_week
from scoring.metrics.regularity import score_regularity
from scoring.placing.standing import score_account


@pytest.fixture
def measure(semester, rubric):
    """A function: what a metric says of a row, as a standing shows it."""

    def one(score, row, as_of=date(2026, 6, 30), by=rubric):
        seen = observe([row], semester, as_of)
        found = score([row] if score is score_engagement else seen, by)
        line = found.explain(0, Sources(seen, measure_coverage(seen, by.coverage)))
        return MetricScore(found.metric, float(found.value[0]), float(found.points[0]), 0.0, line)

    return one


def test_frequency_at_half_the_target(make_row, measure):
    # 181 nights = 25.857 weeks, two a week = 51.71 posts; 26 on separate days
    result = measure(score_frequency, make_row(range(0, 181, 7)))
    assert result.points == pytest.approx(70 * 26 / (2 * 181 / 7))
    assert result.value == pytest.approx(26 / (181 / 7))
    assert result.explanation == (
        "26 posts counted against 2 a week × 25.86 known weeks = 51.71: ratio 0.503, 70·0.503 = 35.19;"
        " 26 posts on 26 days, 2026-01-01 to 2026-06-25; 181 of 181 nights known, 2026-01-01 to 2026-06-30"
    )


def test_frequency_beyond_the_target_is_concave(make_row, measure):
    result = measure(score_frequency, make_row(range(0, 181, 1)))
    ratio = 181 / (2 * 181 / 7)
    assert result.points == pytest.approx(70 + 30 * log(ratio) / log(5))
    assert "70 + 30·min(1, ln 3.500 / ln 5)" in result.explanation


def test_frequency_caps_a_day_and_a_week(make_row, measure):
    assert measure(score_frequency, make_row({10: 50})).explanation.startswith("3 posts counted")
    week = dict.fromkeys(range(7), 3)
    assert measure(score_frequency, make_row(week)).explanation.startswith("10 posts counted")
    kelurahan = measure(score_frequency, make_row(week, level="kelurahan"))
    assert kelurahan.explanation.startswith("5 posts counted against 1 a week")
    instagram = measure(score_frequency, make_row(week, channel=Channel.INSTAGRAM))
    assert instagram.explanation.startswith("15 posts counted against 3 a week")


def test_frequency_owes_nothing_for_unseen_nights(make_row, measure):
    seen = measure(score_frequency, make_row(range(0, 180, 5)))
    hidden = measure(score_frequency, make_row(range(0, 180, 5), hidden=range(1, 29)))
    assert hidden.points == pytest.approx(seen.points * 181 / 153)


def test_posts_after_the_day_judged_are_not_counted(make_row, measure):
    row = make_row([5, 100])
    assert measure(score_frequency, row, date(2026, 2, 1)).explanation.startswith("1 posts counted")


def test_regularity_is_the_share_of_weeks_with_a_post(make_row, measure):
    result = measure(score_regularity, make_row(range(0, 91, 7)))
    assert result.points == pytest.approx(100 * 13 / 26)
    assert result.explanation == (
        "13 of 26 judged weeks hold a post (0 left out, fewer than 4 nights known): 100·13/26 = 50.00;"
        " 13 posts on 13 days, 2026-01-01 to 2026-03-26"
    )


def test_regularity_leaves_out_a_week_that_nobody_saw(make_row, measure):
    posts = range(0, 91, 7)
    three_known = measure(score_regularity, make_row(posts, hidden=range(91, 95)))
    assert three_known.points == pytest.approx(100 * 13 / 25)
    four_known = measure(score_regularity, make_row(posts, hidden=range(91, 94)))
    assert four_known.points == pytest.approx(50)


def test_regularity_counts_a_post_of_a_night_that_nobody_saw(make_row, measure):
    result = measure(score_regularity, make_row([*range(0, 91, 7), 92], hidden=range(91, 98)))
    assert result.points == pytest.approx(100 * 14 / 26)


def test_freshness_is_the_mean_of_the_banded_age(make_row, measure):
    # one post on the first day: ages 0 to 180
    result = measure(score_freshness, make_row([0]))
    assert result.points == pytest.approx((8 * 100 + 7 * 80 + 16 * 60 + 60 * 20) / 181)
    assert result.value == pytest.approx(90)


def test_freshness_starts_from_the_newest_post_before_the_semester(make_row, measure):
    # 31 days old on the first day: 60 nights at 20 points, the rest at 0
    result = measure(score_freshness, make_row(newest_before=date(2025, 12, 1)))
    assert result.points == pytest.approx(60 * 20 / 181)


def test_freshness_without_any_known_post_opens_as_if_posted_on_the_eve(make_row, measure):
    unknown = measure(score_freshness, make_row())
    assert unknown.points == measure(score_freshness, make_row(newest_before=date(2025, 12, 31))).points
    watched = measure(score_freshness, make_row(earliest_known=date(2025, 1, 1)))
    assert watched.points == 0


def test_an_unseen_night_counts_only_where_it_helps(make_row, measure):
    row = make_row([0, 100])
    whole = measure(score_freshness, row).points
    stale_hidden = measure(score_freshness, make_row([0, 100], hidden=range(60, 90)))
    fresh_hidden = measure(score_freshness, make_row([0, 100], hidden=range(100, 108)))
    assert stale_hidden.points > whole
    assert fresh_hidden.points == pytest.approx(whole)
    assert "8 unseen ones" in fresh_hidden.explanation


def test_nights_before_the_agency_existed_are_not_due(make_row, measure):
    nights = (Night.NOT_DUE,) * 91 + (Night.SEEN,) * 90
    row = make_row(range(91, 181, 7), nights=nights)
    assert measure(score_regularity, row).points == 100
    assert measure(score_freshness, row).points == 100


def test_the_longest_silence_is_the_longest_run_of_known_nights_without_a_post(make_row, measure):
    result = measure(score_longest_silence, make_row([0, 10, 55, 60, 100, 140, 180]))
    assert (result.value, result.points) == (44, 40)
    assert result.explanation == (
        "longest silence 44 known nights, 2026-01-12 to 2026-02-24: 40 points of its band;"
        " 181 of 181 nights known, 2026-01-01 to 2026-06-30"
    )


def test_unseen_nights_do_not_lengthen_the_longest_silence(make_row, measure):
    assert measure(score_longest_silence, make_row([0, 100, 180], hidden=range(20, 60))).value == 79
    assert measure(score_longest_silence, make_row(range(181))).explanation.startswith(
        "longest silence 0 known nights: 100 points"
    )


def test_a_silence_begins_no_earlier_than_the_agency(make_row, measure):
    nights = (Night.NOT_DUE,) * 91 + (Night.SEEN,) * 90
    result = measure(score_longest_silence, make_row([180], nights=nights))
    assert result.value == 89
    assert "2026-04-02 to 2026-06-29" in result.explanation


def test_posts_a_week_are_counted_without_a_cap(make_row, measure):
    result = measure(score_posts_a_week, make_row({10: 20, 11: 6}))
    assert result.value == pytest.approx(26 / (181 / 7))
    assert result.points == pytest.approx(100 * 26 / (181 / 7) / 2)
    assert measure(score_posts_a_week, make_row({10: 400})).points == 100


def test_engagement_is_the_rate_by_followers(make_row, measure):
    shown = make_row([3], followers=2000, engagement=Engagement(posts=4, interactions=200, followers=2000))
    result = measure(score_engagement, shown)
    assert (result.value, result.points) == (0.025, 50)
    assert "200 interactions with 4 posts" in result.explanation
    full = replace(shown, engagement=Engagement(posts=4, interactions=7200, followers=2000))
    assert measure(score_engagement, full).points == 100


def test_an_account_that_shows_no_figures_lacks_engagement_and_loses_nothing(make_row, rubric, semester):
    weighed = replace(rubric, weights={**rubric.weights, Metric.ENGAGEMENT: 10, Metric.FREQUENCY: 30})
    hidden = score_account(make_row(range(3, 181, 7)), weighed, semester, date(2026, 6, 30))
    assert Metric.ENGAGEMENT not in [m.name for m in hidden.metrics]
    points = {m.name: m.points for m in hidden.metrics}
    assert hidden.score == pytest.approx(
        (30 * points["frequency"] + 30 * points["regularity"] + 30 * points["freshness"]) / 90
    )


def test_metrics_without_weight_are_shown_and_not_scored(make_row, rubric, semester):
    row = make_row([3], engagement=Engagement(posts=1, interactions=5, followers=50))
    standing = score_account(row, rubric, semester, date(2026, 6, 30))
    shown = [m.name for m in standing.metrics if not m.weight]
    assert shown == [metric for metric in Metric if not rubric.weights[metric]]
    assert {"longest_silence", "posts_a_week", "engagement"} <= set(shown)


def test_a_row_of_another_semester_is_refused(make_row, semester):
    with pytest.raises(ValueError, match="not one entry for each day"):
        observe([make_row(posts=[], nights=(Night.SEEN,))], semester, date(2026, 6, 30))
