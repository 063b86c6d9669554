# ruff: noqa: E501 - a row is read best on one line
"""The table of hostile sites: what each does, and which outcomes are honest for it."""

import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from activity.outcome import Outcome
from tests.hostile.serving import HOSTILE, Hit, Respond
from tests.hostile.test_markup import DEEP

EMPTY = frozenset({Outcome.EMPTY.value})
OK = frozenset({Outcome.OK.value})
# Its page holds nothing but what a script would draw.
DRAWN = frozenset({Outcome.NEEDS_BROWSER.value})
UNREAD = frozenset({Outcome.UNPARSABLE.value})
DOWN = frozenset({Outcome.UNREACHABLE.value})
ASTRAY = frozenset({Outcome.MISCONFIGURED.value})
_RSS = "<rss version='2.0'><channel><title>Dinas</title>{}</channel></rss>"
_ITEM = "<item><title>Rapat dinas {0}</title><link>{1}</link><pubDate>Mon, 02 Feb 2026 08:00:00 +0800</pubDate></item>"
_HOME = (
    b"<title>Dinas</title><link rel=alternate type='application/rss+xml' href='/feed.xml'>"
    b"<link rel='https://api.w.org/' href='/wp-json/'><a href='/berita'>Berita</a>"
)


@dataclass(frozen=True)
class Row:
    """One hostile site.

    Attributes:
        posts: how many of its honest items must be stored all the same.
        hangs: whether its visit never ends, as that of a page nobody has thought of.
    """

    respond: Respond
    outcomes: frozenset[str] = EMPTY
    posts: int = 0
    hangs: bool = False


def home(body: bytes, kind: str = "", headers: tuple[str, ...] = ()) -> Respond:
    """A site whose home page is this and which has no other."""
    return lambda hit: hit.answer(body, kind=kind, headers=headers) if hit.path == "/" else hit.missing()


def everywhere(body: bytes, kind: str = "") -> Respond:
    """A site every page of which is this, robots.txt apart."""
    return lambda hit: (
        hit.missing() if hit.path == "/robots.txt" else hit.answer(body, kind=kind or "text/html")
    )


def at(**bodies: bytes | str) -> Respond:
    """A home page that names a feed and an API, and some pages by the first word of their path."""

    def respond(hit: Hit) -> None:
        name = (
            hit.path.strip("/").partition("?")[0].replace(".", "_").replace("-", "_").replace("/", "_")
            or "home"
        )
        body = bodies.get(name, _HOME if name == "home" else None)
        if body is None:
            hit.missing()
        else:
            hit.answer(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"))

    return respond


def raw(write: Callable[[Hit], None]) -> Respond:
    """A site that answers robots.txt properly and writes what it likes for the rest."""
    return lambda hit: hit.missing() if hit.path == "/robots.txt" else write(hit)


def _drip(hit: Hit) -> None:
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(40):
        hit.connection.sendall(b"<")
        time.sleep(0.2)


def _drip_head(hit: Hit) -> None:
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(40):
        hit.connection.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.2)


def _endless(hit: Hit) -> None:
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(2_000):
        hit.connection.sendall(b"100000\r\n" + b"<div>" * 0x33333 + b"x\r\n")


def _deflate(blocks: int) -> bytes:
    """So many megabytes of zeros; its end is missing, which nobody comes to."""
    packer = zlib.compressobj()
    head = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + (packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)) * (blocks - 1)


# Made once and quickly: a server that first computes would be late.
_BOMB = gzip.compress(bytes(1_000_000)) * 60
_TWICE = gzip.compress(_BOMB)
_DEFLATED = _deflate(60)


def _headers(hit: Hit) -> None:
    hit.connection.sendall(
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + b"\r\n"
    )


def _redirect(to: Callable[[Hit], str]) -> Respond:
    return raw(lambda hit: hit.answer(b"", "302 Found", headers=(f"Location: {to(hit)}",)))


def _write(content: bytes) -> Respond:
    return raw(lambda hit: hit.connection.sendall(content))


def _pager(hit: Hit) -> None:
    number = int(hit.path.rpartition("=")[2]) if hit.path.rpartition("=")[2].isdigit() else 1
    items = "".join(
        f"<li><a href='/berita/{number}-{n}'>Rapat koordinasi {number} {n}</a> 12 Februari 2026</li>"
        for n in range(9)
    )
    hit.answer(f"<ul>{items}</ul><a rel=next href='/?page={number + 1}'>Berikutnya</a>".encode())


def _calendar(hit: Hit) -> None:
    days = "".join(f"<a href='/agenda/{hit.path.count('/')}/{n}{hit.path}'>{n}</a>" for n in range(60))
    hit.answer(f"<title>Agenda</title>{days}<a href='{hit.path}/x/'>Bulan berikutnya</a>".encode())


def _maps(hit: Hit) -> None:
    children = "".join(
        f"<sitemap><loc>http://{HOSTILE}:{hit.port}/m{n}{hit.path[1:]}</loc></sitemap>" for n in range(500)
    )
    if hit.path.endswith(".xml"):
        hit.answer(f"<sitemapindex>{children}</sitemapindex>".encode())
    elif hit.path == "/":
        hit.answer(b"<p>Selamat datang")
    else:
        hit.missing()


def _robots(body: bytes, status: str = "200 OK") -> Respond:
    return lambda hit: (
        hit.answer(body, status) if hit.path == "/robots.txt" else hit.answer(b"<p>Selamat datang")
    )


def _items(count: int) -> str:
    return "".join(_ITEM.format(n, f"http://{HOSTILE}/berita/{n}") for n in range(count))


def _bad_items(*addresses: str) -> str:
    return _RSS.format("".join(_ITEM.format(n, address) for n, address in enumerate(addresses)) + _items(3))


def _json(value: str) -> str:
    good = ",".join(
        f'{{"id":{n},"date":"2026-02-0{n}T08:00:00","link":"http://{HOSTILE}/b/{n}","title":{{"rendered":"Rapat {n}"}}}}'
        for n in range(1, 4)
    )
    return f"[{value},{good}]"


def _script(text: bytes) -> Respond:
    return home(b"<p>Selamat datang<script>var title = 1;" + text + b"</script>")


def _list(unit: bytes, count: int) -> Respond:
    return home(b"<h1>Berita</h1><p>" + unit * count)


_STATE = b'<script id="__NEXT_DATA__" type="application/json">{"title":"a","berita":%b}</script>'
_ADDRESSES = (
    "http://[alamat-situs]/",
    "http://[::1",
    "http://a:99999/",
    "https://u:p@x.id/",
    "//",
    "http://",
    "\ud800",
)

PAGES = {
    f"page: {name}": Row(home(body.encode()), DRAWN if "<script" in body else EMPTY) for name, body in DEEP.items() if len(body) < 5_000_000
} | {
    "page: two million div": Row(home(b"<div>" * 1_990_000)),
    "page: div everywhere": Row(everywhere(b"<div>" * 60_000)),
    "page: one word": Row(home(b"<p>" + b"a" * 3_000_000)),
    "page: one figure": Row(home(b"<p>" + b"1" * 1_000_000)),
    "page: days in a line": Row(_list(b"12 Maret 2026 ", 1_400)),
    "page: days and links in a line": Row(_list(b"<a href=/b>Rapat dinas</a> 12 Maret 2026 ", 1_000)),
    "page: ten thousand links": Row(_list(b"<a href=/berita/1>Rapat koordinasi dinas</a> 12 Maret 2026<br>", 10_000)),
    "page: pages of pages": Row(_list(b"<a href=?page=2>2</a>", 20_000)),
    "page: a long address": Row(_list(b"<a href='/" + b"a/" * 500_000 + b"'>Rapat koordinasi</a>", 2)),
    "page: spaces": Row(home(b"<p>" + b" " * 3_000_000 + b"x")),
    "page: a long title": Row(home(b"<title>" + b"a " * 500_000 + b"</title><h1>" + b"a " * 500_000)),
    "page: metas": Row(home(b"<meta property=og:x content=a>" * 50_000)),
    "page: entities": Row(home(b"<p>" + b"&quot;:" * 200_000)),
    "page: ld+json": Row(home(b"<script type=application/ld+json>" + b'{"@graph":[' * 100_000), DRAWN),
    "page: charset idna": Row(home(b"<meta charset=idna><p>\xe9\xff", "text/html; charset=idna")),
    "page: bytes": Row(home(bytes(range(256)) * 4_000)),
    "page: a bad base": Row(home(b"<base href='http://[x]/'><link rel=canonical href='http://[x]/'><a href=/b>Berita</a>")),
    "page: bad links": Row(home("".join(f"<a href='{a}'>Rapat koordinasi dinas</a>" for a in _ADDRESSES).encode("utf-8", "replace"))),
    "page: a bad API in its head": Row(home(b"<p>x", headers=("Link: <http://[x]/>; rel=\"https://api.w.org/\"",))),
    "page: an endless pager": Row(raw(_pager), OK),
    "page: an endless calendar": Row(raw(_calendar)),
    "script: one word": Row(_script(b"a" * 48_000), DRAWN),
    "script: one word of megabytes": Row(_script(b"a" * 2_000_000), DRAWN),
    "script: quotes": Row(_script(b'title: "\\' * 100_000), DRAWN),
    "script: lists in lists": Row(_script(b"title: [{a:" * 50_000), DRAWN),
    "script: pushes": Row(_script(b"self.__next_f.push(title:)" * 100_000), DRAWN),
    "script: parsed": Row(_script(b"JSON.parse('" * 50_000), DRAWN),
    "script: a number": Row(_script(b'x={"title":"a","id":' + b"9" * 500_000 + b"}"), DRAWN),
    "script: paths": Row(_script(b"fetch('" + b"/berita" * 50_000 + b"')"), DRAWN),
    "state: nested": Row(home(_STATE % (b"[" * 200_000)), DRAWN),
    "state: many": Row(home(_STATE % (b"[" + b'{"title":"a","date":"2026-02-01"},' * 60_000 + b"{}]")), DRAWN),
    "state: bad values": Row(home(_STATE % b'[{"title":"Rapat dinas","date":NaN,"url":"http://[x]/"},{"title":3,"date":1e999}]'), DRAWN),
}  # fmt: skip

FEEDS = {
    "feed: bad addresses": Row(at(feed_xml=_bad_items(*_ADDRESSES)), OK, 3),
    "feed: half letters": Row(at(feed_xml=_RSS.format(_ITEM.format("&#xD800;", "/a") + _items(3))), OK, 3),
    "feed: broken UTF-8": Row(at(feed_xml=_RSS.format(_items(3)).encode() + b"<item><title>\xed\xa0\x80"), OK, 3),
    "feed: charset idna": Row(at(feed_xml="<?xml version='1.0' encoding='idna'?>" + _RSS.format(_items(3))), OK, 3),
    "feed: entities": Row(
        at(feed_xml="<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY b{n} '{'&a;' * 9}'>" for n in range(9)) + "]>" + _RSS.format("&b8;"))
    ),
    "feed: nested": Row(at(feed_xml=_RSS.format("<item>" * 200_000))),
    "feed: attributes": Row(at(feed_xml="<rss " + " ".join(f"a{n}='1'" for n in range(60_000)) + "/>")),
    "feed: a hundred thousand items": Row(at(feed_xml=_RSS.format("<item><link>/a</link></item>" * 100_000))),
    "feed: a title of megabytes": Row(at(feed_xml=_RSS.format(_ITEM.format("<" * 2_000_000, "/b"))), OK),
    "feed: a gzip bomb": Row(at(feed_xml=_BOMB), UNREAD),
    "feed: JSON with numbers": Row(at(feed_xml='{"version":1,"items":[1,null,{"url":3,"title":[]},{"id":1e999}]}')),
    "feed: its next is itself": Row(
        at(feed_xml=f"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='/feed.xml'/>{_items(3)}</feed>"),
        OK,
        3,
    ),
    "map: maps of maps": Row(raw(_maps)),
    "map: bad addresses": Row(at(sitemap_xml="<urlset>" + "".join(f"<url><loc>{a}</loc></url>" for a in _ADDRESSES) + "</urlset>")),
    "map: sixty thousand": Row(
        at(sitemap_xml="<urlset>" + "".join(f"<url><loc>http://{HOSTILE}/a/{n}</loc></url>" for n in range(60_000)) + "</urlset>")
    ),
    "map: lines": Row(at(sitemap_xml="http://[x]/\n" * 100_000)),
    "API: bad values": Row(at(wp_json_wp_v2_posts=_json('{"id":NaN,"date":1e999,"link":"http://[x]/","title":[]},7,null,[]')), OK, 3),
    "API: half letters": Row(at(wp_json_wp_v2_posts=_json('{"id":9,"link":"/x","title":{"rendered":"\\ud800"}}')), OK, 3),
    "API: nested": Row(at(wp_json_wp_v2_posts="[" * 500_000), UNREAD),
    "API: digits": Row(at(wp_json_wp_v2_posts=_json('{"id":' + "9" * 500_000 + "}")), OK, 3),
    "API: the same page for ever": Row(raw(lambda hit: hit.answer(_json("1").encode() if "posts" in hit.path else _HOME)), OK),
}  # fmt: skip

SERVERS = {
    "server: drips a body": Row(raw(_drip), DOWN),
    "server: drips a head": Row(raw(_drip_head), DOWN),
    "server: no end": Row(raw(_endless), UNREAD),
    "server: a gzip bomb": Row(raw(lambda hit: hit.answer(_BOMB, headers=("Content-Encoding: gzip",))), UNREAD),
    "server: a bomb in a bomb": Row(raw(lambda hit: hit.answer(_TWICE, headers=("Content-Encoding: gzip, gzip",))), UNREAD),
    "server: a deflate bomb": Row(raw(lambda hit: hit.answer(_DEFLATED, headers=("Content-Encoding: deflate",))), UNREAD),
    "server: no gzip": Row(raw(lambda hit: hit.answer(b"polos", headers=("Content-Encoding: gzip",))), DOWN),
    "server: an unknown encoding": Row(raw(lambda hit: hit.answer(b"x", headers=("Content-Encoding: klingon",))), DOWN),
    "server: redirects in a circle": Row(_redirect(lambda hit: hit.path), DOWN),
    "server: redirects without end": Row(_redirect(lambda hit: f"{hit.path}x"), DOWN),
    "server: a redirect inside": Row(_redirect(lambda _: "http://169.254.169.254/latest/"), ASTRAY),
    "server: a redirect to nothing": Row(_redirect(lambda _: "http://[x]:99999/"), ASTRAY),
    "server: a redirect to a file": Row(_redirect(lambda _: "file:///etc/passwd"), ASTRAY),
    "server: a redirect of a megabyte": Row(_redirect(lambda _: "/" + "a" * 60_000), DOWN),
    "server: bad chunks": Row(_write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"), DOWN),
    "server: negative chunks": Row(_write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n"), DOWN),
    "server: a flood of headers": Row(raw(_headers), EMPTY | DOWN),
    "server: a negative length": Row(_write(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx"), DOWN),
    "server: two lengths": Row(_write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx"), DOWN),
    "server: a short body": Row(_write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"), DOWN),
    "server: no HTTP": Row(_write(b"\x00\x01 SSH-2.0-what\r\n\r\n"), DOWN),
    "server: hangs up": Row(raw(lambda hit: hit.connection.close()), DOWN),
    "server: status 999": Row(_write(b"HTTP/1.1 999 Apa\r\nContent-Length: 0\r\n\r\n"), DOWN),
    "server: a video": Row(raw(lambda hit: hit.answer(bytes(2_000_000), kind="video/mp4")), UNREAD),
    "server: everything is a PDF": Row(everywhere(b"%PDF-1.7" + bytes(100_000), "application/pdf"), UNREAD),
    "robots: half a million rules": Row(_robots(b"User-agent: *\n" + b"Disallow: /a*b*c*d$\n" * 400_000)),
    "robots: stars": Row(_robots(b"User-agent: *\nDisallow: /" + b"*a" * 20_000 + b"$\n")),
    "robots: no end": Row(lambda hit: _endless(hit) if hit.path == "/robots.txt" else hit.answer(b"<p>x")),
    "robots: a circle": Row(lambda hit: hit.answer(b"", "302 Found", headers=("Location: /robots.txt",)) if "robots" in hit.path else hit.answer(b"x")),
    "robots: an endless delay": Row(_robots(b"User-agent: *\nCrawl-delay: 1e999\n")),
}  # fmt: skip

BEYOND = {
    "beyond: a visit that never ends": Row(home(b"<p>Selamat datang"), UNREAD, hangs=True),
}

ROWS = PAGES | FEEDS | SERVERS | BEYOND
