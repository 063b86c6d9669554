"""How commands speak: the one door to standard output and error, for people and for machines.

Whatever a stranger wrote reaches a terminal as visible text only: no control character passes this
door, no markup is read, and a line stays one line.
"""

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from uuid import UUID

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from activity.plain import escape_json, guard_cell, show_plain

__all__ = [
    "complain",
    "list_problems",
    "print_csv",
    "print_json",
    "print_json_line",
    "print_json_list",
    "print_lines",
    "print_table",
    "say",
    "tell",
    "tell_json_line",
]

# A pipe has no width: rows must not be folded at 80 columns under whoever reads them.
_PIPE_WIDTH = 100_000
_TYPED = (bool, int, float, Decimal, date, time, UUID)
"""Cells that are no text: a negative number is a number, not a formula."""


def _console(stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else _PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=not stream.isatty(),
    )


def say(text: str = "") -> None:
    """Print a line of the result on standard output."""
    _console().print(show_plain(text))


def tell(text: str) -> None:
    """Print a line about the work on standard error, so that a pipe stays clean."""
    _console(stderr=True).print(show_plain(text))


def complain(text: str) -> None:
    """Print one line about what went wrong on standard error."""
    style = "red" if sys.stderr.isatty() else None
    _console(stderr=True).print(f"denyut: {show_plain(text)}", style=style)


def list_problems(problems: Iterable[str]) -> None:
    """Print the problems that a complaint stands above, a line each, on standard error."""
    for problem in problems:
        sys.stderr.write(f"  {show_plain(problem)}\n")


def print_lines(text: str) -> None:
    """Print a text of many lines to the letter, besides what a terminal must not get."""
    # Line ends and tabs are the text's own form; everything between them passes the door.
    sys.stdout.write("".join(map(_keep_blank, re.split("(\r?\n|\t)", text))))


def _keep_blank(part: str) -> str:
    return part if part.isspace() and part.isascii() else show_plain(part)


def print_json(value: Any) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(f"{_document(value)}\n")


def print_json_list(values: Iterable[Any], plain: Callable[[Any], Any] = str) -> None:
    """Print one JSON array, each value as soon as it is there.

    Args:
        plain: makes JSON's own of what has no place in it.
    """
    separator, end = "[\n  ", "[]\n"
    for value in values:
        sys.stdout.write(separator + _document(value, plain).replace("\n", "\n  "))
        separator, end = ",\n  ", "\n]\n"
    sys.stdout.write(end)


def print_json_line(value: Any) -> None:
    """Print one JSON document on one line of standard output."""
    sys.stdout.write(f"{escape_json(json.dumps(value, ensure_ascii=False))}\n")


def tell_json_line(value: Any) -> None:
    """Print one JSON document on one line of standard error, after what stands on standard output."""
    sys.stdout.flush()
    sys.stderr.write(f"{escape_json(json.dumps(value, ensure_ascii=False))}\n")


def _document(value: Any, plain: Callable[[Any], Any] = str) -> str:
    return escape_json(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any] | Mapping[str, Any]]) -> None:
    """Print CSV with a header; a row may be a mapping, of which the columns are taken.

    No cell is run as a formula by a spreadsheet (an apostrophe stands before it), and none holds
    a control character; numbers and days stay as they are.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(value) for value in _values(row, columns)] for row in rows)


def _values(row: Sequence[Any] | Mapping[str, Any], columns: Sequence[str]) -> Iterator[Any]:
    return (row[column] for column in columns) if isinstance(row, Mapping) else iter(row)


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, _TYPED) else guard_cell(show_plain(str(value)))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "", right: Sequence[str] = ()
) -> None:
    """Print rows under their headings; None shows as a dash, for it is not a zero."""
    shown = [["–" if cell is None else show_plain(str(cell)) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        heads = [show_plain(column) for column in columns]
        _write_table(heads, shown, show_plain(title), [column in right for column in columns])
        return
    table = Table(
        title=show_plain(title) or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
    )
    for column in columns:
        justify = "right" if column in right else "left"
        table.add_column(show_plain(column), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in shown:
        table.add_row(*row)
    _console().print(table)


def _write_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], title: str, right: Sequence[bool]
) -> None:
    """Write a table into a pipe: nothing is folded or coloured there, and rich takes a millisecond a row."""
    widths = [max(map(cell_len, column)) for column in zip_longest(heads, *rows, fillvalue="")]
    rule = "-+-".join("-" * width for width in widths)
    lines = [" | ".join(map(_pad, row, widths, right)) for row in (heads, *rows)]
    titled = [title] if title else []
    sys.stdout.write("\n".join([*titled, lines[0], rule, *lines[1:], ""]))


def _pad(cell: str, width: int, right: bool) -> str:
    gap = " " * (width - cell_len(cell))
    return gap + cell if right else cell + gap
