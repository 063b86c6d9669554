"""Whom a run visits, in which order, and who is left after a death."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from activity.agency import Agency, Channel
from activity.outcome import Outcome
from activity.record import Reception
from activity.visit import Budget, Cost, Harvest, Window
from db.nightly.run import begin_run, find_finished_run, load_totals
from db.nightly.store import save_harvest
from db.nightly.target import count_targets, load_targets, load_unseen

NIGHT = date(2026, 3, 2)


def office_of(name: str, **more: Any) -> Agency:
    return Agency(name, name.title(), "skpd", **more)


def test_the_longest_unseen_come_first_and_the_done_not_again(office: Any) -> None:
    for name in ("a", "b", "c"):
        office.register(NIGHT, office_of(name), website=f"https://{name}.id/")
    office.crawl(NIGHT, lambda t: Harvest(Outcome.OK if t.account.agency == "a" else Outcome.BLOCKED))
    office.crawl(
        NIGHT + timedelta(1), lambda t: Harvest(Outcome.OK if t.account.agency == "b" else Outcome.GONE)
    )
    run = begin_run(office.engine, NIGHT + timedelta(2), office.evening(NIGHT + timedelta(2)))
    targets = office.targets(run)
    assert [target.account.agency for target in targets] == ["c", "a", "b"]
    save_harvest(office.engine, run, targets[0], Harvest(Outcome.OK))
    assert [target.account.agency for target in office.targets(run)] == ["a", "b"]


def test_of_those_seen_the_same_night_whoever_took_longest_comes_first(office: Any) -> None:
    for name in ("a", "b", "c", "d"):
        office.register(NIGHT, office_of(name), website=f"https://{name}.id/")
    took = {"a": 1.0, "b": 1.0, "c": 9.0, "d": 3.0}
    for later, seen in enumerate(("abcd", "d"), start=0):
        night = NIGHT + timedelta(later)
        office.crawl(
            night,
            lambda t, seen=seen: Harvest(
                Outcome.OK if t.account.agency in seen else Outcome.UNREACHABLE,
                cost=Cost(requests=1, seconds=took[t.account.agency] if t.account.agency in seen else 50.0),
            ),
        )
    run = begin_run(office.engine, NIGHT + timedelta(2), office.evening(NIGHT + timedelta(2)))
    assert [target.account.agency for target in office.targets(run)] == ["c", "a", "b", "d"]


def test_only_open_accounts_of_living_agencies_on_that_channel(office: Any) -> None:
    office.register(NIGHT, office_of("gone", valid_to=NIGHT), website="https://gone.id/")
    office.register(NIGHT, office_of("soon", valid_from=NIGHT + timedelta(1)), website="https://soon.id/")
    office.register(NIGHT, office_of("moved"), website="https://old.id/", instagram="moved")
    office.register(NIGHT + timedelta(1), office_of("moved"), website="https://new.id/", instagram="moved")
    run = begin_run(office.engine, NIGHT + timedelta(1), office.evening(NIGHT + timedelta(1)))
    assert [t.account.address for t in office.targets(run)] == ["https://soon.id/", "https://new.id/"]
    assert [t.account.address for t in office.targets(run, Channel.INSTAGRAM)] == ["moved"]
    assert office.targets(run, Channel.FACEBOOK) == []


def test_an_account_imported_after_midnight_is_visited_in_the_same_night(office: Any) -> None:
    office.register(NIGHT, office_of("a"), website="https://a.id/")
    yesterday = begin_run(office.engine, NIGHT - timedelta(1), office.evening(NIGHT))
    now = office.evening(NIGHT)
    window = Window(now - timedelta(9), now)
    found = load_targets(office.engine, Channel.WEBSITE, yesterday, window, office.zone, budget=Budget())
    assert len(list(found)) == 1


def test_whom_a_stopped_token_left_out_is_due_again_and_whoever_stopped_it_comes_last(office: Any) -> None:
    for name in ("a", "b", "c", "d"):
        office.register(NIGHT, office_of(name), instagram=name)
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    ends = {
        "a": Harvest(Outcome.THROTTLED, cost=Cost(requests=1)),
        "b": Harvest(Outcome.OK),
        "c": Harvest(Outcome.THROTTLED),
        "d": Harvest(Outcome.TOKEN_DEAD),
    }
    for target in office.targets(run, Channel.INSTAGRAM):
        save_harvest(office.engine, run, target, ends[target.account.agency])
    assert [t.account.agency for t in office.targets(run, Channel.INSTAGRAM)] == ["c", "d", "a"]
    now = office.evening(NIGHT)
    window = Window(now - timedelta(9), now)
    assert count_targets(office.engine, [Channel.INSTAGRAM], run, window, office.zone) == 2
    tomorrow = begin_run(office.engine, NIGHT + timedelta(1), office.evening(NIGHT + timedelta(1)))
    assert [t.account.agency for t in office.targets(tomorrow, Channel.INSTAGRAM)] == ["c", "d", "b", "a"]


def test_a_website_that_throttled_us_is_done_for_the_night(office: Any) -> None:
    office.register(NIGHT, office_of("a"), website="https://a.id/")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    save_harvest(
        office.engine, run, office.targets(run)[0], Harvest(Outcome.THROTTLED, cost=Cost(requests=1))
    )
    assert office.targets(run) == []


def test_some_agencies_alone(office: Any) -> None:
    for name in ("a", "b"):
        office.register(NIGHT, office_of(name), website=f"https://{name}.id/")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    now = office.evening(NIGHT)
    found = load_targets(
        office.engine,
        Channel.WEBSITE,
        run,
        Window(now, now),
        office.zone,
        budget=Budget(requests=3),
        agencies={"b"},
    )
    assert [(target.account.agency, target.budget.requests) for target in found] == [("b", 3)]


def test_writing_between_two_targets_is_not_held_up(office: Any) -> None:
    agencies = [office_of(f"a{n:03}") for n in range(120)]
    for agency in agencies:
        office.register(NIGHT, agency, website=f"https://{agency.slug}.id/")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    now = office.evening(NIGHT)
    seen = []
    window = Window(now - timedelta(9), now)
    for target in load_targets(office.engine, Channel.WEBSITE, run, window, office.zone, budget=Budget()):
        save_harvest(office.engine, run, target, office.looked(office.post("a", NIGHT)))
        seen.append(target.account.agency)
    assert seen == [agency.slug for agency in agencies]


_CRAWL = """
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo
from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import Post, PostDate, Precision
from activity.visit import Budget, Harvest, Memory, Window
from db.opening import open_database
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest

zone = ZoneInfo("Asia/Makassar")
now = datetime(2026, 3, 2, 20, tzinfo=zone)
engine = open_database(sys.argv[1], create=True)
entries = [
    RegistryEntry(Agency(f"a{n}", f"A {n}", "skpd"), {Channel.WEBSITE: f"https://a{n}.id/"})
    for n in range(12)
]
save_registry(engine, entries, now, timezone=zone.key)
run = begin_run(engine, now.date(), now)
window = Window(now - timedelta(days=99), now)
for target in load_targets(engine, Channel.WEBSITE, run, window, zone, budget=Budget()):
    posts = tuple(
        Post(f"k{n}", "https://a.id/", "", PostDate(now - timedelta(days=n), Precision.DAY, ()))
        for n in range(200)
    )
    save_harvest(engine, run, target, Harvest(Outcome.OK, posts, Memory("e"), complete_since=now))
    print(target.account.agency, flush=True)
finish_run(engine, run, now, {"posts": 2400})
"""


def test_a_crawl_that_was_killed_ends_as_if_it_had_not_been(
    tmp_path: Path, open_office: Callable[[str], Any]
) -> None:
    whole, killed = (f"sqlite:///{tmp_path / name}.db" for name in ("whole", "killed"))
    subprocess.run([sys.executable, "-c", _CRAWL, whole], check=True, capture_output=True)
    with subprocess.Popen([sys.executable, "-c", _CRAWL, killed], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(5):
            process.stdout.readline()
        process.kill()
    assert find_finished_run(open_office(killed).engine, NIGHT) is None
    rest = subprocess.run([sys.executable, "-c", _CRAWL, killed], check=True, capture_output=True, text=True)
    assert 0 < len(rest.stdout.split()) < 8
    assert open_office(killed).dump() == open_office(whole).dump()


def test_a_harvest_of_another_run_the_same_night_is_one_more_look(office: Any) -> None:
    office.register(NIGHT, office_of("a"), website="https://a.id/")
    assert len(office.crawl(NIGHT, replace(office.looked()))) == 1
    assert len(office.crawl(NIGHT, office.looked())) == 1
    assert len(office.dump()["snapshot"]) == 2


def test_a_wave_tries_whom_the_ones_before_could_not_see(office: Any) -> None:
    outcomes = {
        "a": Outcome.OK, "b": Outcome.UNREACHABLE, "c": Outcome.BLOCKED, "d": Outcome.REFUSED,
        "e": Outcome.GONE, "f": Outcome.THROTTLED, "g": Outcome.NEEDS_BROWSER,
    }  # fmt: skip
    for name in outcomes:
        office.register(NIGHT, office_of(name), website=f"https://{name}.id/", instagram=name)
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    now = office.evening(NIGHT)
    for channel in (Channel.WEBSITE, Channel.INSTAGRAM):
        for target in office.targets(run, channel):
            asked = Reception(retry_at=now + timedelta(minutes=9)) if target.account.agency == "f" else None
            harvest = Harvest(outcomes[target.account.agency], cost=Cost(2, 10, 1.0))
            save_harvest(office.engine, run, target, replace(harvest, reception=asked) if asked else harvest)

    def unseen(wave: int, minutes: int = 0, channel: Channel = Channel.WEBSITE) -> list[str]:
        window = Window(now - timedelta(9), now + timedelta(minutes=minutes))
        found = load_unseen(office.engine, channel, replace(run, wave=wave), window, office.zone)
        return [account.agency for account in found]

    assert unseen(1) == []
    assert unseen(2) == ["b", "c"]
    # Its site asked for nine minutes; a token that rests is no matter of minutes.
    assert unseen(2, minutes=9) == ["b", "c", "f"]
    assert unseen(2, minutes=9, channel=Channel.INSTAGRAM) == []
    assert office.targets(run) == []


@pytest.mark.parametrize(
    ("outcome", "again"),
    [(Outcome.THROTTLED, []), (Outcome.TOKEN_DEAD, []), (Outcome.NOT_PERMITTED, ["b"])],
)
def test_no_wave_asks_by_a_token_that_stopped_tonight(
    office: Any, outcome: Outcome, again: list[str]
) -> None:
    for name in ("a", "b"):
        office.register(NIGHT, office_of(name), instagram=name)
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    ends = {"a": outcome, "b": Outcome.UNREACHABLE}
    for target in office.targets(run, Channel.INSTAGRAM):
        save_harvest(office.engine, run, target, Harvest(ends[target.account.agency]))
    window = Window(office.evening(NIGHT) - timedelta(9), office.evening(NIGHT))
    found = load_unseen(office.engine, Channel.INSTAGRAM, replace(run, wave=2), window, office.zone)
    assert [account.agency for account in found] == again


def test_a_run_that_goes_on_forgets_nothing_of_a_later_wave(office: Any) -> None:
    office.register(NIGHT, office_of("a"), instagram="a")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    (first,) = office.targets(run, Channel.INSTAGRAM)
    save_harvest(office.engine, run, first, Harvest(Outcome.UNREACHABLE, cost=Cost(2, 10, 1.0)))

    def look(wave: int, minutes: int, harvest: Harvest) -> None:
        now = first.window.now + timedelta(minutes=minutes, milliseconds=5)
        target = replace(first, window=replace(first.window, now=now))
        for _ in range(2):
            # The second time as after a commit whose answer was lost.
            save_harvest(office.engine, replace(run, wave=wave), target, harvest)

    look(2, 5, Harvest(Outcome.THROTTLED, cost=Cost(1, 5, 1.0)))
    look(1, 60, Harvest(Outcome.THROTTLED, cost=Cost(1, 5, 1.0)))
    look(1, 120, replace(office.looked(office.post("x", NIGHT)), cost=Cost(3, 100, 2.0)))
    totals = load_totals(office.engine, run)
    assert (totals["requests"], totals["bytes"]) == (7, 120)
    assert (totals["retried"], totals["recovered"]) == (1, 1)


def test_whom_seven_looks_in_a_row_did_not_see_is_tried_once_a_night(office: Any) -> None:
    for name in ("dead", "fell"):
        office.register(NIGHT, office_of(name), website=f"https://{name}.id/")
    for day in range(8):
        night = NIGHT + timedelta(day)
        run = begin_run(office.engine, night, office.evening(night))
        for target in office.targets(run):
            up = target.account.agency == "fell" and day == 3
            save_harvest(office.engine, run, target, Harvest(Outcome.EMPTY if up else Outcome.UNREACHABLE))
        again = load_unseen(
            office.engine,
            Channel.WEBSITE,
            replace(run, wave=2),
            Window(office.evening(NIGHT), office.evening(night)),
            office.zone,
        )
        expected = {"dead": day < 6, "fell": day != 3}
        assert {account.agency for account in again} == {name for name, due in expected.items() if due}, day


def test_a_later_look_replaces_the_one_before_and_its_costs_are_added_once(office: Any) -> None:
    office.register(NIGHT, office_of("a"), website="https://a.id/")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    (target,) = office.targets(run)
    save_harvest(office.engine, run, target, Harvest(Outcome.UNREACHABLE, cost=Cost(2, 10, 1.0)))
    second = replace(run, wave=2)
    harvest = replace(office.looked(office.post("x", NIGHT)), cost=Cost(3, 100, 2.0))
    for _ in range(2):
        # The second time as after a commit whose answer was lost.
        save_harvest(office.engine, second, target, harvest)
        totals = load_totals(office.engine, run)
        assert totals == {
            "outcomes": {"website": {"ok": 1}}, "posts_new": 1, "posts_seen": 1, "requests": 5, "bytes": 110,
            "retried": 1, "recovered": 1,
        }  # fmt: skip
