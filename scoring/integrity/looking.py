"""What an account's looks prove: which of them would have shown a post of a given day."""

from collections.abc import Sequence
from datetime import date, timedelta

from activity.flag import Look

__all__ = ["find_missing", "is_anew"]

_DAY = timedelta(days=1)


def is_anew(looks: Sequence[Look], index: int) -> bool:
    """Whether a look read the list further back than to the look before it.

    Such a look may have found parts of a site that no ordinary night reads, such as another section's
    list, so it is compared with its like only. A Graph API listing is read like this every night.
    """
    return index == 0 or looks[index].complete_from < looks[index - 1].night


def find_missing(looks: Sequence[Look], day: date, first_seen: date) -> Look | None:
    """The last look that should have shown a post of that day and did not.

    Args:
        looks: by night.
        first_seen: the night that first showed it.
    """
    before = [index for index, look in enumerate(looks) if look.night < first_seen]
    if not before:
        return None
    following = before[-1] + 1
    if following < len(looks) and looks[following].night == first_seen and is_anew(looks, following):
        fit = [i for i in before if is_anew(looks, i) and looks[i].complete_from <= day]
    else:
        start, last = _stretch_around(looks[: before[-1] + 1], day)
        fit = [i for i in before if start <= looks[i].night <= last]
    return next((looks[i] for i in reversed(fit) if looks[i].read and looks[i].night >= day), None)


def _stretch_around(looks: Sequence[Look], day: date) -> tuple[date, date]:
    """The days known without a gap that hold `day`; an empty stretch where none does.

    A budget that ran out leaves a gap: what it did not reach is not known to be absent.
    """
    empty = (date.max, date.min)
    start = last = None
    for look in looks:
        begin = min(look.complete_from, look.night)
        if start is None or last is None or begin > last + _DAY:
            if start is not None and last is not None and start <= day <= last:
                return start, last
            start = begin
        start, last = min(start, begin), look.night
    return (start, last) if start is not None and last is not None and start <= day <= last else empty
