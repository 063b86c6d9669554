"""A city whose offices are on Instagram and Facebook only, and the machine that crawls it night by night."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from cli.demo import demo_settings
from samplecity.server import CityServer
from testkit.database import new_database
from testkit.warm import WarmPython

__all__ = ["Machine"]

_ROOT = Path(__file__).parents[3]


@dataclass
class Machine:
    """A running city, and an officer's machine with the city's registry imported."""

    server: CityServer
    folder: Path
    settings: dict[str, str]
    python: WarmPython

    @classmethod
    def prepare(cls, server: CityServer, folder: Path, python: WarmPython) -> Self:
        """A machine with a database that holds the city's registry of this moment."""
        settings = demo_settings(server, folder / "denyut.db")
        new_database(folder / "denyut.db")
        machine = cls(server, folder, settings | {"PYTHONPATH": str(_ROOT)}, python)
        (folder / "registry.csv").write_text(server.registry_csv(), encoding="utf-8")
        machine.denyut("agencies", "import", "registry.csv")
        return machine

    def now(self) -> dict[str, str]:
        """The settings under which it is the city's moment."""
        return self.settings | {"DENYUT_NOW": self.server.now().isoformat()}

    def denyut(self, *arguments: str, code: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command that ends with `code`."""
        done = self.python.run(
            [sys.executable, "-m", "cli", *arguments], env=self.now() | more, cwd=self.folder
        )
        assert done.returncode == code, done.stderr
        return done

    def crawl(self, **more: str) -> list[str]:
        """Crawl the night; the calls that it took, as the server counted them."""
        before = len(self.server.requests("graph"))
        self.denyut("crawl", "--json", code=0, **more)
        return [logged.target for logged in self.server.requests("graph")[before:]]

    def ask(self, sql: str, *values: Any) -> Sequence[Any]:
        """Rows of the database."""
        with closing(sqlite3.connect(self.folder / "denyut.db")) as connection:
            return connection.execute(sql, values).fetchall()

    def outcomes(self) -> dict[str, int]:
        """How many accounts of the newest run ended in which outcome."""
        newest = "SELECT outcome, count(*) FROM snapshot WHERE run_id = (SELECT max(id) FROM run) GROUP BY 1"
        return dict(self.ask(newest))

    def sleep(self, **time: float) -> None:
        """Let time pass."""
        self.server.set_now(self.server.now() + timedelta(**time))
