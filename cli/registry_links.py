"""The cells of a workbook with links and formulas, which its quick reader does not tell."""

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from activity.registry.cell import Cell, read_link

__all__ = ["load_rich_cells"]

_MOST_COLUMNS = 60

Read = Callable[[Iterable[Iterable[object]], str], list[Sequence[str]]]


def load_rich_cells(content: bytes, name: str, place: int, read: Read) -> list[Sequence[str]]:
    """A sheet's cells with where they lead and what was never computed.

    Args:
        place: which of the sheets, from 0.
        read: turns values, row by row, into text; it ends at the last row that is filled.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which carry no cell
        written = load_workbook(io.BytesIO(content), keep_links=False).worksheets[place]
        shown = load_workbook(io.BytesIO(content), data_only=True, keep_links=False).worksheets[place]
        return read(_rows(written, shown), name)


def _rows(written: Any, shown: Any) -> Iterator[list[object]]:
    columns = min(written.max_column, _MOST_COLUMNS)
    for formulas, values in zip(
        written.iter_rows(max_col=columns), shown.iter_rows(max_col=columns, values_only=True), strict=False
    ):
        yield [_read_cell(*pair) for pair in zip(formulas, values, strict=True)]


def _read_cell(cell: Any, value: object) -> object:
    """A plain value, or a cell with its link; a number that is linked stays what it is written as."""
    formula = str(getattr(cell.value, "text", cell.value)) if cell.data_type == "f" else ""
    link = getattr(cell, "hyperlink", None)
    target = (link.target or "") if link is not None else ""
    target = read_link(formula) or target
    text = "" if value is None else str(value)
    if formula and value is None:
        return Cell(text, target=target, formula=formula)
    return Cell(text, target=target) if target and (value is None or isinstance(value, str)) else value
