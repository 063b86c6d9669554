"""Tables as spreadsheets write them, CSV or XLSX, read a row at a time."""

import codecs
import csv
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import normalize

from activity.errors import ExportError
from activity.speech.reason import tell_reason
from crawler.exports.archive import check_archive

__all__ = ["ExportTable", "Row", "bare", "open_tables"]

Row = tuple[int, Sequence[str]]
"""The number of the line, counted from 1, and its cells."""

_MOST_COLUMNS = 200
_MOST_ROWS = 1_000_000
_HEAD = 20
_DELIMITERS = ",;\t|"
_BLOCK = 1 << 20
# Leading signs alone begin many a caption ("- Loket 1 (baru)"); a call, a cell or a command do not.
_FORMULA = re.compile(
    r"\s*(?:=\s*[A-Za-z][\w.]*\s*\(|=\s*\$?[A-Za-z]{1,3}\$?\d+\s*$|[=+@-]\s*\w+\s*\|.*!)", re.DOTALL
)
_QUOTED_NUMBER = re.compile(r'="(\d+)"')
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError,
    SyntaxError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What openpyxl lets out for a damaged workbook, depending on which part is damaged."""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table with its headings.

    Attributes:
        head: the first rows as they are, before any heading is looked for.
        rows: reads every row; each call reads the file anew.
        sheet: what a workbook calls it; empty elsewhere.
    """

    head: tuple[Row, ...]
    rows: Callable[[], Iterator[Row]]
    sheet: str = ""


def open_tables(path: Path, name: str) -> list[ExportTable]:
    """Open CSV, or each sheet of an XLSX that is not blank; at least one table, be it blank.

    Raises ExportError where the file is neither, and while rows are read.
    """
    with path.open("rb") as file:
        workbook = file.read(4) == b"PK\x03\x04"
    if not workbook:
        encoding = _find_encoding(path, name)
        delimiter = _find_delimiter(path, encoding)
        return [_open(partial(_read_csv, path, name, encoding, delimiter))]
    check_archive(path, name, whole=True)
    sheets = _list_sheets(path, name)
    tables = [_open(partial(_read_workbook, path, name, place), sheet) for place, sheet in enumerate(sheets)]
    return [table for table in tables if table.head] or tables[:1]


def _open(rows: Callable[[], Iterator[Row]], sheet: str = "") -> ExportTable:
    return ExportTable(tuple(islice(rows(), _HEAD)), rows, sheet)


def bare(heading: str) -> str:
    """Spell a heading as it is compared: composed alike, in small letters, with single blanks.

    >>> bare("  Waktu\\u00a0Penerbitan ")
    'waktu penerbitan'
    """
    return " ".join(normalize("NFKC", heading).casefold().split())


def _find_encoding(path: Path, name: str) -> str:
    """UTF-16 by its mark or its zeros, UTF-8 where every byte agrees, else what Windows writes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    with path.open("rb") as file:
        start = file.read(_HEAD * 2)
        if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
        if start and len(start) % 2 == 0 and start.isascii():
            for zeros, encoding_of_zeros in ((start[1::2], "utf-16-le"), (start[::2], "utf-16-be")):
                if not zeros.strip(b"\x00"):
                    return encoding_of_zeros
        file.seek(0)
        while block := file.read(_BLOCK):
            if b"\x00" in block:
                raise ExportError(
                    "{name} is no table, page or archive that is known.", "See docs/import.md.", name=name
                )
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                encoding = "cp1252"
    return encoding


def _find_delimiter(path: Path, encoding: str) -> str:
    """What divides the most of the first lines alike: a title may stand above, and texts hold commas."""
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        lines = [text.readline(100_000) for _ in range(_HEAD)]
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    counts = {mark: Counter(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: max(cells * alike for cells, alike in counts[mark].items()))


def _read_csv(path: Path, name: str, encoding: str, delimiter: str) -> Iterator[Row]:
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        # strict, because a quotation mark that is never closed would swallow every row after it
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise ExportError(
                    "{name}, near line {line}: cannot be read as CSV ({error}): it is cut short or damaged.",
                    "Export it again.",
                    name=name,
                    line=line,
                    error=tell_reason(error),
                ) from None
            if cells is None:
                return
            if any(cells):
                yield line, _check_cells(cells, name, line)


def _check_cells(cells: list[str], name: str, line: int) -> list[str]:
    for place, cell in enumerate(cells):
        if cell[:1] in "=+-@ \t" and cell:
            if quoted := _QUOTED_NUMBER.fullmatch(cell):
                cells[place] = quoted[1]
            elif _FORMULA.match(cell):
                raise _formula(name, f"line {line}", cell)
    return cells


def _formula(name: str, where: str, cell: object) -> ExportError:
    return ExportError(
        "{name}, {where}: a cell holds a formula ({strip}).",
        "No export writes one: take the file as it was downloaded.",
        name=name,
        where=where,
        strip=str(cell).strip()[:40],
    )


def _list_sheets(path: Path, name: str) -> list[str]:
    with _open_book(path, name) as book:
        return [sheet.title for sheet in book.worksheets]


def _read_workbook(path: Path, name: str, place: int) -> Iterator[Row]:
    with _open_book(path, name) as book:
        sheet = book.worksheets[place]
        sheet.reset_dimensions()
        for line, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
            if line > _MOST_ROWS:
                raise ExportError(
                    "{name} has more than {most_rows} rows.", "Split it.", name=name, most_rows=_MOST_ROWS
                )
            for cell in row:
                if cell.data_type == "f":
                    raise _formula(name, f"cell {cell.coordinate}", cell.value)
            cells = [_text_of(cell.value) for cell in row]
            if any(cells):
                yield line, _check_cells(cells, name, line)


@contextmanager
def _open_book(path: Path, name: str) -> Iterator[Any]:
    """The workbook; openpyxl is loaded only here, to keep other commands quick."""
    from openpyxl import load_workbook  # noqa: PLC0415

    with _damaged(name), path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which carry no cell
        book = load_workbook(file, read_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _damaged(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise ExportError(
            "{name} is a damaged workbook: {error}.", "Save it again as CSV.", name=name, error=error
        ) from error


def _text_of(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}" if abs(cell) < 1e15 else f"{cell:E}"  # beyond, the last digits are lost
    return str(cell)
