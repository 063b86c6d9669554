"""Sites that would hang, flood, blow up or mislead a crawl: each ends in its own failure, others go on.

Every one is met twice: by the crawl and by `probe`, which must say the same.
"""

import gzip
import json
import socket
import struct
import time
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.visit import Fetch, Harvest, Purpose, Target, Validators, Window
from crawler.drive.guard import Guard
from crawler.probe import probe
from testkit.raw import greet
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
# Long enough for a busy machine, short enough for two tries at each site that drips.
TIMEOUT = 2.0


def to(location):
    return lambda hit: hit.answer(b"", "302 Found", [f"Location: {location}"])


def page_of(respond):
    """No robots.txt, and one behaviour everywhere else."""

    def site(hit):
        if hit.path == "/robots.txt":
            hit.answer(b"", "404 Not Found")
        else:
            respond(hit)

    return site


def endless_redirects(hit):
    hit.answer(b"", "302 Found", [f"Location: /x{hit.path.count('x') * 'x'}x{hit.path}"])


def flood(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    for _ in range(5_000):
        hit.connection.sendall(chunk)


def boast(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\nx")
    time.sleep(6)


@cache
def packed_zeros():
    return gzip.compress(bytes(60_000_000))


def bomb(hit):
    hit.answer(packed_zeros(), headers=["Content-Encoding: gzip"])


def drip(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(30):
        hit.connection.sendall(b"x")
        time.sleep(0.2)


def drip_head(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in range(30):
        hit.connection.sendall(b"X-%d: y\r\n" % n)
        time.sleep(0.2)


def reset(hit):
    hit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    hit.connection.close()


def short(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx")


def garbage(hit):
    hit.answer(bytes(range(256)) * 9, headers=["Content-Type: text/html; charset=klingon"])


def not_http(hit):
    hit.connection.sendall(b"\x00\x01 SSH-2.0-what\r\n\r\n")


def not_gzip(hit):
    hit.answer(b"plain all along", headers=["Content-Encoding: gzip"])


def forbidding(hit):
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: Denyut\nDisallow: /\n"
    hit.answer(rules if hit.path == "/robots.txt" else b"secret")


def down(hit):
    hit.answer(b"Sedang pemeliharaan", "503 Service Unavailable")


def etag(hit):
    if 'if-none-match: "x"' in hit.head.lower():
        hit.answer(b"", "304 Not Modified", ['ETag: "x"'])
    else:
        hit.answer(b"new")


SITES = {
    "good": (page_of(greet), "200"),
    "circle": (page_of(to("/circle")), "TOO_MANY_REDIRECTS"),
    "endless": (page_of(endless_redirects), "TOO_MANY_REDIRECTS"),
    "flood": (page_of(flood), "TOO_LARGE"),
    "boast": (page_of(boast), "TOO_LARGE"),
    "bomb": (page_of(bomb), "TOO_LARGE"),
    "drip": (page_of(drip), "TIMEOUT"),
    "drip_head": (page_of(drip_head), "TIMEOUT"),
    "reset": (page_of(reset), "RESET"),
    "short": (page_of(short), "RESET"),
    "metadata": (page_of(to("http://169.254.169.254/latest/")), "PRIVATE_ADDRESS"),
    "private": (page_of(to("http://10.0.0.1/")), "PRIVATE_ADDRESS"),
    "mapped": (page_of(to("http://[::ffff:10.0.0.1]/")), "PRIVATE_ADDRESS"),
    "zero": (page_of(to("http://0/")), "PRIVATE_ADDRESS"),
    "octal": (page_of(to("http://012.0.0.1/")), "PRIVATE_ADDRESS"),
    "file": (page_of(to("file:///etc/passwd")), "PRIVATE_ADDRESS"),
    "bad_place": (page_of(to("http://[::1")), "PRIVATE_ADDRESS"),
    "garbage": (page_of(garbage), "200"),
    "not_http": (page_of(not_http), "RESET"),
    "not_gzip": (page_of(not_gzip), "OTHER"),
    "forbidding": (forbidding, "ROBOTS"),
    "down": (down, "503"),
    "etag": (page_of(etag), "304"),
}


@pytest.fixture(scope="module")
def sites(serve):
    """Each site on its own port, as name → address; and three that are no site at all."""
    packed_zeros()
    servers = {name: serve(respond) for name, (respond, _) in SITES.items()}
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    addresses = {name: f"{server.url}/{name}" for name, server in servers.items()}
    addresses |= {"refused": f"http://127.0.0.1:{closed}/", "lost": "http://tidak-ada.invalid/"}
    addresses["long"] = f"http://{'x' * 70}.invalid/"
    return servers, addresses


@pytest.fixture(scope="module")
def crawled(sites, city, crawl_apart):
    _, addresses = sites
    addresses = addresses | {"crash": addresses["good"].replace("/good", "/crash")}
    database = city(addresses.values())
    result, done = crawl_apart(database, allowed=["127.0.0.0/8"], timeout=TIMEOUT)
    assert result is not None, done.stderr
    return {name: result["harvests"].get(url) for name, url in addresses.items()}, result, done


EXPECTED = {name: fate for name, (_, fate) in SITES.items()} | {
    "refused": "REFUSED",
    "lost": "DNS",
    "long": "DNS",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_crawl_names_each_failure(crawled, name):
    harvests, _, done = crawled
    assert harvests[name] is not None, done.stderr
    fate = json.loads(harvests[name]["detail"])
    assert (fate["failure"] or str(fate["status"])) == EXPECTED[name], fate


def look(target):
    validators = Validators(etag='"x"') if "etag" in target.account.address else Validators()
    page = yield Fetch(target.account.address, Purpose.HOME, validators)
    return Harvest(Outcome.OK, detail=page.failure.name if page.failure else str(page.status))


def ask(address):
    account = Account(1, "a", Channel.WEBSITE, address)
    target = Target(account, Window(NOW - timedelta(days=30), NOW), MAKASSAR)
    return probe(
        target,
        look(target),
        guard=Guard.of(["127.0.0.0/8"]),
        user_agent="Denyut/0.1 (+mailto:uji@example.id)",
        clock=lambda: NOW,
        timeout=TIMEOUT,
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_probe_says_the_same(sites, name):
    assert ask(sites[1][name]).detail == EXPECTED[name]


def test_a_defect_in_a_visit_costs_only_its_own_account(crawled):
    harvests, result, _ = crawled
    assert harvests["crash"]["outcome"] == "CRASHED"
    assert harvests["crash"]["detail"].startswith("LookupError: a defect")
    assert "EAAB0secret" not in harvests["crash"]["detail"]
    assert sum(result["outcomes"].values()) == len(EXPECTED) + 1


def test_nothing_is_printed_but_warnings(crawled):
    _, _, done = crawled
    assert done.stdout == ""
    assert "Traceback" not in done.stderr, done.stderr
    assert "EAAB0secret" not in done.stderr


@pytest.mark.usefixtures("crawled")
def test_a_page_that_robots_forbid_is_never_asked_for(sites):
    assert set(sites[0]["forbidding"].asked) == {"/robots.txt"}


def test_a_body_beyond_the_limit_is_not_kept(crawled):
    assert crawled[0]["flood"]["bytes"] <= 10_000_000
