from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.website import visit

ZONE = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
FILLER = "<p>Dinas Contoh melayani warga kota.</p>"


def target():
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    return Target(Account(1, "contoh", Channel.WEBSITE, HOME), window, ZONE)


def run(pages):
    def answer(fetch):
        found = pages.get(fetch.url, 404)
        if isinstance(found, Failure):
            return Page(fetch, fetch.url, None, NOW, failure=found)
        if isinstance(found, int):
            return Page(fetch, fetch.url, found, NOW)
        return Page(fetch, fetch.url, 200, NOW, headers={"content-type": "text/html"}, body=found.encode())

    return drive(visit(target()), answer, NOW)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Failure.DNS, Outcome.UNREACHABLE),
        (Failure.TIMEOUT, Outcome.UNREACHABLE),
        (Failure.ROBOTS, Outcome.REFUSED),
        (404, Outcome.GONE),
        (500, Outcome.UNREACHABLE),
        ("<h1>Website sedang dalam perbaikan</h1>", Outcome.MAINTENANCE),
        ("<title>Account Suspended</title>", Outcome.SUSPENDED),
        ("<script src=app.js></script><div id=root></div>", Outcome.NEEDS_BROWSER),
        ("<h1>Dinas</h1>" + FILLER * 20, Outcome.EMPTY),
    ],
)
def test_what_really_happened(answer, outcome):
    harvest, asked = run({HOME: answer})
    assert harvest.outcome is outcome
    assert len(asked) <= 6


def test_an_address_that_ends_on_the_city_portal_has_moved():
    def answer(fetch):
        return Page(fetch, "https://go.id/", 200, NOW, body=b"<h1>Portal</h1>")

    harvest, _ = drive(visit(target()), answer, NOW)
    assert harvest.outcome is Outcome.MOVED
    assert "go.id" in harvest.detail
