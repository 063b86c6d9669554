"""A day in the title's own link, on its line: the post's, unless another stands beside the title."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://kel.example/arsip"
TITLES = {14: "Panen Raya Kelompok Tani", 13: "Undangan Posyandu 25 Mei 2026", 3: "Warga Ikuti Senam Lansia"}


def read(form: str) -> list[tuple[str, str]]:
    rows = "".join(f"<li>{form.format(n=n, title=title)}</li>" for n, title in TITLES.items())
    body = f"<h2>2026 <small>3 tulisan</small></h2><ul>{rows}</ul>"
    page = Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, body.encode())
    items = read_listing(parse_document(page), now=NOW, zone=ZONE).items
    return [(i.title, f"{i.date.at.astimezone(ZONE):%d-%m-%Y}" if i.date else "") for i in items]


@pytest.mark.parametrize(
    "day",
    [
        '<span class="date">11-{n:02}</span>',
        "<time>{n} Nov</time>",
        "<small>2026-11-{n:02} 08:15</small>",
        "<span>({n:02}/11/2026)</span>",
        "<span><i class='fa'></i> <span>Rabu, </span><span>{n} November 2026</span></span>",
        "<span>Diposting pada {n} November 2026 | 31 kali dibaca</span>",
    ],
)
@pytest.mark.parametrize(
    "order", ["{day} {title}", "{title} {day}", "<i></i> {title} {day} <span>12 kali</span>"]
)
def test_a_day_set_apart_in_a_title_s_link_dates_the_post(day: str, order: str) -> None:
    form = '<a href="/b/{n}">' + order.replace("{day}", day) + "</a>"
    assert read(form) == [(title, f"{n:02}-11-2026") for n, title in TITLES.items()]


def test_ages_in_a_title_s_link_are_no_part_of_it() -> None:
    assert read('<a href="/b/{n}">{title} <span>{n} hari yang lalu</span></a>') == [
        ("Panen Raya Kelompok Tani", "08-11-2026"),
        ("Undangan Posyandu 25 Mei 2026", "09-11-2026"),
        ("Warga Ikuti Senam Lansia", "19-11-2026"),
    ]


@pytest.mark.parametrize("beside", ["<span>{n:02}/11/2026</span>", "<p>Diposting {n} November 2026</p>"])
def test_beside_another_day_it_is_an_event_s(beside: str) -> None:
    dated = read('<a href="/b/{n}">{title} <span>5 Oktober 2026</span></a>' + beside)
    assert [day for _, day in dated] == [f"{n:02}-11-2026" for n in TITLES]


@pytest.mark.parametrize(
    "link",
    [
        "{title} <b>{n} Oktober 2026</b>",
        "Rapat <span>{n} Oktober 2026</span> tentang {title}",
        "{title} pada {n} Oktober 2026",
    ],
)
def test_what_a_title_itself_says_dates_nothing(link: str) -> None:
    assert [day for _, day in read(f'<a href="/b/{{n}}">{link}</a>')] == ["", "", ""]


@pytest.mark.parametrize("end", ["2026", "2026/2027", "RW 12"])
def test_a_year_set_apart_is_the_title_s(end: str) -> None:
    titles = [title for title, _ in read(f'<a href="/b/{{n}}">{{title}} <span>{end}</span></a>')]
    assert titles == [f"{title} {end}" for title in TITLES.values()]


@pytest.mark.parametrize("day", ["<span>{n} November 2026</span>", "<img src='x.png'><time>{n} Nov</time>"])
def test_a_link_that_says_nothing_but_the_day_is_no_post(day: str) -> None:
    link = f'<a href="/b/{{n}}">{day}</a>'
    assert read(link) == []
    titled = read('<a href="/b/{n}">{title}</a> ' + link)
    assert titled == [(title, f"{n:02}-11-2026") for n, title in TITLES.items()]
