"""Servers that misbehave, on loopback, and a way to crawl them in a process of its own."""

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from activity.agency import Agency, Channel, RegistryEntry
from db.office.registry import save_registry
from db.opening import open_database
from testkit.database import new_database
from testkit.raw import RawServer

CHILD = Path(__file__).parent / "child" / "crawl.py"
ROOT = Path(__file__).parents[2]


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
