"""`denyut probe` of a site that tells only how many months ago: what may be of the asked time is listed."""

import json
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
DAYS = (3, 11, 24, 40, 62, 81, 103, 120, 141, 158, 169, 172, 176, 210, 262, 300)


def _age(days: int) -> str:
    """Counted as Trac does: to the nearest whole number of months."""
    return f"{days} days ago" if days < 26 else f"{round(days / 30.4)} months ago"


def _page() -> bytes:
    cards = "".join(
        f"<article><h2><a href='/berita/kerja-bakti-rw-{days}'>Kerja bakti warga di RW {days}</a></h2>"
        f"<p>Warga membersihkan drainase bersama lurah.</p><p>Posted {_age(days)}</p></article>"
        for days in DAYS
    )
    return f"<!doctype html><html lang=id><title>Kelurahan Contoh</title><main>{cards}</main>".encode()


@pytest.fixture
def site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _page() if self.path == "/" else b"<h1>Kerja bakti</h1><p>Warga bekerja bersama.</p>"
            known = self.path == "/" or self.path.startswith("/berita/")
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_post_whose_months_may_end_in_the_window_is_listed(denyut, site):
    denyut.settings["DENYUT_NOW"] = NOW.isoformat()
    done = denyut.run("probe", site, "--since", "2026-01-01", "--json")
    assert done.returncode == 0, done.stderr
    listed = {json.loads(line)["url"] for line in done.stdout.splitlines()}
    due = {f"{site}/berita/kerja-bakti-rw-{days}" for days in DAYS if NOW - timedelta(days=days) >= SINCE}
    assert due <= listed
    assert f"{site}/berita/kerja-bakti-rw-300" not in listed
