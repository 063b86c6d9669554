"""The schedule itself over sixty nights of a machine whose clock wanders, that sleeps and is killed."""

import json
import os
import random
import sys
import time as clock
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, insert

from activity.agency import Agency, Channel, RegistryEntry
from activity.errors import DatabaseBusyError
from activity.outcome import Outcome
from activity.semester import Night, Semester, night_of
from activity.visit import Budget, Harvest, Window
from db.engine import writing
from db.lock import hold_lock
from db.nightly.odd import load_odd_runs, set_aside
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from db.schema.models import RunRecord, RunStatus
from db.semester.activity import load_activity
from desk.night.due import Task, due_at
from desk.setting.config import Config, load_config
from scheduler import ClockWatch, ScheduleKeeper
from testkit.database import new_database
from testkit.zone import MAKASSAR as ZONE

AT = time(1, 30)
FIRST = date(2026, 7, 1)
NIGHTS = 60
KILLED = -9
TROUBLES = (
    *("none",) * 4,
    *("ahead", "ahead until three", "back", "back until three", "an hour again"),
    *("asleep", "asleep until five", "killed", "killed with the schedule"),
    *("crawled by hand", "crawled in the evening", "doubled", "zone changed", "imports"),
)


@dataclass
class World:
    """The time that it is in truth, and a machine whose clock may say another."""

    config: Config
    engine: Engine
    chance: random.Random
    true: datetime = field(default_factory=lambda: datetime(2026, 7, 1, 12, tzinfo=ZONE).astimezone(UTC))
    off: timedelta = timedelta()
    kill_next: bool = False
    finished: Counter[date] = field(default_factory=Counter)
    wrong: set[int] = field(default_factory=set)
    looked: set[date] = field(default_factory=set)

    @property
    def settings(self) -> Config:
        """The settings as of what the machine's clock says."""
        return replace(self.config, fixed_now=self.true + self.off)

    def crawl(self) -> int:
        """What a crawl does to the database: a run, and a look at the one account that there is."""
        now = self.settings.now()
        run = begin_run(self.engine, night_of(now, ZONE), now)
        if self.off:
            self.wrong.add(run.id)
        killed, self.kill_next = self.kill_next, False
        if killed and self.chance.random() < 0.5:
            return KILLED
        window = Window(now - timedelta(days=60), now)
        for target in load_targets(self.engine, Channel.FACEBOOK, run, window, ZONE, budget=Budget()):
            save_harvest(self.engine, run, target, Harvest(Outcome.OK))
        if not self.off:
            self.looked.add(night_of(self.true, ZONE))
        if killed:
            return KILLED
        finish_run(self.engine, run, now, {})
        if not self.off:
            self.finished[night_of(self.true, ZONE)] += 1
        return 0


class Schedule(ScheduleKeeper):
    """The schedule, whose jobs are done in this process, and at once."""

    world: World

    def launch(self, job, _limit):
        return self.world.crawl() if job.task is Task.CRAWL else 0


@pytest.fixture
def url(tmp_path):
    url = new_database(tmp_path / "denyut.db")
    engine = open_database(url)
    entry = RegistryEntry(
        Agency("dinkes", "Dinas Kesehatan", "skpd", valid_from=date(2020, 1, 1)), {Channel.FACEBOOK: "dinkes"}
    )
    save_registry(engine, [entry], datetime(2020, 1, 1, tzinfo=UTC), timezone=ZONE.key)
    engine.dispose()
    return url


def open_world(url, seed):
    config = load_config(
        {"DENYUT_DATABASE": url, "DENYUT_TIMEZONE": ZONE.key, "DENYUT_CRAWL_AT": AT.isoformat("minutes")}
    )
    return World(config, open_database(url), random.Random(seed))


def start(world):
    schedule = Schedule(world.config, world.engine)
    schedule.world = world
    return schedule


def write_imports(engine, night, count=250):
    """As many imports as anybody makes, of a night that has not come yet."""
    told = {"status": RunStatus.IMPORTED, "summary": {}, "code_version": "1"}
    moment = datetime.combine(night, time(9), ZONE).astimezone(UTC)
    rows = [
        {"night": night + timedelta(days=30), "number": n + 1, "started_at": moment, "finished_at": moment}
        for n in range(count)
    ]
    with writing(engine) as connection:
        connection.execute(insert(RunRecord), [told | row for row in rows])


def live_a_night(world, schedule, night, trouble):
    """From one noon to the next: a look every three hours, at the crawl's hour, and where the clock jumps."""
    noon = datetime.combine(night, time(12), ZONE).astimezone(UTC)
    hours = {*range(0, 24, 3), 14, 17}
    moments = sorted({noon + timedelta(hours=n, minutes=5) for n in hours} | {due_at(night, AT, ZONE)})
    awake = 0

    def look():
        nonlocal awake
        if not world.off and due_at(night, AT, ZONE) <= world.true:
            awake += 1
        schedule.config = world.settings
        schedule.look_safely()

    def tell_wall():
        return (world.true + world.off).timestamp()

    def tell_steady():
        return world.true.timestamp()

    watch = ClockWatch(look, wall=tell_wall, steady=tell_steady)
    months = timedelta(days=world.chance.randint(20, 300))
    for moment in moments:
        world.true, hour = moment, (moment - noon).total_seconds() / 3600
        wrong = trouble.startswith(("ahead", "back")) and (hour < 15 or not trouble.endswith("three"))
        again = timedelta(hours=-2) if trouble == "an hour again" and hour > 14 else timedelta()
        world.off = (months if trouble.startswith("ahead") else -months) if wrong else again
        asleep = trouble == "asleep" or (trouble == "asleep until five" and hour < 17)
        if asleep:
            continue
        if trouble.startswith("killed") and hour == 13.5:
            world.kill_next = True
        if trouble == "killed with the schedule" and 13.6 < hour < 14.5:
            schedule = start(world)
        if trouble == "crawled by hand" and hour == 13.5:
            world.crawl()
        if trouble == "crawled in the evening" and 9 <= hour < 10:
            world.crawl()
        watch.look()
        look()
    world.off = timedelta()
    return schedule, awake > 0


@pytest.fixture
def host_zone():
    """Sets the machine's own zone, which must mean nothing."""
    before = os.environ.get("TZ")

    def change(name):
        os.environ["TZ"] = name
        clock.tzset()

    yield change
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    clock.tzset()


@pytest.mark.parametrize("seed", range(3))
def test_each_of_sixty_nights_is_crawled_once_or_recorded_as_unseen(
    url, seed, host_zone, warm_python, tmp_path
):
    world = open_world(url, seed)
    schedule, due, by_hand = start(world), set(), set()
    with hold_lock(url, "scheduler"):
        for number in range(NIGHTS):
            night, trouble = FIRST + timedelta(days=number), world.chance.choice(TROUBLES)
            if number == 0 and trouble.startswith("back"):
                continue  # A clock that was behind at first is no other than a machine that was off since.
            if trouble == "zone changed":
                host_zone(world.chance.choice(["America/New_York", "Pacific/Auckland", "Asia/Makassar"]))
            if trouble == "imports":
                write_imports(world.engine, night)
            if trouble == "doubled":
                with pytest.raises(DatabaseBusyError), hold_lock(url, "scheduler"):
                    pass
            schedule, awake = live_a_night(world, schedule, night, trouble)
            due |= {night} if awake else set()
            by_hand |= {night} if trouble == "crawled in the evening" else set()
    # Each night on which the machine was awake under a right clock, and no other; an evening's crawl besides.
    assert world.finished == Counter({night: 1 + (night in by_hand) for night in due})
    assert 5 < len(due) < NIGHTS
    # What was months ahead or behind counts for nothing even before a person says so.
    named = {
        run.night for run in load_odd_runs(world.engine, night_of(world.true, ZONE)) if abs(run.days) <= 60
    }
    assert world.looked <= find_seen(world) <= world.looked | named
    assert_named_and_set_aside(world, warm_python, tmp_path)
    assert find_seen(world) == world.looked
    world.engine.dispose()


def assert_named_and_set_aside(world, python, folder):
    """`denyut doctor` names the runs under a wrong clock, and those alone, and how to set them aside."""
    assert world.wrong
    tonight = night_of(world.true, ZONE)
    assert {run.id for run in load_odd_runs(world.engine, tonight)} == world.wrong
    settings = {**os.environ, "DENYUT_DATABASE": world.config.database_url, "DENYUT_TIMEZONE": ZONE.key}
    settings["DENYUT_NOW"] = world.true.isoformat()

    def ask(*arguments):
        command = [sys.executable, "-m", "cli", "doctor", "--json", *arguments]
        told = json.loads(python.run(command, env=settings, cwd=folder).stdout)
        return next(check for check in told if check["name"] == "clock")

    told = ask()
    first = min(world.wrong)
    assert told["health"] == "warning"
    assert f"run {first} names the night" in told["found"]
    assert told["remedy"].endswith(f"denyut doctor --set-aside {first}")
    ask("--set-aside", str(first))
    for run in world.wrong - {first}:
        set_aside(world.engine, run)
    assert ask()["health"] == "ok"


def find_seen(world):
    """The nights of the semester that count as seen."""
    last = Semester(2026, 2).days()[-1]
    (row,) = (
        row
        for row in load_activity(world.engine, Semester(2026, 2), last, ZONE)
        if row.channel is Channel.FACEBOOK
    )
    return {
        day
        for day, night in zip(Semester(2026, 2).days(), row.nights, strict=True)
        if night is not Night.UNSEEN and night is not Night.NOT_DUE
    }
