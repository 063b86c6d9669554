"""A page before the home page: a word of welcome, and one way on."""

from datetime import UTC, datetime

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Purpose, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
TITLES = ("Panen raya di dusun timur", "Rapat warga bahas pasar", "Posyandu balita kembali dibuka")
CARDS = "".join(
    f"<article><h2><a href=/berita/{n}>{title}</a></h2><time>{9 - n} Juni 2026</time></article>"
    for n, title in enumerate(TITLES)
)


def run(door):
    pages = {HOME: door.encode(), f"{HOME}beranda": f"<h1>Dinas</h1>{CARDS}".encode()}
    for n, title in enumerate(TITLES):
        body = f"<h1>{title}</h1><time>{9 - n} Juni 2026</time><p>Isi.</p>"
        pages[f"{HOME}berita/{n}"] = body.encode()
    target = Target(
        Account(1, "contoh", Channel.WEBSITE, HOME), Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW), ZONE
    )
    return drive(visit(target), pages, NOW)


@pytest.mark.parametrize(
    "door",
    [
        "<h1>Selamat Datang</h1><p>di situs resmi Dinas</p><a href=/beranda>Masuk ke Situs</a>",
        "<a href=beranda><img src=maskot.png alt=''></a><a href=/beranda>Klik di sini</a>",
        "<p>Selamat datang</p><a href=/beranda>Lanjut</a> <a href=https://kota.go.id>Kota</a>",
        "<center><a href=/beranda><img src=maskot.png></a></center>",
    ],
)
def test_what_stands_behind_a_door_is_read(door):
    harvest, _ = run(door)
    assert {post.title for post in harvest.posts} == set(TITLES)


@pytest.mark.parametrize(
    "home",
    [
        f"<h1>Dinas</h1><a href=/berita/0>{TITLES[0]} dan dihadiri seluruh kelompok tani</a>",
        f"<h1>Dinas</h1><a href=/berita/0>{TITLES[1]}</a>",
        "<p>Selamat datang</p><a href=/beranda>Berita</a><a href=/profil>Profil</a>",
        f"<p>{'Sambutan kepala dinas. ' * 30}</p><a href=/beranda>Selengkapnya</a>",
        "<div id=app data-page='{}'></div><noscript><a href=/beranda>Berita</a></noscript>",
    ],
)
def test_a_home_page_that_says_more_is_no_door(home):
    _, asked = run(home)
    assert f"{HOME}beranda" not in {fetch.url for fetch in asked if fetch.purpose is Purpose.HOME}
