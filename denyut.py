"""The front door: the programs `denyut` and `denyut-scheduler` begin here.

What may be missing is looked for before anything of ours is loaded: a system that has what Denyut needs,
and our own packages, whose plain names (`db`, `cli`, `web` …) another distribution may have taken. So this
file needs Python's own library alone, and says its two complaints itself.
"""

import os
import shlex
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from json import loads
from pathlib import Path

__all__ = [
    "PACKAGES",
    "compose_extra",
    "compose_repair",
    "enter",
    "find_damaged",
    "find_foreign",
    "main",
    "schedule",
]

PACKAGES = (
    "activity", "cli", "crawler", "db", "desk", "reports", "samplecity", "scheduler", "scoring", "web",
)  # fmt: skip
"""What Denyut's distribution installs besides this file."""
_NEEDED = ("fcntl", "resource")
"""Of Python's library, where the system is a Unix: locks that end with their process, and limits."""
_NO_UNIX = {
    "id": "Denyut berjalan di Linux. Di Windows jalankan di dalam WSL: wsl --install -d Debian, lalu ikuti "
    "README di sana.",
    "en": "Denyut runs on Linux. On Windows run it inside WSL: wsl --install -d Debian, then follow the "
    "README there.",
}
_BROKEN = {
    "id": "Paket Denyut sendiri tidak dapat dimuat ({error}). Jalankan: {repair}",
    "en": "Denyut's own packages cannot be loaded ({error}). Run: {repair}",
}


def main() -> None:
    """Run one command of `denyut`; exits with its code."""
    enter("denyut", _load_commands)


def schedule() -> None:
    """Run `denyut-scheduler`; exits with its code."""
    enter("denyut-scheduler", _load_schedule)


def enter(program: str, load: Callable[[], Callable[[], None]]) -> None:
    """Load a program and run it, or exit with 1 and one line that says what is missing."""
    if any(find_spec(name) is None for name in _NEEDED):
        _give_up(program, _NO_UNIX)
    try:
        run = load()
    except (ImportError, AttributeError) as error:
        if os.environ.get("DENYUT_DEBUG"):
            raise
        _give_up(program, _BROKEN, error=error, repair=compose_repair(find_foreign()))
    else:
        run()


def find_foreign() -> tuple[str, ...]:
    """Names of other distributions that bring a package with a name of ours."""
    owners = packages_distributions()
    return tuple(sorted({each for name in PACKAGES for each in owners.get(name, ())} - {"denyut"}))


def find_damaged() -> tuple[str, ...]:
    """Our installed files that are gone, or are not what was installed; none for a checkout's."""
    try:
        files = distribution("denyut").files or []
    except PackageNotFoundError:
        return ()  # run from a folder of sources
    return tuple(
        str(each)
        for each in files
        if each.hash is not None and _digest(Path(str(each.locate()))) != each.hash.value
    )


def compose_repair(foreign: tuple[str, ...]) -> str:
    """The commands that take foreign distributions away and put our files back.

    Both are needed: pip's uninstall takes every file that the foreign one has named, ours of that name too.
    """
    pip = _find_pip()
    install = [*pip, "install", "--force-reinstall", "--no-deps", *_find_source()]
    remove = [[*pip, "uninstall", "--yes", *foreign]] if foreign else []
    return " && ".join(shlex.join(command) for command in (*remove, install))


def compose_extra(extra: str) -> str:
    """The command that adds an extra's packages to this very environment, for the version in it."""
    try:
        ours = f"denyut[{extra}]=={distribution('denyut').version}"
    except PackageNotFoundError:
        ours = f".[{extra}]"  # run from a folder of sources
    return shlex.join([*_find_pip(), "install", ours])


def _find_pip() -> list[str]:
    """The pip that installs here; an environment of `make install` has none, and may be first on the path."""
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    return [f"{sys.base_prefix}/bin/python3", "-m", "pip", "--python", sys.executable]


def _find_source() -> list[str]:
    """Where pip had us from, as its own arguments."""
    try:
        ours = distribution("denyut")
    except PackageNotFoundError:
        return ["denyut"]
    origin = loads(ours.read_text("direct_url.json") or "{}")
    editable = ["--editable"] if origin.get("dir_info", {}).get("editable") else []
    return [*editable, origin.get("url", f"denyut=={ours.version}")]


def _digest(path: Path) -> str:
    """As the list of installed files writes it; empty where the file cannot be read."""
    try:
        return urlsafe_b64encode(sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
    except OSError:
        return ""


def _give_up(program: str, told: dict[str, str], **values: object) -> None:
    language = "en" if os.environ.get("DENYUT_LANG", "").strip() == "en" else "id"
    sys.stderr.write(f"{program}: {told[language].format(**values)}\n")
    sys.exit(1)


def _load_commands() -> Callable[[], None]:
    from cli.main import main as run

    return run


def _load_schedule() -> Callable[[], None]:
    from scheduler import main as run

    return run
