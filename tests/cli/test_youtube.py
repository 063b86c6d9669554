"""YouTube from the command line: a city with three channels there, its nights, its report, its key."""

import csv
import io
import json
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from testkit.youtube import KEY, FakeChannel, Video, YouTube
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 2, 2, 23, 30, tzinfo=ZONE)
REGISTRY = """slug,name,level,website,youtube
dinkes,Dinas Kesehatan,skpd,,@DinkesUji
dishub,Dinas Perhubungan,skpd,,https://www.youtube.com/channel/UCbbbbbbbbbbbbbbbbbbbbbb
disdik,Dinas Pendidikan,skpd,,@tidakada
bkd,BKD,skpd,,-
"""


def uploads(prefix, count):
    days = (NOW - timedelta(days=2 * n, hours=3) for n in range(count))
    return [Video(f"{prefix}{n:07}", at, f"Rapat {n}") for n, at in enumerate(days)]


@pytest.fixture
def api():
    dinkes = FakeChannel("UC" + "a" * 22, "DinkesUji", uploads("aaaa", 40))
    return YouTube([dinkes, FakeChannel("UC" + "b" * 22, "dishub", uploads("bbbb", 8))])


@pytest.fixture
def office(denyut, api):
    """A machine whose registry names channels, and whose YouTube is on loopback."""
    url, server = api.serve()
    denyut.settings |= {"DENYUT_YOUTUBE_KEY": KEY, "DENYUT_YOUTUBE_URL": url}
    denyut.settings["DENYUT_LOG_LEVEL"] = "DEBUG"
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("daftar.csv", REGISTRY))
    yield denyut
    server.shutdown()
    server.server_close()


def test_a_night_counts_and_its_report_shows_who_is_there(office, api):
    night = office.json("crawl", "--json")
    assert night["outcomes"]["youtube"] == {"ok": 2, "not visible": 1}
    assert {head["x-goog-api-key"] for head in api.heads} == {KEY}
    assert not any("authorization" in head for head in api.heads)
    posts = [json.loads(line) for line in office.done("posts", "--jsonl").splitlines()]
    assert len([post for post in posts if post["published_at"] >= "2026"]) == 17 + 8
    assert {post["channel"] for post in posts} == {"youtube"}
    office.done("report", "2026-S1", "--out", "laporan")
    table = (office.folder / "laporan" / "ranking.csv").read_text(encoding="utf-8")
    rows = {(row["slug"], row["channel"]): row for row in csv.DictReader(io.StringIO(table))}
    assert rows["dinkes", "youtube"]["place"] == "1"
    assert rows["disdik", "youtube"]["reason"] == "not visible"
    assert rows["bkd", "youtube"]["reason"] == "no account"
    page = (office.folder / "laporan" / "report.html").read_text(encoding="utf-8")
    assert 'href="https://www.youtube.com/@dinkesuji"' in page
    assert 'href="https://www.youtube.com/channel/UCbbbbbbbbbbbbbbbbbbbbbb"' in page
    assert "youtube key" in office.run("doctor").stdout
    probed = office.done("probe", "@DinkesUji", "--channel", "youtube", "--json")
    assert len(probed.splitlines()) == 17


def test_spent_units_leave_the_night_open_and_the_next_crawl_goes_on(office, api):
    api.quota = 3
    done = office.run("crawl")
    assert done.returncode == 0
    assert "wait for YouTube's call limit" in done.stdout
    spent = len(api.asked)
    assert office.json("crawl", "--json")["resumed"] is True
    assert len(api.asked) == spent + 1  # one call finds out that nothing came back
    api.quota = 100
    again = office.json("crawl", "--json")
    assert again["resumed"] is True
    assert "throttled" not in again["outcomes"]["youtube"]
    with closing(sqlite3.connect(office.database)) as connection:
        (status,) = connection.execute("SELECT status FROM run").fetchone()
    assert status == "finished"


def test_without_a_key_nothing_is_asked_and_the_report_says_so(office, api):
    del office.settings["DENYUT_YOUTUBE_KEY"]
    assert office.json("crawl", "--json")["outcomes"]["youtube"] == {"no token": 3}
    assert api.asked == []
    assert "Set DENYUT_YOUTUBE_KEY." in office.run("doctor").stdout
    rows = office.json("rank", "2026-S1", "--json")
    assert "no token" in json.dumps(rows)


def test_a_city_without_channels_sees_nothing_of_youtube(denyut, registry):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("daftar.csv", registry("dinkes")))
    assert "youtube" not in denyut.run("doctor").stdout
    denyut.done("report", "2026-S1", "--out", "laporan")
    for path in (denyut.folder / "laporan").iterdir():
        assert b"youtube" not in path.read_bytes().lower()


def test_the_key_is_written_nowhere_whatever_fails(office, api):
    told = []
    process = office.start("crawl")
    while process.poll() is None:
        told += _list_commands()
    told += process.communicate()
    for fault in (None, (500, KEY.encode()), (200, KEY.encode()), (403, f'{{"error": "{KEY}"}}'.encode())):
        api.fault = lambda *_, fault=fault: fault
        for command in (["crawl"], ["probe", "dinkesuji", "--channel", "youtube", "--explain"], ["doctor"]):
            done = office.run(*command)
            told += [done.stdout, done.stderr]
    api.fault = lambda *_: None
    wrong = office.run("crawl", DENYUT_YOUTUBE_KEY="AIza spasi")
    assert wrong.returncode == 2
    assert "AIza" not in wrong.stderr
    told += [path.read_bytes().decode("latin-1") for path in Path(office.folder).rglob("*") if path.is_file()]
    assert not [text for text in told if KEY in text]


def _list_commands():
    """The command lines of all processes, as any user of the machine may read them."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_bytes().decode("latin-1")
