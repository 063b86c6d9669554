"""The night's work: who is due is visited, what came is stored, and the run is closed when all is done."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from activity.agency import Account
from activity.channel import CHANNELS, CRAWLED, Access, Channel
from activity.errors import ShardError, ShortageError
from activity.semester import night_of
from activity.visit import Budget, Target, Window
from desk.keeping.evidence import open_archive
from desk.night.browser import find_browser
from desk.night.graph import compose_accesses
from desk.night.plan import is_thorough
from desk.night.wave import OnHarvest, Rest, Waves, WaveTally
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.job import CrawlJob, CrawlSummary, Policy
    from db.nightly.run import RunRef

__all__ = ["CrawledNight", "Scope", "Watching", "choose_processes", "crawl_night"]

_T = TypeVar("_T")

SMALL_CITY = 500
"""Below so many websites a second process costs more to start than it saves; see docs/performance.md."""

Due = Mapping[Channel, Sequence[Account]]
Watching = Callable[[int], AbstractContextManager[OnHarvest]]
"""Opens whatever shows progress, of so many accounts, for as long as the crawl lasts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a crawl visits, and how; `agencies` None means everybody."""

    channels: tuple[Channel, ...] = CRAWLED
    agencies: frozenset[str] | None = None
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class CrawledNight:
    """What one crawl came to.

    Attributes:
        run: the night's run; still open where somebody is left out.
        retried: accounts that later waves tried again.
        recovered: those of them that were seen in the end.
    """

    run: "RunRef"
    summary: "CrawlSummary"
    retried: int = 0
    recovered: int = 0


def crawl_night(
    config: Config,
    engine: "Engine",
    window: Window,
    scope: Scope,
    watching: Watching,
    waves: Waves,
    resting: Callable[[Rest], None],
) -> CrawledNight:
    """Visit everybody in scope who is due, in the night's run; then, in waves, whoever could not be seen.

    Raises DatabaseBusyError where another crawl is at work, and what `crawler.run.crawl` raises.

    Args:
        resting: told before each pause.
    """
    from db.lock import hold_lock
    from db.nightly.run import begin_run
    from db.nightly.target import count_targets, load_due

    find_browser(config.browser)
    with hold_lock(config.database_url, "crawl") as renew_lock:
        run = begin_run(engine, night_of(window.now, config.zone), window.now)
        worker = _Worker(config, engine, scope, watching, renew_lock, WaveTally(scope.channels))
        due = {
            channel: load_due(engine, channel, run, window, config.zone, agencies=scope.agencies)
            for channel in scope.channels
        }
        total = count_targets(engine, scope.channels, run, window, config.zone, agencies=scope.agencies)
        worker.work(run, window, due, total)
        try:
            _try_again(worker, run, window, waves, resting)
        except (ShardError, ShortageError):
            # Everybody was looked at once: the night is whole without the later waves.
            worker.close(run, window)
            raise
        worker.close(run, window)
    tally = worker.tally
    return CrawledNight(run, tally.sum_up(), tally.retried, tally.recovered)


@dataclass(frozen=True, slots=True)
class _Worker:
    """Works one wave after another on the same terms."""

    config: Config
    engine: "Engine"
    scope: Scope
    watching: Watching
    renew_lock: Callable[[], None]
    tally: WaveTally

    def outlast(self, do: Callable[[], _T]) -> _T:
        """Do something in the database, also when its server is away for a while."""
        from db.patience import Patience

        return Patience(self.config.database_wait, self.renew_lock).outlast(do)

    def work(self, run: "RunRef", window: Window, due: Due, total: int) -> None:
        """Visit some accounts."""
        from crawler.run import crawl, hire
        from db.patience import Patience

        job = _compose_job(self.config, self.engine, run, window, self.scope, due)
        if job.processes == 0:
            return
        with hire(job.processes) as crew, self.watching(total) as on_harvest:
            patience = Patience(self.config.database_wait, self.renew_lock)
            listen = self.tally.listen(on_harvest)
            self.tally.add(crawl(replace(job, on_harvest=listen, patience=patience), crew))

    def load_unseen(self, run: "RunRef", window: Window) -> Due:
        """Whom a wave tries again."""
        from db.nightly.target import load_unseen

        zone, agencies = self.config.zone, self.scope.agencies
        return {
            channel: load_unseen(self.engine, channel, run, window, zone, agencies=agencies)
            for channel in self.scope.channels
        }

    def close(self, run: "RunRef", window: Window) -> None:
        """Finish the night's run when nobody is left out; a crawl of a part leaves it open."""
        self.outlast(partial(_close_night, self.engine, run, window, self.config.zone, self.config.now()))


def _try_again(
    worker: _Worker, run: "RunRef", window: Window, waves: Waves, resting: Callable[[Rest], None]
) -> None:
    """Work the later waves; one that has nobody to try yet leaves its pause to the next.

    Where a crawl that was cut short goes on, the first wave has nobody left, and no pause is due.
    """
    from crawler.run import interruptible

    config, pause = worker.config, timedelta()
    for number in range(2, waves.most + 1):
        if worker.tally.visited:
            pause += waves.pause
        begin, wave = config.now() + pause, replace(run, wave=number)
        if not waves.fits(begin, worker.tally.seconds):
            return
        due = worker.outlast(partial(worker.load_unseen, wave, replace(window, now=begin)))
        total = sum(map(len, due.values()))
        if total == 0:
            continue
        if pause:
            with interruptible():
                resting(Rest(number, waves.most, total, pause))
                sleep(pause.total_seconds())
            worker.outlast(worker.renew_lock)
        worker.work(wave, replace(window, now=config.now()), due, total)
        pause = timedelta()


def _close_night(engine: "Engine", run: "RunRef", window: Window, zone: ZoneInfo, now: datetime) -> None:
    from db.nightly.run import finish_run, load_totals
    from db.nightly.target import count_targets

    if count_targets(engine, CRAWLED, run, window, zone) == 0:
        finish_run(engine, run, now, load_totals(engine, run))


def choose_processes(wanted: int | None, websites: int) -> int:
    """Count the processes that crawl at once: as many as were asked for, else as the machine has cores.

    One is enough where there are no websites, since all calls under a token are made by one.

    >>> choose_processes(None, 120), choose_processes(3, 120)
    (1, 3)
    """
    if wanted is not None and websites:
        return wanted
    return 1 if websites < SMALL_CITY else os.cpu_count() or 1


def _compose_job(
    config: Config,
    engine: "Engine",
    run: "RunRef",
    window: Window,
    scope: Scope,
    due: Due,
) -> "CrawlJob":
    from crawler.job import CrawlJob
    from db.nightly.run import load_runs
    from db.nightly.target import load_some

    browser = find_browser(config.browser)
    first = load_runs(engine)[-1].night

    def load(accounts: Sequence[Account]) -> tuple[Target, ...]:
        known = load_some(engine, accounts, window, config.zone, budget=Budget())
        return tuple(
            replace(
                target,
                thorough=scope.thorough
                or is_thorough(target.account.id, run.night, first, _last_read(target, config.zone)),
                rendering=browser is not None,
            )
            for target in known
        )

    archive = open_archive(config)
    policy = replace(_compose_policy(config, browser), evidence=archive is not None)
    websites = sum(len(who) for channel, who in due.items() if CHANNELS[channel].access is Access.OPEN)
    processes = choose_processes(config.processes, websites) if any(due.values()) else 0
    memory = config.shard_memory
    return CrawlJob(engine, run, due, load, policy, processes=processes, memory=memory, archive=archive)


def _last_read(target: Target, zone: ZoneInfo) -> date | None:
    """The night on which a website's list was last read; calls under a token are not made up for."""
    is_open = CHANNELS[target.account.channel].access is Access.OPEN
    seen = target.memory.seen_at if is_open else None
    return None if seen is None else night_of(seen, zone)


def _compose_policy(config: Config, browser: str | None) -> "Policy":
    from crawler.drive.guard import Guard
    from crawler.job import Policy

    accesses = compose_accesses(config)
    return Policy(
        graph=accesses.graph,
        apis=accesses.apis,
        guard=Guard(config.allowed_networks),
        user_agent=config.user_agent,
        tokens=config.tokens,
        app_secrets=config.app_secrets,
        moment=config.fixed_now,
        concurrency=config.concurrency,
        delay=config.delay,
        timeout=config.timeout,
        log_level=config.log_level,
        browser=browser,
    )
