"""Which of a night's and a semester's jobs are due: read from the database, decided by a pure function."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.message import Message
from activity.semester import Semester, night_of
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = [
    "MOST_ATTEMPTS",
    "DueJob",
    "Task",
    "due_at",
    "find_done",
    "find_round_due",
    "newest_morning",
    "next_crawl",
    "plan_jobs",
    "told_at",
]

# A job that failed is made up for once; what fails twice a night needs a person.
MOST_ATTEMPTS = 2
# As long as the nightly crawl still looks for posts of the semester before.
SHORTLIST_FOR = timedelta(days=31)
_RECENT_RUNS = 200


class Task(StrEnum):
    """What a job does: the name of a `denyut` command."""

    CRAWL = "crawl"
    SHORTLIST = "shortlist"
    BACKUP = "backup"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class DueJob:
    """One thing to do once.

    Attributes:
        subject: the night as `2026-06-30`, the semester as `2026-S1`, or a backup's day.
    """

    task: Task
    subject: str

    @property
    def arguments(self) -> tuple[str, ...]:
        """What `denyut` is called with; crawl, messages and backup find their night or day by themselves."""
        more = {Task.CRAWL: ("--nightly",), Task.SHORTLIST: (self.subject,), Task.MESSAGE: ("send",)}
        return (self.task.value, *more.get(self.task, ()))

    @property
    def told(self) -> Message:
        """What it is, for people."""
        return Message("{task} of {subject}", task=self.task, subject=self.subject)

    def __str__(self) -> str:
        return str(self.told)


def due_at(night: date, crawl_at: time, zone: ZoneInfo) -> datetime:
    """When a night's crawl starts; a time before noon belongs to the following calendar day.

    >>> due_at(date(2026, 6, 30), time(1, 30), ZoneInfo("Asia/Makassar")).isoformat()
    '2026-07-01T01:30:00+08:00'
    """
    day = night + timedelta(days=1) if crawl_at < time(12) else night
    return datetime.combine(day, crawl_at, zone)


def next_crawl(now: datetime, crawl_at: time, zone: ZoneInfo) -> datetime:
    """The first start of a crawl after `now`."""
    night = night_of(now, zone)
    starts = (due_at(night + timedelta(days=n), crawl_at, zone) for n in range(2))
    return next(start for start in starts if start > now)


def plan_jobs(
    now: datetime,
    *,
    zone: ZoneInfo,
    crawl_at: time,
    finished: date | None,
    ranked: Semester | None,
    attempts: Mapping[DueJob, int],
    backed_up: date | None = None,
    backup_days: int = 0,
) -> tuple[DueJob, ...]:
    """Tell what is due at a moment, in order; a job is never planned again once it was done.

    A night that is over is not crawled under its old name: the next crawl reaches back over it.
    A semester is shortlisted when a crawl of its last night, or of a later one, has finished.

    Args:
        finished: the newest night whose crawl was finished.
        ranked: the newest semester that was ranked after such a crawl.
        attempts: how often each job was tried by this process.
        backed_up: the day of the newest backup.
        backup_days: days from one backup to the next; 0 for none.
    """
    jobs: list[DueJob] = []
    night = night_of(now, zone)
    if now >= due_at(night, crawl_at, zone) and (finished is None or finished < night):
        jobs.append(DueJob(Task.CRAWL, night.isoformat()))
    tried = MOST_ATTEMPTS if not jobs else attempts.get(jobs[0], 0)
    today = now.astimezone(zone).date()
    semester = Semester.of(today).previous
    covered = finished is not None and finished >= semester.end_day - timedelta(days=1)
    if covered and today < semester.end_day + SHORTLIST_FOR and (ranked is None or ranked < semester):
        jobs.append(DueJob(Task.SHORTLIST, str(semester)))
    if backup_days and tried >= MOST_ATTEMPTS:
        # Between noon and the crawl's hour only what the nights of two days have left undone.
        age = (today - backed_up).days if backed_up is not None else backup_days
        if age > backup_days or (age >= backup_days and now >= due_at(night, crawl_at, zone)):
            jobs.append(DueJob(Task.BACKUP, today.isoformat()))
    return tuple(job for job in jobs if attempts.get(job, 0) < MOST_ATTEMPTS)


def find_done(engine: "Engine", config: Config) -> tuple[date | None, Semester | None]:
    """The newest night crawled when it was due or later, and the newest semester ranked after its end.

    A crawl by hand in the evening, perhaps of one agency only, does not stand for the night's; nor does
    one under a wrong clock, whichever night it names.
    """
    from db.nightly.odd import load_odd_runs
    from db.nightly.run import load_runs
    from db.semester.ranking import is_ranked_whole

    tonight = night_of(config.now(), config.zone)
    odd = {run.id for run in load_odd_runs(engine, tonight)}
    done = [
        (run.night, run.finished_at)
        for run in load_runs(engine, limit=_RECENT_RUNS, until=tonight, finished=True)
        if run.id not in odd
        and run.finished_at is not None
        and run.finished_at >= due_at(run.night, config.crawl_at, config.zone)
    ]
    semester = Semester.of(config.now().astimezone(config.zone).date()).previous
    over = [moment for night, moment in done if night >= semester.end_day - timedelta(days=1)]
    ranked = semester if over and is_ranked_whole(engine, semester, min(over)) else None
    return max((night for night, _ in done), default=None), ranked


def told_at(night: date, crawl_at: time, message_at: time, zone: ZoneInfo) -> datetime:
    """When a night's message leaves: at the first such hour after its crawl is due.

    >>> told_at(date(2026, 6, 30), time(8), time(7), ZoneInfo("Asia/Makassar")).isoformat()
    '2026-07-02T07:00:00+08:00'
    """
    day = due_at(night, crawl_at, zone).date()
    if message_at <= crawl_at:
        day += timedelta(days=1)
    return datetime.combine(day, message_at, zone)


def newest_morning(config: Config) -> date:
    """The newest night whose message's hour has come."""
    now = config.now()
    # A message may leave two days after its night's date, and a day has had no message before its hour.
    nights = (now.astimezone(config.zone).date() - timedelta(days=n) for n in range(4))
    return next(n for n in nights if told_at(n, config.crawl_at, config.message_at, config.zone) <= now)


def find_round_due(engine: "Engine", config: Config) -> date | None:
    """The night whose messages are due now; None where all were tried, or nobody gets any.

    A database that was never crawled has nothing to tell.
    """
    from db.nightly.run import load_runs
    from db.office.delivery import find_round

    night = newest_morning(config)
    if not config.message_urls and config.messages_file is None:
        return None
    return night if find_round(engine) != night and load_runs(engine, limit=1, until=night) else None
