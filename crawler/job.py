"""One run of the crawl: what it works on, and what came of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from activity.agency import Channel
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from crawler.guard import Guard
from crawler.visits.meta.graph import GraphAccess
from db.store import RunRef, Saved
from db.warc import Archive

__all__ = ["CrawlSummary", "Harvested", "Job"]


@dataclass(frozen=True, slots=True)
class Job:
    """All that a crawl is given; it reads no environment.

    Attributes:
        targets: for each channel a function that opens its accounts, read lazily while the crawl runs.
        tokens: secrets by name; `graph` and the visits know the names only.
        app_secrets: secrets of the tokens' apps, by the tokens' names; calls are signed with them.
        clock: what time it is, aware, UTC.
        on_harvest: called in the crawl's thread after each harvest was stored.
        concurrency: accounts of one channel visited at the same time.
        delay: mean seconds between two requests to one server.
        timeout: seconds for one exchange, body included.
        browser: the program that renders pages for the targets that allow it; None without one.
        log_level: of Scrapy and ours, on standard error.
        archive: where the pages are kept that posts rest on; None keeps none.
    """

    engine: Engine
    run: RunRef
    targets: Mapping[Channel, Callable[[], Iterable[Target]]]
    graph: GraphAccess
    guard: Guard
    user_agent: str
    tokens: Mapping[str, str] = field(repr=False)
    clock: Callable[[], datetime]
    on_harvest: Callable[[Target, Harvest, Saved], None] | None = None
    concurrency: int = 64
    delay: float = 1.0
    timeout: float = 25.0
    obey_robots: bool = True
    log_level: str = "WARNING"
    app_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    browser: str | None = None
    archive: Archive | None = None


@dataclass(frozen=True, slots=True)
class Harvested:
    """What a spider hands to the pipeline: one account's visit at its end."""

    target: Target
    harvest: Harvest


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a whole crawl came to.

    Attributes:
        posts_new: posts the database did not hold before.
        posts_seen: posts in all harvests, new or not.
        bytes: bodies after decompression.
        seconds: wall clock.
    """

    outcomes: Mapping[Channel, Mapping[Outcome, int]]
    posts_new: int
    posts_seen: int
    requests: int
    bytes: int
    seconds: float
