"""How the dates of a list run, and which items are pinned above them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from crawler.extract.lists.item import ListOrder

__all__ = ["count_pinned", "judge_order"]

_MOST_PINNED: Final = 3
# A post dated back by a day or two stands where its number puts it.
_SLIP: Final = timedelta(days=2)
_MOST_SLIPS: Final = 0.2


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


def _falls(moments: Sequence[datetime]) -> bool:
    rises = [later - earlier for earlier, later in pairwise(moments) if later > earlier]
    return all(rise <= _SLIP for rise in rises) and len(rises) <= _MOST_SLIPS * (len(moments) - 1)
