"""Workbooks as people hand them in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

__all__ = ["write_sheets"]


def write_sheets(path: Path, **sheets: Iterable[Sequence[Any]]) -> Path:
    """Write rows, a sheet for each name, in that order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
