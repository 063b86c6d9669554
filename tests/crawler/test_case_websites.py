"""Small office websites, each odd in one way that real ones are: tests/cases/websites.

Each site is answered by a function, in this process; one goes through the real command over loopback.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from activity.agency import Account, Agency, Channel, RegistryEntry
from activity.semester import night_of
from activity.testing import drive
from activity.visit import Budget, Fetch, Harvest, Page, Target, Window
from crawler.visits.site.website import visit
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from db.post.query import load_posts
from desk.night.plan import is_thorough
from testkit.database import new_database
from tests.cases.websites.cases import CASES
from tests.cases.websites.judge import Found, compare
from tests.cases.websites.server import serving
from tests.cases.websites.website import SINCE, Website, answer

ROOT = Path(__file__).parents[2]
HOME = "https://dinas.melati.go.id/"
PROBED = [name for name, case in CASES.items() if not case.nights]
CRAWLED = [name for name, case in CASES.items() if case.nights]


def answering(site: Website, now: datetime) -> Callable[[Fetch], Page]:
    def turn(fetch: Fetch) -> Page:
        said = answer(site, fetch.url, now)
        body = said.body.encode() if isinstance(said.body, str) else said.body
        headers = {
            "content-type": said.media,
            **{name.lower(): value for name, value in said.headers.items()},
        }
        return Page(fetch, fetch.url, said.status, now, headers, body)

    return turn


def window_of(site: Website, now: datetime) -> tuple[Window, ZoneInfo]:
    zone = ZoneInfo(site.zone)
    return Window(datetime.combine(date.fromisoformat(SINCE), time(), zone), now), zone


def probe(site: Website) -> tuple[list[Found], Harvest]:
    window, zone = window_of(site, site.now)
    account = Account(1, "dinas", Channel.WEBSITE, HOME)
    harvest, _ = drive(visit(Target(account, window, zone)), answering(site, site.now), site.now)
    found: list[Found] = [
        (
            post.title,
            post.date.at.astimezone(zone).date().isoformat()
            if post.date is not None and post.date.precision.names_a_day
            else None,
            post.url,
        )
        for post in harvest.posts
    ]
    return found, harvest


def crawl(site: Website, folder: Path) -> list[Found]:
    """Every night of a case, through a database."""
    engine = open_database(new_database(folder / "denyut.db"))
    entry = RegistryEntry(Agency("dinas", "Dinas Contoh", "skpd"), {Channel.WEBSITE: HOME})
    save_registry(engine, [entry], site.nights[0], timezone=site.zone)
    first = night_of(site.nights[0], ZoneInfo(site.zone))
    for now in site.nights:
        window, zone = window_of(site, now)
        run = begin_run(engine, night_of(now, zone), now)
        for due in load_targets(engine, Channel.WEBSITE, run, window, zone, budget=Budget()):
            target = replace(due, thorough=is_thorough(due.account.id, run.night, first))
            harvest, _ = drive(visit(target), answering(site, now), now)
            save_harvest(engine, run, target, harvest)
        finish_run(engine, run, now, {})
    found: list[Found] = [
        (row.title, row.local_day.isoformat() if row.local_day else None, row.url)
        for row in load_posts(engine)
    ]
    engine.dispose()
    return found


@pytest.mark.parametrize("name", PROBED)
def test_every_post_is_found_once_on_its_day_and_no_other(name: str) -> None:
    site = CASES[name]()
    found, harvest = probe(site)
    assert compare(found, site.truth(site.now)).complaints == {}
    if site.gapless is not None:
        assert (harvest.complete_since is not None) == site.gapless
    if site.gapless:
        assert harvest.complete_since is not None
        assert harvest.complete_since <= window_of(site, site.now)[0].since


@pytest.mark.parametrize("name", CRAWLED)
def test_nights_leave_every_post_once_on_its_day(name: str, tmp_path: Path) -> None:
    site = CASES[name]()
    assert compare(crawl(site, tmp_path), site.truth(site.nights[-1])).complaints == {}


@pytest.mark.parametrize("name", ["repeated_page"])
def test_the_command_says_the_same_over_loopback(name: str, tmp_path: Path, warm_python) -> None:
    site = CASES[name]()
    settings = {
        "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DENYUT_LANG": "en",
        "DENYUT_TIMEZONE": site.zone,
        "DENYUT_DELAY": "0.01",
        "DENYUT_CONTACT": "diskominfo@example.go.id",
        "DENYUT_NOW": f"{site.now:%Y-%m-%dT%H:%M}",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DENYUT_")}
    with serving(site) as server:
        done = warm_python.run(
            [
                *(sys.executable, "-m", "cli", "probe", f"{server.base}/", "--since", SINCE),
                *("--json", "--explain"),
            ],
            env=environment | settings,
            cwd=tmp_path,
            timeout=60,
        )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    found: list[Found] = [
        (post["title"], post["published_at"] and post["published_at"][:10], post["url"]) for post in told
    ]
    assert compare(found, site.truth(site.now)).complaints == {}
    assert ("read without a gap" in done.stderr) == bool(site.gapless)
