"""The city is the same for the same seed, and its places are told apart."""

import json
from datetime import date, datetime, time, timedelta

import pytest

from activity.agency import Channel, Participation
from activity.semester import Semester
from samplecity.city import City
from samplecity.office import Build
from samplecity.truth import CheatKind, TrueStatus

END = date(2026, 6, 30)


def test_same_seed_same_city(city):
    assert City.build(seed=1) == city
    assert City.build(seed=2) != city


def test_at_least_22_offices_on_two_levels_with_every_build(city):
    assert len(city.agencies) >= 22
    assert {agency.level for agency in city.agencies} == {"skpd", "kelurahan"}
    builds = {presence.build for office in city.offices for presence in office.presences}
    assert builds - {None} == set(Build)
    missing = [c for office in city.offices for c in Channel if office.presence(c) is None]
    assert set(missing) == set(Channel)
    judges = [agency for agency in city.agencies if agency.participation is Participation.NON_KOMPETISI]
    assert [judge.slug for judge in judges] == ["diskominfo"]


def test_posts_fill_both_half_years_and_nobody_publishes_at_night(city):
    first, end = Semester(2025, 2).first_day, Semester(2026, 1).end_day
    honest = [i for o in city.offices for p in o.presences for i in p.items if not i.injected]
    assert all(first <= item.published.date() < end for item in honest)
    assert all(6 <= item.published.hour <= 22 for item in honest)
    assert any(item.published.hour == 6 for item in honest)
    assert {item.published.date() < date(2026, 1, 1) for item in honest} == {True, False}


def test_sunday_rests(city):
    for office in city.offices:
        for presence in office.presences:
            ordinary = [i for i in presence.items if not (i.injected or i.back_dated or presence.flooded)]
            assert all(item.published.weekday() != 6 for item in ordinary), office.slug


def test_numbers_and_moments_are_unique_within_an_account(city):
    for office in city.offices:
        for presence in office.presences:
            assert [item.number for item in presence.items] == list(range(1, len(presence.items) + 1))
            appeared = [item.appears for item in presence.items]
            assert appeared == sorted(appeared)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_only_one_pair_publishes_on_the_same_days(seed):
    truth = City.build(seed).truth(END)
    days: dict[tuple[object, ...], list[str]] = {}
    for account in truth.accounts:
        if account.posts:
            key = (account.channel, account.level, tuple(post.day for post in account.posts))
            days.setdefault(key, []).append(account.agency)
    twins = [agencies for agencies in days.values() if len(agencies) > 1]
    assert twins == [["kel-kebun-raya", "kel-tanjung-sari"]]


def test_statuses_of_the_unusual(city):
    truth = city.truth(END)
    statuses = {(a.agency, a.channel): (a.status, a.reason) for a in truth.accounts}
    web = Channel.WEBSITE
    assert statuses["bkpsdm", web] == (TrueStatus.VAKUM, "")
    assert statuses["kel-mekar-arum", web] == (TrueStatus.VAKUM, "")
    assert statuses["dpmptsp", web] == (TrueStatus.KURANG_AKTIF, "")
    assert statuses["disbudpar", web] == (TrueStatus.AKTIF, "")
    assert statuses["dispora", web] == (TrueStatus.TIDAK_DINILAI, "server down")
    assert statuses["bapperida", web] == (TrueStatus.TIDAK_DINILAI, "maintenance page")
    assert statuses["satpolpp", web] == (TrueStatus.TIDAK_DINILAI, "robots.txt refuses")
    assert statuses["damkar", web] == (TrueStatus.TIDAK_DINILAI, "no account")
    assert statuses["dlh", web] == (TrueStatus.AKTIF, "")
    dead = truth.account("bkpsdm", web)
    assert dead.last_post is not None
    assert (END - dead.last_post).days > 90
    assert (END - truth.account("kel-mekar-arum", web).last_post).days > 180


def test_truth_is_cut_at_its_day(city):
    day = date(2026, 3, 10)
    for account in city.truth(day, since=date(2025, 7, 1)).accounts:
        assert all(post.day <= day and post.appeared.date() <= day for post in account.posts)
        assert account.last_post == max((post.day for post in account.posts), default=None)


def test_cheats_are_named_by_key_and_injected_ones_are_no_posts(city):
    truth = city.truth(END)
    cheats = {cheat.kind: cheat for cheat in truth.cheats}
    assert {kind: cheat.agency for kind, cheat in cheats.items()} == {
        CheatKind.INJECTED: "disdag",
        CheatKind.FLOOD: "disbudpar",
        CheatKind.BACK_DATED: "kel-teluk-mutiara",
        CheatKind.COPIED: "kel-sumber-rejeki",
        CheatKind.GREETING: "dpmptsp",
        CheatKind.DELETED: "kel-karang-melati",
        CheatKind.REDATED: "dinsos",
    }
    hacked = {post.key for post in truth.account("disdag", Channel.WEBSITE).posts}
    assert hacked.isdisjoint(cheats[CheatKind.INJECTED].keys)
    assert hacked, "the office itself goes on"
    flooded = truth.account("disbudpar", Channel.WEBSITE).posts
    late = [post.key for post in flooded if post.day > END - timedelta(days=7)]
    assert list(cheats[CheatKind.FLOOD].keys) == late
    assert len(late) > 60
    back_dated = [
        p for p in truth.account("kel-teluk-mutiara", Channel.WEBSITE).posts if p.appeared > p.published
    ]
    assert {post.key for post in back_dated} == set(cheats[CheatKind.BACK_DATED].keys)
    assert len(back_dated) == 27


def test_what_was_deleted_was_published_and_is_online_no_more(city):
    moment = datetime.combine(date(2026, 3, 20), time(12), city.zone)
    cheat = next(c for c in city.truth(END).cheats if c.kind is CheatKind.DELETED)
    published = {post.key for post in city.truth(END).account(cheat.agency, cheat.channel).posts}
    assert set(cheat.keys) <= published
    presence = city.office(cheat.agency).presence(cheat.channel)
    before, after = presence.visible(moment - timedelta(days=7)), presence.visible(moment)
    assert len(before) - len([i for i in after if i.appears <= moment - timedelta(days=7)]) == len(cheat.keys)
    assert not [c for c in city.truth(date(2026, 3, 1)).cheats if c.kind is CheatKind.DELETED]


def test_an_edited_date_holds_from_its_edit_on(city):
    cheat = next(c for c in city.truth(END).cheats if c.kind is CheatKind.REDATED)
    late = {post.key: post.day for post in city.truth(END).account(cheat.agency, cheat.channel).posts}
    early = city.truth(date(2026, 3, 1)).account(cheat.agency, cheat.channel).posts
    assert len(cheat.keys) == 4
    for post in early:
        assert (late[post.key] > post.day) == (post.key in cheat.keys)


def test_copies_say_word_for_word_what_another_office_said_before(city):
    cheat = next(c for c in city.truth(END).cheats if c.kind is CheatKind.COPIED)
    source = {p.title: p.day for p in city.truth(END).account("kel-sungai-jernih", cheat.channel).posts}
    copies = [p for p in city.truth(END).account(cheat.agency, cheat.channel).posts if p.key in cheat.keys]
    assert len(copies) == 10
    assert all(source[post.title] < post.day for post in copies)


def test_truth_prints_as_json(city):
    read = json.loads(city.truth(END).to_json())
    assert read["as_of"] == "2026-06-30"
    assert read["accounts"][0]["posts"][0]["published"].endswith("+08:00")


def test_another_semester_and_zone():
    city = City.build(seed=4, semester="2025-S2", zone="Asia/Jayapura")
    account = city.truth(date(2025, 12, 31)).account("dinkes", Channel.WEBSITE)
    assert account.posts
    assert account.posts[0].published.utcoffset() == timedelta(hours=9)
