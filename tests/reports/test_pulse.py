"""The first screen of a semester, counted from a ranking and its nights."""

from dataclasses import replace
from datetime import date

import pytest

from activity.agency import Channel
from activity.jury import Stage
from activity.outcome import Outcome
from activity.ranking import Change, Status
from activity.result.pulse import NightHealth, Protest, PublicRuling, SemesterView
from activity.semester import Night
from desk.view.semester import arrange_offices, take_pulse

NIGHT = NightHealth(date(2026, 6, 20), outcomes={Channel.WEBSITE: {Outcome.OK: 4, Outcome.GONE: 1}})


@pytest.fixture(scope="module")
def pulse(city):
    return take_pulse(city.ranking, city.rows, city.earlier, 90, NIGHT)


def _moved(city, *moves: tuple[str, int | None]):
    """The ranking whose offices stood elsewhere in the semester before."""
    website, instagram = city.ranking.categories
    before = dict(moves)
    standings = tuple(
        replace(s, change=Change((s.agency.slug,), before[s.agency.slug], 50.0, (("frequency", 4.0),)))
        if s.agency.slug in before
        else s
        for s in website.standings
    )
    return replace(city.ranking, categories=(replace(website, standings=standings), instagram))


def test_every_account_and_every_gap_is_in_exactly_one_count(city, pulse):
    for counted, category in zip(pulse.categories, city.ranking.categories, strict=True):
        kinds = (counted.alive, counted.weak, counted.dead, counted.unseen, counted.none)
        assert sum(kinds) == len(category.standings)
    website, instagram = pulse.categories
    assert (website.alive, website.dead, website.none) == (4, 1, 1)
    assert (instagram.unseen, instagram.none) == (1, 0)
    assert [s.agency.slug for s in pulse.missing] == ["bkd"]
    assert [s.agency.slug for s in pulse.unseen] == ["kel-x"]


def test_medians_are_of_those_that_are_known(pulse):
    website, instagram = pulse.categories
    assert website.score == 70.0
    assert (instagram.score, instagram.posts) == (None, None)


def test_weeks_hold_every_post_of_the_weeks_that_are_over_and_no_running_week(city, pulse):
    assert [week.first_day for week in pulse.weeks][:2] == [date(2026, 1, 1), date(2026, 1, 8)]
    last = len(pulse.weeks) * 7
    assert sum(week.posts or 0 for week in pulse.weeks) == sum(sum(r.posts[:last]) for r in city.rows)
    assert city.ranking.semester.days()[last - 1] <= city.ranking.as_of
    # In one week of either semester nobody looked, which is no zero.
    assert [week.first_day for week in pulse.weeks if week.before is None] == [date(2026, 2, 12)]
    assert [week.first_day for week in pulse.weeks if week.posts is None] == [date(2026, 2, 12)]


def test_a_week_of_which_nothing_is_known_is_no_zero(city):
    dark = [replace(r, posts=(0,) * len(r.posts), nights=(Night.UNSEEN,) * len(r.nights)) for r in city.rows]
    pulse = take_pulse(city.ranking, dark, (), 90, NIGHT)
    assert {week.posts for week in pulse.weeks} == {None}
    assert {week.before for week in pulse.weeks} == {None}


def test_who_rose_and_who_fell_by_places_the_largest_move_first(city):
    moved = _moved(city, ("dinkes", 3), ("dishub", 1), ("disdik", 2), ("dinsos", None))
    pulse = take_pulse(moved, city.rows, city.earlier, 90, NIGHT)
    assert [s.agency.slug for s in pulse.rose] == ["dinkes"]
    assert [s.agency.slug for s in pulse.fell] == ["dishub"]


def test_only_a_silence_that_became_vacuum_in_this_semester_is_news(city, pulse):
    assert [s.agency.slug for s in pulse.vacuum] == ["dinsos"]
    assert pulse.silenced == pulse.vacuum  # silent since 3 November, vacuum since February
    older = tuple(
        replace(s, silent_since=date(2025, 9, 1)) if s.status is Status.VAKUM else s
        for s in city.ranking.categories[0].standings
    )
    ranking = replace(
        city.ranking,
        categories=(replace(city.ranking.categories[0], standings=older), city.ranking.categories[1]),
    )
    assert take_pulse(ranking, city.rows, city.earlier, 90, NIGHT).silenced == ()


def test_a_night_counts_whom_it_looked_at_and_whom_it_could_not_see():
    assert NIGHT.looked == 5
    assert NIGHT.troubles == ((Outcome.GONE, 1),)


def test_offices_come_by_level_then_name_with_what_was_decided_of_them(city, pulse):
    view = SemesterView("Kota Uji", city.ranking, Stage.PROVISIONAL, city.rows, city.earlier, pulse)
    ruling, protest = (
        PublicRuling(1, "do not count post", "k", date(2026, 7, 2)),
        Protest(1, Channel.WEBSITE, date(2026, 7, 3), None, None),
    )
    offices = list(arrange_offices(view, {("dinkes", Channel.WEBSITE): [ruling]}, {"dishub": [protest]}))
    names = [office.agency.name for office in offices]
    assert names[:-1] == sorted(names[:-1], key=str.casefold)
    assert names[-1] == "Kelurahan X"
    by_slug = {office.agency.slug: office for office in offices}
    assert by_slug["dinkes"].lines[0].rulings == (ruling,)
    assert by_slug["dishub"].protests == (protest,)
    assert by_slug["bkd"].lines[0].halves == (None, None)
