# ruff: noqa: E501 - what hurts is read best as it is written, a line each
"""The readers that are fuzzed, each with honest input to begin with."""

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from activity.agency import Account, Channel
from activity.errors import DenyutError
from activity.testing import drive
from activity.visit import Fetch, Memory, Page, Purpose, Target, Window
from cli.registry_file import load_registry
from crawler.dates import find_dates, read_date, read_machine_date
from crawler.discover.cms.wordpress import discover_types
from crawler.drive.robots import parse_robots
from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_export
from crawler.extract.feed.blogger import extract_blogger
from crawler.extract.feed.sitemap import extract_sitemap
from crawler.extract.feed.syndication import extract_feed
from crawler.extract.feed.wordpress import extract_wordpress
from crawler.extract.page.document import parse_document
from crawler.extract.state.post import extract_json
from crawler.visits.site.website import visit
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.seal.verify import verify_archive
from testkit.zone import MAKASSAR as ZONE
from tests.hostile.pieces import ADDRESSES

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
BASE = "https://dinas.contoh.go.id"


@dataclass(frozen=True)
class Reader:
    """What is read, and honest input for it."""

    read: Callable[[bytes, random.Random], object]
    seeds: Callable[[], tuple[bytes, ...]]


@cache
def pages() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(GOLDEN.rglob("*.html")) if path.stat().st_size < 60_000)


def feeds() -> tuple[bytes, ...]:
    items = "".join(
        f"<item><title>Rapat ke-{n}</title><link>{BASE}/berita/{n}</link><guid isPermaLink='true'>{BASE}/?p={n}</guid>"
        f"<pubDate>Mon, 0{n} Feb 2026 08:00:00 +0800</pubDate><category>Berita</category></item>"
        for n in range(1, 9)
    )
    entries = "".join(
        f"<entry><title>Rapat {n}</title><link rel='alternate' href='/berita/{n}'/><id>tag:x,2026:{n}</id>"
        f"<published>2026-02-0{n}T08:00:00+08:00</published><updated>2026-02-1{n}T08:00:00Z</updated></entry>"
        for n in range(1, 9)
    )
    rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Dinas</title><link>{BASE}/</link>{items}</channel></rss>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='{BASE}/'><title>D</title>{entries}</feed>"
    listed = ",".join(
        f'{{"id":{n},"url":"{BASE}/b/{n}","title":"Rapat {n}","date_published":"2026-02-0{n}T08:00:00Z","tags":["a"]}}'
        for n in range(1, 9)
    )
    own = f'{{"version":"https://jsonfeed.org/version/1.1","title":"D","home_page_url":"{BASE}","items":[{listed}]}}'
    return rss.encode(), atom.encode(), own.encode()


def maps() -> tuple[bytes, ...]:
    entries = "".join(
        f"<url><loc>{BASE}/berita/{n}</loc><lastmod>2026-02-0{n}</lastmod><news:news><news:title>R {n}</news:title>"
        f"<news:publication_date>2026-02-0{n}T08:00:00Z</news:publication_date></news:news></url>"
        for n in range(1, 9)
    )
    index = "".join(f"<sitemap><loc>{BASE}/sitemap-{n}.xml</loc></sitemap>" for n in range(4))
    plain = "\n".join(f"{BASE}/berita/{n}" for n in range(30))
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    robots = f"User-agent: *\nDisallow: /x\nCrawl-delay: 2\nSitemap: {BASE}/sitemap.xml\n"
    return (
        f"<urlset {space}>{entries}</urlset>".encode(),
        f"<sitemapindex>{index}</sitemapindex>".encode(),
        plain.encode(),
        robots.encode(),
    )


def states() -> tuple[bytes, ...]:
    items = ",".join(
        f'{{"id":{n},"slug":"rapat-{n}","judul":"Rapat koordinasi {n}","tgl":"2026-02-0{n} 08:00:00","url":"/berita/rapat-{n}"}}'
        for n in range(1, 9)
    )
    posts = ",".join(
        f'{{"id":{n},"date":"2026-02-0{n}T08:00:00","date_gmt":"2026-02-0{n}T00:00:00","link":"{BASE}/b-{n}/",'
        f'"title":{{"rendered":"Rapat {n}"}},"status":"publish"}}'
        for n in range(1, 9)
    )
    entries = ",".join(
        f'{{"title":{{"$t":"R {n}"}},"published":{{"$t":"2026-02-0{n}T08:00:00+08:00"}},"category":[{{"term":"a"}}],'
        f'"link":[{{"rel":"alternate","href":"{BASE}/2026/02/r{n}.html"}}]}}'
        for n in range(1, 9)
    )
    paging = '"meta":{"current_page":1,"last_page":9,"total":81,"per_page":9},"links":{"next":"/api/berita?page=2"}'
    data = f'{{"data":[{items}],{paging}}}'
    total = '"openSearch$totalResults":{"$t":"8"},"openSearch$startIndex":{"$t":"1"}'
    return (
        data.encode(),
        f"[{posts}]".encode(),
        f'{{"feed":{{{total},"entry":[{entries}]}}}}'.encode(),
        f'<script id="__NEXT_DATA__" type="application/json">{data}</script><a href="/berita/rapat-1">x</a>'.encode(),
        f"<div data-page='{data}'></div>".encode(),
        f'<script>self.__next_f.push([1,{data!r}]);const api="/api";fetch(`${{api}}/berita?page=`)</script>'.encode(),
        f"<script>window.state = {data}; let daftar = [{{judul: 'Rapat', tgl: new Date('2026-03-01')}}]</script>".encode(),
        f'<script type="application/ld+json">{{"@graph":[{{"@type":"NewsArticle","datePublished":"2026-02-01",{data[1:]}]}}'
        "</script>".encode(),
    )


def dates() -> tuple[bytes, ...]:
    lines = (GOLDEN / "articles" / "strings.tsv").read_text("utf-8").splitlines()
    return tuple(line.encode() for line in lines)


def registries() -> tuple[bytes, ...]:
    rows = "".join(
        f"dinas-{n},Dinas Contoh {n},skpd,https://d{n}.contoh.go.id,@dinas{n},dinas.contoh.{n}\n"
        for n in range(9)
    )
    csv = f"slug,name,level,website,instagram,facebook\n{rows}"
    return csv.encode(), csv.replace(",", ";").encode("utf-16"), csv.encode("cp1252")


def exports() -> tuple[bytes, ...]:
    facebook = ",".join(
        f'{{"timestamp":{1_760_000_000 + n},"data":[{{"post":"Rapat {n}"}}],"attachments":[{{"data":[{{"media":'
        f'{{"uri":"a.jpg","description":"x"}}}}]}}]}}'
        for n in range(9)
    )
    instagram = ",".join(
        f'{{"media":[{{"uri":"a.jpg","creation_timestamp":{1_760_000_000 + n},"title":"Rapat {n}"}}]}}'
        for n in range(9)
    )
    suite = "Post ID,Page name,Title,Publish time,Permalink,Post type\n" + "".join(
        f"1{n},Dinas,Rapat {n},02/0{n}/2026 08:00,https://www.facebook.com/dinas/posts/1{n},Photos\n"
        for n in range(1, 9)
    )
    saved = (
        '<html><meta property="og:url" content="https://www.instagram.com/dinas/"><script type="application/json">'
        '{"edge_owner_to_timeline_media":{"edges":[{"node":{"code":"DTxxxxxxxxx","taken_at":1760000000,'
        '"owner":{"username":"dinas"}}}]}}</script></html>'
    )
    return (
        f"[{facebook}]".encode(), f'{{"ig_posts":[{instagram}]}}'.encode(), suite.encode(), saved.encode(),
    )  # fmt: skip


@cache
def seals() -> tuple[bytes, ...]:
    from scoring.seal.archive import render_archive
    from tests.scoring.test_seal import make_contents

    return (render_archive(make_contents()),)


def read_page(body: bytes, chance: random.Random) -> object:
    """Visit a site every page of which is this one, or whose home page alone is."""
    everywhere, kind = (
        chance.random() < 0.3,
        chance.choice(["text/html", "text/html; charset=idna", "", "image/png"]),
    )

    def answer(fetch: Fetch) -> Page:
        home = everywhere or fetch.url in {f"{BASE}/", BASE}
        headers = {"content-type": kind, "link": chance.choice(ADDRESSES), "x-wp-total": "²"}
        return Page(fetch, fetch.url, 200 if home else 404, NOW, headers=headers, body=body if home else b"")

    return _visit(answer)


def _visit(answer: Callable[[Fetch], Page]) -> object:
    account = Account(1, "dinas", Channel.WEBSITE, f"{BASE}/")
    target = Target(account, Window(NOW - timedelta(days=60), NOW), ZONE, Memory())
    return drive(visit(target), answer, NOW)[0]


def _page(body: bytes, purpose: Purpose, kind: str = "application/xml") -> Page:
    return Page(Fetch(f"{BASE}/x", purpose), f"{BASE}/x", 200, NOW, headers={"content-type": kind}, body=body)


def read_feed(body: bytes, _: random.Random) -> object:
    return extract_feed(_page(body, Purpose.FEED), now=NOW, zone=ZONE, site=BASE)


def read_map(body: bytes, _: random.Random) -> object:
    parse_robots(200, body).allows(f"{BASE}/berita/1")
    return extract_sitemap(_page(body, Purpose.SITEMAP), now=NOW, zone=ZONE)


def read_state(body: bytes, _: random.Random) -> object:
    from crawler.extract.state.post import extract_states, find_apis, find_own_date

    page = _page(body, Purpose.API, "application/json")
    document = parse_document(page)
    find_own_date(document, now=NOW, zone=ZONE) if document.json_ld else None
    find_apis(document)
    find_own_date(document, now=NOW, zone=ZONE)
    extract_states(document, now=NOW, zone=ZONE, site=BASE)
    discover_types(page, f"{BASE}/wp-json/wp/v2/posts")
    for read in (
        lambda: extract_wordpress(page, now=NOW, zone=ZONE, site=BASE),
        lambda: extract_blogger(page, now=NOW, zone=ZONE, site=BASE),
        lambda: extract_json(page, now=NOW, zone=ZONE, site=BASE, templates={"slug": "/berita/"}),
    ):
        try:
            read()
        except DenyutError:
            continue
    return None


def read_day(body: bytes, _: random.Random) -> object:
    text = body.decode("utf-8", "replace")
    read_machine_date(text, now=NOW, zone=ZONE)
    read_date(text, now=NOW, zone=ZONE)
    return list(find_dates(text, now=NOW, zone=ZONE))


def read_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes, random.Random], object]:
    def reader(body: bytes, _: random.Random) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(body)
            return read(path)

    return reader


def _read_export(path: Path) -> object:
    return list(read_export(path, ExportReading(NOW, ZONE)).entries())


TARGETS = {
    "page": Reader(read_page, lambda: (*pages(), *states())),
    "feed": Reader(read_feed, feeds),
    "map": Reader(read_map, maps),
    "state": Reader(read_state, states),
    "dates": Reader(read_day, dates),
    "registry": Reader(read_file("daftar.csv", load_registry), registries),
    "exports": Reader(read_file("berkas", _read_export), exports),
    "rubric": Reader(
        lambda body, _: parse_rubric(body.decode("utf-8", "replace"), "x"), lambda: (load_default().encode(),)
    ),
    "seal": Reader(lambda body, _: verify_archive(BytesIO(body)), seals),
}
