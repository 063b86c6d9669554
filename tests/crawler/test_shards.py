"""Shards as whole processes: a visit that hangs, grows or dies costs its own account, and nobody else."""

import json
import time
from collections import Counter
from threading import Lock

import pytest

from testkit.raw import greet

LOOPBACK = {"allowed": ["127.0.0.0/8"]}


class Crowd:
    """Answers slowly, and counts how many are being answered at the same time by each server."""

    def __init__(self, seconds=0.02):
        self._seconds = seconds
        self.most: Counter[int] = Counter()
        self._now: Counter[int] = Counter()
        self._lock = Lock()

    def serve(self, hit):
        port = hit.connection.getsockname()[1]
        with self._lock:
            self._now[port] += 1
            self.most[port] = max(self.most[port], self._now[port])
        time.sleep(self._seconds)
        with self._lock:
            self._now[port] -= 1
        greet(hit)


def outcomes(result):
    return {url.rpartition("/")[2]: told["outcome"] for url, told in result["harvests"].items()}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hang", "kept a process busy"),
        ("grow", "grow past"),
        ("abort", "crashed"),
    ],
)
def test_what_costs_a_process_twice_costs_its_account_only(serve, city, crawl_apart, name, reason):
    server = serve(greet)
    good = [f"good-{n}" for n in range(5)]
    addresses = [f"{server.url}/{path}" for path in (name, *good)]
    result, done = crawl_apart(city(addresses), **LOOPBACK, hang=1.0 if name == "hang" else 10.0, memory=600)
    assert outcomes(result) == {name: "UNPARSABLE", **dict.fromkeys(good, "OK")}, done.stderr
    detail = result["harvests"][addresses[0]]["detail"]
    assert reason in detail
    assert "also alone" in detail
    assert result["replaced"] == 0
    assert "Traceback" not in done.stderr


def test_sites_that_are_known_to_end_processes_do_not_end_the_crawl(serve, city, crawl_apart):
    server = serve(greet)
    addresses = [f"{server.url}/{n}/abort" for n in range(3)]
    result, done = crawl_apart(city(addresses), **LOOPBACK, most_barren=5)
    assert result.get("error") is None, done.stderr
    assert result["outcomes"] == {"UNPARSABLE": 3}


def test_a_process_that_ends_once_is_nobodys_fault(serve, city, crawl_apart, tmp_path):
    server = serve(greet)
    paths = ["once", *(f"good-{n}" for n in range(5))]
    addresses = [f"{server.url}/{path}" for path in paths]
    result, done = crawl_apart(city(addresses), **LOOPBACK, once=str(tmp_path / "seen"))
    assert outcomes(result) == dict.fromkeys(paths, "OK"), done.stderr
    assert result["replaced"] == 1


def test_shards_that_never_start_end_the_crawl_with_one_error(serve, city, crawl_apart):
    server = serve(greet)
    result, done = crawl_apart(city([f"{server.url}/x"]), **LOOPBACK, stillborn=True)
    assert result["error"] == "ShardError", done.stderr
    assert result["harvests"] == {}


# Spellings of one address, as fifty names that one machine serves.
SPELLINGS = [
    f"{a}.{b}"
    for a in ("127", "0x7f", "0177", "00177", "0x07f")
    for b in ("0.0.1", "0.1", "1", "0.0x0.1", "0x0.1", "0.0.0x1", "0x1", "00.1", "0.00.1", "01")
]


def test_fifty_names_on_one_server_are_never_asked_two_at_a_time(serve, city, crawl_apart):
    crowd = Crowd()
    server, other = serve(crowd.serve), serve(crowd.serve)
    assert len(set(SPELLINGS)) == 50
    addresses = [f"http://{name}:{server.port}/{n}" for n, name in enumerate(SPELLINGS)]
    beside = [f"{other.url}/{n}" for n in range(20)]
    result, done = crawl_apart(city(beside[:10] + addresses + beside[10:]), **LOOPBACK, processes=3)
    assert result["outcomes"] == {"OK": 70}, done.stderr
    assert crowd.most == {server.port: 1, other.port: 1}


def test_what_leads_to_another_shards_server_is_asked_by_that_shard(serve, city, crawl_apart):
    crowd = Crowd()
    servers = [serve(crowd.serve) for _ in range(6)]

    def lead(hit):
        if hit.path == "/robots.txt":
            greet(hit)
        else:
            n = int(hit.path.strip("/"))
            target = servers[n % len(servers)].url if n < 30 else "http://127.0.0.1:9"
            hit.answer(b"", "302 Found", [f"Location: {target}/from-{n}"])

    doors = [serve(lead) for _ in range(4)]
    addresses = [f"{doors[n % 4].url}/{n}" for n in range(31)]
    own = [f"{server.url}/own-{n}" for server in servers for n in range(3)]
    result, done = crawl_apart(city(addresses + own), **LOOPBACK, processes=3, timeout=10)
    fates = {url: json.loads(told["detail"]) for url, told in result["harvests"].items()}
    assert all(fates[url]["status"] == 200 for url in [*addresses[:30], *own]), done.stderr
    assert fates[addresses[30]]["failure"] == "REFUSED"
    assert fates[addresses[7]]["url"] == f"{servers[1].url}/from-7"
    assert crowd.most == {server.port: 1 for server in servers}
    # Its own shard reads a server's rules, and once only.
    assert {server.asked["/robots.txt"] for server in servers} == {1}


def test_a_stop_is_obeyed_while_a_shard_hangs(serve, city, crawl_apart):
    servers = [serve(Crowd().serve) for _ in range(8)]
    good = [f"{server.url}/good-{n}" for server in servers[1:] for n in range(40)]
    start = time.monotonic()
    order = {"processes": 2, "hang": 300.0, "interrupt_after": 1}
    result, done = crawl_apart(city([f"{servers[0].url}/hang", *good]), **LOOPBACK, **order)
    assert result["error"] == "KeyboardInterrupt", done.stderr
    assert time.monotonic() - start < 45
    assert len(result["harvests"]) < len(good)


def test_what_this_machine_lacks_is_no_offices_outcome(serve, city, crawl_apart):
    servers = [serve(Crowd(1.0).serve) for _ in range(60)]
    addresses = [f"{server.url}/{n}" for n, server in enumerate(servers)]
    result, done = crawl_apart(city(addresses), **LOOPBACK, open_files=40, timeout=10)
    assert result["error"] == "ShortageError", done.stderr
    assert set(outcomes(result).values()) <= {"OK"}
    assert "Traceback" not in done.stderr
