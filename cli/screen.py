"""How a person reads an answer: the terminal's width, all columns or some, page by page."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, TextIO

import typer

from cli.pager import Pager, choose_pager

__all__ = ["has_colours", "paged", "read_width"]

_NARROWEST = 8
_WIDE: ContextVar[bool] = ContextVar("wide", default=False)
_OPTIONS = {
    "wide": Annotated[
        bool, typer.Option("--wide", help="On a terminal: every column, in lines as long as they are.")
    ],
    "no_pager": Annotated[
        bool, typer.Option("--no-pager", help="On a terminal: all at once, however long it is.")
    ],
}


def read_width(stream: TextIO) -> int | None:
    """Cells of a line, None where lines may be of any length: a pipe has no width."""
    if not stream.isatty() or (_WIDE.get() and stream is sys.stdout):
        return None
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def has_colours(stream: TextIO) -> bool:
    """Whether a stream is a terminal that draws bold and red, and a person who wants it."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paged(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command whose answer people read the options --wide and --no-pager, and show it page by page."""

    @wraps(command)
    def run(*arguments: object, wide: bool = False, no_pager: bool = False, **options: object) -> None:
        with _show(wide=wide, pager=not no_pager):
            command(*arguments, **options)

    own = signature(command)
    more = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
        for name, annotation in _OPTIONS.items()
    ]
    run.__signature__ = own.replace(parameters=[*own.parameters.values(), *more])  # type: ignore[attr-defined]
    run.__annotations__ = command.__annotations__ | _OPTIONS
    return run


@contextmanager
def _show(*, wide: bool, pager: bool) -> Iterator[None]:
    token = _WIDE.set(wide)
    try:
        with _page(wide=wide) if pager and _has_reader() else _directly():
            yield
    finally:
        _WIDE.reset(token)


def _has_reader() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def _directly() -> Iterator[None]:
    yield


@contextmanager
def _page(*, wide: bool) -> Iterator[None]:
    size = shutil.get_terminal_size((80, 0))
    command = choose_pager(os.environ) if size.lines else ()
    # F: no pager for less than a screen, R: colours, X: leave it on the screen, S: long lines to the right.
    pager = Pager(sys.stdout, command, size, "FRXS" if wide else "FRX")
    try:
        with redirect_stdout(pager):
            yield
    finally:
        pager.finish()
