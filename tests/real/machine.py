"""What real systems need of a machine: packages, processes that end with the test, free ports."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

__all__ = [
    "KEPT",
    "Processes",
    "SetupError",
    "free_port",
    "install_debian",
    "install_node",
    "install_python",
    "run",
    "serve_folder",
    "unpack_debian",
    "wait_for_port",
]

# Packages are kept from one trial to the next; what they serve is made anew each time.
KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "denyut-real"


class SetupError(Exception):
    """A system could not be installed, seeded or started; the others go on."""


class Processes:
    """Servers started for a test, living at a moment of the test's choice; all are ended together.

    Attributes:
        folder: of the trial, in which each system has one of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self.folder = folder
        self._clock = folder / "clock"

    def set_clock(self, now: datetime) -> None:
        """Let every server that was started with a clock believe that it is this moment."""
        self._clock.write_text(f"{round(now.timestamp() - time.time()):+d}")

    def start(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        log: str,
        environment: Mapping[str, str] | None = None,
        clocked: bool = False,
    ) -> "subprocess.Popen[bytes]":
        settings = {**os.environ, **(environment or {}), **(self._pretence() if clocked else {})}
        with (folder / log).open("wb") as output:
            process = subprocess.Popen(
                command, cwd=folder, stdout=output, stderr=output, env=settings, start_new_session=True
            )
        self._running.append(process)
        return process

    def end(self, process: "subprocess.Popen[bytes]") -> None:
        """End one of the servers, for a system that seeds its database only while none runs."""
        self._running.remove(process)
        _signal(process, signal.SIGTERM)
        process.wait(timeout=30)

    def _pretence(self) -> dict[str, str]:
        install_debian("libfaketime")
        library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def stop(self) -> None:
        for process in reversed(self._running):
            _signal(process, signal.SIGTERM)
        for process in reversed(self._running):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Reach a server's workers too; PHP's outlive it otherwise."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def run(
    command: Sequence[str],
    *,
    stdin: str | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a command to its end and return what it printed; a failure shows what it said."""
    settings = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(
            command,
            input=stdin,
            cwd=folder,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError(str(error)) from error
    if done.returncode != 0:
        said = "\n".join((done.stdout + "\n" + done.stderr).strip().splitlines()[-20:])
        raise SetupError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return done.stdout


def install_debian(*packages: str) -> None:
    """Install Debian packages where they are missing; needs root."""
    missing = [name for name in packages if not _installed(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise SetupError(f"These Debian packages are needed: {' '.join(missing)}")
    run(["apt-get", "update", "-qq"])
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    run(install, environment={"DEBIAN_FRONTEND": "noninteractive"})


def unpack_debian(release: str, *packages: str) -> Path:
    """Unpack packages of another release of Debian and install nothing; the folder that stands for its root.

    Raises:
        SetupError: the archive has no such package in that release.
    """
    kept = KEPT / f"debian-{release}"
    state, root = kept / "apt", kept / "root"
    settings = kept / "apt.conf"
    if not settings.exists():
        (state / "lists" / "partial").mkdir(parents=True)
        key = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
        (kept / "sources.list").write_text(f"deb {key} http://deb.debian.org/debian {release} main\n")
        settings.write_text(
            f'Dir::Etc::sourcelist "{kept}/sources.list"; Dir::Etc::sourceparts "-";'
            f' Dir::State::lists "{state}/lists"; Dir::Cache "{state}"; APT::Sandbox::User "root";\n'
        )
    for package in packages:
        if list(kept.glob(f"{package}_*.deb")):
            continue
        apt = {"APT_CONFIG": str(settings)}
        if not list((state / "lists").glob("*Packages*")):
            run(["apt-get", "update", "-qq"], environment=apt)
        run(["apt-get", "download", "-qq", package], folder=kept, environment=apt)
        run(["dpkg", "-x", str(next(kept.glob(f"{package}_*.deb"))), str(root)])
    return root


def install_python(name: str, *packages: str, oldest: tuple[int, int] = (3, 11)) -> Path:
    """An environment of its own with these packages from PyPI; returns its folder of programs.

    Args:
        oldest: the oldest Python that the packages run on.
    """
    programs = KEPT / name / "bin"
    if not (programs / "python").exists():
        run([_find_python(oldest), "-m", "venv", "--without-pip", "--clear", str(KEPT / name)])
    pip = ["python3", "-m", "pip", "--disable-pip-version-check", "--python", str(programs / "python")]
    run([*pip, "install", "--quiet", *packages])
    return programs


def _find_python(oldest: tuple[int, int]) -> str:
    """The usual Python, or the first newer one of PATH or pyenv, where a system (BlogMore) wants it."""
    newer = [f"python3.{minor}" for minor in range(oldest[1], oldest[1] + 4)]
    kept = sorted(map(str, Path.home().glob(".pyenv/versions/3.*/bin/python3")))
    for python in ("python3", *newer, *kept):
        with contextlib.suppress(SetupError):
            run([python, "-c", f"import sys; sys.exit(sys.version_info < {oldest})"])
            return python
    raise SetupError(f"Python {oldest[0]}.{oldest[1]} or newer is needed.")


def install_node(name: str, *packages: str) -> Path:
    """A folder whose `node_modules` holds these packages from npm."""
    folder = KEPT / name
    if not (folder / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"name": "kept", "version": "1.0.0", "private": true}')
    names = [re.sub(r"(?<=.)@.*", "", package) for package in packages]
    missing = [name for name in names if not (folder / "node_modules" / name).exists()]
    if missing:
        run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *packages], folder=folder)
    return folder


def serve_folder(folder: Path, port: int, processes: Processes) -> str:
    """Serve files as they are, with Last-Modified and no ETag; returns the address."""
    command = [
        sys.executable,
        "-m",
        "http.server",
        str(port),
        "--bind",
        "127.0.0.1",
        "--directory",
        str(folder),
    ]
    processes.start(command, folder=folder.parent, log="server.log")
    wait_for_port(port)
    return f"http://127.0.0.1:{port}"


def free_port() -> int:
    """A port on loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = 90) -> None:
    """Return when something answers on a loopback port; give up loudly."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SetupError(f"Nothing answers on port {port}.")


def _installed(name: str) -> bool:
    query = ["dpkg-query", "-W", "-f=${Status}", name]
    done = subprocess.run(query, capture_output=True, text=True, check=False)
    return "ok installed" in done.stdout
