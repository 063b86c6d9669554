"""What is known of each night of each place, counted for a whole nation at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from db.nightly.odd import leave_out_odd
from db.schema.column import days_since_epoch, epoch_day
from db.semester.packed import read_packed

__all__ = ["NightStates", "count_nights"]

# A look covers the days from `complete_from` to its own night. A later one may reach back over days judged.
_LOOKS = """
SELECT account.id, (
    SELECT @pairs(snapshot.night, coalesce(snapshot.complete_from, snapshot.night)) FROM snapshot
    WHERE snapshot.account_id = account.id AND snapshot.saw AND snapshot.night >= :first_day @right
      AND (snapshot.night <= :last_day OR snapshot.complete_from <= :last_day)) AS looks
FROM account
"""

# Each `+` keeps SQLite from reading the index of every look instead of that of the few of these.
_IMPORTS = """
SELECT +snapshot.account_id AS account, @pairs(snapshot.night, snapshot.complete_from) AS looks
FROM snapshot
WHERE NOT snapshot.saw AND snapshot.complete_from IS NOT NULL
  AND +snapshot.complete_from <= snapshot.night AND +snapshot.night >= :first_day
  AND +snapshot.complete_from <= :last_day @right
GROUP BY +snapshot.account_id
"""

# Only asked of places without an older post: for them alone the start of the watch says anything.
_EARLIER = """
SELECT snapshot.account_id AS account,
    @pairs(snapshot.night, coalesce(snapshot.complete_from, snapshot.night)) AS looks
FROM account CROSS JOIN snapshot
WHERE snapshot.account_id = account.id AND (snapshot.saw OR snapshot.complete_from <= snapshot.night)
  AND snapshot.night >= :look_back AND snapshot.night < :first_day @right
  AND NOT EXISTS (SELECT 1 FROM account AS other
    JOIN post ON post.account_id = other.id AND post.local_day < :first_day
    WHERE other.agency_id = account.agency_id AND other.channel = account.channel)
GROUP BY snapshot.account_id
"""

# How far back of the semester the start of knowledge is looked for: twice what the law allows.
_LOOK_BACK = timedelta(days=366)

# Stands in each question for the runs that are left out.
_RIGHT = "@right"

_ONE = np.int16(1)


@dataclass(frozen=True, slots=True)
class NightStates:
    """What is known, by place and day.

    Attributes:
        seen, known: booleans, a row a place and a column a day from the first judged to the last.
        since: the day since which without a gap the nights up to the newest known one are known.
    """

    seen: NDArray[np.bool_]
    known: NDArray[np.bool_]
    since: tuple[date | None, ...]


def count_nights(
    connection: Connection, first_day: date, last_day: date, place_of: Mapping[int, int], places: int
) -> NightStates:
    """Read every look of the days judged, and what later ones say of them.

    A look under a clock that was months ahead, or behind, says nothing: it would reach back from a night that
    has not been, or call one seen on which nobody looked. A few weeks may be somebody who plays nights again,
    in another order.

    Args:
        place_of: index of the place to which an account belongs.
    """
    bounds = {"first_day": first_day, "last_day": last_day, "look_back": first_day - _LOOK_BACK}
    first, days = days_since_epoch(first_day), max(0, (last_day - first_day).days + 1)
    seen = np.zeros((places, days), dtype=np.bool_)
    edges = np.zeros((places, days + 1), dtype=np.int16)
    start = np.full(places, first, dtype=np.int32)
    odd = leave_out_odd(connection, "snapshot.run_id")
    for query in (_LOOKS, _IMPORTS):
        text = query.replace(_RIGHT, odd)
        for place, columns in read_packed(connection, text, bounds, place_of):
            nights, reach = columns
            begin = np.minimum(reach, nights)
            if query is _LOOKS:
                own = nights < first + days
                seen[place[own], nights[own] - first] = True
            opens, closes = np.maximum(begin - first, 0), np.minimum(nights - first, days - 1) + 1
            np.add.at(edges.reshape(-1), place * (days + 1) + opens, _ONE)
            np.add.at(edges.reshape(-1), place * (days + 1) + closes, -_ONE)
            np.minimum.at(start, place, begin)
    known = np.cumsum(edges, axis=1, dtype=np.int16)[:, :-1] > 0
    earlier = _earlier_looks(connection, _EARLIER.replace(_RIGHT, odd), bounds, place_of)
    return NightStates(seen, known, tuple(_start_of(known, start, earlier, first)))


def _earlier_looks(
    connection: Connection, query: str, bounds: Mapping[str, date], place_of: Mapping[int, int]
) -> Mapping[int, list[tuple[int, int]]]:
    """Stretches before the semester, by place, as (first day, night)."""
    found: dict[int, list[tuple[int, int]]] = {}
    for place, columns in read_packed(connection, query, bounds, place_of):
        nights, reach = columns
        for where, night, begin in zip(place.tolist(), nights.tolist(), reach.tolist(), strict=True):
            found.setdefault(where, []).append((min(begin, night), night))
    return found


def _start_of(
    known: NDArray[np.bool_],
    start: NDArray[np.int32],
    earlier: Mapping[int, list[tuple[int, int]]],
    first: int,
) -> Iterable[date | None]:
    """The first day of the last stretch of known nights, followed back before the semester."""
    days = known.shape[1]
    if not days:
        yield from (None for _ in known)
        return
    backward = known[:, ::-1]
    newest = days - 1 - np.argmax(backward, axis=1)
    gaps = ~known & (np.arange(days) < newest[:, None])
    last_gap = np.where(gaps.any(axis=1), days - 1 - np.argmax(gaps[:, ::-1], axis=1), -1)
    for place, (row, gap) in enumerate(zip(known, last_gap.tolist(), strict=True)):
        if not row.any():
            yield None
        elif gap >= 0:
            yield epoch_day(first + gap + 1)
        else:
            yield epoch_day(_follow(int(start[place]), earlier.get(place, [])))


def _follow(start: int, looks: list[tuple[int, int]]) -> int:
    """Extend a stretch backwards over looks that overlap or touch it."""
    for begin, night in sorted(looks, key=lambda look: -look[1]):
        if night < start - 1:
            break
        start = min(start, begin)
    return start
