"""The hours at which offices publish: they decide which of two clocks is the office's own."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

__all__ = ["ZONE_WORDS", "is_own_clock", "keeps_local_hours", "weigh_hours"]

ZONE_WORDS: Final = ("WIB", "WITA", "WIT")
# How much speaks against a clock by which an office publishes at this hour: early risers are no night owls.
_AGAINST: Final = {22: 1, 23: 2, 0: 3, 1: 3, 2: 3, 3: 3, 4: 3, 5: 2, 6: 1}
# One post at 23 or 7 o'clock tells nothing, one at 2 or 10 does.
_CLEARLY: Final = 3
# An office's mornings are the nights of UTC: posts in UTC have two against them by its clock, others none.
_MORNINGS_IN_UTC: Final = 0.5
_A_MINUTE: Final = timedelta(minutes=1)
# Around midnight no person publishes: a program writes a day without an hour there, a timer fires.
_TURN_OF_DAY: Final = timedelta(minutes=30)


def weigh_hours(moments: Iterable[datetime], zone: tzinfo) -> int:
    """Say how much speaks against an office that publishes at these moments by the clock of `zone`.

    >>> weigh_hours([datetime(2026, 3, 5, 2, tzinfo=UTC), datetime(2026, 3, 5, 14, tzinfo=UTC)], UTC)
    3
    """
    return sum(_AGAINST.get(moment.astimezone(zone).hour, 0) for moment in moments)


def keeps_local_hours(moments: Sequence[datetime], zone: tzinfo) -> bool:
    """Tell whether a clock that calls itself UTC is the office's own: else it would publish by night.

    Where all its hours are those around midnight (the awkward site 2020417) they tell nothing, and the day
    that readers are told stands.
    """
    told = [moment for moment in moments if not _is_at_turn(moment)]
    return weigh_hours(told, UTC) - weigh_hours(told, zone) < max(1, len(told) * _MORNINGS_IN_UTC)


def is_own_clock(pairs: Iterable[tuple[datetime, datetime, str]], zone: tzinfo) -> bool:
    """Tell whether readers are told the office's own clock, which machines are told as that of UTC.

    `<time datetime="2026-03-05T22:40:00Z">5 Mar 2026, 22:40</time>`: either the office's evening is called
    UTC, or readers are told the clock of UTC. The name of a zone decides, else what readers are told stands
    unless the hours speak clearly against it. Those around midnight cannot: an office whose program writes
    23:50 for a day would be one that publishes by night, and each of its posts a day late (the awkward site
    2070191). If in doubt readers are right: by UTC's clock only posts of before an office's morning have
    another day, by its own called UTC's those of every evening.

    Args:
        pairs: of each post what readers are told, what machines are, and the words of the former.
    """
    copied = [
        (shown, stated, words)
        for shown, stated, words in pairs
        if abs(shown.astimezone(zone).replace(tzinfo=UTC) - stated) < _A_MINUTE and shown != stated
    ]
    if any(word in words for _, _, words in copied for word in ZONE_WORDS):
        return True
    told = [(shown, stated) for shown, stated, _ in copied if not _is_at_turn(stated)]
    own = weigh_hours((shown for shown, _ in told), zone)
    other = weigh_hours((stated for _, stated in told), zone)
    return bool(copied) and own - other < max(_CLEARLY, _MORNINGS_IN_UTC * len(told))


def _is_at_turn(moment: datetime) -> bool:
    """Tell whether a clock that calls itself UTC, read as it is written, stands close to midnight."""
    return (moment.astimezone(UTC) + _TURN_OF_DAY).hour == 0
