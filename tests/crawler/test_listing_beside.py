"""Days that stand beside a card and are another's, and cards that stand beside days and have none."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://kel.example/pengumuman"
WHAT = ("Panen Raya", "Pasar Murah", "Donor Darah", "Kerja Bakti", "Bank Sampah")
STORY = "Pendaftaran dibuka sampai dengan akhir bulan pada jam kerja di loket pelayanan. " * 3


def read(body: str) -> dict[str, str]:
    page = Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, body.encode())
    items = read_listing(parse_document(page), now=NOW, zone=ZONE).items
    return {i.title: f"{i.date.at.astimezone(ZONE):%Y-%m-%d}" if i.date else "" for i in items}


def link(what: str) -> str:
    return f"<a href=/berita/{what.lower().replace(' ', '-')}-warga-kota>{what} Warga Kota Seruni</a>"


@pytest.mark.parametrize("label", ["", "Diunggah ", "Diposting: "])
def test_a_cell_of_several_rows_may_say_that_it_is_the_day_of_upload(label: str) -> None:
    rows = "".join(
        f"<tr><td rowspan={1 + (n == 0)}>{label}{9 - n} Oktober 2026</td><td>{link(what)}</td></tr>"
        + ("<tr><td>" + link("Lomba Masak") + "</td></tr>") * (n == 0)
        for n, what in enumerate(WHAT)
    )
    told = read(f"<table><tr><th>Tanggal</th><th>Judul</th></tr>{rows}</table>")
    assert told["Lomba Masak Warga Kota Seruni"] == told["Panen Raya Warga Kota Seruni"] == "2026-10-09"
    assert len(told) == len(WHAT) + 1


def test_the_last_card_of_a_month_is_none_of_the_month_below() -> None:
    def card(what: str, day: int) -> str:
        return f"<div class=item><p><strong>{link(what)}</strong></p><p>Warga hadir.</p><p>{day}</p></div>"

    below = "".join(card(what, 30 - n) for n, what in enumerate(WHAT[1:]))
    first = f"<h3>September 2026</h3><div>{card(WHAT[0], 1)}</div>"
    body = f"<main>{first}<h3>Agustus 2026</h3><div>{below}</div></main>"
    assert read(body).get("Panen Raya Warga Kota Seruni", "") in {"", "2026-09-01"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_cards_without_a_day_are_the_list_where_a_side_column_alone_tells_days(count: int) -> None:
    cards = "".join(
        f"<tr><td>{link(what).replace('>', '><b>', 1).replace('</a>', '</b></a>')}<br>{STORY}</td></tr>"
        for what in WHAT[:count]
    )
    popular = "".join(
        f"<li><small>{9 - n} Oktober 2026</small> {link(what)}</li>"
        for n, what in enumerate(("Lomba Masak", "Senam Pagi", "Cek Gula", "Pawai Obor"))
    )
    menu = "".join(f"<li><a href=/{name}>{name.title()}</a></li>" for name in ("profil", "layanan", "kontak"))
    side = f"<aside class=widget><h4>Terpopuler</h4><ul>{popular}</ul></aside>"
    told = read(f"<nav><ul>{menu * 4}</ul></nav><table>{cards}</table>{side}")
    for what in WHAT[:count]:
        assert told.get(f"{what} Warga Kota Seruni") == ""


def test_two_cards_below_one_day_are_called_by_their_own_headings() -> None:
    # Zebra rows in one box a day, each with a button (the awkward site 2111029).
    def row(what: str) -> str:
        url = f"/berita/{what.lower().replace(' ', '-')}-warga-kota"
        more = (
            f"<a href={url}>Continue reading {what} Warga Kota</a> <a class=btn href={url}>Selengkapnya</a>"
        )
        head = f"<h3>{what} Warga Kota Seruni</h3><span>09:17</span>"
        return f"<div class=row>{head}<p>{STORY[:80]}… {more}</p></div>"

    days = "".join(f"<h3>{9 - n} Oktober 2026</h3><div>{row(what)}</div>" for n, what in enumerate(WHAT[:3]))
    last = f"<h3>2 Oktober 2026</h3><div>{row(WHAT[3])}{row(WHAT[4])}</div>"
    pages = "".join(f"<li><a href=?page={number}>{number}</a></li>" for number in (1, 3))
    pager = f"<ul class=pagination>{pages}</ul>"
    told = read(f"<main><h2>Kabar Dinas</h2>{days}{last}{pager}</main>")
    assert list(told) == [f"{what} Warga Kota Seruni" for what in WHAT]
    assert list(told.values())[-2:] == ["2026-10-02", "2026-10-02"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<a href=/berkas/{0}.pdf>Lihat</a>", "<a href=/berkas/{0}.pdf?unduh=1>Unduh</a>"),
        ("<a href=/berkas/{0}.pdf>PDF</a>", "<a href=/berkas/{0}.docx>Docx</a>"),
        ("<a href=/lihat/{0}>Buka file</a>", "<a href=/unduh/{0}>Download PDF</a>"),
    ],
)
def test_the_second_button_of_a_card_is_no_post(first: str, second: str) -> None:
    cards = "".join(
        f"<div class=card><h5>{what} Warga Kota</h5><p>Diunggah {9 - n} Oktober 2026</p>"
        f"{first.format(n + 40)} {second.format(n + 40)}</div>"
        for n, what in enumerate(WHAT)
    )
    told = read(cards)
    assert told == {f"{what} Warga Kota": f"2026-10-0{9 - n}" for n, what in enumerate(WHAT)}
