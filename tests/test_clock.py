"""Nights under a wandering clock: what is due, which runs are odd, and when a jump is noticed."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest

from activity.semester import night_of
from db.nightly.odd import find_odd, load_odd_runs, set_aside
from db.nightly.run import begin_run, finish_run, load_runs
from db.opening import open_database
from desk.night.due import Task, find_done, plan_jobs
from desk.setting.config import load_config
from scheduler import ClockWatch
from testkit.zone import MAKASSAR

AT = time(1, 30)
START = date(2026, 7, 1)


def nights(*offsets):
    return [START + timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("offsets", "odd"),
    [
        ((0, 1, 2, 3), set()),
        ((0, 0, 1, 1), set()),
        # Once ahead, at first, in the midst, for a month, and twice.
        ((240, 0), {0}),
        ((0, 1, 240, 2), {2}),
        ((*range(20), *range(200, 230), 20, 21), set(range(20, 50))),
        ((0, 90, 1, 300, 2), {1, 3}),
        # Once behind, in the midst and just now.
        ((0, 1, 2, -500, 3), {3}),
        ((*range(30), -500), {30}),
        # A dead battery: an old year again, once, and for more nights than had been right before.
        ((0, -9000, 2), {1}),
        ((0, 1, -181, -180, -179, 5), {2, 3, 4}),
        # A machine that was off for weeks is not odd.
        ((0, 1, 30, 31), set()),
    ],
)
def test_the_run_under_a_wrong_clock_is_told_from_the_right_ones(offsets, odd):
    assert find_odd(nights(*offsets)) == odd


@dataclass
class _World:
    """A machine whose clock may be wrong, and the crawls that were finished on it."""

    runs: list[date] = field(default_factory=list)
    crawled: list[date] = field(default_factory=list)

    def look(self, true: datetime, off: timedelta) -> None:
        """One look of the keeper: the clock is `off`; what is due is done."""
        now = true + off
        tonight = night_of(now, MAKASSAR)
        odd = find_odd([night for night in self.runs if night <= tonight])
        past = [night for night in self.runs if night <= tonight]
        finished = max((night for i, night in enumerate(past) if i not in odd), default=None)
        jobs = plan_jobs(now, zone=MAKASSAR, crawl_at=AT, finished=finished, ranked=None, attempts={})
        if any(job.task is Task.CRAWL for job in jobs):
            self.runs.append(tonight)
            self.crawled.append(night_of(true, MAKASSAR))


@pytest.mark.parametrize("seed", range(12))
def test_sixty_nights_under_a_wandering_clock(seed):
    """Whatever the clock does in between, a night on which it is right is crawled, and once."""
    chance = random.Random(seed)
    world, right = _World(), []
    for number in range(60):
        true = datetime.combine(START + timedelta(days=number + 1), time(1, 35), MAKASSAR).astimezone(UTC)
        trouble = chance.choice(["none", "none", "none", "ahead", "back", "asleep", "killed", "doubled"])
        off = timedelta(
            days={"ahead": chance.randint(40, 300), "back": -chance.randint(40, 300)}.get(trouble, 0)
        )
        if trouble == "asleep":
            continue
        if trouble == "killed":
            # Begun and not finished: nothing is in the database, and the next look makes up for it.
            true += timedelta(minutes=20)
        for minutes in (0, 10, 180, 480) if trouble == "doubled" else (0, 10):
            world.look(true + timedelta(minutes=minutes), off)
        if not off:
            right.append(START + timedelta(days=number))
    for night in right:
        assert world.crawled.count(night) == 1, night
    # Neither is a night crawled under its right name that is another's.
    assert set(right) <= set(world.runs)


@pytest.fixture
def engine(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'd.db'}", create=True)
    yield engine
    engine.dispose()


def crawl(engine, moment):
    at = datetime.fromisoformat(moment)
    run = begin_run(engine, night_of(at, MAKASSAR), at)
    finish_run(engine, run, at, {})
    return run


def config_at(moment):
    return load_config({"DENYUT_NOW": moment, "DENYUT_TIMEZONE": "Asia/Makassar", "DENYUT_CRAWL_AT": "01:30"})


def test_a_run_of_the_future_is_not_the_newest_night(engine):
    crawl(engine, "2026-07-09T01:40:00+08:00")
    ahead = crawl(engine, "2027-03-02T01:40:00+08:00")
    assert find_done(engine, config_at("2026-07-10T02:00:00+08:00"))[0] == date(2026, 7, 8)
    (odd,) = load_odd_runs(engine, date(2026, 7, 9))
    assert (odd.id, odd.days) == (ahead.id, 236)
    # Once its night has come in truth, the runs after it still tell that it was not that night's.
    crawl(engine, "2026-07-10T01:40:00+08:00")
    assert find_done(engine, config_at("2027-03-02T02:00:00+08:00"))[0] == date(2026, 7, 9)
    assert set_aside(engine, ahead.id) == date(2027, 3, 1)
    assert load_odd_runs(engine, date(2026, 7, 10)) == ()
    assert [run.night for run in load_runs(engine, finished=True)] == [date(2026, 7, 9), date(2026, 7, 8)]


def test_a_jump_of_the_clock_is_noticed_once():
    moments = {"wall": 1000.0, "steady": 10.0}
    jumps = []
    watch = ClockWatch(
        lambda: jumps.append(1), wall=lambda: moments["wall"], steady=lambda: moments["steady"]
    )

    def wait(seconds, jump=0.0):
        moments["wall"] += seconds + jump
        moments["steady"] += seconds
        return watch.look()

    assert [watch.look(), wait(60), wait(60, 3e6), wait(60), wait(60, -3e6), wait(60)] == [
        *(False, False, True),
        *(False, True, False),
    ]
    assert len(jumps) == 2
