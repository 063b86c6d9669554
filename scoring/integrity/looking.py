"""What an account's looks prove: which of them should have shown a post of a given day."""

from collections.abc import Sequence
from datetime import date, timedelta

from activity.flag import Look

__all__ = ["find_missing", "is_anew"]

_DAY = timedelta(days=1)
# A site's lists take turns, so that a look may claim some nights before the last one; not so many.
_TURNS = timedelta(days=14)


def is_anew(looks: Sequence[Look], index: int) -> bool:
    """Whether a look went over everything again, far beyond the look before it.

    It may then have found parts of a site that no ordinary night reads, such as another section's list,
    so it is compared with its like only. A Graph API listing speaks for its whole window every night.
    """
    since = looks[index].complete_from
    return since is not None and (index == 0 or since < looks[index - 1].night - _TURNS)


def find_missing(looks: Sequence[Look], day: date, first_seen: date) -> Look | None:
    """The last look that should have shown a post of that day and did not.

    Args:
        looks: by night, one a night.
        first_seen: the night that first showed it.
    """
    count = sum(look.night < first_seen for look in looks)
    here = looks[count] if count < len(looks) else None
    if here is not None and here.night == first_seen and is_anew(looks, count):
        fit = [i for i in range(count) if is_anew(looks, i) and _reaches(looks[i], day)]
    else:
        fit = _find_fit(looks[:count], day)
    return next((looks[i] for i in reversed(fit) if looks[i].read and looks[i].night >= day), None)


def _reaches(look: Look, day: date) -> bool:
    return look.complete_from is not None and look.complete_from <= day


def _find_fit(looks: Sequence[Look], day: date) -> list[int]:
    """Looks of the stretch, known without a gap, that holds the day.

    Where some nights since then claim nothing, lists take turns, and the first claim after the day may
    have read the post's own list before it stood there; so that one does not count.
    """
    claims = [index for index, look in enumerate(looks) if look.complete_from is not None]
    stretch: list[int] = []
    start = last = date.min
    for index in claims:
        look = looks[index]
        begin = min(look.complete_from or look.night, look.night)
        if not stretch or begin > last + _DAY:
            if stretch and start <= day <= last:
                break
            stretch, start = [], begin
        stretch.append(index)
        start, last = min(start, begin), look.night
    if not stretch or not start <= day <= last:
        return []
    after = [index for index in stretch if looks[index].night >= day]
    in_turns = any(look.complete_from is None and look.night >= day for look in looks)
    return after[1:] if in_turns else after
