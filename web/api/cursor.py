"""Where a page ended, written so that it stands in an address and nobody builds on what is in it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from activity.errors import ConfigError
from db.export.choice import ORDERS, PLACE, is_paged_by_place
from db.export.kind import ColumnKind, Table

__all__ = ["read_cursor", "write_cursor"]

_FARTHEST = 2**63


def write_cursor(table: Table, after: Sequence[Any]) -> str:
    """Write a cursor for what comes after a row of a view.

    >>> table = Table("seals", "", {"semester": ColumnKind.TEXT, "number": ColumnKind.INTEGER}, {})
    >>> read_cursor(table, write_cursor(table, ("2026-S1", 2)))
    ('2026-S1', 2)
    """
    plain = json.dumps([table.name, *after], separators=(",", ":"))
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(table: Table, text: str) -> tuple[Any, ...]:
    """Read what comes before the rows that are wanted; raises ConfigError for another view's."""
    try:
        found = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        found = None
    order = ORDERS[table.name]
    lengths = {len(order), len(PLACE)} if is_paged_by_place(table) else {len(order)}
    if isinstance(found, list) and len(found) - 1 in lengths and found[0] == table.name:
        values = found[1:]
        if all(_fits(table.columns[column], value) for column, value in zip(order, values, strict=False)):
            return tuple(values)
    raise ConfigError(
        "The cursor is none of {view}.",
        "Begin without it, or take the whole address from `next`.",
        view=table.name,
    )


def _fits(kind: ColumnKind, value: Any) -> bool:
    """Whether a database can compare it with such a column."""
    if kind is ColumnKind.INTEGER:
        return type(value) is int and -_FARTHEST <= value < _FARTHEST
    if not isinstance(value, str) or "\0" in value or (not value.isascii() and not _is_sayable(value)):
        return False
    try:
        if kind is ColumnKind.DAY:
            return date.fromisoformat(value).isoformat() == value
        if kind is ColumnKind.MOMENT:
            return f"{datetime.fromisoformat(value):%Y-%m-%dT%H:%M:%SZ}" == value
    except ValueError:
        return False
    return True


def _is_sayable(text: str) -> bool:
    """Whether no half of a surrogate pair is in it."""
    return text.encode("utf-8", "ignore").decode() == text
