"""Content as Meta Business Suite exports it: one row a post, in English or Indonesian.

The columns move and change their number from month to month, so that they are found by their headings,
of which only the post's number, time and permalink are needed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from activity.errors import ExportError
from activity.post import PostKind, PostMetrics
from crawler.exports.export import Export, ExportReading, Format
from crawler.exports.source import ExportSource
from crawler.exports.table.count import read_count
from crawler.exports.table.post import RowPost, read_rows
from crawler.exports.table.rows import ExportTable, Row, bare

__all__ = ["is_business_suite", "is_daily_metric", "read_business_suite", "read_kind"]

_HEADINGS: Mapping[str, frozenset[str]] = {
    "identity": frozenset({"post id", "id postingan"}),
    "stamp": frozenset({"publish time", "waktu penerbitan", "waktu publikasi"}),
    "link": frozenset({"permalink", "tautan permanen"}),
    "handle": frozenset({"account username", "nama pengguna akun"}),
    "owner": frozenset({"account id", "page id", "id akun", "id halaman"}),
    "title": frozenset({"title", "judul"}),
    "text": frozenset({"description", "deskripsi"}),
    "kind": frozenset({"post type", "jenis postingan", "tipe postingan"}),
    "likes": frozenset({"likes", "suka"}),
    "reactions": frozenset({"reactions", "tanggapan", "reaksi"}),
    "comments": frozenset({"comments", "komentar"}),
    "shares": frozenset({"shares", "frekuensi dibagikan", "dibagikan"}),
    "views": frozenset({"views", "tayangan"}),
}
_NEEDED = frozenset({"identity", "stamp", "link"})
_RUINED = re.compile(r"\d+(?:[.,]\d+)?[Ee]\+?\d+")
_NUMBER = re.compile(r"\d+(?:_\d+)?")
_KINDS = (
    (re.compile("reel"), PostKind.REEL),
    (re.compile("carousel|korsel|album|photos"), PostKind.ALBUM),
    (re.compile("video|live|siaran"), PostKind.VIDEO),
    (re.compile("image|photo|foto|gambar"), PostKind.PHOTO),
    (re.compile("link|tautan"), PostKind.LINK),
)
_STORY = re.compile("story|stories|cerita")


def is_business_suite(table: ExportTable) -> bool:
    """Tell whether the first row has the headings that every such file has."""
    return bool(table.head) and set(_find_columns(table.head[0][1])) >= _NEEDED


def is_daily_metric(table: ExportTable) -> bool:
    """Tell whether it is the other file of Business Suite: a metric's name, then a figure a day."""
    return any(
        [bare(cell) for cell in cells[:2]] in (["date", "primary"], ["tanggal", "utama"])
        for _, cells in table.head
    )


def read_business_suite(source: ExportSource, table: ExportTable, reading: ExportReading) -> Export:
    """Understand the whole file; raises ExportError."""
    first_line, header = table.head[0]
    columns = _find_columns(header)
    width = len(header)

    def rows() -> Iterator[RowPost | str]:
        for row in table.rows():
            if row[0] != first_line:
                yield _read_row(row, columns, width, source.name)

    stamp = header[columns["stamp"]]
    return read_rows(source, Format.BUSINESS_SUITE, rows, reading, date_column=stamp)


def _find_columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        for name, known in _HEADINGS.items():
            if bare(heading) in known:
                found.setdefault(name, place)
    return found


def _read_row(row: Row, columns: Mapping[str, int], width: int, name: str) -> RowPost | str:
    line, cells = row
    if len(cells) < width:
        raise ExportError(
            "{name}, line {line}: {count} of {width} cells: the file is cut short.",
            "Export it again.",
            name=name,
            line=line,
            count=len(cells),
            width=width,
        )

    def cell(column: str) -> str:
        return cells[columns[column]].strip() if column in columns else ""

    kind = cell("kind").casefold()
    if _STORY.search(kind):
        return "stories, gone after a day"
    identity = cell("identity")
    ruined = _RUINED.fullmatch(identity) is not None
    handle = cell("handle").removeprefix("@").casefold()
    return RowPost(
        place=f"line {line}",
        owner=handle or cell("owner"),
        identity=identity if _NUMBER.fullmatch(identity) else "",
        link=cell("link"),
        stamp=cell("stamp"),
        text=max(cell("text"), cell("title"), key=len),
        kind=read_kind(kind),
        metrics=PostMetrics(
            read_count(cell("likes") or cell("reactions")),
            read_count(cell("comments")),
            read_count(cell("shares")),
            read_count(cell("views")),
        ),
        ruined=ruined,
    )


@lru_cache(maxsize=1_000)
def read_kind(word: str) -> PostKind:
    """Tell what sort of post a platform's word means; a status where it is not known."""
    return next((kind for shape, kind in _KINDS if shape.search(word)), PostKind.STATUS)
