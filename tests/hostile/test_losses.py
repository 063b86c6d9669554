"""A bad item costs the item, a bad page the page, never the visit; and what was lost is said."""

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.survey import finds
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
BASE = "https://dinas.contoh.go.id"
HOME = b"<title>Dinas</title><link rel=alternate type='application/rss+xml' href='/feed.xml'>"
BAD = ("http://[alamat-situs]/", "http://[::1", "http://a:99999/", "https://", "//", "https://a b:c/")


def item(number, address, title="Rapat koordinasi"):
    date = "<pubDate>Mon, 02 Feb 2026 08:00:00 +0800</pubDate>"
    return f"<item><title>{title} {number}</title><link>{address}</link>{date}</item>"


def rss(*items):
    good = "".join(item(n, f"{BASE}/berita/{n}") for n in range(4))
    return f"<rss version='2.0'><channel><title>Dinas</title>{''.join(items)}{good}</channel></rss>".encode()


def look(pages):
    def answer(fetch):
        path = fetch.url.removeprefix(BASE) or "/"
        body = pages.get(path)
        return Page(fetch, fetch.url, 404 if body is None else 200, NOW, body=body or b"")

    account = Account(1, "dinas", Channel.WEBSITE, f"{BASE}/")
    window = Window(NOW - timedelta(days=60), NOW)
    return drive(visit(Target(account, window, MAKASSAR)), answer, NOW)[0]


@pytest.mark.parametrize("address", BAD)
def test_an_item_that_leads_nowhere_costs_itself_and_is_named(address):
    harvest = look({"/": HOME, "/feed.xml": rss(item(9, address))})
    assert harvest.outcome is Outcome.OK
    assert len(harvest.posts) == 4
    assert any(note.text.startswith("1 items of") for note in harvest.notes), harvest.notes


@pytest.mark.parametrize("title", ["&#xD800;", "\x08\x1f", "&#x110000;", "<b", "&bogus;", "]]>", "<![CDATA["])
def test_an_item_whose_title_is_broken_costs_no_other(title):
    harvest = look(
        {
            "/": HOME,
            "/feed.xml": rss().replace(b"</channel>", item(9, f"{BASE}/x", title).encode() + b"</channel>"),
        }
    )
    assert {post.url for post in harvest.posts} >= {f"{BASE}/berita/{n}" for n in range(4)}


def test_what_no_office_publishes_is_left_out_and_nothing_is_claimed(monkeypatch):
    monkeypatch.setattr(finds, "MOST_POSTS", 3)
    harvest = look({"/": HOME, "/feed.xml": rss()})
    assert len(harvest.posts) == 3
    assert harvest.complete_since is None
    assert harvest.proof is None
    assert any("left out" in note.text for note in harvest.notes)


@pytest.mark.parametrize(
    "where", ["<base href='{}'>", "<link rel=canonical href='{}'>", "<a rel=next href='{}'>»</a>"]
)
@pytest.mark.parametrize("address", BAD)
def test_a_bad_address_in_a_page_costs_nothing(where, address):
    harvest = look({"/": HOME + where.format(address).encode(), "/feed.xml": rss()})
    assert len(harvest.posts) == 4


def test_an_address_of_megabytes_is_none_and_costs_no_time():
    long = (
        f"<a href='/{'a/' * 300_000}'>Rapat dinas</a><a href='data:image/png;base64,{'A' * 300_000}'>Foto</a>"
    )
    links = "".join(
        f"<li><a href='/berita/{n}'>Rapat koordinasi ke-{n}</a> 0{n}/02/2026" for n in range(1, 6)
    )
    start = process_time()
    harvest = look({"/": f"<title>Dinas</title><ul>{links}</ul>{long}".encode()})
    assert len(harvest.posts) == 5
    assert process_time() - start < 2
