"""Every known program keeps one contract: it is recognised, and its lists and standing pages are no posts."""

import re
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.discover.cms.registry import PROGRAMS, is_never, recognize
from crawler.discover.endpoint import EndpointKind, discover_endpoints, discover_sitemaps
from crawler.discover.guess import discover_generated
from crawler.discover.listing import discover_listings
from crawler.discover.shape import is_never_post
from crawler.extract.page.document import parse_document

HOME = "https://kel.example/"
PLAIN = "<html><head>{}</head><body>{}</body></html>"


def generator(name):
    return PLAIN.format(f'<meta name="Generator" content="{name}">', "")


# A page that the program makes; addresses of its posts; addresses of its lists and standing pages.
SAMPLES = {
    "wordpress": (
        generator("WordPress 6.8"),
        ["/rapat/", "/?p=12"],
        ["/?m=202603", "/wp-content/a", "/a/embed/"],
    ),
    "blogger": (
        generator("blogger"),
        ["/2026/03/rapat.html"],
        ["/p/profil.html", "/search?updated-max=2026"],
    ),
    "joomla": (
        generator("Joomla! - Open Source Content Management"),
        ["/berita/12-rapat-kerja", "/index.php?option=com_content&view=article&id=12:rapat"],
        ["/index.php?option=com_content&view=category&id=9", "/component/users/?view=login"],
    ),
    "drupal": (
        generator("Drupal 7 (http://drupal.org)"),
        ["/node/12", "/berita/rapat-kerja"],
        ["/taxonomy/term/3"],
    ),
    "plone": (
        generator("Plone - https://plone.org"),
        ["/berita/rapat-kerja"],
        ["/berita/@@search", "/berita?b_start:int=20"],
    ),
    "opensid": (
        PLAIN.format("", '<a href="https://github.com/OpenSID/OpenSID">OpenSID 24</a>'),
        ["/index.php/artikel/2026/4/23/rapat-kerja", "/artikel/2026/4/23/rapat-kerja", "/first/artikel/12"],
        ["/index.php/index/2", "/index.php/arsip", "/data-statistik/jenis-kelamin", "/index.php/first/2"],
    ),
    "lokomedia": (
        PLAIN.format("", "<p>Lokomedia</p>"),
        [
            "/berita/detail/rapat-kerja",
            "/berita-12-rapat-kerja.html",
            "/semua-warga-diminta-hadir-rapat.html",
        ],
        ["/berita/index/21", "/berita/kategori/agenda", "/semua-berita.html"],
    ),
    "popoji": (
        PLAIN.format('<meta name="author" content="PopojiCMS">', '<script src="/popojicms.js"></script>'),
        ["/detailpost/rapat-kerja"],
        ["/category/berita", "/category/berita/page/2"],
    ),
    "sekolahku": (
        PLAIN.format("", "<small>CMS Sekolahku</small>"),
        ["/read/117/rapat-kerja", "/arsip/rapat-kerja-tahunan"],
        ["/kategori/berita", "/arsip/2026/06", "/arsip/2026"],
    ),
    "dokuwiki": (
        generator("DokuWiki"),
        ["/doku.php?id=berita:rapat-kerja-2026"],
        ["/doku.php?id=a&do=recent", "/doku.php?id=a&rev=17"],
    ),
    "mediawiki": (
        generator("MediaWiki 1.43"),
        ["/wiki/Rapat_kerja_2026"],
        ["/index.php?title=A&oldid=9", "/wiki/Istimewa:Masuk"],
    ),
    "hugo": (generator("Hugo 0.150"), ["/posts/rapat-kerja/"], ["/tags/warga/"]),
    "jekyll": (generator("Jekyll v4"), ["/2026/03/01/rapat.html"], ["/category/warga/"]),
    "pelican": (generator("Pelican"), ["/rapat-kerja.html"], ["/author/humas.html"]),
    "nikola": (generator("Nikola"), ["/posts/rapat-kerja/"], ["/archive.html"]),
    "docusaurus": (generator("Docusaurus v3"), ["/blog/rapat-kerja"], ["/blog/tags/warga"]),
    "astro": (generator("Astro v5"), ["/berita/rapat-kerja/"], ["/berita/"]),
    "eleventy": (generator("Eleventy v3"), ["/posts/rapat-kerja/"], ["/posts/"]),
    "mkdocs": (generator("mkdocs-1.6"), ["/2026/03/01/rapat-kerja/"], ["/archive/2026/"]),
    "next": (
        PLAIN.format("", '<script src="/_next/static/a.js"></script>'),
        ["/berita/rapat-kerja"],
        ["/berita"],
    ),
    "ghost": (generator("Ghost 5"), ["/rapat-kerja/"], ["/tag/warga/"]),
    "grav": (generator("GravCMS"), ["/blog/rapat-kerja"], ["/blog"]),
    "spip": (generator("SPIP 4"), ["/spip.php?article12"], ["/spip.php?page=backend"]),
}


def document(html, url=HOME):
    return parse_document(
        Page(Fetch(url, Purpose.HOME), url, 200, datetime(2026, 3, 1, tzinfo=UTC), {}, html.encode())
    )


def test_every_program_has_a_sample_and_a_name_of_its_own():
    names = [program.name for program in PROGRAMS]
    assert len(set(names)) == len(names)
    assert set(SAMPLES) == set(names)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_its_pages_are_known_and_no_other_programs(program):
    html, _, _ = SAMPLES[program.name]
    found = recognize(document(html))
    assert found is program
    assert recognize(document("<p>Kelurahan Contoh</p>")) is None


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_its_posts_are_told_from_its_lists(program):
    _, posts, others = SAMPLES[program.name]
    assert [path for path in posts if is_never_post(urljoin(HOME, path))] == []
    assert [path for path in others if not is_never_post(urljoin(HOME, path))] == []


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_what_it_keeps_for_lists_is_no_other_programs_post(program):
    _, posts, _ = SAMPLES[program.name]
    assert not any(is_never(urljoin(HOME, path)) for path in posts)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_its_places_are_addresses_of_the_site(program):
    html, _, _ = SAMPLES[program.name]
    page = document(html)
    for path in (*program.feeds, *program.part_feeds, *program.maps):
        assert urljoin(HOME, path).startswith(HOME)
    if program.names_itself(page):
        assert {urljoin(HOME, path) for path in program.feeds} <= {
            each.url for each in discover_generated(page)
        }
        assert {urljoin(HOME, path) for path in program.maps} <= set(discover_sitemaps(page))
    if program.read_as in {EndpointKind.WORDPRESS, EndpointKind.BLOGGER}:
        assert program.read_as in {each.kind for each in discover_endpoints(page.page, page)}
    for pattern in (program.generator, program.lists, program.never):
        re.compile(pattern)


def test_blazeblogger_is_not_asked_for_bloggers_feed():
    made = document('<head><meta name=generator content="BlazeBlogger 1.2.0"></head>')
    assert not [each for each in discover_endpoints(made.page, made) if each.kind is EndpointKind.BLOGGER]


def test_a_list_of_a_known_program_is_tried_before_others():
    html = '<a href="/berita">Berita desa</a><a href="/index.php/arsip">Arsip</a><a href="https://github.com/OpenSID">x</a>'
    assert discover_listings(document(html))[0] == f"{HOME}index.php/arsip"
