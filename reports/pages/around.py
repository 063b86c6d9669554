"""Who stands around an office in its category, for a look at both side by side."""

from bisect import bisect_left, bisect_right
from sys import maxsize

from activity.ranking import Category, Standing

__all__ = ["find_around"]


def find_around(category: Category, standing: Standing) -> tuple[Standing, ...]:
    """The one directly above, this one, and the one directly below; empty without a place or a neighbour.

    Of several with the same place the last of those above is taken, and the first of those below; with an
    equal at the same place, that one stands beside it, too.
    """
    if standing.place is None:
        return ()
    first = bisect_left(category.standings, standing.place, key=_depth)
    after = bisect_right(category.standings, standing.place, key=_depth)
    equals = category.standings[first:after]
    at = first + equals.index(standing)
    low, high = max(0, at - 1), at + 2
    found = tuple(each for each in category.standings[low:high] if each.place is not None)
    return found if len(found) > 1 else ()


def _depth(standing: Standing) -> int:
    return maxsize if standing.place is None else standing.place
