"""`denyut users`: who may sign in to the pages of `denyut serve`."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from activity.errors import ConfigError
from activity.speech.reason import tell_reason
from activity.user import Role
from cli.console import print_json, print_table, say
from cli.option import Json, read_config
from cli.screen import paged
from cli.speech import phrase
from cli.stage import shown_day
from desk.store import open_store

__all__ = ["users"]

users = typer.Typer(
    no_args_is_help=True, help="Who may sign in to `denyut serve`: add, list, remove, change a password."
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What is typed to sign in.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        help="Its first line is the password; `-` is standard input. On a terminal it is asked for.",
    ),
]


@users.command("add")
def add(
    name: Name,
    *,
    role: Annotated[
        Role,
        typer.Option("--role", help="viewer looks; officer files objections, answers reports; jury decides."),
    ],
    full: Annotated[
        str, typer.Option("--full", metavar="TEXT", help="The person's name, as it stands below decisions.")
    ],
    password_file: PasswordFile = None,
) -> None:
    """Let somebody sign in. No password is taken as an argument: others could read it."""
    from desk.office.user import add_user

    engine, config = open_store(read_config())
    user = add_user(engine, name, full, role, _read_password(password_file), config.now())
    say("{signature} may sign in as {role}.", signature=user.signature, role=user.role.value)


@users.command("password")
def password(name: Name, *, password_file: PasswordFile = None) -> None:
    """Give somebody another password; wherever they are signed in, they no longer are."""
    from desk.office.user import change_password

    engine, _ = open_store(read_config())
    change_password(engine, name, _read_password(password_file))
    say("{name} has another password.", name=name)


@users.command("remove")
def remove(name: Name) -> None:
    """Let somebody no longer sign in; what they wrote keeps their name."""
    from db.office.user import delete_user

    engine, _ = open_store(read_config())
    delete_user(engine, name)
    say("{name} may no longer sign in.", name=name)


@users.command("list")
@paged
def list_users(as_json: Json = False) -> None:
    """Everybody who may sign in."""
    from db.office.user import load_users

    engine, config = open_store(read_config())
    found = load_users(engine)
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "full": each.full,
                    "role": each.role.value,
                    "created_at": each.created_at.isoformat(),
                }
                for each in found
            ]
        )
        return
    print_table(
        ["name", "full", "role", "added"],
        ([each.name, each.full, each.role.value, shown_day(each.created_at, config.zone)] for each in found),
        drop=("added",),
    )


def _read_password(file: Path | None) -> str:
    if file is None:
        return _ask_password()
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "The password cannot be read from {file}: {error}.",
            "Name a text file, or - for standard input.",
            file=file,
            error=tell_reason(error),
        ) from None
    return (text.splitlines() or [""])[0]


def _ask_password() -> str:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ConfigError(
            "There is no terminal to ask for a password.",
            "Add --password-file FILE, or - for standard input.",
        )
    first = getpass(phrase("Password: "))
    if getpass(phrase("Again: ")) != first:
        raise ConfigError("The two passwords differ.", "Give the command again.")
    return first
