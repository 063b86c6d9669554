"""A database of ours, empty, on each engine in turn, and a small office to fill it with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, inspect, text

from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.visit import Budget, Harvest, Proof, Target, Window
from db.engine import reading
from db.nightly.run import RunRef, begin_run, finish_run
from db.nightly.store import Saved, save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from testkit.database import new_database
from testkit.zone import MAKASSAR as ZONE


@dataclass
class Office:
    """Agencies of one database, and a clock of their own; one night of work in one call each."""

    engine: Engine
    zone: ZoneInfo = ZONE

    def evening(self, night: date) -> datetime:
        return datetime.combine(night, time(20), self.zone)

    def register(self, night: date, *agencies: Agency, **addresses: str) -> None:
        named = {Channel(channel): address for channel, address in addresses.items()}
        entries = [RegistryEntry(agency, named) for agency in agencies]
        save_registry(self.engine, entries, self.evening(night), timezone=self.zone.key)

    def targets(self, run: RunRef, channel: Channel = Channel.WEBSITE, days: int = 200) -> list[Target]:
        now = self.evening(run.night)
        window = Window(now - timedelta(days=days), now)
        return list(load_targets(self.engine, channel, run, window, self.zone, budget=Budget()))

    def crawl(
        self, night: date, harvest: Harvest | Callable[[Target], Harvest], channel: Channel = Channel.WEBSITE
    ) -> list[Saved]:
        run = begin_run(self.engine, night, self.evening(night))
        saved = [
            save_harvest(self.engine, run, t, harvest(t) if callable(harvest) else harvest)
            for t in self.targets(run, channel)
        ]
        finish_run(self.engine, run, self.evening(night), {})
        return saved

    def looked(self, *posts: Post, back_to: date | None = None, outcome: Outcome = Outcome.OK) -> Harvest:
        since = datetime.combine(back_to, time(), self.zone) if back_to else None
        proof = Proof.OLDER_MET if since else None
        return replace(Harvest(outcome, posts), complete_since=since, proof=proof)

    def post(
        self, key: str, day: date | None = None, precision: Precision = Precision.MINUTE, hour: int = 9
    ) -> Post:
        if day is None:
            return Post(key, f"https://a.id/{key}", f"Berita {key}")
        at = datetime.combine(day, time(0 if precision is Precision.DAY else hour), self.zone).astimezone(UTC)
        witness = DateEvidence(EvidenceKind.FEED, "pubDate", str(day), at, precision, "https://a.id/feed")
        return Post(key, f"https://a.id/{key}", f"Berita {key}", PostDate(at, precision, (witness,)))

    def dump(self) -> dict[str, list[str]]:
        """Every row of every table, in an order of their own."""
        with reading(self.engine) as connection:
            return {
                name: sorted(repr(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
                for name in inspect(connection).get_table_names()
            }


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database: empty, but for a test that asks for an `engine` as well."""
    filled = "engine" in request.fixturenames
    if request.param == "postgresql":
        return str(request.getfixturevalue("new_postgres_url" if filled else "fresh_postgres_url"))
    path = tmp_path / "denyut.db"
    return new_database(path) if filled else f"sqlite:///{path}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The same, with our schema."""
    opened = open_database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def office(engine: Engine) -> Office:
    """An office on that database, without agencies yet."""
    return Office(engine)


@pytest.fixture
def open_office() -> Iterator[Callable[[str], Office]]:
    """Offices on databases of one's own choice."""
    engines: list[Engine] = []

    def opener(url: str) -> Office:
        engines.append(open_database(url, create=True))
        return Office(engines[-1])

    yield opener
    for engine in engines:
        engine.dispose()
