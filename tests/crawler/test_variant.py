from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.visit import Fetch, Page, Purpose
from crawler.extract.page.document import parse_document
from crawler.extract.variant import find_idle_parameters, strip_rendering, translation_of

SITE = "https://contoh.go.id"


def document(head, path="/berita/rapat", root="<html>"):
    url = f"{SITE}{path}"
    body = f"{root}<head>{head}</head>".encode()
    return parse_document(
        Page(Fetch(url, Purpose.ARTICLE), url, 200, datetime(2026, 3, 1, tzinfo=UTC), body=body)
    )


def links(*queries, path="/berita/{}"):
    return [f"{SITE}{path.format(name)}?{query}" for name, query in zip("abcdef", queries, strict=False)]


@pytest.mark.parametrize(
    ("tonight", "earlier", "idle"),
    [
        (links(*["v=1127f3"] * 4), [], {"v"}),
        (links(*["ref=beranda"] * 3), [], {"ref"}),
        (links(*["v=1127f3"] * 2), links(*["v=1123f3"] * 2), {"v"}),
        (links("x=91", "x=44", "x=73"), links("x=12", "x=13", "x=14"), {"x"}),
        (
            [f"{SITE}/?page=berita&id={n}&t=17{n}" for n in range(4)],
            [f"{SITE}/?page=berita&id={n}&t=16{n}" for n in range(4)],
            {"t"},
        ),
        # What chooses the post or its language stays, however steady.
        (
            [f"{SITE}/?page=berita&id={n}" for n in range(4)],
            [f"{SITE}/?page=agenda&id={n}" for n in range(4)],
            set(),
        ),
        (
            [f"{SITE}/baca.php?id={n}" for n in range(4)],
            [f"{SITE}/baca.php?id={n}" for n in range(9, 14)],
            set(),
        ),
        (links(*["lang=en"] * 4), links(*["lang=id"] * 4), set()),
        (links("v=1", "v=2", "v=3"), [], set()),
        (links("v=1127f3"), [], set()),
        (links(*["unit=dinas"] * 4), [], set()),
    ],
)
def test_query_values_that_tell_nothing(tonight, earlier, idle):
    assert find_idle_parameters(tonight, earlier) == idle


@pytest.mark.parametrize(
    ("path", "language", "same"),
    [
        ("/en/berita/rapat", "en", "/berita/rapat"),
        ("/id-ID/berita/rapat", "id", "/berita/rapat"),
        ("/index.php/en/berita/rapat", "en", "/berita/rapat"),
        ("/berita/rapat?id=3&lang=en", "en", "/berita/rapat?id=3"),
        ("/?lang=id", "id", "/"),
    ],
)
def test_versions_in_a_language(path, language, same):
    found = translation_of(SITE + path)
    assert found is not None
    assert (found.language, found.url) == (language, SITE + same)


@pytest.mark.parametrize(
    "path", ["/berita/en/rapat", "/en", "/berita?langkah=en", "/energi/rapat", "/?lang=biru"]
)
def test_no_language(path):
    assert translation_of(SITE + path) is None


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/berita/rapat/amp", "/berita/rapat"),
        ("/berita/rapat?amp=1&x=2", "/berita/rapat?x=2"),
        ("/index.php/berita/rapat", "/berita/rapat"),
        ("/print/berita/12", "/berita/12"),
        ("/berita/12/print", "/berita/12"),
        ("/berita/12?print=1&tmpl=component", "/berita/12"),
        ("/2026/03/rapat.html?m=1", "/2026/03/rapat.html"),
        ("/index.php?id=3", "/index.php?id=3"),
        ("/berita/cetak-buku-baru", "/berita/cetak-buku-baru"),
        ("/amplop/surat", "/amplop/surat"),
    ],
)
def test_other_renderings(path, same):
    assert strip_rendering(SITE + path) == SITE + same


def test_what_a_page_calls_itself():
    page = document(
        '<link rel="Canonical" href="/berita/9-rapat">'
        '<link rel=alternate hreflang=id-ID href="/berita/rapat">'
        '<link rel=alternate hreflang="x-default" href="http://[situs]/">',
        root='<html lang="en-US">',
    )
    assert page.canonical == f"{SITE}/berita/9-rapat"
    assert page.alternates == {"id-id": f"{SITE}/berita/rapat"}
    assert page.language == "en"


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("/berita/9-rapat-warga", True),
        ("/id/berita/9", True),
        # A switch leads home or to the list where there is no such version.
        ("/", False),
        ("/id", False),
        ("/berita", False),
        ("/id/berita/semua", False),
    ],
)
def test_a_version_that_a_link_for_readers_names(href, said):
    page = document(f'<a hreflang=id href="{href}">Bahasa Indonesia</a>', path="/en/news/9-meeting")
    assert page.alternates == ({"id": f"{SITE}{href}"} if said else {})


@pytest.mark.parametrize(
    "href", ["/", f"{SITE}/", "https://lain.example/berita/rapat", "", "//", "http://[situs]/"]
)
def test_a_canonical_address_that_tells_nothing(href):
    page = document(f'<link rel=canonical href="{href}">')
    assert page.canonical is None


@pytest.mark.parametrize(
    "href", ["None", " null ", "undefined", f"{SITE}/None", f"{SITE}/berita/undefined/", "/berita/null"]
)
def test_a_canonical_address_without_a_value(href):
    assert document(f'<link rel=canonical href="{href}">').canonical is None
    assert document('<a href="None">', path="/berita/").resolve("None") is None


def test_a_page_whose_name_is_that_of_no_value():
    page = document('<link rel=canonical href="/berita/null">', path="/berita/null?ref=1")
    assert page.canonical == f"{SITE}/berita/null"


@pytest.mark.parametrize("path", ["/berita/9-rapat", "/berita/9-rapat/", "/id/berita/9-rapat?ref=1"])
def test_a_canonical_address_meant_from_the_root(path):
    assert document('<link rel=canonical href="berita/9-rapat">', path=path).canonical is None


def test_the_home_page_may_call_itself_home():
    assert document('<link rel=canonical href="/">', path="/").canonical == f"{SITE}/"


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=30))
def test_no_address_breaks_them(urls, url):
    find_idle_parameters(urls, [url])
    assert strip_rendering(strip_rendering(url)) == strip_rendering(url)
    translation_of(f"http://{url}")
