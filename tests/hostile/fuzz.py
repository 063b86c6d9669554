# ruff: noqa: E501 - what hurts is read best as it is written, a line each
"""Random damage to honest input, for everything that reads what strangers write.

`python -m tests.hostile.fuzz --target page --seconds 120 --seed 7`; each finding names the seed that shows it again
(`--seed N --only`). Nothing may raise but our own errors, and nothing may take longer than 50 ms a kilobyte.
"""

import argparse
import random
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

from activity.agency import Account, Channel
from activity.errors import DenyutError
from activity.testing import drive
from activity.visit import Fetch, Memory, Page, Purpose, Target, Window
from cli.registry_file import load_registry
from crawler.dates import find_dates, read_date, read_machine_date
from crawler.discover.cms.wordpress import discover_types
from crawler.exports.export import Reading
from crawler.exports.recognise import read_export
from crawler.extract.blogger import extract_blogger
from crawler.extract.document import parse_document
from crawler.extract.feed import extract_feed
from crawler.extract.sitemap import extract_sitemap
from crawler.extract.state import extract_json
from crawler.extract.wordpress import extract_wordpress
from crawler.robots import parse_robots
from crawler.visits.site.website import visit
from scoring.rubric import load_default, parse_rubric
from scoring.seal.verify import verify_archive

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Makassar")
BASE = "https://dinas.contoh.go.id"
# A reader may take this long for each kilobyte, and a moment for itself.
SECONDS_A_KILOBYTE = 0.05
MOMENT = 0.5

ADDRESSES = (
    *(
        "http://[alamat-situs]/",
        "http://[::1",
        "https://a:99999/",
        "https://u:p@x.id/",
        "//",
        "http://",
        "http:///x",
    ),
    *(
        "javascript:void(0)",
        "data:text/html,x",
        "https://xn--a.id/",
        "mailto:a@b",
        "?page=9" * 40,
        "/%ff%fe",
        "\\\\x",
    ),
    *(
        "https://contoh.go.id:abc/",
        "https://[v1.a]/",
        "http://\ud800/",
        "/a\x00b",
        "https://" + "a." * 200,
        "#",
        "",
    ),
)
VALUES = (
    *(
        "NaN",
        "1e999",
        "-Infinity",
        "-1",
        "9" * 6_000,
        "0",
        "null",
        "true",
        "[]",
        "{}",
        '"x"',
        "[[[[[[",
        '{"a":' * 40,
    ),
    *(
        '"\\ud800"',
        '"\\u0000"',
        '"2026-13-45"',
        '"0000-00-00T00:00:00Z"',
        "99999999999999",
        '"32 Maret 2026"',
        "1.5",
    ),
)
DATES = (
    *(
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "31/02/2026",
        "2026-03-02T25:61:61+99:99",
        "\u0663",
    ),
    *(
        "Senin, 99 Maret 99999",
        "10000000000000000",
        "-62135596800",
        "2 Maret 2026 24:00",
        "1 jam yang lalu" * 20,
    ),
    *(
        "999999999999 tahun lalu",
        "00/00/0000",
        "29 Februari 2025",
        "٣/٣/٢٠٢٦",
        "12.12.12.12.12",
        "Maret " * 100,
    ),
)
MARKUP = (
    *(
        "<base href='http://[x]/'>",
        "<link rel=canonical href='http://[x]/'>",
        "<meta charset=idna>",
        "<svg><title>",
    ),
    *(
        "<script>",
        "<script>var x={title:'",
        "<!--",
        "<a href='http://[alamat-situs]/'>x</a>",
        "&#x110000;",
        "&#xD800;",
    ),
    *(
        "<time datetime='0000-00-00'>",
        "<table><td><p>",
        "]]>",
        "<![CDATA[",
        "<?xml encoding='idna'?>",
        "\x00\x0b\x1f",
    ),
    *(
        "<meta property=og:url content='http://[x]'>",
        "<a rel=next href='https://a:99999/'>»</a>",
        "<div>" * 3_000,
    ),
)
LETTERS = (
    "\ud83d",
    "\ufeff",
    "\u202e",
    "\x00",
    "a" * 3_000,
    " " * 3_000,
    "(" * 300,
    "é" * 20,
    "\r\n" * 200,
    "٣",
    "²",
)
PIECES = (*ADDRESSES, *VALUES, *DATES, *MARKUP, *LETTERS)


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
    from crawler.extract.state import extract_states, find_apis, find_own_date

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
    return list(read_export(path, Reading(NOW, ZONE)).entries())


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


def damage(body: bytes, chance: random.Random) -> bytes:
    """Cut, double, repeat, swap and put in what hurts; one to six times."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(body))
        end = min(len(body), at + chance.choice([1, 2, 10, 100, 1_000]))
        piece = chance.choice(PIECES).encode("utf-8", "surrogatepass")
        match chance.randint(0, 7):
            case 0:
                body = body[:at] + body[end:]
            case 1:
                body = body[:end] + body[at:]
            case 2:
                body = body[:at] + body[at:end] * chance.choice([2, 10, 50]) + body[end:]
            case 3:
                body = body[:at] + bytes([chance.randint(0, 255)]) + body[at + 1 :]
            case 4 | 5:
                body = _replace_value(body, piece, chance)
            case _:
                body = body[:at] + piece + body[at:]
        body = body[:400_000]
    return body


def _replace_value(body: bytes, piece: bytes, chance: random.Random) -> bytes:
    """Put a piece in the place of what stands between two marks, such as quotes or brackets."""
    for mark in chance.sample([b'"', b"'", b">", b":", b","], 5):
        places = [at for at in range(len(body)) if body[at : at + 1] == mark][:4_000]
        if len(places) > 2:
            place = chance.randrange(len(places) - 1)
            return body[: places[place] + 1] + piece + body[places[place + 1] :]
    return body + piece


def try_once(name: str, seed: int) -> str:
    """Read one damaged input; what is wrong with that, empty where nothing is."""
    reader, chance = TARGETS[name], random.Random(seed)
    body = damage(chance.choice(reader.seeds()), chance)
    start = process_time()
    try:
        reader.read(body, chance)
    except DenyutError:
        pass
    except Exception as error:  # noqa: BLE001 - which is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{name} seed {seed}: {type(error).__name__}: {error} at {frame.filename}:{frame.lineno}"[:400]
    spent = process_time() - start
    if spent > MOMENT + SECONDS_A_KILOBYTE * len(body) / 1_000:
        return f"{name} seed {seed}: {spent:.1f} s for {len(body)} bytes"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=[*TARGETS, "all"], default="all")
    parser.add_argument("--seconds", type=float, default=30.0, help="CPU seconds for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="store_true", help="this one seed")
    options = parser.parse_args()
    failed = 0
    for name in TARGETS if options.target == "all" else [options.target]:
        start, seed, found = process_time(), options.seed, 0
        slowest = 0.0
        while True:
            begun = process_time()
            problem = try_once(name, seed)
            slowest = max(slowest, process_time() - begun)
            if problem:
                found += 1
                sys.stdout.write(f"{problem}\n")
                sys.stdout.flush()
            seed += 1
            if options.only or process_time() - start > options.seconds or found >= 20:
                break
        spent = process_time() - start
        sys.stdout.write(
            f"{name}: {seed - options.seed} inputs in {spent:.0f} s of CPU, slowest {slowest:.2f} s, {found} findings\n"
        )
        sys.stdout.flush()
        failed += found
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
