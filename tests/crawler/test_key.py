from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.page.key import host_of, post_key, same_site

SITE = "https://dinkes.contoh.go.id/"


@pytest.mark.parametrize(
    "url",
    [
        "https://dinkes.contoh.go.id/berita/rapat",
        "http://www.dinkes.contoh.go.id/berita/rapat/",
        "https://dinkes.contoh.go.id:443/berita/rapat#isi",
        "https://dinkes.contoh.go.id/berita/rapat?utm_source=wa&fbclid=abc",
        "https://dinkes.contoh.go.id/berita/rapat/index.html",
        "https://dinkes.contoh.go.id/berita/%72apat?m=1",
        "https://dinkes.contoh.go.id/berita/rapat?_101_redirect=%2Fweb%2Fguest%2Fberita",
        "https://dinkes.contoh.go.id/berita/rapat;jsessionid=AB12?amp=1",
    ],
)
def test_every_way_of_writing_an_address_is_one_post(url):
    assert post_key(url, SITE) == "/berita/rapat"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://dinkes.contoh.go.id/?page=berita&id=12", "/?id=12&page=berita"),
        ("http://dinkes.contoh.go.id/index.php?m=berita&id=12", "/?id=12&m=berita"),
        ("http://dinkes.contoh.go.id/modules.php?sid=12", "/modules.php?sid=12"),
        ("https://lain.go.id/berita/rapat", "lain.go.id/berita/rapat"),
        ("http://127.0.0.1:8001/a", "127.0.0.1:8001/a"),
    ],
)
def test_what_tells_posts_apart_stays(url, key):
    assert post_key(url, SITE) == key


@given(
    st.text(max_size=40), st.dictionaries(st.text(min_size=1, max_size=6), st.text(max_size=6), max_size=3)
)
def test_a_key_is_stable_for_any_address(path, query):
    url = f"https://dinkes.contoh.go.id/{path}?{urlencode(query)}"
    assert post_key(url, SITE) == post_key(url, "http://www.dinkes.contoh.go.id")


def test_hosts():
    assert host_of("http://[::1") == ""
    assert host_of("www.Contoh.go.id") == "contoh.go.id"
    assert same_site("https://www.contoh.go.id/x", "http://contoh.go.id")
    assert not same_site("mailto:a@b.c", "http://contoh.go.id")
