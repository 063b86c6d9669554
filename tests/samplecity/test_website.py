"""Every build shows exactly what the truth says at that moment, and its paging ends."""

import html
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import httpx
import pytest

from activity.agency import Channel
from samplecity.almanac import day_name, long_date
from samplecity.city import City
from samplecity.office import Build
from samplecity.server import CityServer
from samplecity.truth import CheatKind

BEGINNING = date(2025, 7, 1)
MOMENTS = [date(2025, 9, 3), date(2026, 3, 25), date(2026, 6, 30)]
SITES = {
    "dinkes": Build.WORDPRESS,
    "dpupr": Build.WORDPRESS_CLOSED,
    "disdag": Build.WORDPRESS_CLOSED,
    "disbudpar": Build.BLOGGER,
    "kel-mekar-arum": Build.BLOGGER,
    "disdukcapil": Build.JOOMLA,
    "bkpsdm": Build.JOOMLA_BARE,
    "kel-sungai-jernih": Build.OPENSID,
    "kel-bukit-kenanga": Build.OPENSID_BARE,
    "kel-teluk-mutiara": Build.PORTAL,
    "dishub": Build.RELATIVE,
    "dlh": Build.STATIC,
}
Walk = Callable[[httpx.Client, str], Iterator[str]]


def evening(day: date, city: City) -> datetime:
    return datetime.combine(day, time(23, 30), city.zone)


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def walk_rest(client: httpx.Client, base: str) -> Iterator[str]:
    page, pages = 1, 1
    while page <= pages:
        answer = client.get(
            f"{base}wp-json/wp/v2/posts", params={"per_page": 100, "page": page, "_fields": "link"}
        )
        pages = int(answer.headers["x-wp-totalpages"])
        yield from (path_of(post["link"]) for post in answer.json())
        page += 1


def walk_rss(client: httpx.Client, base: str) -> Iterator[str]:
    page = 1
    while (answer := client.get(f"{base}feed/", params={"paged": page})).status_code == 200:
        items = ElementTree.fromstring(answer.content).findall("channel/item")
        yield from (path_of(item.findtext("link", "")) for item in items)
        page += 1
        if not items:
            return


def walk_blogger(client: httpx.Client, base: str) -> Iterator[str]:
    url: str | None = f"{base}feeds/posts/summary?alt=json&max-results=500"
    while url:
        feed = client.get(url).json()["feed"]
        for entry in feed["entry"]:
            yield path_of(next(link["href"] for link in entry["link"] if link["rel"] == "alternate"))
        url = next((link["href"] for link in feed["link"] if link["rel"] == "next"), None)


def walk_listing(first: str, block: str, following: str) -> Walk:
    """Follow a listing by its "next" link; `block` takes one article's address out of a page."""

    def walk(client: httpx.Client, base: str) -> Iterator[str]:
        url: str | None = urljoin(base, first)
        while url:
            page = client.get(url).text
            yield from (path_of(urljoin(url, html.unescape(found))) for found in re.findall(block, page))
            match = re.search(following, page)
            url = urljoin(url, html.unescape(match[1])) if match else None

    return walk


def walk_sitemap(client: httpx.Client, base: str) -> Iterator[str]:
    tree = ElementTree.fromstring(client.get(f"{base}sitemap.xml").content)
    found = [element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    yield from (path_of(url) for url in found if "/berita/" in url)


WALKS: dict[Build, Walk] = {
    Build.WORDPRESS: walk_rest,
    Build.WORDPRESS_CLOSED: walk_rss,
    Build.BLOGGER: walk_blogger,
    Build.JOOMLA: walk_listing(
        "index.php/berita", r'item-title"><a href="([^"]+)', r'title="Berikut" href="([^"]+)'
    ),
    Build.OPENSID: walk_listing(
        "", r'class="judul"><a href="([^"]+)', r'href="([^"]+)" title="Halaman Selanjutnya'
    ),
    Build.PORTAL: walk_listing(
        "?page=berita", r'class="judul" href="([^"]+)', r'<a href="([^"]+)">Berikutnya'
    ),
    Build.RELATIVE: walk_listing("berita", r'class="card"><a href="([^"]+)', r'class="btn" href="([^"]+)'),
    Build.STATIC: walk_sitemap,
}
WALKS[Build.JOOMLA_BARE] = WALKS[Build.JOOMLA]
WALKS[Build.OPENSID_BARE] = WALKS[Build.OPENSID]


@pytest.mark.parametrize("day", MOMENTS)
@pytest.mark.parametrize(("slug", "build"), SITES.items())
def test_a_site_lists_what_is_true_at_that_moment(server: CityServer, client, city, slug, build, day):
    server.set_now(evening(day, city))
    truth = city.truth(day, since=BEGINNING)
    account = truth.account(slug, Channel.WEBSITE)
    injected = {k for c in truth.cheats if (c.agency, c.kind) == (slug, CheatKind.INJECTED) for k in c.keys}
    listed = list(WALKS[build](client, server.website_url(slug)))
    assert len(listed) == len(set(listed))
    assert set(listed) == {post.key for post in account.posts} | injected
    assert account.build == build


@pytest.mark.parametrize(("slug", "build"), SITES.items())
def test_an_article_states_its_moment(server: CityServer, client, city, slug, build):
    server.set_now(evening(MOMENTS[-1], city))
    for post in city.truth(MOMENTS[-1], since=BEGINNING).account(slug, Channel.WEBSITE).posts[-3:]:
        page = client.get(urljoin(server.website_url(slug), post.key)).text
        moment = post.published
        minute = f"{moment:%H:%M}"
        stated = {
            Build.WORDPRESS: f'published" datetime="{moment.isoformat()}"',
            Build.WORDPRESS_CLOSED: f'published" datetime="{moment.isoformat()}"',
            Build.BLOGGER: f"{day_name(moment)}, {long_date(moment, padded=True)}",
            Build.JOOMLA: f"Diterbitkan: {day_name(moment)}, {long_date(moment, padded=True)} {minute}",
            Build.JOOMLA_BARE: f"Diterbitkan: {day_name(moment)}, {long_date(moment, padded=True)} {minute}",
            Build.OPENSID: f"{long_date(moment, padded=True)} {moment:%H:%M:%S}",
            Build.OPENSID_BARE: f"{long_date(moment, padded=True)} {moment:%H:%M:%S}",
            Build.PORTAL: f"{day_name(moment)}, {long_date(moment, padded=True)} | {minute} WITA",
            Build.RELATIVE: f"Diposting pada {long_date(moment)} {moment:%H.%M} WITA",
            Build.STATIC: f'"datePublished":"{moment.isoformat()}"',
        }
        assert stated[build] in page
        assert html.escape(post.title) in page


def test_wordpress_rest_speaks_as_documented(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    base = server.website_url("dinkes")
    posts = f"{base}wp-json/wp/v2/posts"
    assert 'rel="https://api.w.org/"' in client.get(base).headers["link"]
    beyond = client.get(posts, params={"page": 999})
    assert (beyond.status_code, beyond.json()["code"]) == (400, "rest_post_invalid_page_number")
    assert client.get(posts, params={"per_page": 101}).json()["code"] == "rest_invalid_param"
    post = client.get(posts, params={"per_page": 1}).json()[0]
    assert datetime.fromisoformat(post["date"]) - datetime.fromisoformat(post["date_gmt"]) == timedelta(
        hours=8
    )
    recent = client.get(posts, params={"after": "2026-06-20T00:00:00", "per_page": 100})
    assert 0 < int(recent.headers["x-wp-total"]) == len(recent.json()) < 12
    other = client.get(base, params={"rest_route": "/wp/v2/posts", "_fields": "id"})
    assert set(other.json()[0]) == {"id"}
    numbered = client.get(base, params={"p": post["id"]})
    assert numbered.headers["location"] == post["link"]
    closed = server.website_url("dpupr")
    assert client.get(f"{closed}wp-json/wp/v2/posts").status_code == 401
    assert client.get(f"{closed}wp-sitemap.xml").status_code == 404


def test_wordpress_sitemaps_and_archives_exist(server: CityServer, client):
    base = server.website_url("dinkes")
    index = ElementTree.fromstring(client.get(f"{base}wp-sitemap.xml").content)
    parts = [e.text for e in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert [client.get(part).status_code for part in parts] == [200, 200]
    for path in ("category/berita/", "tag/warga/", "author/admin/", "2026/05/", "profil/", "page/2/"):
        assert client.get(base + path).status_code == 200
    assert client.get(f"{base}tidak-ada/").status_code == 404


def test_blogger_has_a_ceiling_and_two_forms(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    base = server.website_url("disdik")
    feed = client.get(f"{base}feeds/posts/default", params={"alt": "json", "max-results": 500}).json()["feed"]
    total = len(city.truth(MOMENTS[-1], since=BEGINNING).account("disdik", Channel.WEBSITE).posts)
    assert feed["openSearch$totalResults"]["$t"] == str(total)
    assert len(feed["entry"]) == 150 < total
    atom = ElementTree.fromstring(client.get(f"{base}feeds/posts/default").content)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 25
    since = {"alt": "json", "published-min": "2026-06-25T00:00:00+08:00"}
    recent = client.get(f"{base}feeds/posts/summary", params=since).json()["feed"]["entry"]
    assert all(entry["published"]["$t"] >= "2026-06-25" for entry in recent)


def test_blogger_older_posts_lead_to_the_beginning(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[0], city))
    walk = walk_listing("", r'post-title entry-title"><a href="([^"]+)', r'older-link" href="([^"]+)')
    listed = list(walk(client, server.website_url("disdik")))
    posts = city.truth(MOMENTS[0], since=BEGINNING).account("disdik", Channel.WEBSITE).posts
    assert listed == [post.key for post in reversed(posts)]


def test_feeds_exist_only_where_they_should(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    joomla = server.website_url("disdukcapil")
    feed = ElementTree.fromstring(client.get(f"{joomla}index.php/berita?format=feed&type=rss").content)
    assert len(feed.findall("channel/item")) == 10
    bare = server.website_url("bkpsdm")
    assert client.get(f"{bare}index.php/berita?format=feed&type=rss").status_code == 404
    assert "alternate" not in client.get(bare).text
    opensid = ElementTree.fromstring(client.get(f"{server.website_url('kel-sungai-jernih')}feed").content)
    assert len(opensid.findall("channel/item")) == 20
    assert client.get(f"{server.website_url('kel-bukit-kenanga')}feed").status_code == 404
    portal = server.website_url("dinsos")
    assert {client.get(portal + path).status_code for path in ("feed", "sitemap.xml", "rss.xml")} == {404}


def test_noise_is_there_to_mislead(server: CityServer, client, city):
    server.set_now(evening(date(2026, 3, 25), city))
    portal = client.get(server.website_url("dinsos")).text
    assert "Rabu, 25 Maret 2026 | 23:30:00 WITA" in portal
    assert "28 Maret 2026: Rapat koordinasi" in portal
    assert "Statistik Pengunjung" in portal
    sitemap = client.get(f"{server.website_url('dlh')}sitemap.xml").text
    assert len(set(re.findall(r"<lastmod>(.+?)</lastmod>", sitemap))) == 1


def test_listing_without_dates_says_how_long_ago(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    page = client.get(f"{server.website_url('dishub')}berita?page=3").text
    assert re.search(r'class="waktu">\d (minggu|bulan) yang lalu', page)
    assert "2026</p>" not in page.split("<aside")[0]


def test_refused_maintained_and_hacked(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    assert client.get(f"{server.website_url('satpolpp')}robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert "Disallow: /\n" not in client.get(f"{server.website_url('dinkes')}robots.txt").text
    page = client.get(server.website_url("bapperida"))
    assert page.status_code == 200
    assert "pemeliharaan" in page.text
    hacked = client.get(server.website_url("disdag")).text
    assert "left:-9999px" in hacked
    server.set_now(evening(date(2026, 1, 5), city))
    assert "slot" not in client.get(server.website_url("disdag")).text


def test_injected_pages_carry_gambling_links(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    cheat = next(c for c in city.truth(MOMENTS[-1]).cheats if c.kind is CheatKind.INJECTED)
    page = client.get(urljoin(server.website_url("disdag"), cheat.keys[0])).text
    assert "gacor-maxwin.example/daftar" in page


def test_json_in_the_static_site_is_json(server: CityServer, client, city):
    server.set_now(evening(MOMENTS[-1], city))
    post = city.truth(MOMENTS[-1]).account("dlh", Channel.WEBSITE).posts[-1]
    page = client.get(urljoin(server.website_url("dlh"), post.key)).text
    match = re.search(r'ld\+json">(.+?)</script>', page)
    assert match is not None
    assert json.loads(match[1])["headline"] == post.title
