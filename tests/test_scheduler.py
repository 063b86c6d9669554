"""The schedule: what is due when, and real processes that are killed, hang, or come second."""

import os
import signal
import subprocess
import sys
import threading
import time as clock
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler
from activity.errors import DatabaseBusyError
from activity.ranking import Ranking
from activity.semester import Semester
from db.lock import hold_lock
from db.nightly.run import begin_run, finish_run, load_runs
from db.opening import open_database
from db.semester.ranking import save_ranking
from desk.night.due import MOST_ATTEMPTS, DueJob, Task, due_at, next_crawl, plan_jobs
from desk.setting.config import load_config
from scheduler import ScheduleKeeper, run_within
from testkit.zone import MAKASSAR

AT = time(1, 30)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=MAKASSAR).astimezone(UTC)


def plan(now, finished=None, ranked=None, attempts=None, at=AT, **backups):
    jobs = plan_jobs(
        local(now),
        zone=MAKASSAR,
        crawl_at=at,
        finished=date.fromisoformat(finished) if finished else None,
        ranked=Semester.parse(ranked) if ranked else None,
        attempts=attempts or {},
        **backups,
    )
    return [str(job) for job in jobs]


@pytest.mark.parametrize(
    ("now", "finished", "due"),
    [
        ("2026-03-02T01:29:59", "2026-02-28", []),
        ("2026-03-02T01:30:00", "2026-02-28", ["crawl of 2026-03-01"]),
        ("2026-03-02T01:30:00", None, ["crawl of 2026-03-01"]),
        ("2026-03-02T08:00:00", "2026-02-28", ["crawl of 2026-03-01"]),
        ("2026-03-02T08:00:00", "2026-03-01", []),
        ("2026-03-02T11:59:59", "2026-02-28", ["crawl of 2026-03-01"]),
        # At noon the night is over; the next crawl reaches back over it.
        ("2026-03-02T12:00:00", "2026-02-28", []),
        ("2026-03-02T23:59:59", "2026-02-28", []),
    ],
)
def test_when_a_night_is_crawled(now, finished, due):
    assert plan(now, finished) == due


@pytest.mark.parametrize(
    ("now", "finished", "backed_up", "due"),
    [
        # Never beside a crawl: before its hour, while it is due, and before it is tried again.
        ("2026-03-09T01:29:00", "2026-03-07", "2026-03-02", []),
        ("2026-03-09T01:30:00", "2026-03-07", "2026-03-02", ["crawl of 2026-03-08"]),
        ("2026-03-09T03:00:00", "2026-03-08", "2026-03-02", ["backup of 2026-03-09"]),
        ("2026-03-09T03:00:00", "2026-03-08", None, ["backup of 2026-03-09"]),
        ("2026-03-09T03:00:00", "2026-03-08", "2026-03-03", []),
        ("2026-03-09T13:00:00", "2026-03-08", "2026-03-02", []),
        # A day late at any hour, as where the machine is on in the afternoon only.
        ("2026-03-10T13:00:00", "2026-03-08", "2026-03-02", ["backup of 2026-03-10"]),
    ],
)
def test_when_a_backup_is_made(now, finished, backed_up, due):
    newest = date.fromisoformat(backed_up) if backed_up else None
    assert plan(now, finished, backed_up=newest, backup_days=7) == due


def test_a_night_that_failed_twice_is_backed_up_all_the_same():
    failed = {DueJob(Task.CRAWL, "2026-03-08"): MOST_ATTEMPTS}
    due = plan("2026-03-09T03:00:00", "2026-03-07", attempts=failed, backup_days=7)
    assert due == ["backup of 2026-03-09"]


def test_an_evening_hour_belongs_to_its_own_day():
    assert plan("2026-03-02T21:59:00", "2026-03-01", at=time(22)) == []
    assert plan("2026-03-02T22:00:00", "2026-03-01", at=time(22)) == ["crawl of 2026-03-02"]
    assert plan("2026-03-03T03:00:00", "2026-03-01", at=time(22)) == ["crawl of 2026-03-02"]


@pytest.mark.parametrize(
    ("now", "finished", "ranked", "due"),
    [
        ("2026-06-30T23:00:00", "2026-06-29", None, []),
        ("2026-07-01T00:30:00", "2026-06-29", None, []),
        ("2026-07-01T01:30:00", "2026-06-29", None, ["crawl of 2026-06-30"]),
        ("2026-07-01T02:30:00", "2026-06-30", None, ["shortlist of 2026-S1"]),
        ("2026-07-01T02:30:00", "2026-06-30", "2025-S2", ["shortlist of 2026-S1"]),
        ("2026-07-01T02:30:00", "2026-06-30", "2026-S1", []),
        # The last night failed: the first crawl that finishes reaches back over it.
        ("2026-07-05T02:30:00", "2026-07-04", None, ["shortlist of 2026-S1"]),
        ("2026-07-31T23:00:00", "2026-07-31", None, ["shortlist of 2026-S1"]),
        # A city that starts in autumn has nothing to shortlist of the spring.
        ("2026-08-01T12:00:00", "2026-07-31", None, []),
        ("2027-01-01T02:30:00", "2026-12-31", "2026-S1", ["shortlist of 2026-S2"]),
    ],
)
def test_when_a_semester_is_shortlisted(now, finished, ranked, due):
    assert plan(now, finished, ranked) == due


def test_what_failed_twice_waits_for_a_person_until_the_next_night():
    failed = {DueJob(Task.CRAWL, "2026-03-01"): MOST_ATTEMPTS}
    assert plan("2026-03-02T03:00:00", "2026-02-28", attempts=failed) == []
    assert plan("2026-03-03T03:00:00", "2026-02-28", attempts=failed) == ["crawl of 2026-03-02"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 60 * 40), min_size=1, max_size=200), st.times(timezones=st.none()))
def test_no_job_is_ever_done_twice(minutes, at):
    now, done, finished, ranked = datetime(2026, 6, 20, tzinfo=UTC), [], None, None
    for step in minutes:
        now += timedelta(minutes=step)
        for job in plan_jobs(now, zone=MAKASSAR, crawl_at=at, finished=finished, ranked=ranked, attempts={}):
            done.append(job)
            if job.task is Task.CRAWL:
                finished = date.fromisoformat(job.subject)
                assert due_at(finished, at, MAKASSAR) <= now
            else:
                ranked = Semester.parse(job.subject)
    assert len(done) == len(set(done))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.times())
def test_the_next_crawl_is_within_a_day(now, at):
    assert timedelta(0) < next_crawl(now, at, MAKASSAR) - now <= timedelta(days=1)


# From here on with a real database and real processes.

STAND_IN = '''
"""Stands in for `denyut`: keeps a run like a crawl does, and hangs where it is told to."""
import os, signal, subprocess, sys, time
from pathlib import Path

folder = Path(sys.argv[1])
with (folder / "log").open("a") as log:
    log.write(f"{os.getpid()} {' '.join(sys.argv[2:])}\\n")
if (folder / "code").exists():
    sys.exit(int((folder / "code").read_text()))
if sys.argv[2] == "crawl":
    from activity.semester import night_of
    from desk.setting.config import load_config
    from db.opening import open_database
    from db.nightly.run import begin_run, finish_run

    config = load_config(os.environ)
    engine = open_database(config.database_url)
    run = begin_run(engine, night_of(config.now(), config.zone), config.now())
    if (folder / "hang").exists():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        (folder / "ready").write_text(f"{os.getpid()} {child.pid}")
        time.sleep(300)
    finish_run(engine, run, config.now(), {})
if sys.argv[2] == "backup":
    from desk.keeping.backup import make_backup
    from desk.setting.config import load_config

    make_backup(load_config(os.environ), None, None, None, lambda _done, _total: None)
'''


class Stage:
    """A folder with a database, a stand-in for `denyut` and what it wrote."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        self.url = f"sqlite:///{folder / 'city.db'}"
        self.monkeypatch = monkeypatch
        self.opened = ExitStack()
        (folder / "stand_in.py").write_text(STAND_IN)
        open_database(self.url, create=True).dispose()
        monkeypatch.setenv("DENYUT_DATABASE", self.url)
        monkeypatch.setenv("DENYUT_TIMEZONE", "Asia/Makassar")
        monkeypatch.setenv("DENYUT_CRAWL_AT", "01:30")
        monkeypatch.setenv("DENYUT_BACKUP_DAYS", "0")
        monkeypatch.setenv("DENYUT_CONTACT", "uji@example.id")
        monkeypatch.setenv("DENYUT_NOW", "2026-03-02T02:00+08:00")

    def keeper(self):
        config = load_config(os.environ)
        command = (sys.executable, str(self.folder / "stand_in.py"), str(self.folder))
        engine = open_database(self.url)
        self.opened.callback(engine.dispose)
        return ScheduleKeeper(config, engine, command)

    def at(self, keeper, moment):
        self.monkeypatch.setenv("DENYUT_NOW", f"{moment}+08:00")
        keeper.config = load_config(os.environ)
        return keeper

    def log(self):
        path = self.folder / "log"
        return [line.split(" ", 1)[1] for line in path.read_text().splitlines()] if path.exists() else []

    def wait_for(self, name):
        deadline = clock.monotonic() + 30
        while not (self.folder / name).exists() or not (self.folder / name).read_text():
            assert clock.monotonic() < deadline, f"{name} never came"
            clock.sleep(0.02)
        return [int(word) for word in (self.folder / name).read_text().split()]


@pytest.fixture
def stage(tmp_path, monkeypatch):
    monkeypatch.setattr(scheduler, "_GRACE", 0.5)
    stage = Stage(tmp_path, monkeypatch)
    with stage.opened:
        yield stage


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def wait_until_dead(*pids):
    deadline = clock.monotonic() + 10
    while any(is_alive(pid) for pid in pids):
        assert clock.monotonic() < deadline, "a process of the group is left behind"
        clock.sleep(0.02)


def test_a_night_is_crawled_once(stage):
    keeper = stage.keeper()
    assert [keeper.look() for _ in range(3)] == [0, 0, 0]
    assert stage.log() == ["crawl --nightly"]
    assert stage.keeper().plan() == ()


def test_messages_leave_once_a_morning_and_their_end_is_not_the_schedules(stage):
    stage.monkeypatch.setenv("DENYUT_MESSAGE_URLS", "json://127.0.0.1/x")
    keeper = stage.keeper()
    assert keeper.look() == 0
    (stage.folder / "code").write_text("1")
    stage.at(keeper, "2026-03-02T07:00")
    # The stand-in writes nothing down, as where the disk is full: twice, and no more that morning.
    assert [keeper.look() for _ in range(3)] == [0, 0, 0]
    assert stage.log() == ["crawl --nightly", "message send", "message send"]


def test_messages_leave_although_the_crawl_fails(stage):
    (stage.folder / "code").write_text("3")
    stage.monkeypatch.setenv("DENYUT_MESSAGE_URLS", "json://127.0.0.1/x")
    keeper = stage.at(stage.keeper(), "2026-03-02T07:00")
    begin_run(keeper.engine, date(2026, 3, 1), keeper.config.now())
    assert keeper.look() == 3
    assert stage.log() == ["crawl --nightly", "message send"]


def test_a_crawl_killed_half_way_is_made_up_for_exactly_once(stage):
    (stage.folder / "hang").touch()
    keeper = stage.keeper()
    codes = []
    looking = threading.Thread(target=lambda: codes.append(keeper.look()))
    looking.start()
    leader, child = stage.wait_for("ready")
    os.kill(leader, signal.SIGKILL)
    looking.join(30)
    assert codes == [-signal.SIGKILL]
    wait_until_dead(leader, child)
    (stage.folder / "hang").unlink()
    assert [keeper.look() for _ in range(3)] == [0, 0, 0]
    assert stage.log() == ["crawl --nightly", "crawl --nightly"]
    (run,) = load_runs(keeper.engine)
    assert (run.number, run.status.value) == (1, "finished")


def test_a_schedule_that_died_with_its_crawl_makes_up_for_it_at_its_next_start(stage):
    keeper = stage.keeper()
    begin_run(keeper.engine, date(2026, 3, 1), keeper.config.now())
    fresh = stage.keeper()
    assert [fresh.look(), fresh.look()] == [0, 0]
    assert stage.log() == ["crawl --nightly"]


def test_what_fails_is_tried_twice_a_night_and_again_the_next(stage):
    (stage.folder / "code").write_text("1")
    keeper = stage.keeper()
    assert [keeper.look() for _ in range(4)] == [1, 1, 0, 0]
    stage.at(keeper, "2026-03-03T02:00")
    assert keeper.look() == 1
    assert stage.log() == ["crawl --nightly"] * 3


def test_a_crawl_by_hand_at_the_same_time_is_waited_for(stage):
    (stage.folder / "code").write_text("4")
    keeper = stage.keeper()
    assert [keeper.look() for _ in range(3)] == [4] * 3
    (stage.folder / "code").unlink()
    assert keeper.look() == 0


def test_a_crawl_that_leaves_nothing_is_not_repeated_for_ever(stage):
    (stage.folder / "code").write_text("0")
    keeper = stage.keeper()
    assert [keeper.look() for _ in range(4)] == [1, 1, 0, 0]


def test_a_crawl_by_hand_in_the_evening_does_not_stand_for_the_night(stage):
    keeper = stage.keeper()
    evening = local("2026-03-01T20:00:00")
    finish_run(keeper.engine, begin_run(keeper.engine, date(2026, 3, 1), evening), evening, {})
    assert keeper.look() == 0
    assert stage.log() == ["crawl --nightly"]


def test_a_backup_is_made_after_the_nights_crawl_and_once_a_week(stage):
    stage.monkeypatch.setenv("DENYUT_BACKUP_DAYS", "7")
    keeper = stage.keeper()
    for moment in ("2026-03-02T02:00", "2026-03-03T02:00", "2026-03-09T02:00"):
        assert stage.at(keeper, moment).look() == 0
    assert stage.log() == ["crawl --nightly", "backup", "crawl --nightly", "crawl --nightly", "backup"]


def test_the_semester_is_shortlisted_after_its_last_crawl_and_once(stage):
    keeper = stage.at(stage.keeper(), "2026-07-01T02:00")
    assert [keeper.look(), keeper.look()] == [0, 0]
    assert stage.log() == ["crawl --nightly", "shortlist 2026-S1"]
    ranking = Ranking(Semester(2026, 1), date(2026, 6, 30), "keaktifan", "1", "00", 3, 5, ())
    save_ranking(keeper.engine, ranking, keeper.config.now())
    for moment in ("2026-07-01T09:00", "2026-07-02T02:00"):
        assert stage.at(stage.keeper(), moment).look() == 0
    assert stage.log() == ["crawl --nightly", "shortlist 2026-S1", "crawl --nightly"]


def test_a_ranking_made_before_the_end_does_not_stand_for_the_shortlist(stage):
    keeper = stage.at(stage.keeper(), "2026-07-01T02:00")
    early = Ranking(Semester(2026, 1), date(2026, 6, 29), "keaktifan", "1", "00", 3, 5, ())
    save_ranking(keeper.engine, early, local("2026-06-30T08:00:00"))
    assert keeper.look() == 0
    assert stage.log() == ["crawl --nightly", "shortlist 2026-S1"]


def test_the_time_limit_ends_the_whole_group(stage):
    (stage.folder / "hang").touch()
    command = [sys.executable, str(stage.folder / "stand_in.py"), str(stage.folder), "crawl"]
    process = subprocess.Popen(command, start_new_session=True)
    pids = stage.wait_for("ready")
    assert run_within(process, timedelta(seconds=0.2)) == scheduler.EXIT_LIMIT
    wait_until_dead(*pids)


def test_stopping_the_schedule_ends_its_job_and_all_further_looks(stage):
    (stage.folder / "hang").touch()
    keeper = stage.keeper()
    codes = []
    looking = threading.Thread(target=lambda: codes.append(keeper.look()))
    looking.start()
    pids = stage.wait_for("ready")
    keeper.stop()
    looking.join(30)
    assert codes == [-signal.SIGKILL]
    wait_until_dead(*pids)
    assert keeper.look() == 0
    assert stage.log() == ["crawl --nightly"]


def test_children_that_a_job_leaves_behind_are_ended(stage):
    script = (
        "import subprocess, sys;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)']);"
        f"open({str(stage.folder / 'ready')!r}, 'w').write(str(child.pid))"
    )
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", script], start_new_session=True)
    assert run_within(process, timedelta(seconds=30)) == 0
    wait_until_dead(*stage.wait_for("ready"))


def run_scheduler(*arguments):
    command = [sys.executable, "-P", "-m", "scheduler", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_instance_is_refused_and_the_first_stops_when_told(stage):
    stage.monkeypatch.setenv("DENYUT_NOW", "2026-03-02T20:00+08:00")  # nothing is due
    command = [sys.executable, "-P", "-m", "scheduler"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        try:
            assert first.stderr is not None
            assert "next crawl at 2026-03-03 01:30:00+08:00" in first.stderr.readline()
            second = run_scheduler("--once")
            first.send_signal(signal.SIGTERM)
            assert first.wait(30) == 0
        finally:
            first.kill()
    assert second.returncode == 4
    assert second.stderr.startswith("denyut-scheduler: Another Denyut holds the lock")
    assert second.stderr.count("\n") == 1
    with hold_lock(stage.url, "scheduler"):
        pass


def test_the_plan_is_printed_without_the_lock(stage):
    with hold_lock(stage.url, "scheduler"):
        said = run_scheduler("--plan")
    assert said.stdout == "due now: crawl of 2026-03-01\nnext crawl: 2026-03-03 01:30 WITA\n"
    assert said.returncode == 0


def test_a_schedule_without_a_contact_is_refused(stage):
    stage.monkeypatch.setenv("DENYUT_CONTACT", " ")
    said = run_scheduler("--once")
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "DENYUT_CONTACT" in said.stderr
    assert run_scheduler("--plan").returncode == 0
    assert stage.log() == []


def test_a_missing_database_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("DENYUT_CONTACT", "uji@example.id")
    monkeypatch.setenv("DENYUT_DATABASE", f"sqlite:///{tmp_path / 'none.db'}")
    said = run_scheduler("--once")
    assert said.returncode == 3
    assert said.stderr.startswith("denyut-scheduler: ")
    assert said.stderr.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


def test_a_schedule_that_starts_before_its_database_waits_for_it(stage, own_postgres):
    open_database(own_postgres.url, create=True).dispose()
    own_postgres.stop()
    stage.monkeypatch.setenv("DENYUT_DATABASE", own_postgres.url)
    stage.monkeypatch.setenv("DENYUT_NOW", "2026-03-02T20:00+08:00")  # nothing is due
    assert run_scheduler("--once").returncode == 3
    command = [sys.executable, "-P", "-m", "scheduler"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        try:
            assert first.stderr is not None
            assert "It is waited for, up to 300 s" in first.stderr.readline()
            own_postgres.start()
            assert "is back after" in first.stderr.readline()
            assert "next crawl at" in first.stderr.readline()
            first.send_signal(signal.SIGTERM)
            assert first.wait(30) == 0
        finally:
            first.kill()


def test_the_schedules_lock_is_taken_again_after_the_server_was_away(stage, own_postgres, caplog):
    open_database(own_postgres.url, create=True).dispose()
    stage.monkeypatch.setenv("DENYUT_NOW", "2026-03-02T20:00+08:00")  # nothing is due
    keeper = stage.keeper()
    keeper.engine = open_database(own_postgres.url)
    with hold_lock(own_postgres.url, "scheduler") as keeper.renew_lock:
        own_postgres.stop()
        keeper.look_safely()
        assert "cannot be used" in caplog.text
        own_postgres.start()
        keeper.look_safely()
        with pytest.raises(DatabaseBusyError), hold_lock(own_postgres.url, "scheduler"):
            pass
    keeper.engine.dispose()
