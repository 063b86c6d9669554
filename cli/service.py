"""`denyut service`: the files with which a machine runs Denyut by itself, made for this very installation."""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.console import print_lines, tell
from cli.option import read_config
from desk.installation.service import SECRETS, Kind, ServicePlace, compose_service, list_kept
from desk.keeping.backup import backup_folder
from desk.setting.file import Origin, list_sources

__all__ = ["service"]


def service(
    kind: Annotated[
        Kind,
        typer.Argument(help="The schedule that stays; the timer and what it starts; pages; workers; cron."),
    ] = Kind.SCHEDULE,
    user: Annotated[
        str, typer.Option("--user", metavar="NAME", help="Who it runs as, never root; whoever calls.")
    ] = "",
) -> None:
    """Print the file that lets this machine run Denyut by itself, for this folder, program and user.

    The service reads `denyut.toml` here, and the variables in /etc/denyut.env, a line each, where that
    file exists: the place for secrets. Cron reads `denyut.toml` alone. Nothing is written; standard error
    says where the file belongs.
    """
    config = read_config()  # a service that would end at once is not worth installing
    here = Path.cwd()
    backups, *kept = ((here / each).resolve() for each in (backup_folder(config), *list_kept(config)))
    place = ServicePlace(user or getpass.getuser(), here, Path(sys.executable).parent, backups, tuple(kept))
    print_lines(compose_service(kind, place))
    lost = [each.variable for each in list_sources(os.environ, Path()) if each.origin is Origin.ENVIRONMENT]
    if lost and kind is Kind.CRON:
        tell(
            "It will not see {variables}, set in this terminal only: write them to denyut.toml, and secrets "
            "to the files that tokens_file and messages_file name there.",
            variables=", ".join(lost),
        )
    elif lost:
        tell(
            "It will not see {variables}, set in this terminal only: write them to denyut.toml, or to "
            "{secrets}.",
            variables=", ".join(lost),
            secrets=SECRETS,
        )
    for folder in place.outside:
        if not folder.is_dir():
            tell(
                "Make {folder} before the service starts: it writes there, and cannot make the folder.",
                folder=folder,
            )
    tell("It belongs to {path}: docs/operate.md.", path=kind.path)
