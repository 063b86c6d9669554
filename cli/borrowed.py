"""What Typer complains of in its own English words, said in the reader's language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from activity.message import Message
from activity.speech.form import read_form
from cli.speech import phrase, read_language
from reports.wording import Language

__all__ = ["COMPLAINTS", "SpokenGroup"]

COMPLAINTS = (
    "Missing argument {name}. Choose from:\n\t{choices}",
    "Missing argument {name}.",
    "Missing option {name}. Choose from:\n\t{choices}",
    "Missing option {name}.",
    "No such option: {name} (Possible options: {names})",
    "No such option: {name}",
    "Option {name} requires an argument.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument(s) ({words})",
    "{complaint}. Did you mean {names}?",
    "Invalid value for {name}: {why}",
    "Value error, {value} is not one of {choices}.",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "Input should be less than or equal to {most}",
    "Input should be greater than or equal to {least}",
)
"""Sentences of Typer, and of pydantic behind it, that no catalogue of theirs translates."""


class _Complaint(typer.BadParameter):
    """A complaint that is said already; Typer shows it as it shows its own."""

    def format_message(self) -> str:
        return self.message


class SpokenGroup(TyperGroup):
    """The commands of a program that complains in the reader's language of how it was called."""

    def make_context(
        self, info_name: str | None, args: Sequence[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Read the arguments before a command's name."""
        with _spoken():
            return super().make_context(info_name, list(args), parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Read the arguments of the command that is named, and run it."""
        with _spoken():
            return super().invoke(ctx)


def _recognise(text: str) -> str:
    return read_form(
        text, COMPLAINTS, lambda name, said: _recognise(said) if name in {"complaint", "why"} else said
    )


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except typer.TyperException as error:
        told = _recognise(error.format_message())
        if read_language() is Language.EN or not isinstance(told, Message):
            raise
        raise _Complaint(phrase(told), ctx=getattr(error, "ctx", None)) from error
