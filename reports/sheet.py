"""A workbook's sheets: one look, texts that stay texts, filters, and A4 pages with the heads on each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain, islice
from typing import Any

from reports.messages import text, word

__all__ = ["MOST_ROWS", "Cell", "Share", "Sheets"]

MOST_ROWS = 1_048_576
"""Rows of a sheet, its head among them: what Excel opens."""

_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EFEA", "bottom": 1},
    "score": {"num_format": "0.00"},
    "share": {"num_format": "0%"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "week": {"num_format": "dd/mm", "bold": True, "bg_color": "#E3EFEA", "bottom": 1},
    "winner": {"bold": True, "bg_color": "#FFF3CF"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "w0": {"bg_color": "#F1F1EC", "align": "center"},
    "w1": {"bg_color": "#BFE3D5", "align": "center"},
    "w2": {"bg_color": "#4FA78A", "align": "center"},
    "w3": {"bg_color": "#0B5C4A", "font_color": "#FFFFFF", "align": "center"},
    "unseen": {"pattern": 14, "fg_color": "#B9AC93", "bg_color": "#F7F2E8"},
}
_WIDTHS = {
    "agency": 38,
    "address": 34,
    "detail": 44,
    "outcome": 22,
    "reason": 32,
    "channel": 12,
    "evidence": 100,
    "months.files": 22,
}
_A4 = 9

Cell = str | int | float | date | None


class Share(float):
    """A share of 1, written in percent."""


class Sheets:
    """The sheets of one workbook in one language."""

    def __init__(self, book: Any, language: str) -> None:
        self.book = book
        self.language = language
        self.formats = {name: book.add_format(dict(look)) for name, look in _FORMATS.items()}

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the catalogue."""
        return text(key, self.language, **values)

    def word(self, kind: str, name: str) -> str:
        """A word of the catalogue."""
        return word(kind, name, self.language)

    def add(self, title: str, part: int = 1) -> Any:
        """A sheet for A4 across, as wide as a page, its first row on each page."""
        name = self.say(title)
        sheet = self.book.add_worksheet(name if part == 1 else f"{name} {part}")
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def open(self, title: str, columns: Sequence[str], *, frozen_columns: int, part: int = 1) -> Any:
        """A sheet with a table's heads, which stay in sight."""
        sheet = self.add(title, part)
        sheet.freeze_panes(1, frozen_columns)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, self.head(column), self.formats["head"])
            sheet.set_column(index, index, _WIDTHS.get(column, 14))
        return sheet

    def put_all(
        self, title: str, columns: Sequence[str], lines: Iterable[Sequence[Cell]], *, frozen_columns: int
    ) -> None:
        """A table that can be filtered; what one sheet cannot hold goes on in further ones."""
        rest, part = iter(lines), 0
        first = list(islice(rest, 1))
        while first or not part:
            part += 1
            sheet = self.open(title, columns, frozen_columns=frozen_columns, part=part)
            last = 0
            for last, cells in enumerate(islice(chain(first, rest), MOST_ROWS - 1), start=1):
                self.put(sheet, last, cells)
            sheet.autofilter(0, 0, last, len(columns) - 1)
            first = list(islice(rest, 1))

    def head(self, column: str) -> str:
        """Tell what a column is called: a metric by its name, another by its own message."""
        kind, _, name = column.partition(".")
        return self.word(kind, name) if kind == "metric" else self.say(column)

    def put(self, sheet: Any, line: int, cells: Sequence[Cell], won: bool = False) -> None:
        """Write a row; a text is never taken for a formula or a link, and what is unknown stays empty."""
        for column, cell in enumerate(cells):
            match cell:
                case str():
                    sheet.write_string(line, column, cell, self.formats["winner"] if won else None)
                case Share():
                    sheet.write_number(line, column, cell, self.formats["share"])
                case float():
                    sheet.write_number(line, column, cell, self.formats["score"])
                case int():
                    sheet.write_number(line, column, cell)
                case date():
                    sheet.write_datetime(line, column, datetime.combine(cell, time()), self.formats["day"])
