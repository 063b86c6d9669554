import gzip
from datetime import UTC, datetime

import pytest

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.extract.feed.sitemap import extract_sitemap
from testkit.zone import JAKARTA

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HEAD = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'


def read(body, url="https://contoh.go.id/sitemap.xml"):
    page = Page(Fetch(url, Purpose.SITEMAP), url, 200, NOW, body=body)
    return extract_sitemap(page, now=NOW, zone=JAKARTA)


URLSET = f"""{HEAD}<url><loc> https://contoh.go.id/a </loc><lastmod>2026-04-01</lastmod></url>
<url><loc>/b</loc></url></urlset>""".encode()


@pytest.mark.parametrize("body", [URLSET, gzip.compress(URLSET), b"\n " + URLSET])
def test_addresses_and_hints_without_dates(body):
    entries = read(body).entries
    assert [e.url for e in entries] == ["https://contoh.go.id/a", "https://contoh.go.id/b"]
    assert entries[0].modified == datetime(2026, 4, 1, 17, tzinfo=UTC)
    assert all(e.date is None for e in entries)


def test_index():
    body = b"<sitemapindex><sitemap><loc>https://contoh.go.id/post-sitemap.xml</loc></sitemap></sitemapindex>"
    assert [c.url for c in read(body).children] == ["https://contoh.go.id/post-sitemap.xml"]


def test_a_news_sitemap_dates():
    body = f"""{HEAD}<url><loc>https://contoh.go.id/a</loc><news:news><news:title>Rapat</news:title>
    <news:publication_date>2026-04-30T20:00:00+07:00</news:publication_date></news:news></url></urlset>"""
    (entry,) = read(body.encode()).entries
    assert entry.title == "Rapat"
    assert entry.date is not None
    assert entry.date.at == datetime(2026, 4, 30, 13, tzinfo=UTC)


def test_plain_list():
    assert len(read(b"https://contoh.go.id/a\nhttps://contoh.go.id/b\n").entries) == 2


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"<rss></rss>", gzip.compress(bytes(30_000_000)), b"\x1f\x8b\x08broken"]
)
def test_anything_else_says_so(body):
    with pytest.raises(UnparsableError):
        read(body)
