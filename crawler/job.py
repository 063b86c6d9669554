"""One run of the crawl: what it works on, how it behaves, and what came of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Engine

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from crawler.drive.guard import Guard
from crawler.visits.access import Accesses, ApiAccess
from crawler.visits.meta.graph import GraphAccess
from db.evidence.warc import Archive
from db.nightly.run import RunRef
from db.nightly.store import Saved
from db.patience import Patience

__all__ = ["CrawlJob", "CrawlSummary", "Policy"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a crawl behaves; goes to every shard, through its pipe and no other way.

    Attributes:
        tokens: secrets by name; `graph`, `apis` and the visits know the names only.
        apis: of the channels that are read by a key.
        app_secrets: secrets of the tokens' apps, by the tokens' names; calls are signed with them.
        moment: what time it pretends to be, aware, UTC; None for the true one.
        concurrency: accounts of one channel visited at the same time, over all shards.
        delay: mean seconds between two requests to one server.
        timeout: seconds for one exchange, body included.
        browser: the program that renders pages for the targets that allow it; None without one.
        log_level: of Scrapy and ours, on standard error.
        evidence: whether the pages that posts rest on come with the harvests.
    """

    graph: GraphAccess
    guard: Guard
    user_agent: str
    tokens: Mapping[str, str] = field(repr=False)
    app_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    moment: datetime | None = None
    concurrency: int = 64
    delay: float = 1.0
    timeout: float = 25.0
    obey_robots: bool = True
    log_level: str = "WARNING"
    browser: str | None = None
    evidence: bool = False
    apis: Mapping[Channel, ApiAccess] = field(default_factory=dict)

    @property
    def accesses(self) -> Accesses:
        """By what every channel is read."""
        return Accesses(self.graph, self.apis)

    def clock(self) -> datetime:
        """Tell what time it is, aware, UTC."""
        return self.moment or datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """All that a crawl is given; it reads no environment.

    Attributes:
        due: the accounts of each channel, in the order in which they are to be visited.
        load: what is known of some of them, read from the database when their turn comes.
        on_harvest: called after each harvest was stored.
        archive: where the pages are kept that posts rest on; None keeps none.
        patience: how long a database server is waited for that went away.
        processes: shards that crawl at the same time; at least one where anybody is due.
        memory: megabytes that a shard may come to hold before it is replaced.
        hang: CPU seconds that a shard may work without a pause before it is replaced.
        shared: whether other machines work on the same run.
    """

    engine: Engine
    run: RunRef
    due: Mapping[Channel, Sequence[Account]]
    load: Callable[[Sequence[Account]], Sequence[Target]]
    policy: Policy
    on_harvest: Callable[[Target, Harvest, Saved], None] | None = None
    processes: int = 1
    memory: int = 1000
    hang: float = 10.0
    archive: Archive | None = None
    patience: Patience = field(default_factory=Patience)
    shared: bool = False


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a whole crawl came to.

    Attributes:
        posts_new: posts the database did not hold before.
        posts_seen: posts in all harvests, new or not, with the newest from before the window of each.
        bytes: bodies after decompression.
        seconds: wall clock.
        replaced: shards that ended or had to be ended, and no account was found to be the cause.
    """

    outcomes: Mapping[Channel, Mapping[Outcome, int]]
    posts_new: int
    posts_seen: int
    requests: int
    bytes: int
    seconds: float
    replaced: int = 0

    def followed_by(self, wave: Self) -> Self:
        """Add a later wave of the same crawl to the sums, while the outcomes are the wave's own."""
        return replace(
            wave,
            posts_new=self.posts_new + wave.posts_new,
            posts_seen=self.posts_seen + wave.posts_seen,
            requests=self.requests + wave.requests,
            bytes=self.bytes + wave.bytes,
            seconds=self.seconds + wave.seconds,
            replaced=self.replaced + wave.replaced,
        )

    @classmethod
    def of_nobody(cls, channels: Iterable[Channel]) -> Self:
        """Sum up a crawl in which nobody was due."""
        return cls(
            outcomes={channel: {} for channel in channels},
            posts_new=0,
            posts_seen=0,
            requests=0,
            bytes=0,
            seconds=0.0,
        )
