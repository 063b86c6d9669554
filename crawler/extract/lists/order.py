"""How the dates of a list run, and which items are pinned above them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from crawler.extract.lists.item import ListOrder

__all__ = ["count_pinned", "judge_order", "order_by_rows"]

_MOST_PINNED: Final = 3
# A post dated back by a day or two stands where its number puts it.
_SLIP: Final = timedelta(days=2)
_MOST_SLIPS: Final = 0.2
# So many that run by no order fall row by row one time in seven hundred.
_FEWEST_IN_COLUMNS: Final = 6
_MOST_COLUMNS: Final = 4


def judge_order(moments: Sequence[datetime]) -> ListOrder:
    """Judge whether moments fall, rise or neither; a list of some length may slip by a day or two."""
    if len(set(moments)) < 2:
        return ListOrder.UNKNOWN
    if _falls(moments):
        return ListOrder.FALLS
    return ListOrder.RISES if _falls(moments[::-1]) else ListOrder.UNSORTED


def count_pinned(moments: Sequence[datetime]) -> int:
    """Count the items on top that are older than what follows, where what follows falls."""
    if len(moments) < 3 or _falls(moments):
        return 0
    for count in range(1, min(_MOST_PINNED, len(moments) - 2) + 1):
        rest = moments[count:]
        if _falls(rest) and len(set(rest)) > 1:
            return count if moments[count - 1] < rest[0] else 0
    return 0


def order_by_rows(moments: Sequence[datetime]) -> tuple[int, ...]:
    """Order items row by row that a page holds column by column, where they fall so and not otherwise.

    Themes that stack cards of different height put the newest on top of each column; readers go along the
    rows (the awkward site 3000795).

    >>> days = [datetime(2026, 6, day) for day in (9, 7, 5, 8, 6, 4)]
    >>> order_by_rows(days), order_by_rows(sorted(days))
    ((0, 3, 1, 4, 2, 5), (0, 1, 2, 3, 4, 5))
    """
    as_is = tuple(range(len(moments)))
    if len(moments) < _FEWEST_IN_COLUMNS or judge_order(moments) is not ListOrder.UNSORTED:
        return as_is
    for columns in range(2, min(_MOST_COLUMNS, len(moments) // 2) + 1):
        rows = _go_along(len(moments), columns)
        if all(moments[later] <= moments[earlier] for earlier, later in pairwise(rows)):
            return rows
    return as_is


def _go_along(count: int, columns: int) -> tuple[int, ...]:
    """Number items row by row of which the first columns hold one more than the others."""
    heights = [count // columns + (column < count % columns) for column in range(columns)]
    tops = [sum(heights[:column]) for column in range(columns)]
    return tuple(
        top + row
        for row in range(heights[0])
        for top, height in zip(tops, heights, strict=True)
        if row < height
    )


def _falls(moments: Sequence[datetime]) -> bool:
    rises = [later - earlier for earlier, later in pairwise(moments) if later > earlier]
    return all(rise <= _SLIP for rise in rises) and len(rises) <= _MOST_SLIPS * (len(moments) - 1)
