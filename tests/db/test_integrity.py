"""What accounts left behind, read from both engines; small and very large databases agree."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from activity.agency import Agency, Channel
from activity.flag import Sieve
from activity.jury import Action, Override
from activity.outcome import Outcome
from activity.semester import Semester
from activity.visit import Proof
from db.engine import reading
from db.nightly.imported import Import, save_imports
from db.nightly.run import begin_run
from db.semester.integrity import load_decided, load_trails

SEMESTER = Semester(2026, 1)
LAST = SEMESTER.days()[-1]
A, B = Agency("dinas-a", "Dinas A", "skpd"), Agency("dinas-b", "Dinas B", "skpd")
SIEVE = Sieve(
    late_days=2,
    burst_from=date(2026, 6, 24),
    burst_posts=3,
    burst_share=0.4,
)
LARGE = replace(SIEVE, every=0)


def d(number: int, month: int = 3) -> date:
    return date(2026, month, number)


def load(office, sieve=SIEVE, as_of=LAST):
    return load_trails(office.engine, SEMESTER, as_of, office.zone, sieve)


@pytest.fixture
def one(office):
    office.register(d(1), A, website="https://a.id/")
    return office


def test_a_post_with_its_nights_and_the_days_it_claimed_before(one):
    others = [one.post(key, date(2025, 12, 1)) for key in "yz"]
    one.crawl(d(1), one.looked(one.post("x", d(1)), *others, back_to=date(2026, 1, 1)))
    one.crawl(d(5), one.looked(one.post("x", d(5)), *others, back_to=d(1)))
    (trail,) = load(one)
    (trace,) = trail.traces
    assert (trail.agency, trail.channel, trail.address) == ("dinas-a", Channel.WEBSITE, "https://a.id/")
    assert (trace.key, trace.title, trace.day) == ("x", "Berita x", d(5))
    assert (trace.first_seen, trace.last_seen, trace.earlier) == (d(1), d(5), (d(1),))
    assert not trace.imported


def test_looks_come_with_what_they_prove(one):
    one.crawl(d(1), one.looked(one.post("x", d(1)), back_to=date(2026, 1, 1)))
    one.crawl(d(2), replace(one.looked(back_to=d(2), outcome=Outcome.UNCHANGED), proof=Proof.UNCHANGED))
    one.crawl(d(3), one.looked(one.post("y", d(3)), back_to=d(3), outcome=Outcome.LIMITED))
    one.crawl(d(4), one.looked(back_to=d(4), outcome=Outcome.UNREACHABLE))
    one.crawl(d(9), one.looked(one.post("late", d(2)), one.post("x", d(1)), back_to=d(5)))
    (trail,) = load(one)
    assert [(look.night, look.complete_from, look.read, look.listed) for look in trail.looks] == [
        (d(1), date(2026, 1, 1), True, 1),
        (d(2), d(2), False, 0),
        (d(3), None, False, 1),
        (d(9), d(5), True, 2),
    ]


def test_a_list_that_came_as_it_was_shows_what_it_showed(one):
    one.crawl(d(1), one.looked(one.post("x", d(1)), one.post("y", d(1)), back_to=date(2026, 1, 1)))
    one.crawl(d(5), replace(one.looked(back_to=d(1), outcome=Outcome.UNCHANGED), proof=Proof.SAME_PAGE))
    one.crawl(d(7), replace(one.looked(back_to=d(5), outcome=Outcome.UNCHANGED), proof=Proof.UNCHANGED))
    one.crawl(d(9), one.looked(one.post("late", d(2)), back_to=d(7)))
    (trail,) = load(one)
    assert [(look.night, look.read, look.listed) for look in trail.looks] == [
        (d(1), True, 2),
        (d(5), True, 2),
        (d(7), False, 0),
        (d(9), True, 1),
    ]


@pytest.mark.parametrize("proof", [Proof.OLDER_MET, Proof.ENDED, Proof.TOTAL_REACHED, Proof.OVERLAPS])
def test_a_list_that_shows_nothing_new_came_where_it_proves_something(one, proof):
    one.crawl(d(1), one.looked(one.post("x", d(1)), back_to=date(2026, 1, 1)))
    one.crawl(d(5), replace(one.looked(back_to=d(1), outcome=Outcome.UNCHANGED), proof=proof))
    one.crawl(d(9), one.looked(one.post("late", d(2)), back_to=d(5)))
    (trail,) = load(one)
    assert [look.read for look in trail.looks] == [True, True, True]


def test_a_night_of_the_home_page_says_nothing_of_the_list(one):
    home = replace(one.looked(back_to=d(1), outcome=Outcome.UNCHANGED), proof=Proof.OVERLAPS)
    one.crawl(d(1), one.looked(one.post("x", d(1)), back_to=date(2026, 1, 1)))
    one.crawl(d(5), replace(home, endpoint="https://a.id/"))
    one.crawl(d(9), one.looked(one.post("late", d(2)), back_to=d(5)))
    (trail,) = load(one)
    assert [look.read for look in trail.looks] == [True, False, True]


def test_looks_are_read_only_where_something_is_late_or_missing(one):
    one.crawl(d(1), one.looked(one.post("x", d(1)), back_to=d(1)))
    one.crawl(d(2), one.looked(one.post("x", d(1)), one.post("y", d(2)), back_to=d(2)))
    assert load(one)[0].looks == ()
    one.crawl(d(3), one.looked(one.post("x", d(1)), back_to=d(3)))
    assert len(load(one)[0].looks) == 3


def test_a_hacked_account_is_there_without_a_post(one):
    hacked = replace(one.looked(outcome=Outcome.HACKED), detail="4 hidden links")
    one.crawl(d(1), hacked)
    (trail,) = load(one)
    assert [look.hacked for look in trail.looks] == ["4 hidden links"]


def test_only_posts_of_the_semester_up_to_its_day(one):
    posts = (one.post("old", date(2025, 12, 31)), one.post("new", d(1)), one.post("undated"))
    one.crawl(d(9), one.looked(*posts, one.post("later", d(8))))
    (trail,) = load(one, as_of=d(5))
    assert [trace.key for trace in trail.traces] == ["new"]


def test_what_a_file_brought_is_told_apart(one):
    run = begin_run(one.engine, d(9), one.evening(d(9)))
    (target,) = one.targets(run)
    brought = Import(target, "a.zip", "f" * 64, 1, d(9), None, lambda: [[one.post("x", d(1))]])
    save_imports(one.engine, [brought], one.evening(d(9)))
    assert [trace.imported for trail in load(one) for trace in trail.traces] == [True]


@pytest.fixture
def city(office):
    """A back-dates, B is honest."""
    office.register(d(1), A, B, website="https://x.id/")

    def harvest(night: date):
        def of(target):
            slug = target.account.agency
            posts = [office.post(f"{slug}-{n}", d(n)) for n in range(1, night.day + 1)]
            if slug == "dinas-a" and night == d(8):
                posts.append(office.post("late", d(2)))
            return office.looked(*posts, back_to=d(1) if night == d(1) else night)

        return of

    for night in range(1, 9):
        office.crawl(d(night), harvest(d(night)))
    return office


def test_of_a_very_large_database_only_what_can_be_flagged_is_read(city):
    everybody, some = load(city), load(city, LARGE)
    assert [trail.agency for trail in everybody] == ["dinas-a", "dinas-b"]
    assert [trail.agency for trail in some] == ["dinas-a"]
    assert set(some[0].traces) == set(everybody[0].traces)
    assert some[0].looks == everybody[0].looks


def test_bursts_and_edited_dates_of_a_very_large_database(office):
    office.register(d(1), A, B, website="https://x.id/")
    none, last = office.looked(), d(28, 6)
    burst = office.looked(*(office.post(str(n), last) for n in range(3)))
    office.crawl(last, lambda target: burst if target.account.agency == "dinas-a" else none)
    assert [trail.agency for trail in load(office, LARGE)] == ["dinas-a"]
    for night in (d(29, 6), d(30, 6)):
        steady = [office.post(key, d(1)) for key in "yz"]
        moved = office.looked(office.post("x", night), *steady)
        office.crawl(night, lambda target, new=moved: new if target.account.agency == "dinas-b" else none)
    assert [trail.agency for trail in load(office, LARGE)] == ["dinas-a", "dinas-b"]


def test_a_very_large_database_without_a_run(office):
    assert load(office, LARGE) == ()


def test_posts_that_decisions_name(city):
    now = datetime(2026, 7, 1, tzinfo=UTC)

    def decision(key: str | None) -> Override:
        action = Action.DROP if key else Action.EXCLUDE
        return Override(1, "2026-S1", "dinas-a", Channel.WEBSITE, action, key, "Ketua", "why", "", now)

    found = load_decided(city.engine, [decision("late"), decision("nothing"), decision(None)])
    assert list(found) == [("dinas-a", Channel.WEBSITE, "late")]
    post = found["dinas-a", Channel.WEBSITE, "late"]
    assert (post.day, post.first_seen) == (d(2), d(8))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("post WHERE account_id = 1 AND local_day BETWEEN 1 AND 2", "ix_post_account_id_local_day"),
        ("snapshot WHERE account_id = 1 AND saw AND night BETWEEN 1 AND 2", "ix_snapshot_account_id"),
        ("post WHERE first_seen / 86400 - local_day >= 3 AND local_day BETWEEN 1 AND 2", "ix_post_late"),
        ("post WHERE redated", "ix_post_redated"),
        ("post WHERE published_at > first_seen + 3600", "ix_post_upfront"),
        ("snapshot WHERE outcome = 'hacked' AND night BETWEEN 1 AND 2", "ix_snapshot_hacked"),
    ],
)
def test_posts_and_looks_are_found_by_an_index(one, query, index):
    if one.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL scans a table as small as this one")
    with reading(one.engine) as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN SELECT account_id FROM {query}")).all()
    assert index in str(plan), plan
