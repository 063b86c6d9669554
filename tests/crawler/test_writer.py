"""The one writer: what comes together is stored together, and nothing waits that nobody follows."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from activity.agency import Channel
from activity.outcome import Outcome
from activity.visit import Budget, Harvest, Target, Window
from crawler.drive.guard import Guard
from crawler.job import CrawlJob, Policy
from crawler.shards.writer import Writer
from crawler.visits.meta.graph import GraphAccess
from db.nightly.run import RunRef, begin_run
from db.nightly.target import load_due, load_some
from db.opening import open_database
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=30), NOW)


@dataclass
class Desk:
    """A database with accounts that are due, and what was written to it: sizes of transactions."""

    engine: Engine
    run: RunRef
    targets: tuple[Target, ...]
    together: list[int] = field(default_factory=list)
    stored: int = 0

    def writer(self, concurrency: int) -> Writer:
        policy = Policy(GraphAccess(), Guard(), "Denyut/0.1", {}, concurrency=concurrency)
        return Writer(
            CrawlJob(self.engine, self.run, {Channel.WEBSITE: ()}, lambda _: (), policy, self.note),
            lambda: None,
        )

    def note(self, *_: object) -> None:
        self.stored += 1

    def close_transaction(self, _: object) -> None:
        self.together.append(0)

    async def store(self, writer: Writer, count: int, *, last: bool = False) -> None:
        """Put so many harvests; raises TimeoutError where they are not stored at once."""
        running = asyncio.create_task(writer.run())
        for target in self.targets[:count]:
            writer.put(target, Harvest(Outcome.OK))
        if last:
            writer.hurry()
        async with asyncio.timeout(20):
            while not writer.idle:
                await asyncio.sleep(0.01)
        running.cancel()
        writer.close()


@pytest.fixture
def desk(city, monkeypatch) -> Iterator[Desk]:
    # Whatever waits for company would wait for longer than a test.
    monkeypatch.setattr("crawler.shards.writer._GATHER_SECONDS", 60.0)
    engine = open_database(city([f"https://a{n}.example/" for n in range(40)]))
    run = begin_run(engine, NOW.date(), NOW)
    due = load_due(engine, Channel.WEBSITE, run, WINDOW, ZONE)
    made = Desk(engine, run, load_some(engine, due, WINDOW, ZONE, budget=Budget()))
    event.listen(engine, "commit", made.close_transaction)
    yield made
    engine.dispose()


def test_harvests_that_come_together_share_a_transaction(desk: Desk):
    asyncio.run(desk.store(desk.writer(64), 40))
    assert desk.stored == 40
    assert len(desk.together) == 1


def test_where_few_have_a_seat_nobody_waits_for_others(desk: Desk):
    """Their shards are given the next accounts only once these are stored."""
    asyncio.run(desk.store(desk.writer(2), 1))
    assert desk.stored == 1


def test_the_last_ones_wait_for_nobody(desk: Desk):
    asyncio.run(desk.store(desk.writer(64), 3, last=True))
    assert (desk.stored, len(desk.together)) == (3, 1)


def test_what_is_left_at_a_stop_can_be_stored(desk: Desk):
    async def stop() -> None:
        writer = desk.writer(64)
        for target in desk.targets[:5]:
            writer.put(target, Harvest(Outcome.OK))
        await writer.drain()
        writer.close()

    asyncio.run(stop())
    assert (desk.stored, len(desk.together)) == (5, 1)
