from datetime import datetime

import pytest

from crawler.discover.shape import is_never_post, shape_of, stated_before
from testkit.zone import MAKASSAR

HOME = "https://contoh.go.id"


@pytest.mark.parametrize(
    "path",
    [
        "/berita/rapat-kerja",
        "/?p=12",
        "/?page=berita&id=12",
        "/index.php?page=berita&id=12",
        "/first/artikel/742",
        "/index.php/artikel/2022/12/13/rapat-kerja",
        "/2021/11/rapat-kerja_2.html",
        "/index.php/berita/34-rapat-kerja",
        "/detail/rapat-kerja",
        "/rapat-kerja/",
        "/blog/2026/03/01/rapat",
        "/blog/page/12/rapat-kerja/",
        "/index.php?option=com_content&view=article&id=12:rapat",
        "/node/12",
        "/pengumuman/hasil-seleksi",
        "/viewtopic.php?f=2&t=12",
        "/id/berita/rapat-kerja",
        "/doku.php?id=berita:rapat-kerja-dinas",
    ],
)
def test_posts_pass(path):
    assert not is_never_post(HOME + path)


@pytest.mark.parametrize(
    "path",
    [
        "/index.php/Visi_dan_Misi",
        "/wiki/Struktur_Organisasi",
        "",
        "/",
        "/index.php",
        "/berita",
        "/berita/page/2",
        "/blog/page:2",
        "/page2.html",
        "/tag/warga",
        "/category/berita/rapat",
        "/tags.html",
        "/author/admin",
        "/2026/03/",
        "/2026",
        "/?s=rapat",
        "/?cat=3",
        "/?page=2",
        "/?page=kontak",
        "/?page=galeri&id=3",
        "/?m=202603",
        "/berita?start=10",
        "/p/profil.html",
        "/profil",
        "/kontak.html",
        "/wp-content/uploads/rapat.jpg",
        "/unduhan/laporan.pdf",
        "/berita/rapat?format=pdf",
        "/berita/rapat?print=1",
        "/berita/rapat?replytocom=4",
        "/search/label/warga",
        "/galeri/foto-rapat",
        "/index.php?title=Rapat_kerja_warga&oldid=78",
        "/index.php?title=Rapat_kerja_warga&action=history",
        "/feed",
        "/berita/atom/",
    ],
)
def test_what_lists_posts_or_stands_still_does_not(path):
    assert is_never_post(HOME + path)


def test_shapes_make_posts_of_one_site_equal():
    assert shape_of(f"{HOME}/berita/12/rapat") == shape_of(f"{HOME}/berita/7/lomba-desa")
    assert shape_of(f"{HOME}/?page=berita&id=1") == shape_of(f"{HOME}/?id=22&page=berita")
    assert shape_of(f"{HOME}/berita/rapat") != shape_of(f"{HOME}/layanan/ktp")


def test_addresses_that_state_their_month():
    since = datetime(2026, 1, 1, tzinfo=MAKASSAR)
    assert stated_before(f"{HOME}/2025/11/rapat", since)
    assert stated_before(f"{HOME}/2025/12/30/rapat", since)
    # The day of UTC ends eight hours later.
    assert not stated_before(f"{HOME}/2025/12/31/rapat", since)
    assert not stated_before(f"{HOME}/2025/12/rapat", since)
    assert not stated_before(f"{HOME}/2026/01/rapat", since)
    assert not stated_before(f"{HOME}/rapat-2025", since)
