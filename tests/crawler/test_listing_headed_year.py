"""Days without a year below headings that say it, where the order of the list does not tell."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://kel.example/arsip"
# Months of a year in the order of their names as text: "10" stands before "9".
DAYS = {
    2026: ((10, 30), (10, 4), (9, 28), (8, 20), (11, 20), (11, 3)),
    2025: ((10, 11), (12, 24), (12, 2), (9, 9)),
}


def read(
    head: str, item: str = '<a href="/b/{y}-{m}-{d}"><span>{m:02}-{d:02}</span> <b>Panen raya {m} {d}</b></a>'
) -> list[str]:
    rows = "".join(
        head.format(y=y)
        + "<ul>"
        + "".join(f"<li>{item.format(y=y, m=m, d=d)}</li>" for m, d in days)
        + "</ul>"
        for y, days in DAYS.items()
    )
    page = Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, f"<h1>Arsip</h1>{rows}".encode())
    items = read_listing(parse_document(page), now=NOW, zone=ZONE).items
    return [f"{i.date.at.astimezone(ZONE):%Y-%m-%d}" if i.date else "" for i in items]


@pytest.mark.parametrize(
    "head",
    ["<h2>{y}</h2>", "<div>{y}年</div><div>6篇</div>", "<h3>Tahun {y} (6)</h3>", "<p>{y} · 6 tulisan</p>"],
)
def test_the_year_above_is_that_of_the_days_below(head: str) -> None:
    assert read(head) == [f"{y}-{m:02}-{d:02}" for y, days in DAYS.items() for m, d in days]


@pytest.mark.parametrize("head", ["<h2>Semua tulisan</h2>", "<h2>2026</h2>", "<h2>Laporan {y} dan 2024</h2>"])
def test_without_headings_of_two_years_days_in_no_order_stay_without_one(head: str) -> None:
    assert set(read(head)) == {""}
