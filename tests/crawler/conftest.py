"""Servers that misbehave, on loopback, and a way to crawl them in a process of its own."""

import json
import os
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from activity.agency import Agency, Channel, RegistryEntry
from db.engine import open_database
from db.registry import save_registry
from testkit.database import new_database

CHILD = Path(__file__).parent / "child" / "crawl.py"
ROOT = Path(__file__).parents[2]


@dataclass
class Hit:
    """One request as a server meets it."""

    path: str
    head: str
    connection: socket.socket


class RawServer:
    """A server that hands each request to a function and lets it write what it likes."""

    def __init__(self, respond: Callable[[Hit], None], wrap=None) -> None:
        self._respond = respond
        self._wrap = wrap
        self.asked: Counter[str] = Counter()
        self.heads: list[str] = []
        self.open = self.most_open = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._wrap:
                connection = self._wrap(connection)
            with connection:
                connection.settimeout(10)
                head = b""
                while b"\r\n\r\n" not in head:
                    chunk = connection.recv(65536)
                    if not chunk:
                        return
                    head += chunk
                path = head.split(b" ")[1].decode()
                with self._lock:
                    self.asked[path] += 1
                    self.heads.append(head.decode("latin-1"))
                    self.open += 1
                    self.most_open = max(self.open, self.most_open)
                try:
                    self._respond(Hit(path, head.decode("latin-1"), connection))
                finally:
                    with self._lock:
                        self.open -= 1
        except OSError:
            return


@pytest.fixture(scope="module")
def serve():
    """Starts a server whose requests a function answers."""
    servers = []

    def start(respond, wrap=None) -> RawServer:
        servers.append(RawServer(respond, wrap))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Makes a database whose agencies have these websites, and gives its address."""

    def make(addresses) -> str:
        url = new_database(tmp_path_factory.mktemp("city") / "denyut.db")
        engine = open_database(url)
        entries = [
            RegistryEntry(
                Agency(f"a{n}", f"Dinas {n}", "skpd", valid_from=date(2020, 1, 1)),
                {Channel.WEBSITE: address},
            )
            for n, address in enumerate(addresses)
        ]
        save_registry(engine, entries, datetime(2026, 1, 1, tzinfo=UTC), timezone="Asia/Makassar")
        engine.dispose()
        return url

    return make


@pytest.fixture(scope="module")
def crawl_apart(tmp_path_factory, warm_python):
    """Runs `child/crawl.py` with an order; gives its result, or None when it was killed, and its output."""

    def run(database: str, *, env=None, **order):
        out = tmp_path_factory.mktemp("out") / "result.json"
        done = warm_python.run(
            [sys.executable, str(CHILD)],
            input=json.dumps({"database": database, "out": str(out), **order}),
            cwd=ROOT,
            timeout=60,
            env={**os.environ, **(env or {})},
        )
        result = json.loads(out.read_text(encoding="utf-8")) if out.exists() else None
        return result, done

    return run
