"""A semester's bounds and its nights in Indonesia's three time zones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.semester import Semester, night_of
from testkit.zone import JAKARTA, JAYAPURA, MAKASSAR

ZONES = [JAKARTA, MAKASSAR, JAYAPURA]
HOURS = dict(zip(ZONES, (7, 8, 9), strict=True))
semesters = st.builds(Semester, st.integers(1996, 2998), st.sampled_from([1, 2]))


@pytest.mark.parametrize("zone", ZONES, ids=["WIB", "WITA", "WIT"])
def test_a_semester_begins_and_ends_at_local_midnight(zone):
    start, end = Semester(2026, 1).bounds(zone)
    assert start == datetime(2025, 12, 31, 24 - HOURS[zone], tzinfo=UTC)
    assert end == datetime(2026, 6, 30, 24 - HOURS[zone], tzinfo=UTC)


@given(semesters, st.sampled_from(ZONES), st.integers(0, 190 * 86400))
def test_a_moment_is_within_the_bounds_just_when_its_local_day_is_in_the_semester(semester, zone, seconds):
    start, end = semester.bounds(zone)
    moment = (start - timedelta(days=2)).astimezone(UTC) + timedelta(seconds=seconds)
    assert (start <= moment < end) == (Semester.of(moment.astimezone(zone).date()) == semester)


@given(semesters, st.sampled_from(ZONES))
def test_semesters_follow_each_other_without_a_gap(semester, zone):
    assert semester.previous.bounds(zone)[1] == semester.bounds(zone)[0]
    assert len(semester.days()) in {181, 182, 184}
    assert [day for week in semester.weeks() for day in week] == list(range(len(semester.days())))
    assert all(4 <= len(week) <= 10 for week in semester.weeks())


@pytest.mark.parametrize("zone", ZONES, ids=["WIB", "WITA", "WIT"])
def test_a_night_runs_from_local_noon_to_noon(zone):
    noon = datetime(2026, 7, 1, 12, tzinfo=zone)
    assert night_of(noon.astimezone(UTC), zone) == date(2026, 7, 1)
    assert night_of((noon - timedelta(seconds=1)).astimezone(UTC), zone) == date(2026, 6, 30)


def test_one_moment_is_another_night_further_east():
    moment = datetime(2026, 6, 30, 4, tzinfo=UTC)
    assert [night_of(moment, zone) for zone in ZONES] == [
        date(2026, 6, 29),
        date(2026, 6, 30),
        date(2026, 6, 30),
    ]
