"""A worker: visits what a crawl elsewhere gives out, by that crawl's terms and this machine's means."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from activity.channel import CHANNELS, CRAWLED, Access
from activity.errors import ConfigError
from denyut import compose_extra
from desk.keeping.evidence import join_evidence
from desk.night.browser import find_browser
from desk.night.job import compose_load, compose_policy
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.job import CrawlJob
    from db.fleet.taking import TakenParcel
    from db.fleet.terms import FleetTerms

__all__ = ["WorkedParcel", "work_parcels"]


@dataclass(frozen=True, slots=True)
class WorkedParcel:
    """A parcel that this worker has done.

    Attributes:
        number: whose servers; -1 for the accounts that need several parcels' servers.
        moved: accounts that turned out to need them.
        doubled: harvests that were dropped, for the run had one of that account.
    """

    number: int
    harvested: int
    moved: int
    doubled: int


def work_parcels(
    config: Config,
    engine: "Engine",
    on_parcel: Callable[[WorkedParcel], None],
    on_ready: Callable[[], None],
) -> None:
    """Work what is given out until told to end.

    Args:
        on_ready: called before anything is waited for.

    Raises ConfigError where this machine does not fit what is given out or the database is no server's, and
    what a crawl raises.
    """
    if engine.dialect.name != "postgresql":
        raise ConfigError(
            "Workers need a database of a server, and this one is a file.",
            "Set DENYUT_DATABASE to postgresql://…, the same on every machine.",
        )
    if find_spec("procrastinate") is None:
        raise ConfigError(
            "Work on several machines needs procrastinate, which is not installed.",
            "Run: {install}",
            install=compose_extra("distributed"),
        )
    find_browser(config.browser)
    _work(config, engine, on_parcel, on_ready)


def _work(
    config: Config,
    engine: "Engine",
    on_parcel: Callable[[WorkedParcel], None],
    on_ready: Callable[[], None],
) -> None:
    from crawler.fleet.dealer import ParcelReport
    from crawler.fleet.hands import Hands
    from crawler.log import write_log
    from crawler.run import hire
    from crawler.shards.heed import heeding
    from db.fleet.terms import GivenParcel

    on_ready()

    def compose(taken: "TakenParcel", worker: str) -> "CrawlJob":
        return _compose_job(config, engine, taken.terms, worker)

    def tell(parcel: GivenParcel, report: ParcelReport) -> None:
        on_parcel(WorkedParcel(parcel.number, report.harvested, len(report.moved), report.doubled))

    with write_log(config.log_level), hire(1) as crew:

        async def run() -> None:
            hands = Hands(engine, crew, compose, config.database_wait, tell)
            with heeding(asyncio.get_running_loop(), hands.stop):
                await hands.run()

        asyncio.run(run())


def _compose_job(config: Config, engine: "Engine", terms: "FleetTerms", worker: str) -> "CrawlJob":
    """How others' sites are treated is the giver's to say; what this machine bears, its own settings."""
    from crawler.job import CrawlJob
    from db.patience import Patience

    archive = join_evidence(config, worker, terms.mark)
    browser = find_browser(config.browser)
    if terms.rendering != (browser is not None):
        raise ConfigError(
            "The crawl renders pages with a browser and this worker does not, or the other way round.",
            "Set DENYUT_BROWSER on every machine, or on none.",
        )
    policy = replace(
        compose_policy(config, browser),
        tokens={},
        app_secrets={},
        apis={},
        user_agent=terms.user_agent,
        delay=terms.delay,
        timeout=terms.timeout,
        moment=terms.moment,
        evidence=archive is not None,
    )
    load = compose_load(
        engine,
        terms.run,
        terms.window,
        config.zone,
        terms.first,
        thorough=terms.thorough,
        rendering=terms.rendering,
    )
    due = {channel: () for channel in CRAWLED if CHANNELS[channel].access is Access.OPEN}
    return CrawlJob(
        engine,
        terms.run,
        due,
        load,
        policy,
        memory=config.shard_memory,
        archive=archive,
        patience=Patience(config.database_wait),
        shared=True,
    )
