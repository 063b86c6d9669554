"""Sites whose generator dates everything anew: many dates of one place move at once. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from activity.post import Precision
from db.post.claim import INTERFACES, Claim, Slot, has_moved

__all__ = ["find_rebuilt"]

# A static site's generator writes its files within seconds; a large one within minutes.
_BUILD = timedelta(minutes=10)
# Two posts that an office sets to one day by hand are no build; where only days are shown three are.
_ALIKE_DAYS = 3

_Pair = tuple[str, Claim, Claim]
"""A post's key, what it claimed, and what it claims now in the same place."""


def find_rebuilt(pairs: Mapping[str, tuple[Claim, Claim]]) -> frozenset[str]:
    """Find the keys of posts whose dates the site moved as a whole, and not one by one.

    So they are where at least half of the dates that one place shows have moved, where it shows only one,
    or where several moved to the same moment. An office that edits a post leaves the others as they are.

    Args:
        pairs: of each post its stored claim and tonight's.
    """
    by_slot: dict[Slot, list[_Pair]] = defaultdict(list)
    for key, (old, new) in pairs.items():
        slot = old.slot
        if slot is not None and slot == new.slot and slot[0] not in INTERFACES:
            by_slot[slot].append((key, old, new))
    return frozenset(key for shown in by_slot.values() for key in _judge(shown))


def _judge(shown: Sequence[_Pair]) -> frozenset[str]:
    moved = [pair for pair in shown if has_moved(pair[1], pair[2])]
    if 2 * len(moved) >= len(shown) and (len(moved) > 1 or len(shown) == 1):
        return frozenset(key for key, _, _ in moved)
    return frozenset(key for key, _, new in moved if _is_of_a_build(new, moved))


def _is_of_a_build(claim: Claim, moved: Sequence[_Pair]) -> bool:
    """Whether others moved to the same moment, from moments of their own."""
    exact = claim.precision is not Precision.DAY
    span = _BUILD if exact else timedelta(0)
    alike = [old.at for _, old, new in moved if abs(new.at - claim.at) <= span]
    return len(alike) >= (2 if exact else _ALIKE_DAYS) and _differ(alike, span)


def _differ(moments: Sequence[datetime], span: timedelta) -> bool:
    return max(moments) - min(moments) > span
