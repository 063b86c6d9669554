"""Lists of posts that CrowdTangle wrote until it closed in August 2024."""

import re
from collections.abc import Iterator, Mapping, Sequence

from activity.errors import ExportError
from activity.post import PostMetrics
from crawler.exports.export import Export, ExportReading, Format
from crawler.exports.source import ExportSource
from crawler.exports.table.business_suite import read_kind
from crawler.exports.table.count import read_count
from crawler.exports.table.post import RowPost, read_rows
from crawler.exports.table.rows import ExportTable, bare

__all__ = ["is_crowdtangle", "read_crowdtangle"]

_NEEDED = frozenset({"post created", "url", "likes", "user name"})


def is_crowdtangle(table: ExportTable) -> bool:
    """Tell whether the first row has the headings of both its kinds of list."""
    return bool(table.head) and set(_find_columns(table.head[0][1])) >= _NEEDED


def read_crowdtangle(source: ExportSource, table: ExportTable, reading: ExportReading) -> Export:
    """Understand the whole list; its times name their zone. Raises ExportError."""
    first_line, header = table.head[0]
    columns = _find_columns(header)

    def rows() -> Iterator[RowPost]:
        for line, cells in table.rows():
            if line == first_line:
                continue
            if len(cells) < len(header):
                raise ExportError(
                    "{source}, line {line}: the file is cut short.",
                    "Look for the whole file.",
                    source=source.name,
                    line=line,
                )
            yield _read_row(line, cells, columns)

    return read_rows(source, Format.CROWDTANGLE, rows, reading, date_column="Post Created")


def _find_columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        found.setdefault(bare(heading), place)
    return found


def _read_row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> RowPost:
    def cell(column: str) -> str:
        return cells[columns[column]].strip() if column in columns else ""

    return RowPost(
        place=f"line {line}",
        owner=cell("user name").removeprefix("@").casefold(),
        identity="",
        link=cell("url"),
        stamp=re.sub(r"\s+", " ", cell("post created")),
        text=cell("message") or cell("description") or cell("title"),
        kind=read_kind(cell("type").casefold()),
        metrics=PostMetrics(
            read_count(cell("likes")), read_count(cell("comments")), read_count(cell("shares"))
        ),
    )
