"""A wave on several machines: websites are given out to workers, accounts under a token stay here."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib.util import find_spec
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from activity.agency import Account
from activity.channel import CHANNELS, Access
from activity.visit import Window
from desk.keeping.evidence import mark_evidence
from desk.night.job import Due, compose_job
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.fleet.giver import Giver
    from crawler.fleet.tally import FleetTally
    from crawler.job import CrawlJob, CrawlSummary
    from db.fleet.terms import FleetTerms
    from db.nightly.run import RunRef
    from db.patience import Patience
    from desk.night.wave import OnHarvest

__all__ = ["GivenWave", "count_workers", "give_out", "has_fleet", "split_due", "split_left"]

_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class GivenWave:
    """What a wave on several machines came to.

    Attributes:
        left: websites that nobody was there to visit any more.
        again: accounts that were given out once more, for their worker was lost.
        doubled: harvests that were dropped, for the run had one of that account.
    """

    summary: "CrawlSummary"
    left: tuple[Account, ...]
    again: int = 0
    doubled: int = 0


def count_workers(engine: "Engine") -> int:
    """Count the workers that can work what this machine gives out; 0 on SQLite."""
    from activity.errors import QueueGoneError
    from db.fleet.roll import count_fit_workers

    try:
        return count_fit_workers(engine) if has_fleet(engine) else 0
    except QueueGoneError:
        return 0


def has_fleet(engine: "Engine") -> bool:
    """Tell whether there is a queue that can be used here: not on SQLite, nor without procrastinate."""
    if engine.dialect.name != "postgresql" or find_spec("procrastinate") is None:
        return False
    from db.fleet.table import has_queue

    return has_queue(engine)


def split_due(due: Due) -> tuple[Due, Due]:
    """Split whom workers may visit from whom whoever holds the tokens must."""
    is_open = {channel: CHANNELS[channel].access is Access.OPEN for channel in due}
    return (
        {channel: who for channel, who in due.items() if is_open[channel]},
        {channel: who for channel, who in due.items() if not is_open[channel]},
    )


def split_left(due: Due, left: Collection[Account]) -> Due:
    """Keep those of some channels' accounts that nobody has visited."""
    numbers = {account.id for account in left}
    return {channel: [each for each in who if each.id in numbers] for channel, who in due.items()}


def give_out(
    config: Config,
    engine: "Engine",
    run: "RunRef",
    window: Window,
    due: Due,
    *,
    thorough: bool,
    watching: "Callable[[], AbstractContextManager[OnHarvest]]",
    renew_lock: Callable[[], None],
) -> GivenWave:
    """Give websites out and watch; meanwhile visit the accounts under a token, until all is done.

    Raises what `crawler.run.crawl` raises; stopped by KeyboardInterrupt, what is given out is taken back.
    """
    from crawler.run import crawl, hire, interruptible
    from db.patience import Patience

    start, (given, own) = monotonic(), split_due(due)
    renew = _one_at_a_time(renew_lock)
    job = compose_job(config, engine, run, window, own, thorough=thorough)
    # What forks must be there before the first thread.
    with hire(job.processes) if job.processes else nullcontext() as crew, watching() as on_harvest:
        patience = Patience(config.database_wait, renew)
        terms = _compose_terms(config, window, given, job, thorough=thorough)
        giver, tally = _compose_giver(config, terms, given, job, patience, on_harvest)
        with _at_work(giver) as end:
            own_summary = None
            if crew is not None:
                waiting = Patience(config.database_wait, renew)
                own_summary = crawl(replace(job, on_harvest=on_harvest, patience=waiting), crew)
            with interruptible():
                end()
    summary = tally.sum_up(monotonic() - start)
    if own_summary is not None:
        summary = replace(own_summary.followed_by(summary), seconds=summary.seconds)
    return GivenWave(summary, giver.left, tally.again, tally.doubled)


def _one_at_a_time(renew: Callable[[], None]) -> Callable[[], None]:
    """Two threads wait for a server, and the lock has one connection."""
    lock = Lock()

    def do() -> None:
        with lock:
            renew()

    return do


def _compose_giver(
    config: Config,
    terms: "FleetTerms",
    given: Due,
    job: "CrawlJob",
    patience: "Patience",
    on_harvest: "OnHarvest",
) -> "tuple[Giver, FleetTally]":
    from crawler.fleet.giver import Giver, GivingJob
    from crawler.fleet.tally import FleetTally
    from db.fleet.brought import load_brought

    engine, run = job.engine, job.run
    accounts = [account for who in given.values() for account in who]
    before = load_brought(engine, replace(run, wave=0), [account.id for account in accounts])
    tally = FleetTally(terms.window, config.zone, {each.account: each for each in before}, on_harvest)
    return Giver(GivingJob(engine, terms, accounts, job.load, patience), tally), tally


def _compose_terms(
    config: Config, window: Window, given: Due, job: "CrawlJob", *, thorough: bool
) -> "FleetTerms":
    from crawler.fleet.giver import count_parcels
    from db.fleet.terms import FleetTerms
    from db.nightly.run import load_runs

    return FleetTerms(
        run=job.run,
        parcels=count_parcels(sum(map(len, given.values()))),
        since=window.since,
        now=window.now,
        first=load_runs(job.engine)[-1].night,
        thorough=thorough,
        user_agent=config.user_agent,
        delay=config.delay,
        timeout=config.timeout,
        moment=config.fixed_now,
        rendering=job.policy.browser is not None,
        mark=mark_evidence(job.archive) if job.archive else "",
    )


@contextmanager
def _at_work(giver: "Giver") -> Iterator[Callable[[], None]]:
    """Give out in a thread; yields what waits for its end, and raises what ended it."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="giver") as thread:
        giving = thread.submit(giver.run)

        def end() -> None:
            while not wait([giving], timeout=_LOOK_SECONDS).done:
                # Signals are heard between two looks.
                continue
            giving.result()

        try:
            yield end
        finally:
            giver.stop()
