"""Which cell of a registry's header is which column, whatever people call it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from activity.channel import CHANNELS, Channel, name_channels
from activity.message import Message

__all__ = ["Header", "Refuse", "find_header"]

Refuse = Callable[[int, str, str], None]
"""Told the line, the column (blank for the whole line) and what was found and expected."""

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "slug": ("slug", "kode", "id", "singkatan"),
    "name": ("name", "nama", "nama skpd", "nama opd", "nama instansi", "nama kelurahan", "instansi"),
    "level": ("level", "tingkat", "jenis", "kategori"),
    **{channel.value: facts.headings for channel, facts in CHANNELS.items()},
    "parent": ("parent", "induk"),
    "valid_from": ("valid from", "berlaku dari", "berlaku mulai", "mulai"),
    "valid_to": ("valid to", "berlaku sampai", "berlaku hingga", "sampai"),
    "status": ("status", "keikutsertaan"),
    "contact": ("contact", "kontak", "narahubung", "pengelola", "penanggung jawab"),
    "handover": ("handover", "serah terima", "tanggal serah terima", "tgl serah terima"),
    "predecessors": ("predecessors", "predecessor", "pendahulu", "pengganti dari"),
}
_COLUMNS = {alias: column for column, aliases in _ALIASES.items() for alias in aliases}
_NEEDED = ("slug", "name", "level")
_TITLE_ROWS = 20
"""How far down a header is looked for: people write a title above their table."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands, and how many cells the header row has."""

    columns: Mapping[str, int]
    width: int


def find_header(numbered: Iterator[tuple[int, Sequence[str]]], refuse: Refuse) -> Header | None:
    """The first row that names a slug and a name; the rows after it are left to the caller.

    None, with the reason told to `refuse`, where there is no such row.
    """
    first: tuple[int, Sequence[str]] | None = None
    for line, row in numbered:
        if not any(cell.strip() for cell in row):
            continue
        first = first or (line, row)
        names = [_column_name(cell) for cell in row]
        if {"slug", "name"} <= {_COLUMNS.get(name) for name in names}:
            return _read_header(line, names, refuse)
        if line >= _TITLE_ROWS:
            break
    if first is None:
        refuse(1, "", "found no row, expected a header and a row for each agency")
    else:
        _read_header(first[0], [_column_name(cell) for cell in first[1]], refuse)
    return None


def _column_name(cell: str) -> str:
    return " ".join(re.sub(r"[_*\-\ufeff]+", " ", cell).casefold().split())


def _read_header(line: int, names: Sequence[str], refuse: Refuse) -> Header:
    header: dict[str, int] = {}
    for index, name in enumerate(names):
        column = _COLUMNS.get(name)
        if column is None:
            if name and (near := get_close_matches(name, _COLUMNS, n=1, cutoff=0.8)):
                refuse(
                    line,
                    name,
                    Message('found "{name}", expected "{near}" or a name unlike it', name=name, near=near[0]),
                )
        elif column in header:
            refuse(
                line, column, Message('found "{name}" a second time, expected each column once', name=name)
            )
        else:
            header[column] = index
    for column in _NEEDED:
        if column not in header:
            aliases = ", ".join(_ALIASES[column][:3])
            refuse(
                line,
                column,
                Message("found no such column in the header, expected one of: {aliases}", aliases=aliases),
            )
    if not {*Channel} & {*header}:
        refuse(
            line, "website", Message("found no channel, expected {channels}", channels=name_channels(Channel))
        )
    return Header(header, len(names))
