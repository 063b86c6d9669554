"""A Python that has imported Denyut already, from which commands are forked.

Each command is a true process all the same: a pid, an environment, a folder, streams and an exit code of its
own, and a reactor that has not run yet. Only the second in which it would import Scrapy and SQLAlchemy is
shared. What that second is about (lazy imports, hash seeds, a locale) needs a cold start: `subprocess.run`.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

__all__ = ["WarmProcess", "WarmPython"]

_ROOT = Path(__file__).parents[3]
_START = 120.0


class WarmProcess:
    """A command under way, as `subprocess.Popen` has it: the leader of a session, its streams as pipes."""

    def __init__(self, door: socket.socket, pid: int, stdout: IO[str], stderr: IO[str]) -> None:
        self._door, self.pid, self.stdout, self.stderr = door, pid, stdout, stderr
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, None where it has not ended."""
        if self.returncode is None and select.select([self._door], [], [], 0)[0]:
            self.returncode = int(_read_line(self._door))
            self._door.close()
        return self.returncode

    def wait(self, timeout: float = _START) -> int:
        """The exit code, once it has ended.

        Raises:
            subprocess.TimeoutExpired: it takes longer.
        """
        if self.returncode is None:
            select.select([self._door], [], [], timeout)
        if self.poll() is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        assert self.returncode is not None
        return self.returncode

    def communicate(self, timeout: float = _START) -> tuple[str, str]:
        """What it still writes until its end; the streams are closed then."""
        with ThreadPoolExecutor(2) as readers:
            said = [readers.submit(stream.read) for stream in (self.stdout, self.stderr)]
            try:
                self.wait(timeout)
            except subprocess.TimeoutExpired:
                os.killpg(self.pid, signal.SIGKILL)
                raise
        for stream in (self.stdout, self.stderr):
            stream.close()
        return said[0].result(), said[1].result()

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)


class WarmPython:
    """Starts commands in processes forked from one that is warm; a context manager."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="warm-"))
        self._door = str(self._folder / "door")
        self._server: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.communicate(timeout=_START)  # the end of its input is the end of the server
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path | None = None,
        input: str = "",  # noqa: A002 - the name that `subprocess.run` gives it
        timeout: float = _START,
        file_limit: int | None = None,
        **_: Any,
    ) -> subprocess.CompletedProcess[str]:
        """Run `python -m module`, `python -c code` or `python script` to its end, as `subprocess.run` does.

        Output is always captured as text, and a code other than 0 is never raised. No file that it writes
        can grow beyond `file_limit` bytes.

        Raises:
            subprocess.TimeoutExpired: it took longer, and was killed.
        """
        order = _write_order(command, env, cwd, file_limit=file_limit)
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(input.encode())
            given.seek(0)
            code = self._ask(order, (given, out, err), timeout)
            if code is None:
                raise subprocess.TimeoutExpired(list(map(str, command)), timeout)
            said = [_read(out), _read(err)]
        return subprocess.CompletedProcess(command, code, *said)

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path | None = None,
        terminal: int | None = None,
    ) -> WarmProcess:
        """Start the same in the background, as the leader of a session of its own.

        With a terminal's descriptor that is all its streams, and nothing can be read from it here.
        """
        order = _write_order(command, env, cwd, leads=True)
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        with Path(os.devnull).open("rb") as nothing:
            piped = [nothing.fileno(), out_end, err_end]
            door = self._order(order, piped if terminal is None else [terminal] * 3)
        os.close(out_end)
        os.close(err_end)
        pid = int(_read_line(door))
        return WarmProcess(door, pid, os.fdopen(out, encoding="utf-8"), os.fdopen(err, encoding="utf-8"))

    def _order(self, order: dict[str, Any], streams: Sequence[int]) -> socket.socket:
        """Hand an order in; through the door come its pid, and the code with which it ends."""
        self._start()
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        door.connect(self._door)
        socket.send_fds(door, [b"."], streams)
        door.sendall(json.dumps(order).encode() + b"\n")
        return door

    def _start(self) -> None:
        with self._lock:
            if self._server is not None:
                return
            self._server = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("warm_server.py")), self._door],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), *_inherited_path()])},
            )
            assert self._server.stdout is not None
            assert self._server.stdout.readline() == b"ready\n", "the warm Python did not start"

    def _ask(
        self, order: dict[str, Any], streams: tuple[IO[bytes], IO[bytes], IO[bytes]], timeout: float
    ) -> int | None:
        with self._order(order, [stream.fileno() for stream in streams]) as door:
            door.settimeout(timeout)
            pid = int(_read_line(door))
            try:
                return int(_read_line(door))
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                return None


def _write_order(
    command: Sequence[str | Path],
    env: Mapping[str, str],
    cwd: Path | None,
    *,
    file_limit: int | None = None,
    leads: bool = False,
) -> dict[str, Any]:
    return {
        "words": [str(word) for word in command[1:]],
        "env": dict(env),
        "cwd": str(cwd or Path.cwd()),
        "file_limit": file_limit,
        "leads": leads,
    }


def _read_line(door: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        byte = door.recv(1)
        if not byte:
            raise ConnectionError("the warm Python is gone")
        line += byte
    return line


def _inherited_path() -> list[str]:
    return [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]


def _read(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode().replace("\r\n", "\n")
