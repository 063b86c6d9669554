"""What is given out and taken: leases, what is lost, what is doubled, and a queue that is dropped."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Engine, text

from activity.agency import Agency, Channel, RegistryEntry
from activity.errors import ConfigError, DatabaseBusyError, QueueGoneError
from activity.outcome import Outcome
from activity.visit import Harvest, Window
from crawler.fleet import giver as giving_out
from crawler.fleet.giver import Giver, GivingJob
from crawler.fleet.tally import FleetTally
from db.fleet.giving import (
    ParcelState,
    end_giving,
    give_again,
    give_parcel,
    load_open_parcels,
    open_giving,
    withdraw_all,
)
from db.fleet.roll import beat, count_fit_workers, join_roll
from db.fleet.table import drop_queue, has_queue, prepare_queue, queueing
from db.fleet.taking import find_other_version, finish_parcel, let_go, renew_leases, take_parcel
from db.fleet.terms import FleetTerms, ParcelAccount
from db.nightly.run import RunRef, begin_run
from db.nightly.store import save_harvests
from db.office.registry import save_registry
from db.patience import Patience

NIGHT = date(2026, 3, 2)
NAMES = ("kuin", "pelambuan", "teluk")


@pytest.fixture
def office(new_postgres_url: str, open_office: Any) -> Any:
    office = open_office(new_postgres_url)
    entries = [
        RegistryEntry(Agency(name, name, "kelurahan"), {Channel.WEBSITE: f"https://{name}.id/"})
        for name in NAMES
    ]
    save_registry(office.engine, entries, office.evening(NIGHT), timezone=office.zone.key)
    prepare_queue(office.engine)
    return office


@pytest.fixture
def run(office: Any) -> RunRef:
    return begin_run(office.engine, NIGHT, office.evening(NIGHT))


@pytest.fixture
def terms(office: Any, run: RunRef) -> FleetTerms:
    now = office.evening(NIGHT)
    since = now - timedelta(days=200)
    return FleetTerms(run, 16, since, now, NIGHT, False, "Denyut", 1.0, 25.0, None, False, "")


@pytest.fixture
def accounts(office: Any, run: RunRef) -> list[ParcelAccount]:
    return [ParcelAccount(target.account, ("103.28.12.1",)) for target in office.targets(run)]


@pytest.fixture
def giving(office: Any, terms: FleetTerms) -> int:
    return open_giving(office.engine, terms)


def change(engine: Engine, sql: str) -> None:
    with queueing(engine) as connection:
        connection.execute(text(sql))


def state(engine: Engine, giving: int) -> list[ParcelState]:
    return [view.state for view in load_open_parcels(engine, giving)]


def test_a_parcel_is_taken_by_one_and_finished(
    office: Any, terms: FleetTerms, giving: int, accounts: list[ParcelAccount]
) -> None:
    one, other = join_roll(office.engine), join_roll(office.engine)
    parcel = give_parcel(office.engine, giving, 3, accounts)
    assert state(office.engine, giving) == [ParcelState.WAITING]
    taken = take_parcel(office.engine, one, parcel)
    assert taken is not None
    assert (taken.parcel.number, taken.parcel.accounts, taken.terms) == (3, tuple(accounts), terms)
    assert take_parcel(office.engine, other, parcel) is None
    assert state(office.engine, giving) == [ParcelState.HELD]
    assert [renew_leases(office.engine, worker, {parcel}) for worker in (one, other)] == [
        {parcel},
        frozenset(),
    ]
    finish_parcel(office.engine, one, parcel, {7}, harvested=2, doubled=1)
    (view,) = load_open_parcels(office.engine, giving)
    assert (view.state, set(view.moved), view.doubled) == (ParcelState.FINISHED, {7}, 1)


def test_what_was_lost_or_let_go_is_given_to_others_only(
    office: Any, giving: int, accounts: list[ParcelAccount]
) -> None:
    one, other = join_roll(office.engine), join_roll(office.engine)
    parcel = give_parcel(office.engine, giving, 3, accounts)
    assert take_parcel(office.engine, one, parcel) is not None
    change(office.engine, "UPDATE parcel SET lease_until = now() - interval '1 second'")
    assert state(office.engine, giving) == [ParcelState.LOST]
    assert renew_leases(office.engine, one, {parcel}) == frozenset()
    again = give_again(office.engine, parcel, giving, 3, accounts[1:])
    assert again is not None
    taken = take_parcel(office.engine, other, again)
    assert taken is not None
    assert taken.parcel.accounts == tuple(accounts[1:])
    let_go(office.engine, other)
    assert state(office.engine, giving) == [ParcelState.LOST]


def test_whoever_gives_out_anew_waits_until_nobody_is_at_anything(
    office: Any, giving: int, accounts: list[ParcelAccount]
) -> None:
    worker = join_roll(office.engine)
    parcel = give_parcel(office.engine, giving, 3, accounts)
    late = give_parcel(office.engine, giving, 4, accounts)
    assert take_parcel(office.engine, worker, parcel) is not None
    assert 25 < withdraw_all(office.engine) <= 30
    assert renew_leases(office.engine, worker, {parcel}) == frozenset()
    assert take_parcel(office.engine, worker, late) is None
    let_go(office.engine, worker)
    assert withdraw_all(office.engine) == 0


def test_without_whoever_gives_out_nothing_goes_on(
    office: Any, giving: int, accounts: list[ParcelAccount]
) -> None:
    worker = join_roll(office.engine)
    parcels = [give_parcel(office.engine, giving, number, accounts) for number in (3, 4)]
    assert take_parcel(office.engine, worker, parcels[0]) is not None
    change(office.engine, "UPDATE giving SET seen_at = now() - interval '61 seconds'")
    assert renew_leases(office.engine, worker, parcels) == frozenset()
    assert take_parcel(office.engine, worker, parcels[1]) is None


def test_a_worker_of_another_version_is_not_counted_and_learns_it(office: Any, giving: int) -> None:
    assert giving
    join_roll(office.engine)
    assert (count_fit_workers(office.engine), find_other_version(office.engine)) == (1, None)
    change(office.engine, "UPDATE worker SET version = '0.1'; UPDATE giving SET revision = '0001'")
    assert count_fit_workers(office.engine) == 0
    told = find_other_version(office.engine)
    assert told is not None
    assert told[1] == "0001"


def test_the_queue_is_dropped_and_made_anew(office: Any) -> None:
    before = office.dump()
    worker = join_roll(office.engine)
    drop_queue(office.engine)
    assert not has_queue(office.engine)
    with pytest.raises(QueueGoneError):
        beat(office.engine, worker)
    prepare_queue(office.engine)
    assert beat(office.engine, worker) is False
    assert office.dump() == before


def test_what_was_given_before_the_queue_was_made_anew_is_gone(
    office: Any, giving: int, accounts: list[ParcelAccount]
) -> None:
    parcel = give_parcel(office.engine, giving, 0, accounts)
    drop_queue(office.engine)
    prepare_queue(office.engine)
    with pytest.raises(QueueGoneError):
        give_parcel(office.engine, giving, 0, accounts)
    with pytest.raises(QueueGoneError):
        give_again(office.engine, parcel, giving, 0, accounts)


def test_a_queue_of_another_version_is_for_the_crawl_to_replace(office: Any) -> None:
    change(office.engine, "COMMENT ON SCHEMA denyut_queue IS 'queue 0, procrastinate 3.9.0'")
    assert not has_queue(office.engine)
    with pytest.raises(ConfigError, match=r"made by queue 0, procrastinate 3\.9\.0"):
        prepare_queue(office.engine)
    prepare_queue(office.engine, renew=True)
    assert has_queue(office.engine)


def test_the_first_harvest_of_a_night_counts_and_the_second_is_dropped(office: Any, run: RunRef) -> None:
    (first, *_) = brought = [(target, Harvest(Outcome.OK, detail="once")) for target in office.targets(run)]
    assert not any(saved.doubled for saved in save_harvests(office.engine, run, [first], shared=True))
    before = office.dump()["snapshot"]
    late = [(target, Harvest(Outcome.UNREACHABLE, detail="twice")) for target, _ in brought]
    saved = save_harvests(office.engine, run, late, shared=True)
    assert [each.doubled for each in saved] == [True, False, False]
    assert set(before) < set(office.dump()["snapshot"])
    # A later wave tries again whom the first could not see.
    (again,) = save_harvests(office.engine, replace(run, wave=2), late[1:2], shared=True)
    assert not again.doubled


def test_machines_that_bring_the_same_at_once_store_it_once(office: Any, run: RunRef) -> None:
    posts = (office.post("a", NIGHT), office.post("b", NIGHT))
    brought = [(target, office.looked(*posts)) for target in office.targets(run)]
    with ThreadPoolExecutor() as machines:
        saved = list(
            machines.map(
                lambda some: save_harvests(office.engine, run, some, shared=True),
                [brought, brought[::-1], brought, brought[::-1]],
            )
        )
    assert sum(not each.doubled for some in saved for each in some) == len(NAMES)
    assert len(office.dump()["post"]) == 2 * len(NAMES)


def _find_nothing(host: str) -> tuple[str, ...]:
    """Then each name is a server of its own, and each of the three accounts a parcel."""
    raise OSError(host)


@pytest.fixture
def give_out(office: Any, terms: FleetTerms, accounts: list[ParcelAccount], monkeypatch: Any) -> Any:
    """Gives three accounts out in a thread, as a crawl does, with looks that follow each other closely."""
    for name, seconds in (("_LOOK_SECONDS", 0.02), ("_BEAT_SECONDS", 0.1), ("LEASE", 0.3)):
        monkeypatch.setattr(giving_out, name, seconds)
    monkeypatch.setattr("crawler.shards.lookup.find_addresses", _find_nothing)
    tally = FleetTally(Window(terms.since, terms.now), office.zone, {}, None)
    job = GivingJob(
        office.engine,
        terms,
        [each.account for each in accounts],
        lambda _: office.targets(terms.run),
        Patience(),
    )
    giver = Giver(job, tally)
    with ThreadPoolExecutor() as thread:
        yield thread.submit(giver.run), giver, tally
        giver.stop()


def _work(office: Any, run: RunRef, worker: str, ended: Any) -> None:
    """Work whatever is given out, as a worker does whose queue tells it everything, until the crawl ends."""
    until = monotonic() + 20
    while not ended.done() and monotonic() < until:
        sleep(0.02)
        with suppress(QueueGoneError):
            with queueing(office.engine) as connection:
                jobs = connection.execute(
                    text("SELECT args FROM procrastinate_jobs WHERE status = 'todo'")
                ).scalars()
                numbers = [job["parcel"] for job in jobs]
            for number in numbers:
                _work_one(office, run, worker, number)


def _work_one(office: Any, run: RunRef, worker: str, number: int) -> None:
    if (taken := take_parcel(office.engine, worker, number)) is not None:
        mine = {each.account.id for each in taken.parcel.accounts}
        brought = [(t, office.looked()) for t in office.targets(run) if t.account.id in mine]
        save_harvests(office.engine, run, brought, shared=True)
        finish_parcel(office.engine, worker, number, (), harvested=len(brought), doubled=0)


def _await(condition: Any) -> None:
    until = monotonic() + 20
    while not condition():
        assert monotonic() < until
        sleep(0.02)


def _count_jobs(engine: Engine) -> int:
    with suppress(QueueGoneError), queueing(engine) as connection:
        return int(connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one())
    return 0


def test_a_job_that_is_left_doing_for_ever_costs_a_lease(office: Any, run: RunRef, give_out: Any) -> None:
    ended, giver, tally = give_out
    worker = join_roll(office.engine)
    _await(lambda: _count_jobs(office.engine) == len(NAMES))
    change(office.engine, "UPDATE procrastinate_jobs SET status = 'doing'")
    _work(office, run, worker, ended)
    ended.result(timeout=1)
    assert (giver.left, tally.again, len(office.dump()["snapshot"])) == ((), len(NAMES), len(NAMES))
    assert _count_jobs(office.engine) == 0


def test_a_queue_that_is_dropped_in_the_night_costs_a_lease(office: Any, run: RunRef, give_out: Any) -> None:
    ended, giver, _ = give_out
    _await(lambda: _count_jobs(office.engine) == len(NAMES))
    drop_queue(office.engine)
    _await(lambda: _count_jobs(office.engine) == len(NAMES))
    _work(office, run, join_roll(office.engine), ended)
    ended.result(timeout=1)
    assert (giver.left, len(office.dump()["snapshot"])) == ((), len(NAMES))


def test_a_queue_that_is_dropped_when_all_is_done_costs_nothing(
    office: Any, run: RunRef, give_out: Any, monkeypatch: Any
) -> None:
    ended, giver, _ = give_out

    def end_without_queue(engine: Engine, giving: int) -> None:
        # It and a worker that renews its lease may wait for each other; the server then ends one of them.
        for _ in range(3):
            with suppress(DatabaseBusyError):
                drop_queue(engine)
                break
        assert not has_queue(engine)
        end_giving(engine, giving)

    monkeypatch.setattr(giving_out, "end_giving", end_without_queue)
    _work(office, run, join_roll(office.engine), ended)
    ended.result(timeout=5)
    assert (giver.left, len(office.dump()["snapshot"])) == ((), len(NAMES))


def test_where_nobody_comes_any_more_the_rest_is_left(office: Any, give_out: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(giving_out, "_NOBODY_SECONDS", 0.1)
    ended, giver, _ = give_out
    ended.result(timeout=20)
    assert [account.agency for account in giver.left] == list(NAMES)
    assert _count_jobs(office.engine) == 0
