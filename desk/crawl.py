"""The night's work: who is due is visited, what came is stored, and the run is closed when all is done."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.agency import Account
from activity.channel import CHANNELS, CRAWLED, Access, Channel
from activity.semester import night_of
from activity.visit import Budget, Harvest, Target, Window
from desk.browser import find_browser
from desk.config import Config
from desk.evidence import open_archive
from desk.graph import compose_accesses
from desk.plan import is_thorough

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.job import CrawlSummary, Job, Policy
    from db.store import RunRef, Saved

__all__ = ["Night", "OnHarvest", "Scope", "Watching", "choose_processes", "crawl_night"]

SMALL_CITY = 500
"""Below so many websites a second process costs more to start than it saves; see docs/performance.md."""

OnHarvest = Callable[[Target, Harvest, "Saved"], None]
Watching = Callable[[int], AbstractContextManager[OnHarvest]]
"""Opens whatever shows progress, of so many accounts, for as long as the crawl lasts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a crawl visits, and how; `agencies` None means everybody."""

    channels: tuple[Channel, ...] = CRAWLED
    agencies: frozenset[str] | None = None
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class Night:
    """What one crawl came to.

    Attributes:
        run: the night's run; still open where somebody is left out.
    """

    run: "RunRef"
    summary: "CrawlSummary"


def crawl_night(config: Config, engine: "Engine", window: Window, scope: Scope, watching: Watching) -> Night:
    """Visit everybody in scope who is due, in the night's run.

    Raises DatabaseBusyError where another crawl is at work, and what `crawler.run.crawl` raises.
    """
    from crawler.job import CrawlSummary
    from crawler.run import crawl, hire
    from db.lock import hold_lock
    from db.patience import Patience
    from db.store import begin_run
    from db.target import count_targets, load_due

    browser = find_browser(config.browser)
    with hold_lock(config.database_url, "crawl") as renew_lock:
        run = begin_run(engine, night_of(window.now, config.zone), window.now)
        due = {
            channel: load_due(engine, channel, run, window, config.zone, agencies=scope.agencies)
            for channel in scope.channels
        }
        total = count_targets(engine, scope.channels, run, window, config.zone, agencies=scope.agencies)
        job = _compose_job(config, engine, run, window, scope, due, browser)
        if job.processes == 0:
            summary = CrawlSummary.of_nobody(scope.channels)
        else:
            with hire(job.processes) as crew, watching(total) as on_harvest:
                patience = Patience(config.database_wait, renew_lock)
                summary = crawl(replace(job, on_harvest=on_harvest, patience=patience), crew)
        close = partial(_close_night, engine, run, window, config.zone, config.now())
        Patience(config.database_wait, renew_lock).outlast(close)
    return Night(run, summary)


def _close_night(engine: "Engine", run: "RunRef", window: Window, zone: ZoneInfo, now: datetime) -> None:
    """Finish the night's run when nobody is left out; a crawl of a part leaves it open."""
    from db.run import finish_run, load_totals
    from db.target import count_targets

    if count_targets(engine, CRAWLED, run, window, zone) == 0:
        finish_run(engine, run, now, load_totals(engine, run))


def choose_processes(wanted: int | None, websites: int) -> int:
    """How many processes crawl at once: as many as were asked for, else as many as the machine has cores.

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
    due: dict[Channel, tuple[Account, ...]],
    browser: str | None,
) -> "Job":
    from crawler.job import Job
    from db.run import load_runs
    from db.target import load_some

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
    return Job(engine, run, due, load, policy, processes=processes, memory=memory, archive=archive)


def _last_read(target: Target, zone: ZoneInfo) -> date | None:
    """The night on which a website's list was last read; calls under a token are not made up for."""
    is_open = CHANNELS[target.account.channel].access is Access.OPEN
    seen = target.memory.seen_at if is_open else None
    return None if seen is None else night_of(seen, zone)


def _compose_policy(config: Config, browser: str | None) -> "Policy":
    from crawler.guard import Guard
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
