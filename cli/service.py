"""`denyut service`: the files with which a machine runs Denyut by itself, made for this very installation."""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from activity.errors import ConfigError
from cli.console import print_lines, say, tell
from cli.option import read_config
from desk.service import SECRETS, Kind, Place, compose_service
from desk.settings import Origin, list_sources

__all__ = ["service"]

_NEXT = {
    Kind.SYSTEMD: "systemctl daemon-reload && systemctl enable --now denyut",
    Kind.TIMER: "systemctl daemon-reload && systemctl enable --now denyut-once.timer",
    Kind.PAGES: "systemctl daemon-reload && systemctl enable --now denyut-pages",
}


def service(
    kind: Annotated[
        Kind,
        typer.Argument(help="The nightly schedule that stays, the same without (timer, cron), the pages."),
    ] = Kind.SYSTEMD,
    user: Annotated[
        str, typer.Option("--user", metavar="NAME", help="Who it runs as; whoever calls, unless root does.")
    ] = "",
    install: Annotated[
        bool, typer.Option("--install", help="Write the files where they belong; needs root (sudo).")
    ] = False,
) -> None:
    """Print what lets this machine run Denyut every night: for this folder, this program and this user.

    Nothing is written without --install. The service reads `denyut.toml` here, and the variables in
    /etc/denyut.env, a line each, where that file exists: the place for secrets.
    """
    read_config()  # a service that would end at once is not worth installing
    place = Place(
        user or os.environ.get("SUDO_USER", "").strip() or getpass.getuser(),
        Path.cwd(),
        Path(sys.executable).parent,
    )
    files = compose_service(kind, place)
    for path, text in files.items():
        if install:
            _write(path, text)
            say("Written: {file}", file=path)
        else:
            print_lines(text if len(files) == 1 else f"# {path}\n{text}\n")
    _warn_of_variables()
    if install and kind in _NEXT:
        say("Next: {command}", command=_NEXT[kind])


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            "{path}: {strerror}.",
            "Run it as root (sudo), or without --install, and copy what it prints.",
            path=path,
            strerror=error.strerror,
        ) from None


def _warn_of_variables() -> None:
    """A service does not see this terminal's variables."""
    here = [each.variable for each in list_sources(os.environ, Path()) if each.origin is Origin.ENVIRONMENT]
    if here:
        tell(
            "The service will not see {variables}, set in this terminal only: write them to denyut.toml, or "
            "to {secrets}.",
            variables=", ".join(here),
            secrets=SECRETS,
        )
