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
from typing import Any, TextIO
from uuid import UUID

from rich.cells import cell_len

from activity.speech.plain import escape_json, guard_cell, show_plain
from cli.cells import wrap_line
from cli.layout import Grid, lay_out
from cli.pager import Pager
from cli.screen import has_colours, read_width
from cli.speech import phrase, show_value

__all__ = [
    "complain",
    "list_problems",
    "print_csv",
    "print_json",
    "print_json_line",
    "print_json_list",
    "print_lines",
    "print_table",
    "remark",
    "say",
    "tell",
    "tell_json_line",
]

_BOLD, _RED, _END = "\x1b[1m", "\x1b[31m", "\x1b[0m"
_TYPED = (bool, int, float, Decimal, date, time, UUID)
"""Cells that are no text: a negative number is a number, not a formula."""


def say(text: str = "", /, **values: Any) -> None:
    """Print a line of the result on standard output, wrapped between words where a terminal is narrower.

    Args:
        text: a message, or its English template where values are given; see docs/language.md.
    """
    sys.stdout.write(_wrapped(show_plain(phrase(text, **values)), sys.stdout))


def tell(text: str, /, **values: Any) -> None:
    """Print a line about the work on standard error, so that a pipe stays clean."""
    line = _wrapped(show_plain(phrase(text, **values)), sys.stderr)
    # A pager that is open has the screen to itself.
    if not (isinstance(sys.stdout, Pager) and sys.stdout.postpone(sys.stderr, line)):
        sys.stderr.write(line)


def remark(text: str, /, **values: Any) -> None:
    """Print a line about the result: below it on a terminal, on standard error beside a pipe."""
    (say if sys.stdout.isatty() else tell)(text, **values)


def complain(text: str, /, **values: Any) -> None:
    """Print one line about what went wrong on standard error."""
    line = _wrapped(f"denyut: {show_plain(phrase(text, **values))}", sys.stderr)
    sys.stderr.write(f"{_RED}{line[:-1]}{_END}\n" if has_colours(sys.stderr) else line)


def _wrapped(line: str, stream: TextIO) -> str:
    width = read_width(stream)
    lines = [line] if width is None else wrap_line(line, width)
    return "\n".join([*lines, ""])


def list_problems(problems: Iterable[str]) -> None:
    """Print the problems that a complaint stands above, a line each, on standard error."""
    for problem in problems:
        sys.stderr.write(f"  {show_plain(phrase(problem))}\n")


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
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    right: Sequence[str] = (),
    drop: Sequence[str] = (),
    spoken: bool = True,
) -> None:
    """Print rows under their headings; None shows as a dash, for it is not a zero.

    Args:
        right: columns that are set to the right.
        drop: columns that a terminal too narrow for all of them does without, the least important first;
            a line says which. Where the rest does not fit either, each row becomes a block of lines.
        spoken: whether headings and values are said in the reader's language; what a person asked of SQL
            keeps the names and values that documents promise.
    """
    write, head = (show_value, phrase) if spoken else (str, str)
    shown = [["–" if cell is None else show_plain(write(cell)) for cell in row] for row in rows]
    heads = [show_plain(head(column)) for column in columns]
    to_the_right = [column in right for column in columns]
    if not sys.stdout.isatty():
        _write_table(heads, shown, show_plain(phrase(title)), to_the_right)
        return
    places = {column: number for number, column in enumerate(columns)}
    numbers = tuple(places[column] for column in drop if column in places)
    aligned = frozenset(number for number, is_right in enumerate(to_the_right) if is_right)
    _draw_table(Grid(heads, shown, aligned, numbers), phrase(title))


def _draw_table(grid: Grid, title: str) -> None:
    """Draw a table on a terminal."""
    width = read_width(sys.stdout)
    if title:
        line = _wrapped(show_plain(title), sys.stdout)
        sys.stdout.write(f"{_BOLD}{line[:-1]}{_END}\n" if has_colours(sys.stdout) else line)
    layout = lay_out(grid, width)
    sys.stdout.write("\n".join([*layout.lines, ""]))
    if layout.left_out:
        left_out = ", ".join(layout.left_out)
        say("Not shown at {width} columns: {left_out}. --wide shows all.", width=width, left_out=left_out)


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
