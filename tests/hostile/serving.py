"""Five good sites and one hostile, each on an address of its own on loopback, behind one listening socket."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Self

GOOD = tuple(f"127.0.0.{n}" for n in range(11, 16))
HOSTILE = "127.0.0.66"
POSTS = 4
_TYPES = {
    ".xml": "application/xml",
    ".json": "application/json",
    ".txt": "text/plain",
    ".js": "text/javascript",
}


@dataclass
class Hit:
    """One request as a site meets it."""

    path: str
    head: str
    connection: socket.socket
    port: int = 0

    def answer(
        self, body: bytes = b"", status: str = "200 OK", kind: str = "", headers: tuple[str, ...] = ()
    ) -> None:
        """Write a whole, well-formed answer."""
        suffix = self.path.partition("?")[0].rpartition(".")
        kind = kind or _TYPES.get(f".{suffix[2]}" if suffix[1] else "", "text/html; charset=utf-8")
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", f"Content-Type: {kind}", *headers]
        head = "\r\n".join([*lines, "Connection: close", "", ""])
        self.connection.sendall(head.encode("latin-1") + body)

    def missing(self) -> None:
        """Say that there is no such page."""
        self.answer(b"<h1>Halaman tidak ditemukan</h1>", "404 Not Found")


Respond = Callable[[Hit], None]


@dataclass
class Town:
    """Serves the six sites; `hostile` may be exchanged while it runs. A context manager."""

    now: datetime
    hostile: Respond = Hit.missing
    port: int = field(default=0, init=False)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=64)  # all of 127.0.0.0/8
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def address(self, host: str) -> str:
        return f"http://{host}:{self.port}/"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection:
                connection.settimeout(8)
                host = connection.getsockname()[0]
                head = b""
                while b"\r\n\r\n" not in head:
                    chunk = connection.recv(65_536)
                    if not chunk:
                        return
                    head += chunk
                hit = Hit(
                    head.split(b" ")[1].decode("latin-1"), head.decode("latin-1"), connection, self.port
                )
                if host == HOSTILE:
                    self.hostile(hit)
                else:
                    self._be_good(hit, host)
        except OSError:
            return

    def _be_good(self, hit: Hit, host: str) -> None:
        """A small office: a home page, a feed, four posts."""
        dates = [self.now - timedelta(days=3 * n + 1) for n in range(POSTS)]
        links = "".join(
            f"<li><a href='/berita/{n}'>Rapat koordinasi dinas ke-{n}</a></li>" for n in range(POSTS)
        )
        head = "<title>Dinas Contoh</title><link rel=alternate type='application/rss+xml' href='/feed.xml'>"
        if hit.path == "/":
            hit.answer(f"<html><head>{head}</head><body><ul>{links}</ul></body></html>".encode())
        elif hit.path == "/feed.xml":
            items = "".join(
                f"<item><title>Rapat koordinasi dinas ke-{n}</title><link>http://{host}:{self.port}/berita/{n}</link>"
                f"<pubDate>{format_datetime(date)}</pubDate></item>"
                for n, date in enumerate(dates)
            )
            hit.answer(f"<rss version='2.0'><channel><title>Dinas</title>{items}</channel></rss>".encode())
        elif hit.path.startswith("/berita/") and hit.path[8:].isdigit() and int(hit.path[8:]) < POSTS:
            day = dates[int(hit.path[8:])].isoformat()
            meta = f"<meta property='article:published_time' content='{day}'>"
            hit.answer(
                f"<html><head>{meta}<title>Rapat</title></head><body><p>Isi</p></body></html>".encode()
            )
        else:
            hit.missing()
