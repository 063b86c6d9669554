"""What an account's looks prove: which of them should have shown a post of a given day."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

from activity.flag import AccountTrail, Look, Trace

__all__ = ["find_missing", "is_anew", "reaches_down"]

_DAY = timedelta(days=1)
# A site's lists take turns, the main one and two beside it at most, so that an ordinary look may claim the
# few nights since its list was last read. One read back to the window's start, once in four weeks, claims
# months. Two weeks lie between the two, whatever nights were left out.
_TURNS = timedelta(days=14)
# A list that shows nine in ten of all posts known then cannot have left out the newest: not so many are
# pinned. Of fewer than twenty posts a page's popular and related ones may be as many.
_MANY = 20
_NEARLY = 0.9
_FEWEST_RENAMED = 3
_NUMBER = re.compile(r"\d+")

_Shape = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def is_anew(looks: Sequence[Look], index: int) -> bool:
    """Tell whether a look went over everything again, far beyond the look before it.

    It may then have found parts of a site that no ordinary night reads, such as another section's list,
    so it is compared with its like first. A Graph API listing speaks for its whole window every night.
    """
    since = looks[index].complete_from
    return since is not None and (index == 0 or since < looks[index - 1].night - _TURNS)


def reaches_down(look: Look, day: date, traces: Sequence[Trace]) -> bool:
    """Tell whether the list that came that night must hold all posts down to a day.

    A list of n posts shows the newest; but half of what a page shows may be pinned, popular or related,
    unless it shows nearly all there are.
    """
    days = [trace.day for trace in traces if trace.day is not None and trace.first_seen <= look.night]
    newer = sum(each >= day for each in days)
    all_of_many = len(days) >= _MANY and look.listed >= _NEARLY * len(days)
    return look.read and (look.listed > 2 * newer or all_of_many)


def find_missing(trail: AccountTrail, trace: Trace, day: date, grace: timedelta) -> Look | None:
    """Find the last look that should have shown a post which claims that day, and did not.

    Args:
        grace: a look counts only more than so long after the day.
    """
    looks = trail.looks
    count = sum(look.night < trace.first_seen for look in looks)
    here = looks[count] if count < len(looks) else None
    if here is not None and here.night == trace.first_seen and is_anew(looks, count):
        fit = list(_find_equals(trail, trace, day, count))
    else:
        fit = _find_fit(looks[:count], day, grace)
    missed = next((looks[i] for i in reversed(fit) if looks[i].read and looks[i].night - day > grace), None)
    if missed is None:
        return None
    is_alone = sum(look.read and look.night > day for look in looks[:count]) == 1
    return None if is_alone and not _is_fresh(missed, day, trail.traces) else missed


def _is_fresh(look: Look, day: date, traces: Sequence[Trace]) -> bool:
    """Tell whether an account was seen with a newer post by then.

    Else what was read that one night may be a copy that a cache kept from before the day (the awkward site
    2080058: eleven days old, one night, and ten honest posts were called back-dated).
    """
    return any(t.first_seen <= look.night and t.day is not None and t.day > day for t in traces)


def _find_equals(trail: AccountTrail, trace: Trace, day: date, count: int) -> Iterator[int]:
    """Looks as good as one that went over everything: their like, and lists that reach down to the day.

    The latter, by what they claim or by their length, only on a site of one list, for a post whose address
    is built like those of that list. One that went over everything itself tells how far down it came: its
    length proves no more, as where a page of upkeep cut the list (the awkward site 1000002). Nor do former
    lists tell what those hold of another program, with which the office begins anew that night: it may bring
    posts of places that nobody read, under other addresses (the awkward site 2110247).
    """
    looks = trail.looks
    moved = _find_moved(looks[:count])
    lists = {look.endpoint for i, look in enumerate(looks[:count]) if look.listed and not is_anew(looks, i)}
    lists -= {look.endpoint for look in looks[:moved]}
    known = (t for t in trail.traces if t.first_seen < trace.first_seen)
    listed = (
        len(lists) == 1
        and not _has_moved(trail, looks[count])
        and _shape_of(trace.url) in {_shape_of(t.url) for t in known}
    )
    for i, look in enumerate(looks[:count]):
        since = look.complete_from
        if is_anew(looks, i):
            shown = since is not None and since <= day
        else:
            shown = listed and i >= moved and look.night >= day and _shows(look, day, trail.traces)
        if shown:
            yield i


def _has_moved(trail: AccountTrail, look: Look) -> bool:
    """Tell whether most of the known posts were known again under other addresses on the night of a look."""
    known = sum(trace.first_seen < look.night for trace in trail.traces)
    return look.renamed >= _FEWEST_RENAMED and look.renamed * 2 > known


def _find_moved(looks: Sequence[Look]) -> int:
    """Find the last look all over a site since which none of its earlier lists was read; else 0.

    An office that begins anew with another program has one list still (the awkward site 2110168).
    """
    for index in range(len(looks) - 1, 0, -1):
        before = {look.endpoint for look in looks[:index]}
        if is_anew(looks, index) and before.isdisjoint(look.endpoint for look in looks[index:]):
            return index
    return 0


def _shows(look: Look, day: date, traces: Sequence[Trace]) -> bool:
    """Whether an ordinary look's list held all posts of a day, by what it claims or by its length.

    One that claims nothing may be sorted by readers. What was read from a moment of that very day on may have
    begun above the post.
    """
    since = look.complete_from
    return since is not None and (since < day or reaches_down(look, day, traces))


def _shape_of(url: str) -> _Shape:
    """What posts of one section have in common: folders and parameters, numbers being any number."""
    parts = urlsplit(url)
    folders = [_NUMBER.sub("0", folder) for folder in parts.path.split("/") if folder]
    query = sorted((name, _NUMBER.sub("0", value)) for name, value in parse_qsl(parts.query))
    return tuple(folders[:-1]), tuple(query)


def _find_fit(looks: Sequence[Look], day: date, grace: timedelta) -> list[int]:
    """Looks of the stretch, known without a gap, that holds the day.

    Where lists take turns, a claim may have read the post's own list before it stood there: it counts only
    where the first of its nights lies long enough after the day.
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
    return [index for index in stretch if _first_read(looks, index) - day > grace]


def _first_read(looks: Sequence[Look], index: int) -> date:
    """The earliest night on which one of the lists may have been read that a claim speaks for.

    Lists take turns on nights in a row that claim nothing; after a night left out each is read once more.
    """
    first = index
    while first and looks[first - 1].complete_from is None and _is_next(looks[first - 1], looks[first]):
        first -= 1
    return looks[first].night


def _is_next(look: Look, later: Look) -> bool:
    return later.night - look.night <= _DAY
