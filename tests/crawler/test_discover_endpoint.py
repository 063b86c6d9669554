"""Feeds that a page names in its text alone."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.discover.endpoint import discover_endpoints
from crawler.extract.page.document import parse_document

HOME = "https://contoh.go.id/"


@pytest.mark.parametrize(
    ("href", "found"),
    [("/berita.rss", True), ("/kabar/terbaru.atom", True), ("/index.rdf", True), ("/tentang.rssi", False)],
)
def test_a_link_to_a_file_of_a_feed_names_it(href, found):
    body = f"<html><body><a href='{href}'>Langganan</a></body></html>".encode()
    page = Page(Fetch(HOME, Purpose.HOME), HOME, 200, datetime(2026, 6, 27, tzinfo=UTC), body=body)
    urls = [endpoint.url for endpoint in discover_endpoints(page, parse_document(page))]
    assert (f"{HOME}{href[1:]}" in urls) is found
