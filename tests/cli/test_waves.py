"""Sites that fail first and answer later: tried again in waves of the same night, in one run."""

import os
import signal
from collections import Counter
from contextlib import suppress

import psutil
import pytest
from sqlalchemy import create_engine, text

from db.engine import parse_url
from testkit.raw import RawServer

_FEED = b"""<rss version="2.0"><channel><item><title>Rapat koordinasi</title>
<link>/berita/1</link><pubDate>Mon, 02 Feb 2026 09:00:00 +0800</pubDate></item></channel></rss>"""
_HOME = b"""<html><head><title>Dinas</title>
<link rel="alternate" type="application/rss+xml" href="/feed"></head>
<body><a href="/berita/1">Rapat koordinasi</a></body></html>"""
_LOOKS = "SELECT agency, outcome, saw, wave FROM looks ORDER BY agency"


class Site:
    """A website that answers so many requests for its home page with a failure, then as it should."""

    def __init__(self, failures, status="500 Internal Server Error", headers=()):
        self.left, self.failure = failures, (status, headers)
        self.asked: Counter[str] = Counter()
        self.on_hit = lambda: None
        self.server = RawServer(self.respond)

    @property
    def address(self):
        return self.server.url + "/"

    def respond(self, hit):
        self.on_hit()
        self.asked[hit.path] += 1
        if hit.path == "/" and self.left:
            self.left -= 1
            hit.answer(b"", *self.failure)
        elif hit.path == "/":
            hit.answer(_HOME, headers=["Content-Type: text/html"])
        elif hit.path == "/feed":
            hit.answer(_FEED, headers=["Content-Type: application/rss+xml"])
        else:
            hit.answer(b"", "404 Not Found")


@pytest.fixture
def live():
    """Starts sites, by the names of their offices."""
    sites: list[Site] = []

    def start(**wanted):
        sites.extend(wanted.values())
        return "slug,name,level,website\n" + "".join(
            f"{name},{name.title()},skpd,{site.address}\n" for name, site in wanted.items()
        )

    yield start
    for site in sites:
        site.server.close()


@pytest.fixture
def machine(make_denyut, tmp_path):
    machine = make_denyut(tmp_path)
    machine.settings |= {"DENYUT_WAVES": "3"}
    return machine


def looks(machine):
    engine = create_engine(parse_url(machine.settings["DENYUT_DATABASE"]))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(_LOOKS))]
    engine.dispose()
    return [(agency, outcome, bool(saw), wave) for agency, outcome, saw, wave in found]


# A failed request is made twice in one visit, unless the server asks to be left alone.
def test_each_is_tried_until_it_answers_and_who_answered_definitely_is_not(machine, live):
    later = Site(100, "503 Service Unavailable", ["Retry-After: 900"])
    gone, dead = Site(100, "404 Not Found"), Site(100)
    table = live(steady=Site(0), second=Site(2), third=Site(4), gone=gone, later=later, dead=dead)
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", table))
    told = machine.json("crawl", "--channel", "website", "--json", DENYUT_PROCESSES="2")
    assert looks(machine) == [
        ("dead", "unreachable", False, 3),
        ("gone", "gone", False, 1),
        ("later", "maintenance", False, 1),
        ("second", "ok", True, 2),
        ("steady", "ok", True, 1),
        ("third", "ok", True, 3),
    ]
    assert told["outcomes"] == {"website": {"gone": 1, "maintenance": 1, "ok": 3, "unreachable": 1}}
    assert (told["retried"], told["recovered"], told["posts_new"]) == (3, 2, 3)
    assert (gone.asked["/"], later.asked["/"], dead.asked["/"]) == (1, 1, 6)
    (run,) = machine.dump()["run"]
    assert run["status"] == "finished"
    night = machine.run("night")
    assert "3 accounts could not be seen at first and were tried again: then 2 of them" in night.stdout
    told_night = machine.json("night", "--json")
    assert (told_night["retried"], told_night["recovered"]) == (3, 2)
    # What every wave asked is counted: a robots.txt and the home page twice, three times.
    asked = {row["account_id"]: row["requests"] for row in machine.dump()["snapshot"]}
    assert max(asked.values()) >= sum(dead.asked.values())


def test_the_newest_post_from_before_the_window_is_new_and_seen(machine, live):
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", live(steady=Site(0))))
    machine.settings |= {"DENYUT_NOW": "2026-02-04T23:30:00+08:00"}
    told = machine.json("crawl", "--channel", "website", "--since", "2026-02-03", "--json")
    assert (told["posts_new"], told["posts_seen"]) == (1, 1)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_kill_in_the_midst_of_a_wave_costs_nothing(machine, live, engine, request, start_crawl):
    if engine == "postgresql":
        machine.settings["DENYUT_DATABASE"] = request.getfixturevalue("new_postgres_url")
    sites = {name: Site(2) for name in ("a", "b", "c")}
    machine.settings |= {"DENYUT_NOW": "", "DENYUT_WAVE_PAUSE": "0.02", "DENYUT_CONCURRENCY": "1"}
    machine.done("init")
    table = live(steady=Site(0), never=Site(10**6), **sites)
    machine.done("agencies", "import", machine.write("registry.csv", table))
    # Five looks, the line that says why nothing happens, and the first look of the second wave.
    process, lines = start_crawl(machine, 7, DENYUT_DELAY="0.2")
    assert "4 accounts could not be seen; they are tried again in 1 s (pass 2 of 3)" in lines[5]
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert {wave for *_, wave in looks(machine)} == {1, 2}
    told = machine.json("crawl", "--json")
    assert told["resumed"] is True
    assert "steady" not in "".join(lines[6:])
    assert looks(machine) == [
        *((name, "ok", True, 2) for name in sites),
        ("never", "unreachable", False, 3),
        ("steady", "ok", True, 1),
    ]
    night = machine.json("night", "--json")
    assert (night["retried"], night["recovered"]) == (4, 3)
    assert machine.json("sql", "SELECT count(*) AS posts FROM posts", "--json") == [{"posts": 4}]


def test_an_end_in_the_pause_is_an_end_as_any(machine, live, start_crawl):
    machine.settings |= {"DENYUT_NOW": ""}
    machine.done("init")
    machine.done("agencies", "import", machine.write("registry.csv", live(second=Site(2))))
    process, lines = start_crawl(machine, 2, DENYUT_WAVE_PAUSE="10")
    assert "tried again in 30 s" in lines[-1]
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=30)
    assert process.returncode == 130
    assert rest.startswith("denyut: Interrupted.")
    assert looks(machine) == [("second", "unreachable", False, 1)]
    machine.done("crawl", "--json")
    assert looks(machine) == [("second", "ok", True, 2)]


def test_a_wave_that_cannot_go_on_leaves_the_night_whole(machine, live, start_crawl):
    machine.settings |= {"DENYUT_NOW": "", "DENYUT_WAVE_PAUSE": "0.02"}
    machine.done("init")
    never = Site(10**6)
    machine.done("agencies", "import", machine.write("registry.csv", live(steady=Site(0), never=never)))
    process, lines = start_crawl(machine, 3)
    assert "pass 2 of 3" in lines[-1]

    def kill_shards():
        for child in psutil.Process(process.pid).children():
            with suppress(psutil.NoSuchProcess):  # one of them may end by itself
                child.kill()

    never.on_hit = kill_shards
    _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "The process that starts the crawl's shards has ended." in told
    assert looks(machine) == [("never", "unreachable", False, 1), ("steady", "ok", True, 1)]
    (run,) = machine.dump()["run"]
    assert run["status"] == "finished"


def test_a_probe_wants_no_contact_and_no_second_wave(machine, live):
    site = Site(0)
    live(steady=site)
    assert "Rapat koordinasi" in machine.done("probe", site.address, DENYUT_CONTACT="")
