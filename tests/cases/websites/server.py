"""A case on loopback, for what must be seen through the real command."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.cases.websites.website import Website, answer

__all__ = ["Server", "serving"]


class Server:
    """Serves one site on 127.0.0.1.

    Attributes:
        now: the site's clock.
    """

    def __init__(self, site: Website) -> None:
        self.now: datetime = site.now
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Says nothing."""

            def do_GET(self) -> None:
                said = answer(site, outer.base + self.path, outer.now)
                body = said.body.encode() if isinstance(said.body, str) else said.body
                self.send_response(said.status)
                headers = {"Content-Type": said.media, "Content-Length": str(len(body)), **said.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"


@contextmanager
def serving(site: Website) -> Iterator[Server]:
    """Serve a case for a while."""
    server = Server(site)
    threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
