"""PostgreSQL's own programs: a dump at one snapshot, and its script replayed in a transaction of ours."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from psycopg import Connection as ServerConnection
from psycopg import Error as ServerError
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from activity.errors import BackupError, ProgramMissingError
from db.address import find_password, without_password
from db.failure import explain_failure, shown

__all__ = ["dump_database", "replay_dump", "server_major"]

_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_PIECE = 1 << 20
# What a dump sets for the session is taken back after it; this one only servers from 17 on know.
_LEFT_OUT = (b"SET transaction_timeout", rb"\restrict", rb"\unrestrict")
_COPY = re.compile(rb"COPY .* FROM stdin;\n")


def server_major(connection: Connection) -> int:
    """Ask for the server's major version."""
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10000


def dump_database(url: URL, names: Iterable[str], snapshot: str, major: int, path: Path) -> None:
    """Write what a transaction sees of some tables and views into a dump of the custom format.

    Args:
        names: of those; one that is not there is left out.
        snapshot: as `pg_export_snapshot` named it; its transaction must stay open.
        major: the server's version.

    Raises ProgramMissingError where no pg_dump is new enough, BackupError where it fails.
    """
    program = _find_program("pg_dump", major)
    words = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    words += [f"--table={name}" for name in names]
    with _reachable(url) as address:
        done = subprocess.run(  # noqa: S603 - no shell; the address is our own setting
            [*words, f"--file={path}", f"--dbname={address}"], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise _failed("pg_dump", done.stderr, url)


def replay_dump(path: Path, connection: Connection, url: URL) -> None:
    """Run what a dump holds inside the caller's transaction.

    Raises ProgramMissingError where no pg_restore is at hand, BackupError where it cannot read the dump,
    a StoreError where the server does not take it.
    """
    program = _find_program("pg_restore", server_major(connection))
    words = [program, "--no-owner", "--no-privileges", "--file=-", str(path)]
    server = connection.connection.driver_connection
    assert isinstance(server, ServerConnection)
    with (
        TemporaryDirectory() as folder,
        (Path(folder) / "said").open("w+", encoding="utf-8", errors="replace") as said,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said) as process,  # noqa: S603
    ):
        assert process.stdout is not None
        try:
            _run_script(server, process.stdout)
        except ServerError as error:
            raise explain_failure(error, url) from error
        code = process.wait()
        said.seek(0)
        told = said.read()
    if code:
        raise _failed("pg_restore", told, url)
    connection.exec_driver_sql("RESET ALL")


def _run_script(server: "ServerConnection[tuple[object, ...]]", script: IO[bytes]) -> None:
    """Statements as they come, and between them the rows of each table."""
    statements: list[bytes] = []
    for line in script:
        if _COPY.fullmatch(line):
            _execute(server, statements)
            with server.cursor() as cursor, cursor.copy(line.rstrip(b";\n")) as copy:
                for piece in _gather(_rows(script)):
                    copy.write(piece)
        elif not line.startswith(_LEFT_OUT):
            statements.append(line)
    _execute(server, statements)


def _execute(server: "ServerConnection[tuple[object, ...]]", statements: list[bytes]) -> None:
    if statements:
        server.execute(b"".join(statements), prepare=False)
        statements.clear()


def _rows(script: IO[bytes]) -> Iterator[bytes]:
    for line in script:
        if line == b"\\.\n":
            return
        yield line


def _gather(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in pieces: a row at a time takes many times as long."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _find_program(name: str, major: int) -> str:
    """The oldest program that is new enough for a server: on the path, or where Debian puts each version."""
    found = [shutil.which(name), *map(str, _installed(name))]
    fit = sorted((version, path) for path in found if path and (version := _version_of(path)) >= major)
    if not fit:
        raise ProgramMissingError(
            "There is no {name} of PostgreSQL {major} or newer on this machine.",
            "Install it (Debian: apt install postgresql-client), or back up on the server: "
            "pg_dump -Fc, and copy the evidence folder after it.",
            name=name,
            major=major,
        )
    return fit[0][1]


def _installed(name: str) -> Iterator[Path]:
    for place in _PLACES:
        yield from Path(place).glob(f"*/bin/{name}")


def _version_of(program: str) -> int:
    try:
        done = subprocess.run(  # noqa: S603
            [program, "--version"], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    match = _VERSION.search(done.stdout)
    return int(match[1]) if match else 0


@contextmanager
def _reachable(url: URL) -> Iterator[str]:
    """The address for a program, whose arguments everybody may read: its password stands in a file."""
    plain, password = without_password(url).set(drivername="postgresql"), find_password(url)
    if not password:
        yield plain.render_as_string()
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pgpass"
        path.touch(mode=0o600)
        escaped = password.replace("\\", "\\\\").replace(":", "\\:")
        path.write_text(f"*:*:*:*:{escaped}\n", encoding="utf-8")
        yield plain.update_query_dict({"passfile": str(path)}).render_as_string()


def _failed(program: str, said: str, url: URL) -> BackupError:
    line = next((part.strip() for part in said.splitlines() if part.strip()), "it said nothing")
    return BackupError(
        "{program} failed on {where}: {line}.",
        "Nothing was changed; see what it says, and run the same command again.",
        program=program,
        where=shown(url),
        line=line.rstrip("."),
    )
