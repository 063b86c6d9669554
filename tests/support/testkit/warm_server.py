"""The process from which `testkit.warm` forks commands: it has imported all of Denyut."""

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import re
import resource
import runpy
import select
import socket
import sys
import tempfile
import threading
import time
import traceback
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

__all__: list[str] = []

_PACKAGES = ("activity", "cli", "crawler", "db", "desk", "reports", "scoring")
# Migrations run inside Alembic only; a package's `__main__` is a program; the browser is an extra.
_NOT_LOADED = ("migrations", "__main__", "browser")


def _load_everything() -> None:
    for package in _PACKAGES:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            if not any(word in module.name for word in _NOT_LOADED):
                importlib.import_module(module.name)
    _load_scrapy()
    _play_once()
    assert "twisted.internet.reactor" not in sys.modules, "a reactor must not be shared"
    gc.collect()
    gc.freeze()
    # As in the tests' own processes: looking for lost cycles after each 700 objects is a tenth of a command.
    gc.set_threshold(20_000, 20, 50)


def _load_scrapy() -> None:
    """What Scrapy, by names in its settings, loads when a crawl begins."""
    importlib.import_module("uvloop")
    settings = importlib.import_module("scrapy.settings.default_settings")
    for value in vars(settings).values():
        for name in value if isinstance(value, dict) else [value]:
            if isinstance(name, str) and re.fullmatch(r"scrapy(\.\w+)+", name):
                importlib.import_module(name.rpartition(".")[0])


def _play_once() -> None:
    """A database and two commands that touch nothing, for what is loaded when first used."""
    with tempfile.TemporaryDirectory() as folder:
        importlib.import_module("db.opening").open_database(
            f"sqlite:///{folder}/new.db", create=True
        ).dispose()
    for words in (["rubric", "show", "--shipped", "banjarmasin"], ["--help"]):
        with suppress(SystemExit), redirect_stdout(io.StringIO()):
            importlib.import_module("cli.main").main(words)


def _serve(address: str) -> list[str]:
    """Fork a process for each order; returns the words of its command in that process only."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(address)
        listener.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        running: dict[int, tuple[int, socket.socket]] = {}
        while True:
            readable, _, _ = select.select([listener, sys.stdin, *running], [], [])
            if sys.stdin in readable:
                sys.exit(0)
            for ended in [each for each in running if each in readable]:
                _bury(ended, *running.pop(ended))
            if listener not in readable:
                continue
            door, _ = listener.accept()
            _, streams, _, _ = socket.recv_fds(door, 1, 3)
            with door.makefile("r") as orders:
                order = json.loads(orders.readline())
            if (pid := os.fork()) == 0:
                for end, (_, other) in running.items():
                    os.close(end)
                    other.close()
                door.close()
                listener.close()
                _dress(order, streams)
                words: list[str] = order["words"]
                return words
            for stream in streams:
                os.close(stream)
            door.sendall(f"{pid}\n".encode())
            running[os.pidfd_open(pid)] = pid, door


def _bury(end: int, pid: int, door: socket.socket) -> None:
    """Tell how a command ended."""
    os.close(end)
    _, status = os.waitpid(pid, 0)
    # Whoever lost patience has killed it, and gone.
    with door, suppress(OSError):
        door.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _dress(order: dict[str, Any], streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if order["leads"]:
        os.setsid()
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    time.tzset()
    if order["file_limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_limit"], order["file_limit"]))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - descriptors, not paths
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )


def _execute(words: list[str]) -> int:
    """Run a module or script; returns its exit code as Python itself would end with it."""
    try:
        _run(words)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 - as Python itself ends
        traceback.print_exc()
        return 1
    return 0


def _run(words: list[str]) -> None:
    if words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        exec(compile(words[1], "<string>", "exec"), {"__name__": "__main__"})
    elif words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")


def _main() -> None:
    sys.path.remove(str(Path(__file__).parent))
    _load_everything()
    code = _execute(_serve(sys.argv[1]))
    # A regular end but for one thing: hundreds of modules are not taken apart one by one.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _main()
