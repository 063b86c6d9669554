"""The same visit without a crawl."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.visit import Budget, Fetch, Harvest, Purpose, Target, Window
from crawler.drive.guard import Guard
from crawler.probe import probe
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def plain(hit):
    if hit.path == "/robots.txt":
        hit.answer(b"User-agent: *\nDisallow: /rahasia\n")
    elif hit.path == "/pindah":
        hit.answer(b"", "301 Moved", ["Location: /rahasia"])
    else:
        hit.answer(b"halo")


def run(address, *fetches, budget=None, **settings):
    """A harvest and the pages that were seen on the way."""
    pages = []

    def visit():
        for fetch in fetches:
            page = yield fetch
            pages.append(page)
        return Harvest(Outcome.OK)

    account = Account(1, "a", Channel.WEBSITE, address)
    window = Window(NOW - timedelta(days=30), NOW)
    target = Target(account, window, MAKASSAR, budget=budget or Budget())
    settings = {
        "guard": Guard.of(["127.0.0.0/8"]),
        "user_agent": "Denyut/0.1",
        "clock": lambda: NOW,
        **settings,
    }
    return probe(target, visit(), **settings), pages


def test_its_cost_counts_robots_and_pages(serve):
    server = serve(plain)
    harvest, pages = run(server.url, *[Fetch(f"{server.url}/{n}", Purpose.LISTING) for n in "ab"])
    assert [page.body for page in pages] == [b"halo"] * 2
    assert pages[0].fetched_at == NOW
    assert harvest.cost.requests == sum(server.asked.values()) == 3
    assert harvest.cost.bytes == 8 + len(b"User-agent: *\nDisallow: /rahasia\n")
    assert harvest.cost.seconds > 0


def test_robots_hold_for_a_redirect_too_and_can_be_set_aside(serve):
    server = serve(plain)
    fetch = Fetch(f"{server.url}/pindah", Purpose.HOME)
    _, pages = run(server.url, fetch)
    assert pages[0].failure is Failure.ROBOTS
    assert "/rahasia" not in server.asked
    _, pages = run(server.url, fetch, obey_robots=False)
    assert pages[0].ok
    assert pages[0].url == f"{server.url}/rahasia"


def test_it_waits_between_requests(serve):
    server = serve(plain)
    start = time.monotonic()
    run(server.url, *[Fetch(server.url, Purpose.HOME)] * 2, delay=0.2)
    assert time.monotonic() - start >= 0.4


def test_budgets_hold(serve):
    server = serve(plain)
    budget = Budget(requests=3)
    _, pages = run(server.url, *[Fetch(server.url, Purpose.HOME)] * 3, budget=budget)
    assert [page.failure for page in pages] == [None, None, Failure.BUDGET]
    assert sum(server.asked.values()) == 3


def test_a_token_goes_to_the_graph_api_only_and_asks_no_robots(serve):
    graph, other = serve(plain), serve(plain)
    fetches = [Fetch(f"{url}/me", Purpose.API, token="main") for url in (graph.url, other.url)]
    run(graph.url, *fetches, tokens={"main": "EAAB0secret"}, graph_url=graph.url)
    assert set(graph.asked) == {"/me"}
    assert "authorization: bearer eaab0secret" in graph.heads[0].lower()
    assert "EAAB0secret" not in "".join(other.heads)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_refused_without_leave(serve, host):
    server = serve(plain)
    url = f"http://{host}:{server.port}/"
    _, pages = run(url, Fetch(url, Purpose.HOME), guard=Guard())
    assert pages[0].failure is Failure.PRIVATE_ADDRESS
    assert not server.asked


def test_a_name_is_asked_for_by_name(serve):
    server = serve(plain)
    url = f"http://localhost:{server.port}/"
    _, pages = run(url, Fetch(url, Purpose.HOME))
    assert pages[0].ok
    assert f"host: localhost:{server.port}" in server.heads[0].lower()
