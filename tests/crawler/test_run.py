"""The whole crawl: resumed after a kill, stopped cleanly, polite, and silent about secrets."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from testkit.raw import greet

ROOT = Path(__file__).parents[2]
LOOPBACK = {"allowed": ["127.0.0.0/8"]}


def slow(hit):
    time.sleep(0.05)
    greet(hit)


def snapshots(database):
    with sa.create_engine(database).connect() as connection:
        return connection.execute(sa.text("select account_id, outcome from snapshot order by 1")).all()


def fate(result, url):
    return json.loads(result["harvests"][url]["detail"])


def test_killed_and_started_again_it_is_as_if_never_disturbed(serve, city, crawl_apart):
    server = serve(slow)
    addresses = [f"{server.url}/{n}" for n in range(12)]
    database, undisturbed = city(addresses), city(addresses)
    result, done = crawl_apart(database, **LOOPBACK, kill_after=4, concurrency=2)
    assert result is None
    assert done.returncode == -9
    assert 0 < len(snapshots(database)) < 12
    result, _ = crawl_apart(database, **LOOPBACK)
    assert len(result["harvests"]) < 12
    crawl_apart(undisturbed, **LOOPBACK)
    assert snapshots(database) == snapshots(undisturbed)


def test_interrupted_it_stops_cleanly_and_goes_on_the_next_time(serve, city, crawl_apart):
    server = serve(slow)
    addresses = [f"{server.url}/{n}" for n in range(12)]
    database = city(addresses)
    result, done = crawl_apart(database, **LOOPBACK, interrupt_after=3, concurrency=2)
    assert result["error"] == "KeyboardInterrupt", done.stderr
    assert 3 <= len(snapshots(database)) < 12
    assert len(snapshots(database)) == len(result["harvests"])
    assert "Traceback" not in done.stderr
    result, _ = crawl_apart(database, **LOOPBACK)
    assert sorted(url for url in addresses if url in result["harvests"])
    assert len(snapshots(database)) == 12


def test_a_full_disk_ends_the_crawl_with_our_error(serve, city, crawl_apart):
    server = serve(greet)
    database = city([f"{server.url}/{n}" for n in range(200)])
    size = Path(database.removeprefix("sqlite:///")).stat().st_size
    result, done = crawl_apart(database, **LOOPBACK, file_limit=size // 4, concurrency=4)
    assert result is not None, done.stderr
    assert result["error"] in {"StoreError", "StoreFullError"}, done.stderr
    assert len(result["harvests"]) < 200
    assert "Traceback" not in done.stderr


def test_without_leave_loopback_is_refused_by_address_and_by_name(serve, city, crawl_apart):
    server = serve(greet)
    addresses = [server.url + "/", f"http://localhost:{server.port}/"]
    result, _ = crawl_apart(city(addresses))
    assert [fate(result, url)["failure"] for url in addresses] == ["PRIVATE_ADDRESS"] * 2
    assert not server.asked
    # The name was judged by what it resolves to.
    assert "resolves to" in fate(result, addresses[1])["detail"]


def test_a_server_has_one_connection_at_a_time_and_robots_are_read_once(serve, city, crawl_apart):
    server = serve(slow)
    addresses = [f"{server.url}/{n}" for n in range(6)]
    start = time.monotonic()
    crawl_apart(city(addresses), **LOOPBACK, delay=0.2)
    assert server.most_open == 1
    assert server.asked["/robots.txt"] == 1
    # Six pages after robots.txt, each 0.2 s give or take half after the one before.
    assert time.monotonic() - start > 6 * 0.1
    assert all("user-agent: Denyut/0.1 (+mailto:uji@example.id)".lower() in h.lower() for h in server.heads)


def test_a_token_reaches_the_graph_api_only_and_no_log(serve, city, crawl_apart):
    other = serve(greet)

    def graph(hit):
        if hit.path == "/token-moved":
            hit.answer(b"", "302 Found", [f"Location: {other.url}/token"])
        else:
            greet(hit)

    server = serve(graph)
    addresses = [f"{server.url}/token", f"{server.url}/token-moved", f"{server.url}/missing"]
    result, done = crawl_apart(city(addresses), **LOOPBACK, graph=server.url, log_level="DEBUG")
    assert [fate(result, url)["failure"] for url in addresses] == [None, None, "TOKEN_MISSING"]
    assert all("Bearer EAAB0secret" in head for head in server.heads)
    assert "/robots.txt" not in server.asked
    assert "EAAB0secret" not in "".join(other.heads)
    assert "/robots.txt" in other.asked
    assert "EAAB0secret" not in done.stderr + done.stdout
    assert "DEBUG" in done.stderr


def test_accounts_are_drawn_only_as_seats_become_free(serve, city, crawl_apart):
    servers = [serve(slow) for _ in range(8)]
    result, _ = crawl_apart(city([s.url + "/" for s in servers]), **LOOPBACK, concurrency=2)
    assert result["outcomes"] == {"OK": 8}
    # Two are visited, one waits for a seat, and two may be on their way into the database.
    assert result["ahead"] <= 5


def test_an_error_of_whoever_watches_ends_the_crawl_aloud(serve, city, crawl_apart):
    server = serve(greet)
    result, _ = crawl_apart(city([f"{server.url}/{n}" for n in range(8)]), **LOOPBACK, stumble=True)
    assert result["error"] == "BrokenPipeError"


def scrapy(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"},
    )


@pytest.mark.parametrize("name", ["website"])
def test_a_spider_alone_says_what_to_use(name):
    done = scrapy("crawl", name)
    assert "denyut crawl" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
