"""`denyut config`: the settings in force, and where each comes from."""

import os
from pathlib import Path

import typer

from cli.console import print_json, print_table, tell
from cli.option import Json, read_config
from cli.speech import phrase
from desk.setting.file import find_file, list_sources

__all__ = ["config"]

config = typer.Typer(no_args_is_help=True, help="The settings in force, and their sources.")


@config.command("show")
def show(as_json: Json = False) -> None:
    """Every setting with its value and where it comes from; a secret is shown as set, never itself.

    Ends with 2 and one line that names everything that cannot be used.
    """
    settings = list(list_sources(os.environ, Path()))
    if as_json:
        print_json(
            [{"variable": s.variable, "value": s.value, "source": s.origin.value} for s in settings],
        )
    else:
        print_table(
            ["setting", "value", "from", "meaning"],
            [[s.variable, s.value or None, s.origin, phrase(s.meaning)] for s in settings],
            drop=["meaning"],
        )
        path = find_file(os.environ, Path())
        if path:
            tell("Settings file: {path}", path=path.resolve())
        else:
            tell("No settings file here; `denyut init` writes one.")
    read_config()
