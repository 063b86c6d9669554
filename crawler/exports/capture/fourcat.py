"""Tables of captured posts that 4CAT writes, of TikTok and of Instagram.

Source: `map_item` of its data sources `tiktok` and `instagram`. Columns come and go with its versions; those
of both are the item's id, its thread's id, author, body and timestamp.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from activity.channel import CHANNELS, channel_of
from activity.errors import ExportError
from activity.post import PostMetrics
from crawler.exports.capture.item import format_moment
from crawler.exports.export import NOT_UNDERSTOOD, Export, ExportReading, Format
from crawler.exports.saved.node import read_unix
from crawler.exports.source import ExportSource
from crawler.exports.table.business_suite import read_kind
from crawler.exports.table.count import read_count
from crawler.exports.table.post import RowPost, read_rows
from crawler.exports.table.rows import ExportTable, bare

__all__ = ["is_fourcat", "read_fourcat"]

_NEEDED = frozenset({"id", "thread_id", "author", "body", "timestamp"})
_TIKTOK, _INSTAGRAM = frozenset({"tiktok_url"}), frozenset({"url", "num_likes", "num_comments"})


def is_fourcat(table: ExportTable) -> bool:
    """Tell whether the first row has the headings of either kind."""
    found = {bare(cell) for cell in table.head[0][1]} if table.head else set()
    return found >= _NEEDED and (found >= _TIKTOK or found >= _INSTAGRAM)


def read_fourcat(source: ExportSource, table: ExportTable, reading: ExportReading) -> Export:
    """Understand the whole table; raises ExportError.

    It does not say on which page a post was met, so that no silent day becomes known by it alone.
    """
    first_line, header = table.head[0]
    columns: dict[str, int] = {}
    for place, heading in enumerate(header):
        columns.setdefault(bare(heading), place)

    def rows() -> Iterator[RowPost | str]:
        seen: Counter[str] = Counter()
        for line, cells in table.rows():
            if line == first_line:
                continue
            if len(cells) < len(header):
                told = f"{len(cells)} of {len(header)} cells: the file is cut short"
                raise ExportError(
                    "{source}, line {line}: {told}.",
                    "Download it again.",
                    source=source.name,
                    line=line,
                    told=told,
                )
            row = _read_row(line, cells, columns)
            if isinstance(row, RowPost):
                seen[row.identity] += 1
            yield row if isinstance(row, str) or seen[row.identity] == 1 else "captures of one post"

    export = read_rows(source, Format.FOURCAT, rows, reading, date_column="timestamp")
    by_word = NOT_UNDERSTOOD.isdisjoint(export.left_out)
    owners = {owner: replace(span, since=None, by_word=by_word) for owner, span in export.owners.items()}
    remark = "silent days count as known only with --since, and an older post that shows how far was scrolled"
    return replace(export, owners=owners, remarks=(*export.remarks, remark))


def _read_row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> RowPost | str:
    def cell(*names: str) -> str:
        found = (cells[columns[name]].strip() for name in names if name in columns)
        return next((each for each in found if each), "")

    number, owner = cell("id"), cell("author").removeprefix("@").casefold()
    if cell("thread_id") not in {"", number} or cell("type") == "comment":
        return "comments"
    if cell("is_ad") == "yes":
        return "advertisements"
    link = cell("tiktok_url") or _find_address(cell("url"), number)
    channel = channel_of(link)
    facts = CHANNELS[channel] if channel is not None else None
    key = facts.post_key(link) if facts is not None else None
    if facts is None or key is None:
        return "items that are not understood"
    if not owner:
        return "posts whose account is not named"
    unix = cell("unix_timestamp") or cell("timestamp")
    at = read_unix(int(unix)) if unix.isascii() and unix.isdigit() and len(unix) < 12 else None
    stamp = format_moment(at) if at is not None else cell("timestamp")
    if not stamp:
        return "posts without a moment"
    kind = read_kind(cell("type").casefold()) if "type" in columns else facts.kind
    return RowPost(
        place=f"line {line}",
        owner=owner,
        identity=key,
        link=link,
        stamp=stamp,
        text=cell("body"),
        kind=kind,
        metrics=PostMetrics(
            read_count(cell("likes", "num_likes", "amount_likes")),
            read_count(cell("comments", "num_comments", "amount_comments")),
            read_count(cell("shares", "amount_shares")),
            read_count(cell("plays", "amount_plays")),
        ),
        raw=unix if at is not None else "",
        column="unix_timestamp" if at is not None and cell("unix_timestamp") else "",
    )


def _find_address(url: str, number: str) -> str:
    """The post's own address; older tables hold its picture's there, and its shortcode as the id."""
    return url if channel_of(url) is not None else f"https://www.instagram.com/p/{number}/"
