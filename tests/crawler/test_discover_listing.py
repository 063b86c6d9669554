from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.discover.above import discover_above
from crawler.discover.archive import discover_months
from crawler.discover.endpoint import (
    EndpointKind,
    discover_endpoints,
    discover_sitemaps,
)
from crawler.discover.further import discover_announcements
from crawler.discover.guess import discover_generated, discover_well_known
from crawler.discover.listing import discover_listings, discover_next, pick_listings
from crawler.extract.page.document import parse_document

HOME = "https://contoh.go.id/"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def page(body, url=HOME, **headers):
    return Page(Fetch(url, Purpose.HOME), url, 200, NOW, headers=headers, body=body.encode())


def document(body, url=HOME):
    return parse_document(page(body, url))


@pytest.mark.parametrize(
    ("body", "url", "following"),
    [
        ("<link rel=next href=/page/2/>", HOME, "page/2/"),
        ("<a rel=next href=?page=1>Next</a>", f"{HOME}node", "node?page=1"),
        (
            "<a href=?page=0>1</a><a href=?page=1>2</a><a href=?page=9>10</a>",
            f"{HOME}berita",
            "berita?page=1",
        ),
        ("<a href=?page=1>1</a><a href=?page=3>3</a>", f"{HOME}berita?page=2", "berita?page=3"),
        ("<a href=/berita?start=10>2</a><a href=/berita?start=20>3</a>", f"{HOME}berita", "berita?start=10"),
        ("<a href=?b_start:int=20>Next 20 items</a>", f"{HOME}news", "news?b_start:int=20"),
        ("<a href=index2.html>&rang;</a>", HOME, "index2.html"),
        ("<a class=blog-pager-older-link href=/search?updated-max=2026>Posting Lama</a>", HOME, None),
        ("<a href=/berita/halaman/2>Berita lainnya</a>", f"{HOME}berita", "berita/halaman/2"),
        ("<a href=/blog/page:2>»</a>", f"{HOME}blog", "blog/page:2"),
        ("<a href=/berita/12-rapat>Rapat</a>", f"{HOME}berita", None),
        ("<a href=#>Next</a><a href='javascript:x()'>»</a>", HOME, None),
        ("<a rel=next href=https://lain.go.id/2>Next</a>", HOME, None),
        # Drupal's short pager counts from 0 and names the last page beside the next.
        ("<a href=?page=1>next ›</a><a href=?page=7>last »</a>", f"{HOME}berita", "berita?page=1"),
        ("<a href=?page=0>‹ prev</a><a href=?page=2>next ›</a>", f"{HOME}berita?page=1", "berita?page=2"),
        # Months are no pages of a month, though theirs are.
        ("<a href=/2026/02/>2</a>", f"{HOME}2026/01/", None),
        ("<a href=index1.html>Previous</a>", f"{HOME}2026/01/", "2026/01/index1.html"),
        (
            "<a rel=prev href=index2.html>« Previous</a><a rel=next href=index.html>Next »</a>",
            f"{HOME}index1.html",
            "index2.html",
        ),
        (
            "<a rel=prev href=index1.html>« Next</a><a rel=next href=index1.html>Next »</a>"
            "<a rel=prev href=index3.html>« Previous</a>",
            f"{HOME}index2.html",
            "index3.html",
        ),
        # Nikola numbers its pages from the oldest on.
        (
            "<a rel=prev href=index-7.html>Newer posts</a><a rel=next href=index-5.html>Older posts</a>",
            f"{HOME}index-6.html",
            "index-5.html",
        ),
        # A wiki's names are no numbers: behind the first twenty comes what begins with a name.
        (
            "(20 sebelumnya | <a href='/wiki/Warta?from=20'>20 berikutnya</a>)",
            f"{HOME}wiki/Warta",
            "wiki/Warta?from=20",
        ),
        ("(<a href='/wiki/Warta?from=Panen'>next 200</a>)", f"{HOME}wiki/Warta", "wiki/Warta?from=Panen"),
        # Blogger's archive of a year is no page of its list.
        ("<a href=/2026/>2026</a>", HOME, None),
        (
            "<a href='/aktuell?tx_news[currentPage]=2&cHash=9a1'>2</a>"
            "<a href='/aktuell?tx_news[currentPage]=3&cHash=b70'>3</a>",
            f"{HOME}aktuell",
            "aktuell?tx_news[currentPage]=2&cHash=9a1",
        ),
        (
            "<a href='?p_p_id=news&_news_INSTANCE_xYz_cur=1'>Previous</a>"
            "<a href='?p_p_id=news&_news_INSTANCE_xYz_cur=3'>Next</a>",
            f"{HOME}berita?p_p_id=news&_news_INSTANCE_xYz_cur=2",
            "berita?p_p_id=news&_news_INSTANCE_xYz_cur=3",
        ),
    ],
)
def test_where_a_list_continues(body, url, following):
    found = discover_next(document(body, url))
    if following is None:
        assert found is None or "updated-max" in found
    else:
        assert found == HOME + following


def test_the_list_above_posts_bears_any_name():
    body = "<a href=/>Depan</a><a href=/profil>Profil</a><a href=/aktuell.html>Aktuell</a>"
    posts = [f"{HOME}aktuell/detail/rapat-{n}" for n in range(3)]
    assert discover_above(document(body), [*posts, f"{HOME}lain/1"]) == f"{HOME}aktuell.html"
    assert discover_above(document(body), [f"{HOME}rapat-{n}" for n in range(3)]) is None
    assert discover_above(document(body), []) is None


def test_a_sitemap_names_the_list_of_its_posts():
    urls = [
        f"{HOME}{path}" for path in ("profil/", "kabar-kota/", "rapat-kerja-kabar-baik-warga/", "berita/12")
    ]
    assert pick_listings(urls) == (f"{HOME}kabar-kota/",)


def test_pages_that_list_news_come_likeliest_first():
    body = (
        "<a href=/profil>Profil</a><a href=/pengumuman>Pengumuman</a><a href=/berita>Berita</a>"
        "<a href=/berita/12-rapat>Rapat 12</a><a href=https://lain.go.id/berita>Berita kota</a>"
    )
    assert discover_listings(document(body)) == (f"{HOME}berita", f"{HOME}pengumuman")


def test_endpoints_are_those_advertised_posts_before_comments():
    body = (
        "<link rel=alternate type=application/rss+xml href=/comments/feed/ title='Komentar'>"
        "<link rel=alternate type=application/rss+xml href=/feed/>"
        "<link rel=alternate type=application/feed+json href=/feed.json>"
    )
    found = discover_endpoints(page(body), document(body))
    assert [e.url.removeprefix(HOME) for e in found] == ["feed/", "feed.json", "comments/feed/"]


def test_wordpress_is_told_by_its_header_and_by_its_files():
    header = {"link": '<https://contoh.go.id/wp-json/>; rel="https://api.w.org/"'}
    (named,) = discover_endpoints(page("", **header), document(""))
    (guessed,) = discover_endpoints(page(""), document("<img src=/wp-content/uploads/a.jpg>"))
    assert named.kind is guessed.kind is EndpointKind.WORDPRESS
    assert named.url == guessed.url


def test_a_known_program_is_asked_at_its_own_address_first():
    hugo = document("<meta name=generator content='Hugo 0.1'>")
    assert [feed.url for feed in discover_generated(hugo)] == [f"{HOME}index.xml"]
    plone = document("<meta name=generator content='Plone - https://plone.org'>")
    assert discover_sitemaps(plone)[0] == f"{HOME}sitemap.xml.gz"


def test_a_computed_site_and_a_generated_one_are_guessed_at_in_different_order():
    assert discover_well_known(document("<a href=berita.php?id=12>x</a>"))[0].url == f"{HOME}feed"
    assert discover_well_known(document("<a href=berita/rapat/>x</a>"))[0].url == f"{HOME}feed.xml"


def test_announcements_are_told_by_their_name_and_are_no_category():
    names = (
        "pengumuman",
        "category/pengumuman",
        "pengumuman/2026-05-hasil",
        "index.php?page=pengumuman",
        "agenda",
    )
    links = "".join(f"<a href=/{name}>{name}</a>" for name in names)
    assert discover_announcements(document(links)) == (
        f"{HOME}pengumuman",
        f"{HOME}index.php?page=pengumuman",
    )


def test_archives_of_the_window_newest_first():
    body = (
        "".join(f"<a href=/2026/{m:02}/>x</a>" for m in (1, 2, 3))
        + "<a href=/2025/12/>x</a><a href=/2026/>x</a>"
    )
    since = datetime(2026, 2, 2, tzinfo=UTC)
    assert tuple(each.url for each in discover_months(document(body), since)) == (
        f"{HOME}2026/03/",
        f"{HOME}2026/02/",
    )
