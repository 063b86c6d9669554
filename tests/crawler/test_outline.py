"""What of a page readers see as one line, and what they do not see at all."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.extract.page.outline import build_outline


def lines(html: str) -> list[str]:
    return [line.text for line in build_outline(LexborHTMLParser(f"<body>{html}</body>")).lines]


def test_a_list_for_readers_without_a_script_is_read():
    rows = "".join(f'<li><a href="/berita/{i}">Kabar {i}</a></li>' for i in range(3))
    assert lines(f"<div>Memuat</div><noscript><ul>{rows}</ul></noscript>")[1:] == [
        "Kabar 0",
        "Kabar 1",
        "Kabar 2",
    ]


def test_the_one_card_of_a_last_page_is_read_as_well():
    card = '<article><h3><a href="/berita/9">Kabar terakhir</a></h3><p>9 Juni 2026</p></article>'
    assert lines(f"<noscript>{card}</noscript>") == ["Kabar terakhir", "9 Juni 2026"]


@pytest.mark.parametrize(
    "hint",
    [
        'Aktifkan <a href="/bantuan">JavaScript</a>',
        '<p>Please <a href="https://contoh.id/how">enable JavaScript</a> in your browser</p>',
        '<a href="https://contoh.id"><img src="pixel.gif"></a>',
    ],
)
def test_a_hint_to_readers_without_a_script_is_not(hint):
    assert lines(f"<p>Isi</p><noscript>{hint}</noscript>") == ["Isi"]


@pytest.mark.parametrize("sign", ["&shy;", "&#8203;", "&zwnj;", "&#65279;"])
def test_a_sign_that_nobody_sees_parts_no_word(sign):
    assert lines(f"<p>25 Novem{sign}ber 2026</p>") == ["25 November 2026"]


@pytest.mark.parametrize(
    "day",
    ["26 Agustus<br>2026", "26<br>Agustus<br>2026", "Rabu,<br>26 Agustus 2026", "26<br/>Agustus 2026"],
)
def test_a_break_within_a_day_parts_nothing(day):
    whole = day.replace("<br>", " ").replace("<br/>", " ")
    assert lines(f"<div>Judul<br>{day}<br>Isi berita</div>") == ["Judul", whole, "Isi berita"]


@pytest.mark.parametrize("day", ["Ditulis 24 September<br>2026", "Tanggal posting: 24<br>September<br>2026"])
def test_a_label_before_such_a_day_stays_with_it(day):
    assert lines(f"<p>{day}</p>")[-1] == day.replace("<br>", " ")


def test_a_number_that_begins_a_line_is_no_year():
    assert lines("<p>Rapat 24 September<br>2026 peserta hadir</p>") == [
        "Rapat 24 September",
        "2026 peserta hadir",
    ]


def test_other_breaks_end_a_line():
    assert lines("<p>26 Agustus 2026<br>27 Agustus 2026<br>Ruang 12<br>2026</p>") == [
        "26 Agustus 2026",
        "27 Agustus 2026",
        "Ruang 12",
        "2026",
    ]
