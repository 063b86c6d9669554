"""Which format a file is of, by what is in it and never by its name."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from activity.errors import ExportError
from crawler.exports.archive import check_archive, read_documents
from crawler.exports.capture.fourcat import is_fourcat, read_fourcat
from crawler.exports.capture.zeeschuimer import is_capture, read_capture
from crawler.exports.download.information import ArchivePart, group_parts, read_download, read_part
from crawler.exports.export import Export, ExportReading
from crawler.exports.saved.page import is_saved_page, read_saved_page
from crawler.exports.source import ExportSource, find_source
from crawler.exports.table.business_suite import is_business_suite, is_daily_metric, read_business_suite
from crawler.exports.table.crowdtangle import is_crowdtangle, read_crowdtangle
from crawler.exports.table.generic import has_headings, read_generic
from crawler.exports.table.rows import ExportTable, open_tables

__all__ = ["read_export", "read_exports"]

_HEAD = 4_096
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_JSON = 64_000_000


def read_exports(paths: Sequence[Path], reading: ExportReading) -> list[Export]:
    """Recognise files and folders and understand each whole; the parts of one download are one export.

    Raises:
        ExportError: naming the file, what is wrong and where, and what to do.
    """
    parts: list[ArchivePart] = []
    exports: list[Export] = []
    for path in paths:
        read = _read_path(path, reading)
        if isinstance(read, ArchivePart):
            parts.append(read)
        else:
            exports.append(read)
    return [*(read_download(group, reading) for group in group_parts(parts)), *exports]


def read_export(path: Path, reading: ExportReading) -> Export:
    """Recognise one file or folder and understand it whole; raises ExportError."""
    (export,) = read_exports([path], reading)
    return export


def _read_path(path: Path, reading: ExportReading) -> Export | ArchivePart:
    source = find_source(path)
    if path.is_dir():
        return read_part(source, read_documents(path, source.name))
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLD_EXCEL):
        raise ExportError(
            "{source} is a workbook of the old kind (.xls).", "Save it as XLSX or CSV.", source=source.name
        )
    if head.startswith(_ZIP):
        if not _is_workbook(path, source.name):
            return read_part(source, read_documents(path, source.name))
    elif is_saved_page(head):
        return read_saved_page(source, reading)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return read_capture(source, reading) if is_capture(path) else _read_json(source)
    return _read_tables(source, open_tables(path, source.name), reading)


def _is_workbook(path: Path, name: str) -> bool:
    check_archive(path, name)
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _read_json(source: ExportSource) -> ArchivePart:
    if source.size > _MOST_JSON:  # before it is read; what it holds is counted after
        raise ExportError(
            "{source} is larger than any list of posts.", "Download a shorter period.", source=source.name
        )
    return read_part(source, [(source.name, source.path.read_bytes())])


def _read_tables(source: ExportSource, tables: Sequence[ExportTable], reading: ExportReading) -> Export:
    """The one sheet that holds posts, be it hidden or behind others; raises ExportError where several do."""
    known = [table for table in tables if _is_known(table, reading)]
    if len(known) > 1:
        raise ExportError(
            "{source} holds posts on several sheets: {sheet}.",
            "Save each sheet as a file of its own and import them together.",
            source=source.name,
            sheet=", ".join(table.sheet for table in known),
        )
    (table,) = known or tables[:1]
    export = _read_table(source, table, reading)
    others = ", ".join(other.sheet for other in tables if other is not table)
    return (
        replace(export, remarks=(*export.remarks, f"holds no posts: the sheet {others}"))
        if others
        else export
    )


def _is_known(table: ExportTable, reading: ExportReading) -> bool:
    if reading.mapping:
        return has_headings(table, reading.mapping)
    return any(known(table) for known in (is_business_suite, is_crowdtangle, is_fourcat))


def _read_table(source: ExportSource, table: ExportTable, reading: ExportReading) -> Export:
    if reading.mapping:
        return read_generic(source, table, reading)
    if is_business_suite(table):
        return read_business_suite(source, table, reading)
    if is_crowdtangle(table):
        return read_crowdtangle(source, table, reading)
    if is_fourcat(table):
        return read_fourcat(source, table, reading)
    if is_daily_metric(table):
        raise ExportError(
            "{source} holds a figure a day, not posts.",
            'In Business Suite, export "Content" and not "Overview" or "Results".',
            source=source.name,
        )
    headings = (
        ", ".join(cell.strip() for cell in table.head[0][1] if cell.strip())[:200] if table.head else ""
    )
    raise ExportError(
        "{source} is no export that is known; its first row is: {headings}.",
        'Say which column is what: --map "date=HEADING,link=HEADING,text=HEADING".',
        source=source.name,
        headings=headings or "empty",
    )
