"""A registry's file: CSV as any spreadsheet writes it, or XLSX, to rows of text."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from activity.agency import RegistryEntry
from activity.errors import ConfigError
from activity.message import Message
from activity.registry.cell import Cell
from activity.registry.header import find_header
from activity.registry.table import read_registry
from activity.speech.reason import tell_reason
from cli.registry_links import load_rich_cells
from cli.speech import phrase

__all__ = ["load_registry"]

_MOST_BYTES = 20_000_000
_MOST_UNPACKED = 200_000_000
_MOST_ROWS = 200_000
_MOST_COLUMNS = 60
_BLANK_ROWS = 1_000
"""Formatting alone can make a sheet a million rows long; nobody leaves this many blank in between."""

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_RICH = re.compile(rb"<(?:\w+:)?(?:f|hyperlink)[\s>/]")
_MOST_RICH = 20_000_000
_SAVE_AS = Message("Save it as CSV or XLSX and import that.")


def load_registry(path: Path) -> tuple[RegistryEntry, ...]:
    """Read a registry whole.

    The content decides what a file is, not its name. CSV may be UTF-8 with or without a BOM, UTF-16 or
    windows-1252, with commas, semicolons or tabs; of a workbook the one sheet with a header is read.

    Raises:
        ConfigError: the file cannot be opened or is no table.
        RegistryError: its rows cannot be taken.
    """
    content = _load_bytes(path)
    if content.startswith(_ZIP):
        rows: Iterable[Sequence[str]] = _load_workbook(content, path.name)
    elif content.startswith(_OLD_EXCEL):
        raise ConfigError("{path} is a workbook of the old kind (.xls).", _SAVE_AS, path=path)
    else:
        rows = _read_csv(_decode(content, path), path)
    return read_registry(rows, path.name)


def _load_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise ConfigError("{path} is a folder.", "Name a CSV or XLSX file.", path=path)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise ConfigError("{path} does not exist.", "Check the path.", path=path) from error
    except OSError as error:
        raise ConfigError(
            "{path} cannot be read: {strerror}.",
            "Check its permissions.",
            path=path,
            strerror=tell_reason(error),
        ) from error
    if len(content) > _MOST_BYTES:
        raise ConfigError(
            "{path} is larger than {most_bytes} MB.",
            "Is it a registry?",
            path=path,
            most_bytes=_MOST_BYTES // 1000000,
        )
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ConfigError("{path} is empty.", "It needs a header row and a row for each agency.", path=path)
    return content


def _decode(content: bytes, path: Path) -> str:
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise ConfigError("{path} is neither CSV nor XLSX.", _SAVE_AS, path=path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_csv(text: str, path: Path) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if text.lower().startswith("sep="):
        lines.readline()
        yield []  # the separator's own line, so that line numbers stay those of the file
    # strict, because a quotation mark that is never closed would swallow every office after it
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=True)
    line = 0
    try:
        for row in reader:
            yield row
            yield from ([] for _ in range(line + 1, reader.line_num))  # a cell of several lines
            line = reader.line_num
    except csv.Error as error:
        place = phrase("{path}, near line {line_num}", path=path, line_num=reader.line_num)
        raise ConfigError(
            "{place}: cannot be read as CSV: {error}.",
            "Look for a stray quotation mark.",
            place=place,
            error=tell_reason(error),
        ) from error


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: what separates the first line that has any of them."""
    for line in text.splitlines():
        bare = line.lower().removeprefix("sep=")
        counts = {mark: bare.count(mark) for mark in ",;\t"}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ","


def _load_workbook(content: bytes, name: str) -> list[Sequence[str]]:
    """A sheet's cells as text; openpyxl is loaded only here, to keep other commands quick."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    # openpyxl lets every one of these out for a damaged file, depending on which part is damaged
    damage = (
        zipfile.BadZipFile,
        zlib.error,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    )
    try:
        rich = _refuse_bomb(content, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which carry no cell
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                place = _find_sheet(book, name)
                if rich:
                    return load_rich_cells(content, name, place, _read_cells)
                return _read_cells(_list_rows(book.worksheets[place]), name)
            finally:
                book.close()
    except damage as error:
        raise ConfigError(
            "{name} is not a workbook that can be read: {error}.", _SAVE_AS, name=name, error=error
        ) from error


def _find_sheet(book: Any, name: str) -> int:
    """The sheet that lists agencies, be it hidden or behind others; raises ConfigError where several do."""
    found = [place for place, sheet in enumerate(book.worksheets) if _lists_agencies(sheet)]
    if len(found) > 1:
        titles = ", ".join(book.worksheets[place].title for place in found)
        raise ConfigError(
            "{name} lists agencies on several sheets: {titles}.",
            "Put all on one sheet.",
            name=name,
            titles=titles,
        )
    return found[0] if found else 0


def _lists_agencies(sheet: Any) -> bool:
    rows = ([_text_of(cell) for cell in row] for row in _list_rows(sheet))
    return find_header(enumerate(islice(rows, _BLANK_ROWS), 1), lambda *_: None) is not None


def _list_rows(sheet: Any) -> Iterator[Iterable[object]]:
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)


def _refuse_bomb(content: bytes, name: str) -> bool:
    """Whether a sheet holds links or formulas, which cost more to read; raises ConfigError if too large."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise ConfigError(
                "{name} unpacks to more than {most_unpacked} MB.",
                "Is it a registry?",
                name=name,
                most_unpacked=_MOST_UNPACKED // 1000000,
            )
        sheets = [part for part in parts if "/worksheets/" in part.filename]
        rich = any(_RICH.search(archive.read(part)) for part in sheets)
        if rich and sum(part.file_size for part in sheets) > _MOST_RICH:
            raise ConfigError("{name} has links or formulas, and is too long for them.", _SAVE_AS, name=name)
    return rich


def _read_cells(rows: Iterable[Iterable[object]], name: str) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    blank = 0
    for row in rows:
        cells = [_text_of(cell) for cell in row]
        blank = 0 if any(cells) else blank + 1
        if blank > _BLANK_ROWS:
            break
        found.append(cells)
        if len(found) > _MOST_ROWS:
            raise ConfigError(
                "{name} has more than {most_rows} rows.", "Is it a registry?", name=name, most_rows=_MOST_ROWS
            )
    return found


def _text_of(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Cell):
        return cell
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
