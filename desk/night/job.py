"""What a crawl is given, composed of the settings in force."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.agency import Account
from activity.channel import CHANNELS, Access, Channel
from activity.semester import night_of
from activity.visit import Budget, Target, Window
from desk.keeping.evidence import open_archive
from desk.night.browser import find_browser
from desk.night.graph import compose_accesses
from desk.night.plan import is_thorough
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.job import CrawlJob, Policy
    from db.nightly.run import RunRef

__all__ = ["Due", "Load", "choose_processes", "compose_job", "compose_load", "compose_policy"]

SMALL_CITY = 500
"""Below so many websites a second process costs more to start than it saves; see docs/performance.md."""

Due = Mapping[Channel, Sequence[Account]]
Load = Callable[[Sequence[Account]], Sequence[Target]]


def choose_processes(wanted: int | None, websites: int) -> int:
    """Count the processes that crawl at once: as many as were asked for, else as the machine has cores.

    One is enough where there are no websites, since all calls under a token are made by one.

    >>> choose_processes(None, 120), choose_processes(3, 120)
    (1, 3)
    """
    if wanted is not None and websites:
        return wanted
    return 1 if websites < SMALL_CITY else os.cpu_count() or 1


def compose_job(
    config: Config, engine: "Engine", run: "RunRef", window: Window, due: Due, *, thorough: bool
) -> "CrawlJob":
    """Compose all that a crawl of this machine alone is given."""
    from crawler.job import CrawlJob
    from db.nightly.run import load_runs

    browser = find_browser(config.browser)
    first = load_runs(engine)[-1].night
    load = compose_load(
        engine, run, window, config.zone, first, thorough=thorough, rendering=browser is not None
    )
    archive = open_archive(config)
    policy = replace(compose_policy(config, browser), evidence=archive is not None)
    websites = sum(len(who) for channel, who in due.items() if CHANNELS[channel].access is Access.OPEN)
    processes = choose_processes(config.processes, websites) if any(due.values()) else 0
    memory = config.shard_memory
    return CrawlJob(engine, run, due, load, policy, processes=processes, memory=memory, archive=archive)


def compose_load(
    engine: "Engine",
    run: "RunRef",
    window: Window,
    zone: ZoneInfo,
    first: date,
    *,
    thorough: bool,
    rendering: bool,
) -> Load:
    """Compose what reads the targets of some accounts, each with what tonight asks of it.

    Args:
        first: the night of the database's first run.
    """
    from db.nightly.target import load_some

    def load(accounts: Sequence[Account]) -> tuple[Target, ...]:
        known = load_some(engine, accounts, window, zone, budget=Budget())
        return tuple(
            replace(
                target,
                thorough=thorough
                or is_thorough(target.account.id, run.night, first, _last_read(target, zone)),
                rendering=rendering,
            )
            for target in known
        )

    return load


def _last_read(target: Target, zone: ZoneInfo) -> date | None:
    """The night on which a website's list was last read; calls under a token are not made up for."""
    is_open = CHANNELS[target.account.channel].access is Access.OPEN
    seen = target.memory.seen_at if is_open else None
    return None if seen is None else night_of(seen, zone)


def compose_policy(config: Config, browser: str | None) -> "Policy":
    """Compose how a crawl behaves by the settings; evidence is kept where somebody says so."""
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
