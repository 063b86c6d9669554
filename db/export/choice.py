"""Which rows of a view are asked for, and in which order they are paged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.export.kind import Table

__all__ = [
    "DAYS",
    "FILTERS",
    "ORDERS",
    "PLACE",
    "RowChoice",
    "RowCondition",
    "is_paged_by_place",
    "list_conditions",
]

PLACE = ("agency", "channel")
_POST = (*PLACE, "key")
ORDERS: Mapping[str, tuple[str, ...]] = {
    "posts": _POST,
    "engagement": _POST,
    "engagement_history": (*_POST, "observed_at", "address"),
    "flags": ("semester", "number", "key"),
    "date_changes": (*_POST, "replaced_at", "published_at"),
    "looks": (*PLACE, "night", "run", "address"),
    "records": (*_POST, "captured_at", "file", "place"),
    "accounts": (*PLACE, "turn"),
    "followers": (*PLACE, "night", "address"),
    "nights": (*PLACE, "night"),
    "weekly_activity": (*PLACE, "semester", "week"),
    "monthly_activity": (*PLACE, "month"),
    "semester_activity": (*PLACE, "semester"),
    "months": (*PLACE, "month"),
    "rankings": ("ranking", *PLACE),
    "vacuum": ("semester", *PLACE),
    "ranking_metrics": ("ranking", *PLACE, "metric"),
    "overrides": ("number",),
    "objections": ("number",),
    "seals": ("semester", "number"),
    "decisions": ("kind", "number"),
    "views_version": ("version",),
    "dictionary": ("kind", "name", "position"),
}
"""By view: columns that tell each row from all others, and that do not change while nights are stored."""
_BLANK = frozenset({("flags", "key")})
"""Those of them that may be empty, which both engines order in their own way."""
FILTERS: Mapping[str, str] = {
    "agency": "agency",
    "channel": "channel",
    "level": "level",
    "account": "address",
    "semester": "semester",
    "month": "month",
    "kind": "kind",
    "status": "status",
    "metric": "metric",
    "ranking": "ranking",
    "latest": "latest",
    "counts": "counts",
}
"""What is chosen by, and the column that must be equal to it, in each view that has it."""
DAYS: Mapping[str, str] = {
    "posts": "day",
    "engagement": "day",
    "flags": "day",
    "looks": "night",
    "followers": "night",
    "nights": "night",
    "weekly_activity": "first_day",
    "rankings": "as_of",
}
"""By view: the day that lies in a stretch of days."""


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Rows that fulfil everything that is said here.

    Attributes:
        equal: column to value.
        since, until: of the view's day, the latter not within.
        sealed: semesters of which rows are shown, each with the moment of its seal in ISO 8601; None for all.
    """

    equal: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sealed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RowCondition:
    """A condition in SQL, with the values for its question marks."""

    sql: str
    values: tuple[Any, ...] = ()

    @classmethod
    def after(cls, table: Table, order: Sequence[str], values: Sequence[Any]) -> "RowCondition":
        """Choose those that come after the row of these values; the first column alone lets an index help."""
        names = [cls.spell(table.name, column) for column in order]
        marks = ", ".join("?" * len(order))
        return cls(f"{names[0]} >= ? AND ({', '.join(names)}) > ({marks})", (values[0], *values))

    @staticmethod
    def spell(view: str, column: str) -> str:
        """Spell a column by which rows are ordered: the view's own, not what a SELECT makes of it."""
        named = f'{view}."{column}"'
        return f"coalesce({named}, '')" if (view, column) in _BLANK else named


def is_paged_by_place(table: Table) -> bool:
    """Tell whether an agency's channel is what its rows are ordered by first."""
    return ORDERS[table.name][:2] == PLACE


def list_conditions(table: Table, chosen: RowChoice) -> list[RowCondition]:
    """List what a row must fulfil.

    >>> table = Table("followers", "", {}, {})
    >>> [each.sql for each in list_conditions(table, RowChoice({"agency": "dinkes"}, date(2026, 1, 1)))]
    ['"agency" = ?', '"night" >= ?']
    """
    found = [RowCondition(f'"{column}" = ?', (value,)) for column, value in chosen.equal.items()]
    for sign, day in ((">=", chosen.since), ("<", chosen.until)):
        if day is not None:
            found.append(RowCondition(f'"{DAYS[table.name]}" {sign} ?', (day.isoformat(),)))
    if chosen.sealed is not None and "semester" in table.columns:
        found.append(_is_sealed(table, chosen.sealed))
    return found


def _is_sealed(table: Table, sealed: Mapping[str, str]) -> RowCondition:
    """Of what was sealed alone: neither a ranking from before, nor a post that was found later."""
    if "first_seen" in table.columns:
        one, values = (
            '("semester" = ? AND "first_seen" <= ?)',
            [each for pair in sealed.items() for each in pair],
        )
    else:
        one, values = '"semester" = ?', list(sealed)
    any_of = " OR ".join([one] * len(sealed)) or "1 = 0"
    latest = ' AND "latest"' if "latest" in table.columns else ""
    return RowCondition(f"({any_of}){latest}", tuple(values))
