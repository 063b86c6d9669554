"""Bodies decoded whatever their headers say, addresses made absolute, JSON-LD flattened."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.page.document import Document, decode_body, parse_document

URL = "https://kel.example/berita/index.php"


def document(html: str) -> Document:
    page = Page(Fetch(URL, Purpose.HOME), URL, 200, datetime(2026, 3, 1, tzinfo=UTC), {}, html.encode())
    return parse_document(page)


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        ("Jum\u2019at".encode(), "text/html; charset=iso-8859-1", "Jum\u2019at"),
        ("Jum\u2019at".encode("windows-1252"), "text/html; charset=utf-8", "Jum\u2019at"),
        ("Jum\u2019at".encode("windows-1252"), "", "Jum\u2019at"),
        ("caf\u00e9".encode("utf-16"), "text/html", "caf\u00e9"),
        (b"\xef\xbb\xbfKota", "", "Kota"),
        (
            b'<meta charset="shift_jis">' + "\u65e5\u672c".encode("shift_jis"),
            "",
            '<meta charset="shift_jis">\u65e5\u672c',
        ),
        (b"a\x00b", "", "ab"),
        (b"\xe9t\xe9", "text/html; charset=nonsense-8", "\u00e9t\u00e9"),
    ],
)
def test_a_body_is_decoded(body: bytes, header: str, expected: str) -> None:
    assert decode_body(body, header) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("?page=berita&id=12#isi", "https://kel.example/berita/index.php?page=berita&id=12"),
        ("../profil", "https://kel.example/profil"),
        ("/berkas/surat edaran.pdf", "https://kel.example/berkas/surat%20edaran.pdf"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("javascript:void(0)", None),
        ("mailto:a@b.example", None),
        ("http://[bad", None),
    ],
)
def test_an_address_is_made_absolute(href: str, expected: str | None) -> None:
    assert document("<p>").resolve(href) == expected


def test_a_base_element_decides() -> None:
    assert document('<base href="/lama/"><p>').resolve("a") == "https://kel.example/lama/a"


def test_json_ld_is_flattened_and_broken_scripts_are_left_out() -> None:
    page = document(
        '<script type="application/ld+json">'
        '{"@graph": [{"@type": "WebPage", "x": {"@type": "Person"}}]}</script>'
        '<script type="application/ld+json">{"@type": "Article", "headline": "baris\npatah"}</script>'
        '<script type="application/ld+json">{broken</script>'
    )
    assert [value["@type"] for value in page.json_ld] == ["WebPage", "Person", "Article"]
