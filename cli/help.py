"""Help in the language of whoever asks for it; its texts stand in English beside what they explain."""

import gettext
import os
from importlib.resources import files
from typing import Any

import typer

from cli.speech import phrase, read_language
from reports.wording import Language

__all__ = ["speak_help"]


def speak_help(command: Any) -> None:
    """Say the help of a command, of its options and of the commands below it in the reader's language."""
    language = read_language()
    if language is Language.EN:
        return
    # Typer takes its own words ("Usage", "Missing option") from the catalogue of the process.
    gettext.bindtextdomain("denyut", str(files("reports") / "locale"))
    gettext.textdomain("denyut")
    os.environ["LANGUAGE"] = language.value
    _translate(command)


def _translate(command: Any) -> None:
    # Typer makes its own option --help once a command, and words it in English.
    for name in ("help", "epilog"):
        if told := getattr(command, name):
            setattr(command, name, phrase(told))
    ours = command.get_help_option(typer.Context(command))
    for parameter in (*command.params, *filter(None, [ours])):
        if told := getattr(parameter, "help", None):
            parameter.help = phrase(told)
    for below in getattr(command, "commands", {}).values():
        _translate(below)
