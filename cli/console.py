"""How commands speak: tables for people, lines and JSON for machines, progress only on a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

__all__ = ["complain", "print_json", "print_table", "say", "tell"]

# A pipe has no width: rows must not be folded at 80 columns under whoever reads them.
_PIPE_WIDTH = 100_000


def _console(stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else _PIPE_WIDTH,
        highlight=False,
        markup=False,
        soft_wrap=not stream.isatty(),
    )


def say(text: str = "") -> None:
    """Print a line of the result on standard output."""
    _console().print(text)


def tell(text: str) -> None:
    """Print a line about the work on standard error, so that a pipe stays clean."""
    _console(stderr=True).print(text)


def complain(text: str) -> None:
    """Print one line about what went wrong on standard error."""
    _console(stderr=True).print(f"denyut: {text}", style="red" if sys.stderr.isatty() else None)


def print_json(value: Any) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "", right: Sequence[str] = ()
) -> None:
    """Print rows under their headings; None shows as a dash, for it is not a zero."""
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD if sys.stdout.isatty() else box.ASCII2,
        show_edge=False,
        pad_edge=False,
    )
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("–" if cell is None else str(cell) for cell in row))
    _console().print(table)
