"""Any table of posts, with a person's word for which column is what."""

from collections.abc import Iterator, Mapping, Sequence

from activity.errors import ExportError
from activity.post import PostMetrics
from crawler.exports.export import Export, ExportReading, Format
from crawler.exports.source import ExportSource
from crawler.exports.table.business_suite import read_kind
from crawler.exports.table.count import read_count
from crawler.exports.table.post import RowPost, read_rows
from crawler.exports.table.rows import ExportTable, bare

__all__ = ["FIELDS", "has_headings", "read_generic"]

FIELDS = ("date", "link", "text", "kind", "owner", "likes", "comments", "shares", "views")
"""What a mapping may name; `date` and `link` it must."""


def read_generic(source: ExportSource, table: ExportTable, reading: ExportReading) -> Export:
    """Understand a table by `reading.mapping`; raises ExportError where a heading is not there."""
    first_line, header = _find_header(table, reading.mapping, source.name)
    columns = {field: header.index(bare(heading)) for field, heading in reading.mapping.items()}

    def rows() -> Iterator[RowPost]:
        for line, cells in table.rows():
            if line > first_line:
                yield _read_row(line, cells, columns, source.name)

    column = reading.mapping["date"]
    return read_rows(source, Format.TABLE, rows, reading, date_column=column, day_first=True)


def has_headings(table: ExportTable, mapping: Mapping[str, str]) -> bool:
    """Tell whether one of the first rows has every heading that a person named."""
    return _look_for_header(table, mapping) is not None


def _look_for_header(table: ExportTable, mapping: Mapping[str, str]) -> tuple[int, list[str]] | None:
    wanted = {bare(heading) for heading in mapping.values()}
    headers = ((line, [bare(cell) for cell in cells]) for line, cells in table.head)
    return next((found for found in headers if wanted <= set(found[1])), None)


def _find_header(table: ExportTable, mapping: Mapping[str, str], name: str) -> tuple[int, list[str]]:
    """The first row that has every mapped heading: above it stands a title, often."""
    found = _look_for_header(table, mapping)
    if found is not None:
        return found
    there = ", ".join(cell for cell in table.head[0][1] if cell.strip()) if table.head else "nothing"
    raise ExportError(
        "{name} has no row with the headings {values}.",
        "Its first row is: {there}.",
        name=name,
        values=", ".join(sorted(mapping.values())),
        there=there,
    )


def _read_row(line: int, cells: Sequence[str], columns: Mapping[str, int], name: str) -> RowPost:
    def cell(field: str) -> str:
        place = columns.get(field, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    if max(columns["date"], columns["link"]) >= len(cells):
        raise ExportError(
            "{name}, line {line}: no cell for the date or the link: the row is cut short.",
            "Fill it.",
            name=name,
            line=line,
        )
    return RowPost(
        place=f"line {line}",
        owner=cell("owner").removeprefix("@").casefold(),
        identity="",
        link=cell("link"),
        stamp=cell("date"),
        text=cell("text"),
        kind=read_kind(cell("kind").casefold()),
        metrics=PostMetrics(*(read_count(cell(name)) for name in ("likes", "comments", "shares", "views"))),
    )
