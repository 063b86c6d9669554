"""Reads a view page by page, each from where the last one ended, however much a crawl writes meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.asking import Asking
from db.export.choice import ORDERS, PLACE, RowChoice, RowCondition, is_paged_by_place, list_conditions
from db.export.kind import Table
from db.export.rows import TOLD, spell_columns, spell_inline
from db.schema.views import VIEWS
from db.stream import Row

__all__ = ["RowPage", "read_page"]

_MOST_PLACES = 64
_PATIENCE = 1.0
"""Seconds after which a page that is not full yet is full enough."""
_NIGHTS = ("nights",)
_COUNTED: Mapping[str, tuple[str, ...]] = {
    "weekly_activity": _NIGHTS,
    "semester_activity": _NIGHTS,
    "monthly_activity": _NIGHTS,
    "months": ("nights", "posts"),
}
"""Views that add others up, and these others: neither engine adds up for several places alone, SQLite not
even for one, which took a second each instead of ten milliseconds."""


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows of a view, as `TOLD` spells them.

    Attributes:
        after: from where the next page goes on, by the view's order or by its first columns; None at the end.
    """

    rows: Sequence[Row]
    after: tuple[Any, ...] | None


def read_page(
    asking: Asking, table: Table, chosen: RowChoice, after: Sequence[Any] | None, limit: int
) -> RowPage:
    """Read rows in the view's order.

    Rows of one agency's channel are looked at together, and no more channels than the page needs: to put a
    whole nation in order for its first hundred rows would take seconds. Where hardly any row fits, a page may
    end before it is full.

    Args:
        after: what the page before gave; None for the first page.

    Raises StoreError and the driver's errors as `asking` tells.
    """
    reader = _ViewReader(asking, table, chosen)
    rows, place = (
        reader.walk(after, limit + 1) if is_paged_by_place(table) else reader.read_on(after, limit + 1)
    )
    if len(rows) > limit:
        return RowPage(rows[:limit], reader.place_of(rows[limit - 1]))
    return RowPage(rows, place)


class _ViewReader:
    """Asks one view under the same conditions."""

    def __init__(self, asking: Asking, table: Table, chosen: RowChoice) -> None:
        self._asking, self._table, self._chosen = asking, table, chosen
        self._order = ORDERS[table.name]
        self._columns = spell_columns(table, asking.dialect, TOLD)

    def place_of(self, row: Row) -> tuple[Any, ...]:
        """Tell by what a row is known from all others."""
        told = dict(zip(self._table.columns, row, strict=True))
        return tuple("" if told[column] is None else told[column] for column in self._order)

    def read_on(self, after: Sequence[Any] | None, most: int) -> tuple[list[Row], None]:
        """Read the rows after one."""
        return self._read(_NOTHING, self._after(after), most), None

    def walk(self, after: Sequence[Any] | None, most: int) -> tuple[list[Row], tuple[Any, ...] | None]:
        """Read rows from one place after another, and up to which all was read; None at the end."""
        rows: list[Row] = []
        place = None if after is None else tuple(after[:2])
        if after is not None and len(after) > len(PLACE):
            rows = self._read_at([after[:2]], self._after(after), most)
        size = 1
        while len(rows) < most:
            if self._asking.spent() > _PATIENCE and size > 1:
                return rows, place
            places = self._list_places(place, size)
            if not places:
                return rows, None
            rows += self._read_at(places, (), most - len(rows))
            place, size = places[-1], 1 if self._table.name in _COUNTED else min(4 * size, _MOST_PLACES)
        return rows, None

    def _after(self, after: Sequence[Any] | None) -> Sequence[RowCondition]:
        return () if after is None else (RowCondition.after(self._table, self._order, after),)

    def _read_at(
        self, places: Sequence[Sequence[str]], further: Sequence[RowCondition], most: int
    ) -> list[Row]:
        """The first rows at some places."""
        at = _be_at(places)
        if self._asking.dialect == "sqlite" and self._table.name in _COUNTED:
            return self._read(_narrow(self._table.name, at), further, most)
        return self._read(_NOTHING, (at, *further), most)

    def _read(self, ahead: RowCondition, further: Iterable[RowCondition], most: int) -> list[Row]:
        """The first rows that fulfil these conditions too.

        Args:
            ahead: what stands before the SELECT.
        """
        view = self._table.name
        order = ", ".join(RowCondition.spell(view, column) for column in self._order)
        where = _join([*list_conditions(self._table, self._chosen), *further])
        query = f"{ahead.sql}SELECT {self._columns} FROM {view}{where.sql} ORDER BY {order} LIMIT ?"  # noqa: S608 - names of ours
        return self._asking.rows(query, (*ahead.values, *where.values, most))

    def _list_places(self, after: Sequence[str] | None, most: int) -> list[Row]:
        """The next agencies' channels."""
        equal = self._chosen.equal
        found = [RowCondition(f'"{name}" = ?', (equal[name],)) for name in (*PLACE, "level") if name in equal]
        if after is not None:
            found.append(RowCondition("agency >= ? AND (agency, channel) > (?, ?)", (after[0], *after)))
        where = _join(found)
        query = f"SELECT DISTINCT agency, channel FROM accounts{where.sql} ORDER BY agency, channel LIMIT ?"  # noqa: S608 - names of ours
        return self._asking.rows(query, (*where.values, most))


_NOTHING = RowCondition("")


def _be_at(places: Sequence[Sequence[str]]) -> RowCondition:
    """At one of these places; the agencies alone let an index help."""
    if len(places) == 1:
        return RowCondition("agency = ? AND channel = ?", tuple(places[0]))
    agencies = list(dict.fromkeys(agency for agency, _ in places))
    marks, pairs = ", ".join("?" * len(agencies)), ", ".join(["(?, ?)"] * len(places))
    values = (*agencies, *(each for place in places for each in place))
    return RowCondition(f"agency IN ({marks}) AND (agency, channel) IN (VALUES {pairs})", values)


def _narrow(name: str, at: RowCondition) -> RowCondition:
    """A clause in which a view of SQLite's adds up what is at a place, and nothing else."""
    inner = _COUNTED[name]
    parts = [f"{each} AS (SELECT * FROM main.{each} WHERE {at.sql})" for each in inner]  # noqa: S608 - names of ours
    wanted = {name, "monthly_activity"} if name == "months" else {name}
    parts += [spell_inline(view, "sqlite") for view in VIEWS if view.name in wanted]
    return RowCondition(f"WITH {', '.join(parts)}\n", at.values * len(inner))


def _join(conditions: Iterable[RowCondition]) -> RowCondition:
    found = list(conditions)
    where = " AND ".join(condition.sql for condition in found)
    values = tuple(value for condition in found for value in condition.values)
    return RowCondition(f" WHERE {where}" if where else "", values)
