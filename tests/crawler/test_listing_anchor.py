"""Entries that share the page of their day or month, each with an anchor of its own."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.item import ListedItem
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://kel.example/"
DAYS = {
    20: ("Panen Raya Kelompok Tani",),
    18: ("Undangan Posyandu 25 November 2026", "Warga Ikuti Senam Lansia"),
    9: ("Kerja Bakti RT Lima",),
    2: ("Pelatihan Menjahit", "Rembuk Stunting Digelar"),
}
STORY = (
    "<p>Kamis, 12 November 2026 bertempat di aula, warga hadir sejak pagi dan acara berlangsung tertib.</p>"
)


def entries(entry: str, day: str) -> str:
    """A box a day, with what heads it and its entries."""
    boxes = []
    for n, titles in DAYS.items():
        shown = "".join(entry.format(n=n, i=i, title=title, story=STORY) for i, title in enumerate(titles, 1))
        boxes.append(f"<div class=day>{day.format(n=n)}<div class=body>{shown}</div></div>")
    return "<h1>Warta</h1><p><a href='/2026-10.html'>10</a> <a href='/2026-11.html'>11</a></p>" + "".join(
        boxes
    )


def read(body: str, url: str = URL) -> tuple[ListedItem, ...]:
    page = Page(Fetch(url, Purpose.LISTING), url, 200, NOW, {}, body.encode())
    return read_listing(parse_document(page), now=NOW, zone=ZONE).items


def day_of(item: ListedItem) -> int:
    assert item.date is not None
    return item.date.at.astimezone(ZONE).day


TDIARY = (
    '<div class=section><h3><a href="./?date=202611{n:02}#p{i:02}">_</a> {title}</h3>{story}</div>',
    '<h2><span class=date><a href="./?date=202611{n:02}">2026-11-{n:02}</a></span></h2>',
)
CHALOW = (
    '<div class=section><p><a name="x-{n}-{i}" href="2026-11.html#x-{n}-{i}">*</a> '
    "<span>{title}</span>:[Warta]<br>{story}</p></div>",
    '<h2><a name="x-{n}" href="2026-11.html#x-{n}">2026-11-{n:02} Fri</a></h2>',
)
BLOSXOM = (
    "<div><h3><a name='t-{n}-{i}'>{title}</a></h3><div>{story}</div><p>posted at: 08:1{i} | "
    "<a href='/2026/11/{n:02}#t-{n}-{i}'>permanent link to this entry</a></p></div>",
    "<h2>Fri, {n} Nov 2026</h2>",
)


@pytest.mark.parametrize("form", [TDIARY, CHALOW, BLOSXOM], ids=["tdiary", "chalow", "blosxom"])
def test_every_entry_is_an_item_of_its_day(form: tuple[str, str]) -> None:
    items = read(entries(*form))
    assert [item.title for item in items] == [title for titles in DAYS.values() for title in titles]
    assert [day_of(item) for item in items] == [n for n, titles in DAYS.items() for _ in titles]
    assert len({item.url for item in items}) == len(items)


def test_those_of_one_page_are_marked_by_their_fragments() -> None:
    items = read(entries(*TDIARY))
    assert [item.mark for item in items] == ["", "p01", "p02", "", "p01", "p02"]


def test_a_month_s_own_page_lists_its_entries() -> None:
    items = read(entries(*CHALOW), "https://kel.example/2026-11.html")
    assert [item.mark for item in items] == ["x-20-1", "x-18-1", "x-18-2", "x-9-1", "x-2-1", "x-2-2"]


@pytest.mark.parametrize(
    "link",
    [
        '<h3><a href="/b/{n}-{i}#isi">{title}</a></h3>',
        '<h3><a href="/b/{n}-{i}">{title}</a></h3><h4><a href="/b/{n}-{i}#komentar-{n}">2 komentar</a></h4>',
        '<h3><a href="/b/{n}-{i}">{title}</a></h3><p><a href="/b/{n}-{i}#more-{n}">Selengkapnya</a></p>',
    ],
    ids=["the same part of each", "what readers say", "where the text goes on"],
)
def test_a_part_of_a_post_s_own_page_is_no_entry(link: str) -> None:
    items = read(entries(link + "{story}", "<h2>Jumat, {n} November 2026</h2>"))
    assert [item.url.rpartition("/")[2] for item in items] == ["20-1", "18-1", "18-2", "9-1", "2-1", "2-2"]


def test_an_address_that_a_template_left_unfilled_ends_no_reading() -> None:
    junk = "<h3><a href='http://[situs]/a#b1'>Satu</a></h3><h3><a href='http://[situs]/a#b2'>Dua</a></h3>"
    assert len(read(entries(*TDIARY) + junk)) == sum(map(len, DAYS.values()))
