"""What real systems need of a machine: packages, processes that end with the test, free ports."""

import shutil
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["Processes", "free_port", "install_debian", "install_python", "run", "wait_for_port"]


class Processes:
    """Servers started for a test; all are ended together."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(
        self, command: Sequence[str], *, folder: Path, log: str, environment: Mapping[str, str] | None = None
    ) -> None:
        with (folder / log).open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=environment)
        self._running.append(process)

    def stop(self) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in reversed(self._running):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def run(command: Sequence[str], *, stdin: str | None = None, folder: Path | None = None) -> str:
    """Run a command to its end and return what it printed; a failure shows what it said."""
    done = subprocess.run(command, input=stdin, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def install_debian(*packages: str) -> None:
    """Install Debian packages where they are missing; needs root."""
    missing = [name for name in packages if not _installed(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise SystemExit(f"These Debian packages are needed: {' '.join(missing)}")
    run(["apt-get", "update", "-qq"])
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    run([*environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing])


def install_python(folder: Path, *packages: str) -> Path:
    """An environment of its own with these packages from PyPI; returns its folder of programs."""
    programs = folder / "bin"
    if not programs.exists():
        run(["python3", "-m", "venv", "--without-pip", str(folder)])
    run(["python3", "-m", "pip", "--python", str(programs / "python"), "install", "--quiet", *packages])
    return programs


def free_port() -> int:
    """A port on loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = 30) -> None:
    """Return when something answers on a loopback port; give up loudly."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}.")


def _installed(name: str) -> bool:
    query = ["dpkg-query", "-W", "-f=${Status}", name]
    done = subprocess.run(query, capture_output=True, text=True, check=False)
    return "ok installed" in done.stdout
