"""Office websites on loopback, cheap to serve: `python benchmarks/office_sites.py PORT FOLDER`.

Site i is `http://127.(1+i//65536).(i//256%256).(i%256):PORT/`, so each has an address of its own. 70 % have a
feed, 15 % WordPress with its REST API, 15 % a list with dated cards; 10 % are dead (registered at a port
where nobody listens) and 2 % take three seconds. Of a nation's 15 % are mute instead: the port after PORT
takes connections and never answers. ETag, 304 and keep-alive are honoured. Each request is a
line of FOLDER/log: site, status, path; and one of FOLDER/askers: site, the asker's port, when it came.
PORT 0 is one that is free; FOLDER/ready tells which, as soon as it is served.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TextIO

from reports.wording import Language, phrase_date

DEAD_PORT = 9
SLOW = 3.0
JAKARTA = timezone(timedelta(hours=7))
TODAY = datetime(2026, 11, 26, 8, tzinfo=JAKARTA)
_POSTS = 28
_WORDS = (
    "Rapat koordinasi",
    "Sosialisasi program",
    "Pelatihan kader",
    "Kunjungan kerja",
    "Penyaluran bantuan",
)
_FILL = (
    "<p>Kegiatan ini dihadiri oleh kepala dinas, para lurah dan warga setempat yang menyambut baik.</p>\n"
    * 30
)
_RULES = b"User-agent: *\nDisallow: /wp-admin/\n"
_SIDE = "".join(f'<li><a href="https://opd{k}.example.go.id/">OPD {k}</a></li>' for k in range(30))
_SCRIPT = f"<script>var a=[{','.join(map(str, range(1500)))}];</script>"


def address(i: int) -> str:
    return f"127.{1 + i // 65536}.{i // 256 % 256}.{i % 256}"


def is_dead(i: int) -> bool:
    return i % 10 == 7


def is_slow(i: int) -> bool:
    return i % 50 == 3


def is_mute(i: int) -> bool:
    return i % 20 in {1, 9, 13}


def kind(i: int) -> str:
    return "feed" if i % 20 < 14 else "wordpress" if i % 20 < 17 else "list"


def registry(count: int, port: int, *, mute: bool = False) -> Iterator[str]:
    """Lines of a registry of so many sites; some of them `mute` instead of dead."""
    yield "slug,name,level,website"
    for i in range(count):
        away = (port + 1 if is_mute(i) else port) if mute else DEAD_PORT if is_dead(i) else port
        where = f"http://{address(i)}:{away}/"
        yield f"k-{i},Kantor nomor {i},{'skpd' if i % 4 == 0 else 'kelurahan'},{where}"


@cache
def posts(i: int) -> tuple[tuple[str, str, datetime], ...]:
    """Slug, title and moment of each post, one in five days, newest first."""
    return tuple(
        (
            f"{_WORDS[(i + n) % 5].lower().replace(' ', '-')}-{n}",
            f"{_WORDS[(i + n) % 5]} warga {i % 977} ke {n}",
            at,
        )
        for n in range(_POSTS)
        for at in [TODAY - timedelta(days=5 * (_POSTS - n) - i % 5)]
    )[::-1]


def frame(title: str, links: str, main: str) -> bytes:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("", "profil/", "berita/", "kontak/"))
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{links}</head>'
        f"<body><nav><ul>{menu}</ul></nav><main>{main}</main><aside><ul>{_SIDE}</ul></aside>{_SCRIPT}</body></html>"
    ).encode()


def cards(i: int, most: int) -> str:
    return "".join(
        f'<article class="post"><h2><a href="/berita/{slug}/">{title}</a></h2>'
        f'<span class="date">{phrase_date(at.date(), Language.ID)}</span></article>'
        for slug, title, at in posts(i)[:most]
    )


def feed(i: int) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>http://{address(i)}:PORT/berita/{slug}/</link>"
        f"<pubDate>{format_datetime(at)}</pubDate></item>"
        for slug, title, at in posts(i)[:20]
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>K</title>'
    return f"{head}{items}</channel></rss>".encode()


def api(i: int) -> bytes:
    rows = [
        {
            "id": n,
            "date": f"{at:%Y-%m-%dT%H:%M:%S}",
            "link": f"http://{address(i)}:PORT/berita/{slug}/",
            "title": {"rendered": title},
        }
        for n, (slug, title, at) in enumerate(posts(i))
    ]
    return json.dumps(rows).encode()


def answer(i: int, path: str) -> tuple[int, str, bytes]:
    """Status, type and body of a page."""
    sort, bare = kind(i), path.partition("?")[0]
    links = ""
    if sort != "list":
        links = f'<link rel="alternate" type="application/rss+xml" href="http://{address(i)}:PORT/feed/">'
    if sort == "wordpress":
        links += f'<link rel="https://api.w.org/" href="http://{address(i)}:PORT/wp-json/">'
    if bare == "/robots.txt":
        return 200, "text/plain", _RULES
    if bare == "/":
        return 200, "text/html", frame(f"Kantor {i}", links, cards(i, 8))
    if bare == "/berita/":
        return 200, "text/html", frame("Berita", "", cards(i, _POSTS))
    if bare == "/feed/" and sort != "list":
        return 200, "application/rss+xml", feed(i)
    if bare == "/wp-json/wp/v2/posts" and sort == "wordpress":
        return 200, "application/json", api(i)
    for slug, title, at in posts(i):
        if bare == f"/berita/{slug}/":
            day = phrase_date(at.date(), Language.ID)
            return (
                200,
                "text/html",
                frame(title, "", f"<article><h1>{title}</h1><p>{day}</p>{_FILL}</article>"),
            )
    return 404, "text/html", b"<h1>404</h1>"


def number_of(address: str) -> int:
    """Tell the number of the site at an address."""
    a, b, c, d = map(int, address.split("."))
    assert a == 127
    return (b - 1) * 65536 + c * 256 + d


class Door(asyncio.Protocol):
    """One connection."""

    def __init__(self, port: int, log: TextIO, askers: TextIO) -> None:
        self._port, self._log, self._askers, self._rest = str(port).encode(), log, askers, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._site = number_of(transport.get_extra_info("sockname")[0])
        self._asker = transport.get_extra_info("peername")[1]

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while b"\r\n\r\n" in self._rest:
            head, self._rest = self._rest.split(b"\r\n\r\n", 1)
            path = head.split(b" ", 2)[1].decode("latin-1")
            self._askers.write(f"{self._site} {self._asker} {time.monotonic():.3f}\n")
            reply = self._reply(path, b"if-none-match" in head.lower())
            if is_slow(self._site):
                asyncio.get_running_loop().call_later(SLOW, self._transport.write, reply)
            else:
                self._transport.write(reply)

    def _reply(self, path: str, known: bool) -> bytes:
        status, sort, body = answer(self._site, path)
        if known and status == 200:
            status, body = 304, b""
        self._log.write(f"{self._site} {status} {path}\n")
        words = {200: "OK", 304: "Not Modified", 404: "Not Found"}[status]
        body = body.replace(b"PORT", self._port)
        head = f'HTTP/1.1 {status} {words}\r\nETag: "x"\r\nContent-Type: {sort}\r\n'
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[int]:
    """The sites in a process of their own, on that port or a free one; the port.

    Ends the program where they cannot be served, as on a port that is taken.
    """
    ready = folder / "ready"
    with subprocess.Popen([sys.executable, __file__, str(port), str(folder)]) as server:
        try:
            while not ready.exists():
                if server.poll() is not None:
                    sys.exit(f"no office sites: their server ended with {server.returncode}")
                time.sleep(0.1)
            yield int(ready.read_text())
        finally:
            server.kill()


def bind(port: int) -> tuple[socket.socket, socket.socket]:
    """The port of the sites, and the next one, of the mute; for 0 two neighbours that are free."""
    for attempt in range(20):
        sites = socket.create_server(("0.0.0.0", port), backlog=4096)
        try:
            return sites, socket.create_server(("0.0.0.0", sites.getsockname()[1] + 1), backlog=4096)
        except (OSError, OverflowError):
            sites.close()
            if port or attempt == 19:
                raise
    raise AssertionError


async def serve(port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    sites, mute = bind(port)
    port = sites.getsockname()[1]
    with (folder / "log").open("w", buffering=1) as log, (folder / "askers").open("w", buffering=1) as askers:
        server = await loop.create_server(lambda: Door(port, log, askers), sock=sites, backlog=4096)
        await loop.create_server(asyncio.Protocol, sock=mute, backlog=4096)
        (folder / "told").write_text(str(port))
        (folder / "told").rename(folder / "ready")
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
