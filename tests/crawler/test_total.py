from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.visit import Fetch, Page, Purpose
from crawler.extract.page.document import parse_document
from crawler.extract.page.total import TotalUnit, find_totals, read_total

URL = "https://contoh.go.id/berita"


def document(html, url=URL):
    page = Page(Fetch(url, Purpose.LISTING), url, 200, datetime(2026, 3, 1, tzinfo=UTC), body=html.encode())
    return parse_document(page)


@pytest.mark.parametrize(
    ("text", "total", "unit", "first", "last"),
    [
        ("Menampilkan 1-10 dari 240", 240, TotalUnit.ITEMS, 1, 10),
        ("Menampilkan 11 sampai 20 dari 1.240 entri", 1240, TotalUnit.ITEMS, 11, 20),
        ("Showing 1 to 10 of 2,400 entries", 2400, TotalUnit.ITEMS, 1, 10),
        ("Results 21 - 40 of 45", 45, TotalUnit.ITEMS, 21, 40),
        ("1–8 dari 64 berita", 64, TotalUnit.ITEMS, 1, 8),
        ("(1 - 20 / 93)", 93, TotalUnit.ITEMS, 1, 20),
        ("Data 1 s/d 15 dari total 31", 31, TotalUnit.ITEMS, 1, 15),
        ("Halaman 2 dari 12", 12, TotalUnit.PAGES, 2, None),
        ("Hal. 3 / 7", 7, TotalUnit.PAGES, 3, None),
        ("Page 1 of 40", 40, TotalUnit.PAGES, 1, None),
        ("Total 240 berita", 240, TotalUnit.ITEMS, None, None),
        ("Jumlah artikel: 57", 57, TotalUnit.ITEMS, None, None),
        ("57 artikel ditemukan", 57, TotalUnit.ITEMS, None, None),
        ("128 posts", 128, TotalUnit.ITEMS, None, None),
    ],
)
def test_totals_as_lists_write_them(text, total, unit, first, last):
    found = read_total(text)
    assert found is not None
    assert (found.total, found.unit, found.first, found.last) == (total, unit, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Juara 1 dari 12 peserta",
        "Rabu, 12-14 Maret 2026",
        "Kegiatan berlangsung 12-14 dari pagi",
        "Pengunjung hari ini 240, total 51.200",
        "Total suara: 240",
        "25/11/2026",
        "10 - 3 dari 5",
        "Halaman 9 dari 3",
        "Kamis, 3 dari 12 RT ikut",
        "Nomor 25 Tahun 2009",
    ],
)
def test_what_counts_no_list(text):
    assert read_total(text) is None


def test_a_pages_totals_are_found_across_its_elements_and_not_in_prose():
    html = (
        "<p>Panitia menampilkan 1-10 dari 240 karya peserta lomba menggambar tingkat kota, yang "
        "diikuti oleh seluruh sekolah dasar.</p>"
        "<div>Menampilkan <b>1</b> - <b>10</b> dari <b>96</b></div><script>'Total 7 berita'</script>"
    )
    assert [total.total for total in find_totals(document(html))] == [96]


@given(st.text(alphabet="0123456789-./ dariofTotalhberitpgmnk()", max_size=60))
def test_no_line_breaks_it(text):
    found = read_total(text)
    assert found is None or found.total >= 0
