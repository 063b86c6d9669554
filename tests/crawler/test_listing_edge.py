"""A day that opens or closes every title of a list, in the title's own text."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://kel.example/arsip"
TITLES = {
    20: "Panen Raya Kelompok Tani",
    18: "Undangan Posyandu 25 November 2026",
    13: "Warga Ikuti Senam Lansia 12 November 2026",
    9: "Kerja Bakti RT 05",
    2: "Pelatihan Menjahit bagi Pemuda",
}
MENU = '<ul><li><a href="/profil">Profil kantor</a></li><li><a href="/peta">Peta wilayah kerja</a></li></ul>'


def read(form: str, titles: dict[int, str] = TITLES) -> list[tuple[str, str]]:
    rows = "".join(
        f'<li><a href="/b/{n}">{form.format(n=n, title=title)}</a></li>' for n, title in titles.items()
    )
    page = Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, f"{MENU}<ul>{rows}</ul>".encode())
    items = read_listing(parse_document(page), now=NOW, zone=ZONE).items
    return [
        (i.title, f"{i.date.at.astimezone(ZONE):%d-%m-%Y}" if i.date else "") for i in items if "/b/" in i.url
    ]


@pytest.mark.parametrize(
    "form",
    [
        "{title} — Thu {n} November 2026",
        "{title} | {n:02}/11/2026",
        "{title} ({n} Nov 2026)",
        "2026-11-{n:02} {title}",
        "[{n} November 2026] {title}",
        "2026年11月{n:02}日 - {title}",
    ],
)
def test_a_day_at_the_edge_of_every_title_dates_the_posts(form: str) -> None:
    assert read(form) == [(title, f"{n:02}-11-2026") for n, title in TITLES.items()]


def test_a_list_that_rises_is_read_as_well() -> None:
    rising = dict(reversed(TITLES.items()))
    assert [day for _, day in read("2026-11-{n:02} {title}", rising)] == [f"{n:02}-11-2026" for n in rising]


@pytest.mark.parametrize(
    ("form", "titles"),
    [
        ("{title} {n} November 2026", TITLES),
        ("{title} — {n} November 2026", dict(zip((9, 18, 13, 20, 2), TITLES.values(), strict=True))),
        ("{title} — {n} November 2026", {n + 5: title for n, title in TITLES.items()}),
        ("{title} — {n} November 2026", dict(list(TITLES.items())[:4])),
        ("{title} — 9 November 2026", TITLES),
    ],
    ids=["not set off", "in no order", "yet to come", "too few", "all alike"],
)
def test_days_that_titles_tell_of_events_date_nothing(form: str, titles: dict[int, str]) -> None:
    assert {day for _, day in read(form, titles)} == {""}


def test_a_title_without_a_day_leaves_none() -> None:
    mixed = {**TITLES, 1: "Libur"}
    rows = read(
        "{title}",
        {n: f"{t} — {n} November 2026" if n > 1 else f"{t} bersama warga" for n, t in mixed.items()},
    )
    assert {day for _, day in rows} == {""}
