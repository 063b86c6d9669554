"""Silence, status and the guard that nobody is called vacuum for nights that nobody saw."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from activity.agency import Channel
from activity.outcome import Outcome
from activity.ranking import Reason, Status, VacuumCause
from activity.semester import Night
from scoring.placing.rank import rank
from scoring.placing.standing import score_account

END = date(2026, 6, 30)


@pytest.fixture
def judge(rubric, semester):
    return lambda row, as_of=END: score_account(row, rubric, semester, as_of)


@pytest.mark.parametrize(
    ("days", "status"),
    [(0, "aktif"), (30, "aktif"), (31, "kurang aktif"), (90, "kurang aktif"), (91, "vakum"), (180, "vakum")],
)
def test_status_by_days_since_the_last_post(make_row, judge, days, status):
    standing = judge(make_row([180 - days]))
    assert standing.status == status
    assert standing.silent_days == days
    assert standing.last_post == END - timedelta(days=days)
    assert standing.silent_since == (END - timedelta(days=days - 1) if days else None)
    assert not standing.beyond_law


def test_beyond_the_law_after_180_days(make_row, judge):
    assert judge(make_row(newest_before=date(2025, 12, 31))).beyond_law
    assert not judge(make_row([0])).beyond_law


def test_a_running_semester_is_judged_as_of_its_day(make_row, judge):
    standing = judge(make_row([10, 170]), date(2026, 4, 30))
    assert standing.last_post == date(2026, 1, 11)
    assert standing.silent_days == 109
    assert standing.status is Status.VAKUM


def test_after_its_end_a_semester_is_judged_on_its_last_day(make_row, judge):
    assert judge(make_row([120]), date(2026, 9, 1)).silent_days == 60


def test_an_account_without_any_post_is_silent_since_watching_began(make_row, judge):
    standing = judge(make_row(earliest_known=date(2025, 11, 1)))
    assert standing.last_post is None
    assert standing.silent_since == date(2025, 11, 1)
    assert standing.status is Status.VAKUM
    assert standing.beyond_law


def test_an_account_without_any_post_is_never_called_active(make_row, judge):
    assert judge(make_row(), date(2026, 1, 20)).status is Status.KURANG_AKTIF


def test_unseen_nights_do_not_lengthen_a_silence(make_row, judge):
    last, hidden = 85, range(140, 160)
    assert judge(make_row([last])).status is Status.VAKUM
    standing = judge(make_row([last], hidden=hidden))
    assert standing.status is Status.KURANG_AKTIF
    assert standing.silent_days == 95


def test_no_vacuum_without_coverage(make_row, judge):
    standing = judge(make_row([0], hidden=range(100, 181)))
    assert standing.status is Status.TIDAK_DINILAI
    assert standing.reason is Reason.LOW_COVERAGE
    assert standing.score is None
    assert standing.last_post == date(2026, 1, 1)


def test_a_site_that_was_down_ten_nights_loses_nothing(make_row, judge):
    posts = [i for i in range(0, 181, 3) if not 60 <= i < 70]
    down = judge(make_row(posts, hidden=range(60, 70)))
    up = judge(make_row(posts))
    assert (down.score or 0) > (up.score or 0)
    assert down.status is Status.AKTIF


def test_a_vacuum_account_has_a_score_but_no_place(make_row, rubric, semester):
    ranking = rank([make_row([20]), make_row([170], slug="dinas-b")], rubric, semester, END)
    first, vacuum = ranking.categories[0].standings
    assert (first.agency.slug, first.place) == ("dinas-b", 1)
    assert (vacuum.place, vacuum.reason) == (None, Reason.VACUUM)
    assert (vacuum.score or 0) > 0
    assert ranking.vacuum() == (vacuum,)


def test_a_reconstructed_night_is_known(make_row, judge):
    nights = (Night.RECONSTRUCTED,) * 120 + (Night.SEEN,) * 61
    standing = judge(make_row(range(0, 181, 3), nights=nights))
    assert standing.coverage.share == 1
    assert standing.coverage.reconstructed == 120
    assert standing.score == judge(make_row(range(0, 181, 3))).score


@pytest.mark.parametrize(
    ("outcome", "detail", "cause"),
    [
        (Outcome.UNREACHABLE, "https://a.example/: certificate expired", VacuumCause.CERTIFICATE),
        (Outcome.UNCHANGED, "Nothing changed. https: certificate expired", VacuumCause.CERTIFICATE),
        (Outcome.UNREACHABLE, "https://a.example/: timed out", VacuumCause.UNREACHABLE),
        (Outcome.GONE, "", VacuumCause.GONE),
        (Outcome.PARKED, "", VacuumCause.GONE),
        (Outcome.MOVED, "", VacuumCause.MOVED),
        (Outcome.HACKED, "", VacuumCause.HACKED),
        (Outcome.SUSPENDED, "", VacuumCause.SUSPENDED),
        (Outcome.MAINTENANCE, "", VacuumCause.MAINTENANCE),
        (Outcome.OK, "", VacuumCause.SILENT),
        (None, "", VacuumCause.SILENT),
    ],
)
def test_a_vacuum_has_the_cause_that_its_health_tells(make_row, judge, outcome, detail, cause):
    standing = judge(make_row([20], outcome=outcome, detail=detail))
    assert (standing.status, standing.cause) == (Status.VAKUM, cause)
    assert judge(make_row([170], outcome=outcome, detail=detail)).cause is None


def test_a_silent_website_whose_instagram_is_alive(make_row, rubric, semester):
    rows = [
        make_row([20]),
        make_row(range(0, 181, 5), channel=Channel.INSTAGRAM),
        make_row([30], channel=Channel.FACEBOOK),
        make_row([20], slug="dinas-b"),
    ]
    ranking = rank(rows, rubric, semester, END)
    alive = {(s.agency.slug, s.channel): s.alive_on for c in ranking.categories for s in c.standings}
    assert alive == {
        ("dinas-a", Channel.WEBSITE): (Channel.INSTAGRAM,),
        ("dinas-a", Channel.FACEBOOK): (Channel.INSTAGRAM,),
        ("dinas-a", Channel.INSTAGRAM): (),
        ("dinas-b", Channel.WEBSITE): (),
    }


def test_it_may_be_alive_where_the_rubric_ranks_nothing(make_row, rubric, semester):
    only_websites = replace(rubric, targets={Channel.WEBSITE: rubric.targets[Channel.WEBSITE]})
    unseen = range(0, 181)
    rows = [
        make_row([20]),
        make_row(range(0, 181, 5), channel=Channel.INSTAGRAM),
        make_row(range(0, 181, 5), hidden=unseen, channel=Channel.FACEBOOK),
    ]
    (category,) = rank(rows, only_websites, semester, END).categories
    assert [s.alive_on for s in category.standings] == [(Channel.INSTAGRAM,)]


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [([3, 10], None), ([3, 10, 40], 18.5), ([0, 7, 14, 21], 7), ([0, 1, 2, 60, 70], 5.5), ([], None)],
)
def test_the_rhythm_before_a_silence_is_the_median_of_the_days_between_posts(make_row, judge, days, rhythm):
    assert judge(make_row(days)).rhythm == rhythm


def test_who_will_be_vacuum_within_the_fortnight_is_warned_of(make_row, rubric, semester):
    last = {"dinas-a": 90, "dinas-b": 102, "dinas-c": 103, "dinas-d": 104, "dinas-e": 89}
    ranking = rank([make_row([day], slug=slug) for slug, day in last.items()], rubric, semester, END)
    assert [(s.agency.slug, s.vacuum_on) for s in ranking.warnings()] == [
        ("dinas-a", date(2026, 7, 1)),
        ("dinas-b", date(2026, 7, 13)),
        ("dinas-c", date(2026, 7, 14)),
    ]
    (vacuum,) = ranking.vacuum()
    assert (vacuum.agency.slug, vacuum.vacuum_on) == ("dinas-e", None)


def test_an_account_warned_of_is_vacuum_on_that_day_and_not_before(make_row, judge):
    row = make_row([20], hidden=range(50, 53))
    warned = judge(row, date(2026, 4, 20))
    assert warned.vacuum_on == date(2026, 4, 25)
    assert judge(row, warned.vacuum_on - timedelta(days=1)).status is Status.KURANG_AKTIF
    assert judge(row, warned.vacuum_on).status is Status.VAKUM
