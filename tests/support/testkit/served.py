"""A small city behind the web door: three offices, one of which copies, and titles that strangers wrote."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Thread
from types import MappingProxyType

import httpx
import uvicorn
from sqlalchemy import Engine
from starlette.types import ASGIApp

from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.visit import Budget, Harvest, Proof, Window
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from testkit.zone import MAKASSAR as ZONE

__all__ = ["AFTER", "EVIL", "fill", "find_late", "listening"]

AFTER = "2026-07-02T10:00+08:00"
EVIL = "<script>alert(1)</script>\u202e" + "x" * 300
_OFFICES = (
    ("dinkes", "Dinas <b>Kesehatan</b>"),
    ("dispora", "Dinas Pemuda"),
    ("bappeda", "Badan Perencanaan"),
)
_NIGHTS = (date(2026, 3, 31), date(2026, 6, 30))
_COPIED = "Wali Kota Resmikan Jembatan Gantung Sungai Barito di Kampung Ketupat Minggu Pagi"


def _post(slug: str, day: date, title: str, hour: int = 9) -> Post:
    at = datetime.combine(day, time(hour), ZONE).astimezone(UTC)
    name = f"{day:%Y%m%d}-{hour}"
    source = f"https://{slug}.go.id/feed"
    witness = DateEvidence(EvidenceKind.FEED, "pubDate", str(at), at, Precision.MINUTE, source)
    return Post(
        f"/b/{name}", f"https://{slug}.go.id/b/{name}", title, PostDate(at, Precision.MINUTE, (witness,))
    )


def _harvest(slug: str, every: int, night: date) -> Harvest:
    first = date(2025, 12, 27)
    days = [first + timedelta(days=n) for n in range(0, (night - first).days + 1, every)]
    posts = [_post(slug, day, f"Kegiatan {slug} hari ke {day:%j}") for day in days]
    if slug != "bappeda":
        posts.append(_post(slug, date(2026, 2, 3 if slug == "dinkes" else 5), _COPIED, 15))
    else:
        posts.append(replace(_post(slug, date(2026, 2, 8), EVIL, 16), url="javascript:alert(1)"))
    since = datetime.combine(first, time(), ZONE)
    return replace(Harvest(Outcome.OK, tuple(posts)), complete_since=since, proof=Proof.OLDER_MET)


def fill(url: str) -> Engine:
    """Half a year of the city, seen on two nights that reach back over the others."""
    engine = open_database(url, create=True)
    entries = [
        RegistryEntry(Agency(slug, name, "skpd"), {Channel.WEBSITE: f"https://{slug}.go.id/"})
        for slug, name in _OFFICES
    ]
    save_registry(engine, entries, datetime(2025, 12, 31, 12, tzinfo=UTC), timezone=ZONE.key)
    for night in _NIGHTS:
        _crawl(engine, night)
    return engine


def find_late(engine: Engine, slug: str, day: date, title: str) -> None:
    """A night after the semester that finds an office's post of a day within it."""
    _crawl(engine, date(2026, 7, 3), {slug: _post(slug, day, title, 20)})


def _crawl(engine: Engine, night: date, late: Mapping[str, Post] = MappingProxyType({})) -> None:
    rhythm = {slug: 3 + number for number, (slug, _) in enumerate(_OFFICES)}
    now = datetime.combine(night, time(22), ZONE)
    run = begin_run(engine, night, now)
    window = Window(now - timedelta(days=200), now)
    for target in load_targets(engine, Channel.WEBSITE, run, window, ZONE, budget=Budget()):
        slug = target.account.agency
        harvest = _harvest(slug, rhythm[slug], night)
        more = (late[slug],) if slug in late else ()
        save_harvest(engine, run, target, replace(harvest, posts=(*harvest.posts, *more)))
    finish_run(engine, run, now, {})


@contextmanager
def listening(app: ASGIApp) -> Iterator[httpx.Client]:
    """A browser without script before a real server on loopback; nothing is followed by itself."""
    settings = uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(settings)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.005)
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
        yield client
    server.should_exit = True
    thread.join()
