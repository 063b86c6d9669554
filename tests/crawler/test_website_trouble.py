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


def portal(moments):
    """A hand-written portal: ten items a page, numbered by their place in `moments`, newest first."""
    items = sorted(enumerate(moments), key=lambda pair: pair[1], reverse=True)
    pages = {}
    for number in range(0, len(items), 10):
        rows = "".join(
            f"<div class='berita'><a href='?page=berita&amp;id={n}'>Kegiatan warga ke-{n}</a>"
            f"<small>{at.astimezone(ZONE):%d-%m-%Y %H:%M} WITA</small></div>"
            for n, at in items[number : number + 10]
        )
        more = f"<a href='?hal={number // 10 + 2}'>Berikutnya</a>" if number + 10 < len(items) else ""
        pages[f"{HOME}?hal={number // 10 + 1}" if number else HOME] = f"<h1>Berita</h1>{rows}{more}"
    return pages


def test_a_thorough_night_finds_what_was_slipped_in_below_the_head_of_a_list():
    honest = days(30, step=1)
    first, _ = run(portal(honest))
    assert len(first.posts) == 30
    slipped = portal([*honest, honest[15] + timedelta(hours=2)])
    overlooked, _ = run(slipped, again(first))
    assert overlooked.outcome is Outcome.UNCHANGED
    found, _ = run(slipped, again(first, thorough=True))
    assert {p.key for p in found.posts} - {p.key for p in first.posts} == {"/?id=30&page=berita"}


def test_the_newest_post_from_before_the_window_is_told_apart():
    harvest, _ = run(portal(days(30, step=30)))
    assert harvest.before is not None
    assert harvest.before.date.at < harvest.posts[-1].date.at
    assert harvest.before not in harvest.posts
