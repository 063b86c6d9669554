"""Serve a recorded system on loopback, so that another version or a change can be tried in seconds."""

import json
import lzma
from collections.abc import Mapping
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from machine import SetupError
from truth import Known, Served

__all__ = ["recorded_names", "start_recorded"]


def recorded_names(folder: Path) -> list[str]:
    """The systems that are recorded in a folder."""
    return sorted(case.parent.name for case in folder.glob("*/case.json"))


def start_recorded(folder: Path, *, blind: bool = False) -> Served:
    """Serve its pages under a port; nothing can be published there.

    Args:
        blind: without feeds, maps and APIs, as if a webmaster had switched them off.
    """
    case = json.loads((folder / "case.json").read_text())
    lines = lzma.decompress((folder / "pages.xz").read_bytes()).decode().splitlines()
    pages = {
        _path(page["url"]): page
        for page in map(json.loads, lines)
        if not blind or "html" in page["headers"].get("content-type", "")
    }
    host = urlsplit(case["address"]).netloc
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(pages, host))
    Thread(target=server.serve_forever, daemon=True).start()
    own = f"127.0.0.1:{server.server_address[1]}"
    addresses = {
        post["url"].replace(host, own): Known(
            _path(post["url"]), post["title"], (), datetime.fromisoformat(post["at"]), ""
        )
        for post in case["posts"]
    }
    return Served(folder.name, case["address"].replace(host, own), addresses, _refuse)


def _answering(pages: Mapping[str, Any], host: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            own = f"127.0.0.1:{self.connection.getsockname()[1]}"
            body = page["body"].replace(host, own).encode() if page else b""
            self.send_response(page["status"] if page else 404)
            for name, value in (page["headers"] if page else {}).items():
                self.send_header(name, value.replace(host, own))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _refuse(post: Known) -> str:
    raise SetupError(f"{post.title} cannot be published on a recorded system.")
