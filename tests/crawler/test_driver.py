from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.visit import Budget, Fetch, Harvest, Memory, Purpose, Target, Validators, Window
from crawler.drive.driver import Answer, Ask, Terms, drive
from crawler.drive.guard import Guard
from crawler.drive.keyring import Keyring
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
TARGET = Target(
    Account(1, "dinkes", Channel.WEBSITE, "https://dinkes.example.id/"),
    Window(NOW - timedelta(days=30), NOW),
    MAKASSAR,
)
TERMS = Terms(Guard(), lambda: NOW, Keyring({"main": "EAAB0secret"}), timer=iter(range(1000)).__next__)
URL = "https://dinkes.example.id/feed"


def run(visit, network: Callable[[Ask], Answer], target=TARGET, terms=TERMS):
    """A harvest and what was asked of the network for it."""
    asked: list[Ask] = []
    journey = drive(target, visit, terms)
    try:
        ask = next(journey)
        while True:
            asked.append(ask)
            ask = journey.send(network(ask))
    except StopIteration as stop:
        return stop.value, asked


def turn(*fetches):
    """A visit that asks for these and keeps the pages."""
    pages = []

    def visit():
        for fetch in fetches:
            page = yield fetch
            pages.append(page)
        return Harvest(Outcome.OK)

    return visit(), pages


def ok(ask):
    return Answer(ask.url, 200, body=b"12345", seconds=1.0)


def test_a_page_is_what_came_back():
    visit, pages = turn(Fetch(URL, Purpose.FEED))
    harvest, asked = run(visit, lambda ask: Answer(ask.url, 200, {"etag": "x"}, b"12345", seconds=1.0))
    assert pages[0].ok
    assert pages[0].validators.etag == "x"
    assert pages[0].fetched_at == NOW
    assert (harvest.cost.requests, harvest.cost.bytes) == (1, 5)
    assert harvest.cost.seconds == 1
    assert asked[0].timeout == 25


def test_validators_and_headers_are_sent():
    known = Validators('"x"', "Mon, 02 Mar 2026 00:00:00 GMT")
    visit, pages = turn(Fetch(URL, Purpose.FEED, known, {"Accept": "application/json"}))
    _, asked = run(visit, lambda ask: Answer(ask.url, 304))
    assert asked[0].headers["If-None-Match"] == '"x"'
    assert asked[0].headers["If-Modified-Since"] == "Mon, 02 Mar 2026 00:00:00 GMT"
    assert asked[0].headers["Accept"] == "application/json"
    assert pages[0].unchanged


def test_redirects_are_followed_to_the_final_address():
    hops = {URL: "/a#bagian", "https://dinkes.example.id/a": "http://lain.example.id"}
    visit, pages = turn(Fetch(URL, Purpose.FEED))

    def network(ask):
        place = hops.get(ask.url)
        return Answer(ask.url, 301, {"location": place}) if place else ok(ask)

    harvest, _ = run(visit, network)
    assert pages[0].url == "http://lain.example.id"
    assert harvest.cost.requests == 3


@pytest.mark.parametrize("place", ["http://10.0.0.1/", "file:///etc/passwd", "http://[::1", "//127.0.0.1/"])
def test_a_redirect_inwards_is_not_asked(place):
    visit, pages = turn(Fetch(URL, Purpose.FEED))
    _, asked = run(visit, lambda ask: Answer(ask.url, 302, {"location": place}))
    assert pages[0].failure is Failure.PRIVATE_ADDRESS
    assert [ask.url for ask in asked] == [URL]


@pytest.mark.parametrize("url", ["http://[::1", "http://x:port/", "javascript:void(0)", "", "berita/12"])
def test_what_is_no_address_is_not_asked(url):
    visit, pages = turn(Fetch(url, Purpose.ARTICLE))
    harvest, asked = run(visit, ok)
    assert pages[0].failure is Failure.PRIVATE_ADDRESS
    assert harvest.outcome is Outcome.OK
    assert asked == []


def test_a_redirect_without_a_place_is_a_page():
    visit, pages = turn(Fetch(URL, Purpose.FEED))
    run(visit, lambda ask: Answer(ask.url, 302))
    assert pages[0].status == 302


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.RESET, Failure.REFUSED])
def test_a_failure_that_may_pass_is_tried_once_more(failure):
    visit, pages = turn(Fetch(URL, Purpose.FEED))
    answers = iter([Answer(URL, failure=failure), Answer(URL, 200)])
    _, asked = run(visit, lambda _: next(answers))
    assert pages[0].ok
    assert len(asked) == 2


@pytest.mark.parametrize(
    "failure", [Failure.DNS, Failure.CERTIFICATE, Failure.TOO_LARGE, Failure.ROBOTS, Failure.PRIVATE_ADDRESS]
)
def test_a_failure_that_stays_is_not_tried_again(failure):
    visit, pages = turn(Fetch(URL, Purpose.FEED))
    _, asked = run(visit, lambda _: Answer(URL, failure=failure, detail="sebab"))
    assert pages[0].failure is failure
    assert pages[0].detail == "sebab"
    assert len(asked) == 1


def test_a_server_error_is_tried_again_but_not_at_the_graph_api():
    visit, pages = turn(
        Fetch(URL, Purpose.FEED), Fetch("https://graph.facebook.com/v26.0/1", Purpose.API, token="main")
    )
    _, asked = run(visit, lambda ask: Answer(ask.url, 500))
    assert [page.status for page in pages] == [500, 500]
    assert len(asked) == 3


def test_a_token_goes_to_the_graph_api_and_nowhere_else():
    graph = "https://graph.facebook.com/v26.0/1"
    visit, _ = turn(
        Fetch(graph, Purpose.API, token="main"),
        Fetch("https://graph.facebook.com.evil.id/", Purpose.API, token="main"),
        Fetch("http://graph.facebook.com/", Purpose.API, token="main"),
        Fetch(URL, Purpose.API),
    )

    def network(ask):
        if ask.url == graph:
            return Answer(ask.url, 302, {"location": "https://evil.id/"})
        return ok(ask)

    _, asked = run(visit, network)
    with_token = [ask.url for ask in asked if "Authorization" in ask.headers]
    assert with_token == [graph]
    assert asked[0].headers["Authorization"] == "Bearer EAAB0secret"
    assert [ask.token for ask in asked] == ["main", None, None, None, None]
    assert "EAAB0secret" not in repr(asked) + repr(TERMS)


def test_a_token_that_is_not_there_costs_no_request():
    visit, pages = turn(Fetch("https://graph.facebook.com/v26.0/1", Purpose.API, token="lain"))
    _, asked = run(visit, ok)
    assert pages[0].failure is Failure.TOKEN_MISSING
    assert asked == []


@pytest.mark.parametrize("budget", [Budget(requests=2), Budget(bytes=10), Budget(seconds=2.0)])
def test_each_budget_ends_the_asking(budget):
    visit, pages = turn(*[Fetch(URL, Purpose.LISTING)] * 4)
    harvest, asked = run(visit, ok, replace(TARGET, budget=budget))
    assert [page.failure for page in pages] == [None, None, Failure.BUDGET, Failure.BUDGET]
    assert len(asked) == 2
    assert harvest.outcome is Outcome.OK


def test_an_exchange_gets_no_more_than_is_left():
    visit, pages = turn(*[Fetch(URL, Purpose.LISTING)] * 2)
    answers = iter([Answer(URL, 200, body=b"x" * 60, seconds=9), Answer(URL, failure=Failure.TOO_LARGE)])
    _, asked = run(visit, lambda _: next(answers), replace(TARGET, budget=Budget(bytes=100, seconds=10)))
    assert asked[1].max_bytes == 40
    assert asked[1].timeout == 1
    assert pages[1].failure is Failure.BUDGET


def test_a_visit_that_never_stops_asking_is_stopped():
    def visit():
        while True:
            yield Fetch(URL, Purpose.LISTING)

    harvest, _ = run(visit(), ok)
    assert harvest.outcome is Outcome.CRASHED


def test_a_crash_is_a_harvest_that_names_it_and_forgets_what_may_have_caused_it():
    def visit():
        yield Fetch(URL, Purpose.FEED)
        raise KeyError("https://x/?access_token=EAAB0secret&b")

    harvest, _ = run(visit(), ok)
    assert harvest.outcome is Outcome.CRASHED
    assert harvest.detail.startswith("KeyError")
    assert "test_driver.py" in harvest.detail
    assert "EAAB0secret" not in harvest.detail
    assert harvest.memory == Memory()
    assert harvest.cost.requests == 1


def test_a_visit_that_returns_nothing_has_crashed():
    def visit():
        yield Fetch(URL, Purpose.FEED)

    harvest, _ = run(visit(), ok)
    assert harvest.outcome is Outcome.CRASHED


def test_closing_a_drive_closes_its_visit():
    closed = []

    def visit():
        try:
            yield Fetch(URL, Purpose.FEED)
        finally:
            closed.append(True)
        return Harvest(Outcome.OK)

    journey = drive(TARGET, visit(), TERMS)
    next(journey)
    journey.close()
    assert closed == [True]


@pytest.mark.parametrize(("asked_for", "requests"), [("120", 1), ("0", 2), ("", 2)])
def test_a_server_that_asks_to_be_left_alone_is_not_asked_again_at_once(asked_for, requests):
    visit, pages = turn(Fetch(URL, Purpose.FEED))
    harvest, asked = run(visit, lambda ask: Answer(ask.url, 503, {"retry-after": asked_for}))
    assert (len(asked), pages[0].status) == (requests, 503)
    until = NOW + timedelta(seconds=int(asked_for)) if asked_for else None
    assert harvest.reception.retry_at == until


def test_a_visit_whose_pages_take_too_long_to_read_ends():
    def visit():
        while True:
            yield Fetch(URL, Purpose.HOME)

    target = replace(TARGET, memory=Memory(endpoint=URL), budget=Budget(cpu=5))
    # Each look at the clock is a second later, so that each page takes one.
    terms = replace(TERMS, cpu=iter(range(1000)).__next__)
    harvest, asked = run(visit(), ok, target, terms)
    assert harvest.outcome is Outcome.UNPARSABLE
    assert "more than 5 s" in harvest.detail
    assert len(asked) == 5
    # It is no defect of the visit's: what was learnt on other nights stays.
    assert harvest.memory == target.memory
    assert not harvest.outcome.saw
