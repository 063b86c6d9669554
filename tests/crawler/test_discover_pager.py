from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.discover.listing import discover_listings, discover_menu, discover_next
from crawler.extract.page.document import parse_document

ROOT = "https://contoh.go.id"


def document(html, path="/"):
    url = ROOT + path
    return parse_document(
        Page(Fetch(url, Purpose.LISTING), url, 200, datetime(2026, 3, 1, tzinfo=UTC), body=html.encode())
    )


def links(*pairs):
    return " ".join(f"<a href='{href}'>{text}</a>" for href, text in pairs)


@pytest.mark.parametrize(
    ("path", "html", "following"),
    [
        (
            "/index.php?mod=berita",
            links(("index.php?mod=berita&hlm=8", "[2]"), ("index.php?mod=berita&hlm=16", "[3]")),
            "/index.php?mod=berita&hlm=8",
        ),
        (
            "/index.php?mod=berita&hlm=8",
            links(("index.php?mod=berita&hlm=0", "[1]"), ("index.php?mod=berita&hlm=16", "[3]")),
            "/index.php?mod=berita&hlm=16",
        ),
        (
            "/spip.php?rubrique1",
            links(*((f"spip.php?rubrique1&debut_articles={n}#p", str(n)) for n in (10, 20, 30))),
            "/spip.php?rubrique1&debut_articles=10",
        ),
        (
            "/berita",
            links(("/berita/index/10", "2"), ("/berita/index/20", "3"), ("/berita/index/10", "&gt;")),
            "/berita/index/10",
        ),
        (
            "/berita/index/10",
            links(("/berita", "1"), ("/berita/index/20", "3"), ("/berita/index/30", "4")),
            "/berita/index/20",
        ),
    ],
)
def test_a_pager_is_known_by_its_run_of_numbers(path, html, following):
    assert discover_next(document(html, path)) == ROOT + following


@pytest.mark.parametrize(
    "html",
    [
        links(*((f"/agenda/2026/06/{n:02}/", str(n)) for n in range(1, 31))),
        links(("/berita/12/rapat", "5"), ("/berita/13/lomba", "3")),
        links(("/nilai/7?bintang=1", "1")),
        links(("https://lain.go.id/x/2", "2"), ("https://lain.go.id/x/3", "3")),
    ],
)
def test_days_of_a_calendar_and_counters_are_no_pager(html):
    assert discover_next(document(html)) is None


def test_a_menu_that_says_only_index():
    html = links(("/profil.html", "Profil"), ("/indeks.html", "Indeks"), ("/x.html", "Suara Warga"))
    assert discover_listings(document(html)) == (f"{ROOT}/indeks.html",)
    assert f"{ROOT}/x.html" in discover_menu(document(html))


def test_a_headline_is_no_menu():
    html = links(("/berita/rapat-kerja-warga-kota", "Rapat kerja"), ("/berita/", "Berita"))
    assert discover_listings(document(html)) == (f"{ROOT}/berita/",)
