"""A year of the sample city in fast motion: every night stored as a crawl does, every morning's message read.

`testkit.yearbook` (`make year`) prints what each morning says. Nothing is asked of a network: what a
crawl brings of an account is told from the city's truth, or from what went wrong that night; from there on
all is the program's own, down to the last step before a message leaves.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from activity.agency import Channel, RegistryEntry
from activity.channel import CRAWLED
from activity.errors import StoreFullError
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.semester import night_of
from activity.visit import Budget, Harvest, Proof, Target, Window
from db.nightly.run import begin_run, finish_run, load_totals
from db.nightly.store import save_harvests
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from desk.keeping.backup import backup_folder
from desk.message.courier import DeliveryVerdict
from desk.message.messenger import Parcel
from desk.message.morning import MOST_LINES
from desk.message.outbox import REMIND_EVERY, send_round
from desk.night.due import find_round_due
from desk.setting.config import Config, load_config
from samplecity.city import City
from samplecity.office import Item, Office, Presence, Visibility
from samplecity.truth import tell_key
from testkit.database import new_database
from testkit.entry import enter_office
from testkit.trouble import BACKUP, BLIND, CLOCK, DISK, DRIFTING, DRIFTS, HUNG, NETWORK, TOKEN, TROUBLES

__all__ = ["Morning", "find_faults", "find_told", "live"]

_ONE_NIGHT = timedelta(days=1)
_HIDDEN = {
    Visibility.ROBOTS: Outcome.BLOCKED,
    Visibility.MAINTENANCE: Outcome.MAINTENANCE,
    Visibility.PERSONAL: Outcome.NOT_VISIBLE,
    Visibility.NO_PERMISSION: Outcome.NOT_PERMITTED,
}
_AWAY = 0.02
"""Share of the nights on which a website is away by itself, as one or two of a hundred are in life."""
_HUNG = "no beat for 60 s of its own time, twice, also alone"


_LATE = timedelta(days=8)
_CLOCK_AHEAD = timedelta(days=200)
_OFFICES = """
[kel-mekar-arum]
url = "json://127.0.0.1/mekar"
agency = "kel-mekar-arum"

[bkpsdm]
url = "json://127.0.0.1/bkpsdm"
agency = "bkpsdm"
channels = ["website"]
"""


@dataclass(frozen=True, slots=True)
class Morning:
    """What was to be sent on the morning after a night, and whether it left."""

    night: date
    title: str
    lines: tuple[str, ...]
    left: bool
    reminders: tuple[tuple[str, str], ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether the message's title alarms nobody."""
        return self.title.endswith((": well", ": baik"))


@dataclass
class _World:
    """The city, and the machine that watches it."""

    city: City
    engine: Engine
    config: Config
    folder: Path
    shown: dict[tuple[str, Channel, str], set[int]] = field(default_factory=dict)
    registered: list[RegistryEntry] = field(default_factory=list)

    def crawl(self, night: date) -> None:
        """What a crawl does to the database in that night."""
        now = datetime.combine(night, time(23, 30), self.city.zone)
        self._register(now)
        if CLOCK.covers(night):
            now += _CLOCK_AHEAD
        run = begin_run(self.engine, night_of(now, self.city.zone), now)
        window = Window(now - timedelta(days=40), now)
        for channel in CRAWLED:
            targets = load_targets(self.engine, channel, run, window, self.city.zone, budget=Budget())
            brought = [(target, self._visit(target, night)) for target in targets]
            for at in range(0, len(brought), 8):
                save_harvests(self.engine, run, brought[at : at + 8])
        finish_run(self.engine, run, now, load_totals(self.engine, run))

    def _register(self, now: datetime) -> None:
        entries = [enter_office(self.city, office, now) for office in self.city.offices]
        if entries != self.registered:
            save_registry(self.engine, entries, now, timezone=self.city.zone.key)
            self.registered = entries

    def _visit(self, target: Target, night: date) -> Harvest:
        office = self.city.office(target.account.agency)
        presence = office.presence(target.account.channel)
        assert presence is not None
        failure, why = _tell_failure(office, presence, night, self.city)
        if failure is not None:
            return Harvest.failed(target, failure, why)
        evening = datetime.combine(night, time(23, 30), self.city.zone)
        known = self.shown.setdefault((office.slug, presence.channel, target.account.address), set())
        new = [i for i in presence.visible(evening) if i.number not in known and not i.injected]
        known |= {item.number for item in new}
        since = target.memory.seen_at or datetime.combine(date(2025, 12, 1), time(), self.city.zone)
        return Harvest(
            Outcome.OK if new else Outcome.UNCHANGED,
            tuple(_read(office, presence, item) for item in new),
            memory=replace(target.memory, seen_at=target.window.now),
            complete_since=since,
            proof=Proof.OLDER_MET if new else Proof.UNCHANGED,
        )


def _tell_failure(office: Office, presence: Presence, night: date, city: City) -> tuple[Outcome | None, str]:
    """What came of a look that saw nothing, and None for one that did."""
    channel = presence.channel
    if NETWORK.covers(night):
        return Outcome.UNREACHABLE, "timed out"
    if presence.visibility is not Visibility.OPEN:
        return _HIDDEN[presence.visibility], presence.visibility.value
    if presence.is_down(datetime.combine(night, time(23, 30), city.zone)):
        return Outcome.UNREACHABLE, "connection refused"
    if TOKEN.covers(night) and channel is Channel.INSTAGRAM:
        return Outcome.TOKEN_DEAD, "the token is no longer valid"
    if BLIND.covers(night) and channel is Channel.FACEBOOK:
        return Outcome.WITHHELD, "none of the known posts is shown"
    if channel is Channel.WEBSITE and Random(f"{office.slug}/{night}").random() < _AWAY:
        return Outcome.UNREACHABLE, "timed out"
    if HUNG.covers(night) and (office.slug, channel) == ("dinkes", Channel.WEBSITE):
        return Outcome.UNPARSABLE, _HUNG
    return None, ""


def _read(office: Office, presence: Presence, item: Item) -> Post:
    key, at = tell_key(office, presence, item), item.published.astimezone(UTC)
    witness = DateEvidence(EvidenceKind.API, "date", str(at), at, Precision.SECOND, "https://a.example/")
    return Post(key, f"https://a.example/{key}", item.title, PostDate(at, Precision.SECOND, (witness,)))


@dataclass
class _Post:
    """Stands for every mail server; while the line is down it takes nothing."""

    is_up: bool = True
    taken: list[Parcel] = field(default_factory=list)

    def deliver(self, parcels: Sequence[Parcel]) -> Iterator[tuple[Parcel, DeliveryVerdict]]:
        """Take what is sent, and note it."""
        for parcel in parcels:
            self.taken.append(parcel)
            yield parcel, DeliveryVerdict.DELIVERED if self.is_up else DeliveryVerdict.REFUSED


def live(folder: Path, nights: Sequence[date], *, seed: int = 1) -> Iterator[Morning]:
    """Let the city live through some nights, each of them crawled, and give the mornings after them.

    Args:
        folder: for its database; empty.
        nights: of 2026, rising; a city that is looked at for a part of the year only has no past.
    """
    recipients = folder / "messages.toml"
    recipients.write_text(_OFFICES)
    recipients.chmod(0o600)
    city = City.build(seed=seed, semester="2026-S2")
    settings = {
        "DENYUT_DATABASE": new_database(folder / "denyut.db"),
        "DENYUT_TIMEZONE": city.zone.key,
        "DENYUT_CITY": "Tanjung Selaras",
        "DENYUT_CONTACT": "humas@selaras.example",
        "DENYUT_LANG": "en",
        "DENYUT_MESSAGE_URLS": "json://127.0.0.1/petugas",
        "DENYUT_MESSAGES_FILE": str(recipients),
    }
    engine = open_database(settings["DENYUT_DATABASE"])
    world = _World(city, engine, load_config(settings), folder)
    # A command ends with its connections; here one serves all.
    with patch("desk.semester.judge.open_store", lambda config: (engine, config)):
        yield from _live(world, nights)
    engine.dispose()


def _live(world: _World, nights: Sequence[date]) -> Iterator[Morning]:
    for night in nights:
        with ExitStack() as full:
            if DISK.covers(night):
                full.enter_context(_fill_disk(world.engine))
            with suppress(StoreFullError):
                world.crawl(night)
            yield _wake(world, night)


def _wake(world: _World, night: date) -> Morning:
    """The schedule's look in the morning, and what it sends."""
    morning = datetime.combine(night + _ONE_NIGHT, time(7, 5), world.city.zone)
    config = replace(world.config, fixed_now=morning.astimezone(UTC))
    _stand_in_backup(config, BACKUP.first - _LATE if BACKUP.covers(night) else night)
    # The line that was down at night comes back before the third morning.
    post = _Post(is_up=not (NETWORK.covers(night) and NETWORK.covers(night + _ONE_NIGHT)))
    due = find_round_due(world.engine, config)
    assert due == night, f"{night}: no message is due"
    with suppress(StoreFullError):
        list(send_round(world.engine, config, due, post.deliver))
    officer = next(parcel for parcel in post.taken if not parcel.recipient.agency)
    offices = tuple((p.recipient.name, f"{p.title}\n{p.body}") for p in post.taken if p.recipient.agency)
    # Where the city lives is another folder each time.
    lines = officer.body.replace(f"{world.folder}/", "").splitlines()
    return Morning(night, officer.title, tuple(lines), post.is_up, offices)


def find_told(mornings: Sequence[Morning]) -> list[tuple[str, Morning]]:
    """Find for each trouble the first message of its nights that arrived; what was never told is left out.

    Of the office that drifts it is that of its first reminder.
    """
    found = [
        (trouble.name, next((m for m in mornings if trouble.covers(m.night) and m.left), None))
        for trouble in TROUBLES
    ]
    found.append((DRIFTS, next((m for m in mornings if DRIFTING in dict(m.reminders)), None)))
    return [(name, morning) for name, morning in found if morning is not None]


def _stand_in_backup(config: Config, day: date) -> None:
    """Let the newest backup be of a day; only its name is looked at."""
    folder = backup_folder(config)
    folder.mkdir(exist_ok=True)
    for older in folder.iterdir():
        older.unlink()
    (folder / f"denyut-{day:%Y%m%d}-233000.zip").touch()


def _fill_disk(engine: Engine) -> Any:
    """No page more for the database, and next to nothing free on the disk, until it is left."""
    stack = ExitStack()

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    engine.dispose()
    event.listen(engine, "connect", limit)
    stack.callback(engine.dispose)
    stack.callback(event.remove, engine, "connect", limit)
    usage = shutil.disk_usage("/")
    stack.enter_context(
        patch("desk.installation.machine.shutil.disk_usage", return_value=usage._replace(free=40_000))
    )
    return stack


def find_faults(mornings: Sequence[Morning]) -> list[str]:
    """What is wrong with what the mornings said: a trouble that was not named, an alarm without one.

    A wrong clock may be told once more, when the first right run comes after it. No reminder may come twice
    within a week.
    """
    faults = [] if DRIFTS in dict(find_told(mornings)) else [f"{DRIFTING} is not reminded"]
    for each in mornings:
        text = "\n".join((each.title, *each.lines))
        troubles = [trouble for trouble in TROUBLES if trouble.covers(each.night)]
        faults += [f"{each.night}: {t.name} is not named" for t in troubles if t.words not in text]
        again = CLOCK.covers(each.night - _ONE_NIGHT)
        if not again and each.is_well is bool([t for t in troubles if t is not HUNG]):
            faults.append(f"{each.night}: {each.title}")
        if len(each.lines) + 1 > MOST_LINES:
            faults.append(f"{each.night}: {len(each.lines) + 1} lines")
    warned = [each.night for each in mornings if DRIFTING in dict(each.reminders)]
    faults += [
        f"{b}: a reminder {b - a} after another"
        for a, b in pairwise(warned)
        if b - a < REMIND_EVERY * _ONE_NIGHT
    ]
    return faults
