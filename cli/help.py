"""Help in the language of whoever asks for it; its texts stand in English beside what they explain."""

import gettext
import os
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import Any

import typer

from cli.speech import phrase, read_language
from reports.wording import Language

__all__ = ["USAGE", "choose_catalogue", "find_texts", "speak_help"]

USAGE = "Usage: {usage}"
"""What Typer puts before a command's arguments; as long in Indonesian, so that lines align."""


def speak_help(command: Any) -> None:
    """Say the help of a command, of its options and of those below it in the reader's language, once."""
    if choose_catalogue():
        _translate(command)


def choose_catalogue() -> bool:
    """Let libraries say their own words, such as "required", in the reader's language; False for English.

    Typer and argparse take them from the catalogue of the process.
    """
    language = read_language()
    if language is Language.EN:
        return False
    gettext.bindtextdomain("denyut", str(files("reports") / "locale"))
    gettext.textdomain("denyut")
    os.environ["LANGUAGE"] = language.value
    return True


def find_texts(command: Any) -> list[str]:
    """What a command's own help says in English, the commands below it left out."""
    texts = [getattr(command, name) for name in _said_by(command)]
    for parameter in _list_parameters(command):
        texts += [parameter.help, parameter.metavar or _name_bare(parameter)]
    return [text for text in texts if text]


def _translate(command: Any) -> None:
    for name in _said_by(command):
        if told := getattr(command, name):
            setattr(command, name, phrase(told))
    command.get_usage = partial(_tell_usage, command.get_usage)
    for parameter in _list_parameters(command):
        if parameter.help:
            parameter.help = phrase(parameter.help)
        if place := parameter.metavar or _name_bare(parameter):
            parameter.metavar = phrase(place)
    for below in getattr(command, "commands", {}).values():
        _translate(below)


def _said_by(command: Any) -> tuple[str, ...]:
    whole = ("help", "epilog", "options_metavar")
    return (*whole, "subcommand_metavar") if hasattr(command, "commands") else whole


def _list_parameters(command: Any) -> tuple[Any, ...]:
    # Typer makes its own option --help once a command, and words it in English.
    return (*command.params, *filter(None, [command.get_help_option(typer.Context(command))]))


def _name_bare(parameter: Any) -> str:
    """An argument without a name for its place bears its variable's."""
    return str(parameter.name) if parameter.param_type_name == "argument" else ""


def _tell_usage(tell: Callable[[Any], str], context: Any) -> str:
    return phrase(USAGE, usage=tell(context).removeprefix(USAGE.format(usage="")))
