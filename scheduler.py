"""`denyut-scheduler`: the nightly crawl, the semester's shortlist and backups, each a process of its own.

Whether a job is due is read from the database each time, so that it does not matter how long this
process, or its machine, was away. docs/scheduler.md explains it for people.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from activity.condition import EXIT_WIDE
from activity.errors import DatabaseBusyError, DenyutError
from activity.speech.plain import show_plain
from cli.console import say
from cli.help import choose_catalogue
from cli.speech import phrase
from desk.keeping.backup import find_newest
from desk.night.due import MOST_ATTEMPTS, DueJob, Task, find_done, find_round_due, next_crawl, plan_jobs
from desk.setting.config import Config, load_config
from desk.setting.file import merge_settings

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler
    from sqlalchemy import Engine

__all__ = ["ClockWatch", "ScheduleKeeper", "main", "run_within"]

_LOG = logging.getLogger("denyut.scheduler")

LOOK_EVERY = timedelta(minutes=10)
WATCH_EVERY = timedelta(minutes=1)
JUMP = timedelta(minutes=2)
LIMITS = {
    Task.SHORTLIST: timedelta(minutes=30),
    Task.BACKUP: timedelta(hours=3),
    Task.MESSAGE: timedelta(minutes=10),
}
EXIT_LIMIT = 124
_GRACE = 20.0


def run_within(process: "subprocess.Popen[bytes]", limit: timedelta) -> int:
    """Wait for a process that leads its own group; its exit code, or 124 when its time ran out.

    Whatever happens, nobody of the group is left behind.
    """
    try:
        return process.wait(limit.total_seconds())
    except subprocess.TimeoutExpired:
        return EXIT_LIMIT
    finally:
        _end_group(process)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ask the whole group to end, then make it end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@dataclass(slots=True)
class ScheduleKeeper:
    """Looks what is due and does it, one job at a time.

    Attributes:
        command: how `denyut` is started; `-P` keeps the working directory off the import path.
        renew_lock: takes the schedule's own lock again where the database's server went away with it.
    """

    config: Config
    engine: "Engine"
    command: tuple[str, ...] = (sys.executable, "-P", "-m", "cli")
    renew_lock: Callable[[], None] | None = None
    attempts: Counter[DueJob] = field(default_factory=Counter)
    _child: "subprocess.Popen[bytes] | None" = None
    _stopped: bool = False

    def plan(self) -> tuple[DueJob, ...]:
        """What is due now."""
        finished, ranked = find_done(self.engine, self.config)
        return plan_jobs(
            self.config.now(),
            zone=self.config.zone,
            crawl_at=self.config.crawl_at,
            finished=finished,
            ranked=ranked,
            attempts=self.attempts,
            backed_up=find_newest(self.config),
            backup_days=self.config.backup_days,
        )

    def look(self) -> int:
        """Do what is due, then send the morning's messages; the worst exit code of what was done.

        A message is no part of it: no mail server, alive or dead, changes what becomes of a night.
        """
        code = self._work()
        self._tell()
        return code

    def _work(self) -> int:
        """Do what is due, until nothing is or something fails; the worst exit code.

        What failed is tried again at the next look, so that a passing trouble may pass. A crawl that was
        finished, and found a channel as a whole in trouble, is done.
        """
        worst = 0
        while not self._stopped and (jobs := self.plan()):
            code = self._run(jobs[0])
            worst = code or worst
            if code not in {0, EXIT_WIDE} or jobs[0] in self.plan():
                return code
        return worst

    def plan_messages(self) -> DueJob | None:
        """The morning's messages, where they are due now."""
        night = find_round_due(self.engine, self.config)
        job = DueJob(Task.MESSAGE, night.isoformat()) if night else None
        return job if job and self.attempts[job] < MOST_ATTEMPTS else None

    def _tell(self) -> None:
        """Send the morning's messages where they are due; what cannot be sent is told by a line of theirs."""
        try:
            job = None if self._stopped else self.plan_messages()
        except DenyutError as error:
            _LOG.error(phrase("{error}", error=error))
            return
        if job:
            self.attempts[job] += 1
            self.launch(job, LIMITS[job.task])

    def look_safely(self) -> None:
        """Look; what is wrong with the database is said and looked at again later.

        So it is where another schedule has taken the lock while the server was away: that one looks now.
        """
        try:
            if self.renew_lock is not None:
                self.renew_lock()
            self.look()
        except DenyutError as error:
            _LOG.error(phrase("{error}", error=error))

    def stop(self) -> None:
        """End the job at hand with all its processes; later looks do nothing."""
        self._stopped = True
        if self._child is not None:
            _end_group(self._child)

    def launch(self, job: DueJob, limit: timedelta) -> int:
        """Do a job in a process of its own; its exit code."""
        self._child = subprocess.Popen((*self.command, *job.arguments), start_new_session=True)
        try:
            return run_within(self._child, limit)
        finally:
            self._child = None

    def _run(self, job: DueJob) -> int:
        limit = LIMITS.get(job.task, timedelta(minutes=self.config.crawl_limit))
        _LOG.info(phrase("{job} begins, attempt {attempt}", job=job.told, attempt=self.attempts[job] + 1))
        code = self.launch(job, limit)
        ended = phrase("{job} ended with exit code {code}", job=job.told, code=code)
        _LOG.log(logging.ERROR if code else logging.INFO, ended)
        if code == DatabaseBusyError.exit_code:
            # Somebody crawls by hand: that is no failure of this job.
            return code
        # A shortlist that equals an earlier ranking leaves no trace, and needs none.
        done = code == 0 and (job.task is Task.SHORTLIST or job not in self.plan())
        self.attempts[job] = MOST_ATTEMPTS if done else self.attempts[job] + 1
        if code == 0 and not done:
            _LOG.error(phrase("{job} left nothing in the database", job=job.told))
        return code if code or done else 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Keep the schedule until stopped; a second instance on one database ends with exit code 4."""
    options = _read_options(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    _LOG.setLevel(logging.INFO)
    # Its warnings say that the next look waits for a long crawl, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    try:
        sys.exit(_serve(load_config(merge_settings(os.environ, Path())), options))
    except DenyutError as error:
        sys.stderr.write(f"denyut-scheduler: {show_plain(phrase('{error}', error=error))}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    choose_catalogue()
    does = phrase(
        "Crawls every night at DENYUT_CRAWL_AT (local time, DENYUT_TIMEZONE), backs up every "
        "DENYUT_BACKUP_DAYS, and makes the shortlist when a semester has ended. Settings are environment "
        "variables: see docs/scheduler.md."
    )
    parser = argparse.ArgumentParser(prog="denyut-scheduler", description=does)
    mode = parser.add_mutually_exclusive_group()
    once = phrase("do what is due now, then end (for cron)")
    mode.add_argument("--once", action="store_true", help=once)
    plan = phrase("say what is due now and when the next crawl is")
    mode.add_argument("--plan", action="store_true", help=plan)
    return parser.parse_args(arguments)


def _serve(config: Config, options: argparse.Namespace) -> int:
    from db.lock import hold_lock
    from db.opening import open_database
    from db.patience import Patience

    # A schedule that stays may start before its database does, as after a power cut.
    if not options.plan:
        config.check_contact()
    patience = Patience(0 if options.plan or options.once else config.database_wait)
    keeper = ScheduleKeeper(config, patience.outlast(lambda: open_database(config.database_url)))
    if options.plan:
        _print_plan(keeper)
        return 0
    with hold_lock(config.database_url, "scheduler") as keeper.renew_lock:
        try:
            if options.once:
                signal.signal(signal.SIGTERM, _end)
                return abs(keeper.look())
            _keep_schedule(keeper)
        finally:
            keeper.stop()
    return 0


def _keep_schedule(keeper: ScheduleKeeper) -> None:
    """Look on the hour and every ten minutes until the process is told to end."""
    config = keeper.config
    served = _compose_scheduler(keeper)
    watch = ClockWatch(lambda: _plan_anew(served))
    threading.Thread(target=watch.keep, daemon=True, name="clock").start()
    served.start()
    try:
        # Only now, and where nothing but waiting is left to do: in apscheduler's own loop an end that comes
        # while a job is handed out is taken for that job's failure, and the loop goes on.
        signal.signal(signal.SIGTERM, _end)
        at = next_crawl(config.now(), config.crawl_at, config.zone)
        _LOG.info(phrase("next crawl at {at}", at=str(at)))
        while True:
            # A signal that comes just before a wait begins does not interrupt it.
            time.sleep(1)
    finally:
        served.shutdown(wait=False)


@dataclass(slots=True)
class ClockWatch:
    """Notices a clock that was set, or a machine that slept: what waits for an hour waits for the wrong one.

    Attributes:
        on_jump: called once for each jump.
        wall, steady: the clock that people set, and the one that nobody can.
    """

    on_jump: Callable[[], None]
    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    _offset: float | None = None

    def look(self) -> bool:
        """Compare both clocks; whether one of them jumped since the last look."""
        offset = self.wall() - self.steady()
        jumped = self._offset is not None and abs(offset - self._offset) > JUMP.total_seconds()
        self._offset = offset
        if jumped:
            self.on_jump()
        return jumped

    def keep(self) -> None:
        """Look once a minute for as long as the process lives."""
        while True:
            self.look()
            time.sleep(WATCH_EVERY.total_seconds())


def _plan_anew(scheduler: "BackgroundScheduler") -> None:
    """Both triggers from the clock as it stands now; a look comes at once."""
    _LOG.warning(phrase("the clock was set, or the machine slept: the schedule is planned anew"))
    cron = scheduler.get_job("crawl-at")
    cron.reschedule(cron.trigger)
    scheduler.modify_job("look", next_run_time=datetime.now(scheduler.timezone))


def _compose_scheduler(keeper: ScheduleKeeper) -> "BackgroundScheduler":
    """Two triggers for one question: the hour itself, and every ten minutes from the start on.

    The second makes up for failures, for a machine that slept and for a clock that was set.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    zone, at = keeper.config.zone, keeper.config.crawl_at
    # One thread, so that no two jobs run at once; no grace time, so that none is dropped for being late.
    scheduler = BackgroundScheduler(
        timezone=zone,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(
        keeper.look_safely, "cron", hour=at.hour, minute=at.minute, second=at.second, id="crawl-at"
    )
    start = datetime.now(zone)
    scheduler.add_job(
        keeper.look_safely, "interval", seconds=LOOK_EVERY.total_seconds(), next_run_time=start, id="look"
    )
    return scheduler


def _print_plan(keeper: ScheduleKeeper) -> None:
    config = keeper.config
    jobs = [*keeper.plan(), *filter(None, [keeper.plan_messages()])]
    for job in jobs:
        say("due now: {job}", job=job.told)
    if not jobs:
        say("nothing is due now")
    at = next_crawl(config.now(), config.crawl_at, config.zone)
    say("next crawl: {at:%Y-%m-%d %H:%M %Z}", at=at)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
