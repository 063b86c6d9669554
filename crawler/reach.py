"""How far back a list is known without a gap: claims of completeness, from proofs and disproofs. Pure.

Every claim is one against an office: a night after `since` without a post counts as silent. So it is made
here only, for feeds, lists, maps and APIs alike, and not without a proof.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from activity.visit import Proof

__all__ = [
    "Disproof",
    "ListFacts",
    "Order",
    "Reach",
    "combine_reaches",
    "count_misplaced",
    "is_by_title",
    "judge_order",
    "judge_reach",
]

# A pinned post or two stand where they do not belong; a list that is sorted by readers is no list of dates.
# So a page of ten with one pinned falls, and a page of ten with two in its midst is not believed.
_PINNED_SHARE = 10
# "Menampilkan 1-10 dari 240": a few more (a hidden post, one deleted since) prove nothing either way.
_A_FEW = 3
# So many posts of last night's list must be met again: a pinned one alone would link any two readings.
_FEWEST_LINKS = 3
# So few posts may stand in falling order in a list that is sorted by something else: three titles from A to
# Z have falling dates one time in six, four one time in twenty-four.
_BY_CHANCE = 3
# A last post that lies below the others by so many of the list's widest gaps stands where it does not
# belong: a feed of the newest ten whose last was an old post edited lately was claimed whole, back to that
# post.
_STRAY = 4
# Five titles run by the alphabet once in 120 lists that are sorted otherwise, and so do five days that fall.
_FEWEST_TITLES = 5
# Nine days fall by chance once in 360,000 lists that are sorted by title: then the days are the order.
_MOST_TITLES = 8
_A_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Order(StrEnum):
    """How the dates of a list run."""

    FALLS = "falls"
    RISES = "rises"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Disproof(StrEnum):
    """Why a list cannot be claimed to be whole."""

    REPEATS = "its first page comes again under another number"
    UNADDRESSED = "it shows items that lead nowhere"
    CUT = "it goes on further than it was read"
    MORE_STATED = "it says that it holds more than was met"
    NO_END = "nothing shows that it ends here"
    NOTHING = "it shows no post"
    MISSING = "posts known of the window were not met"
    UNREAD = "a list that the site names could not be read"
    UNSORTED = "its order tells nothing of the age of posts: new ones may stand anywhere"
    OLD_COPY = "it came as it stood some time ago"
    PASSED_OVER = "pages of lists lead to posts that were read from no list"
    OTHER_LIST = "another list shows posts that none which was read back holds"


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What was met on one walk along one list, as plain facts.

    Attributes:
        keys: the posts met, in the list's order, old ones too.
        moments: when each was published; None where that is not known to the day.
        pages: how many pages were read.
        ended: nothing leads on behind the last page that was read.
        paged: whether the list shows itself how it goes on: pages, a cursor, a total.
        repeated: the first page came again under another number.
        unaddressed: items with a title and a date whose link leads nowhere.
        total: how many posts the list says that it holds.
        counted: the total is the platform's own counter of the account, so that a stated 0 is a whole list.
        linked: how many of an earlier night's first posts were met again, with nothing unknown below them.
        linked_to: how many first posts that night remembered.
        by_title: its titles run in the alphabet's order, so that days which fall do so by chance.
    """

    keys: tuple[str, ...] = ()
    moments: tuple[datetime | None, ...] = ()
    pages: int = 0
    ended: bool = False
    paged: bool = False
    repeated: bool = False
    unaddressed: int = 0
    total: int | None = None
    counted: bool = False
    linked: int = 0
    linked_to: int = 0
    by_title: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Since when a list is known without a gap.

    Attributes:
        since: None where nothing is claimed.
        proof: what proves it; None exactly where `since` is.
        doubts: why nothing, or no more, is claimed.
        keys: what the list held and is, or may be, of the window.
    """

    since: datetime | None = None
    proof: Proof | None = None
    doubts: tuple[Disproof, ...] = ()
    keys: frozenset[str] = field(default=frozenset(), repr=False)

    def __str__(self) -> str:
        """The proof or the doubts in words."""
        return str(self.proof) if self.proof else "; ".join(self.doubts) or "nothing was asked"


def is_by_title(titles: Sequence[str]) -> bool:
    """Tell whether a list's titles run in the alphabet's order, where so few days may fall by chance.

    Titles that only a number tells apart run as they are counted, which says nothing of a list's order. One
    that recurs every week stands among others in a list by date; in one by title its posts come together, by
    their days: such a list was read back to an older one of these, and no further (the awkward site 2148147).

    >>> is_by_title(["Apel", "Bimtek", "Gotong royong", "Lomba", "Rapat"])
    True
    >>> is_by_title(["Rapat ke-1", "Rapat ke-2", "Rapat ke-3", "Rapat ke-4", "Rapat ke-5"])
    False
    >>> is_by_title(["Apel", "Apel", "Apel", "Bimtek"]), is_by_title(["Apel", "Bimtek", "Apel"])
    (True, False)
    >>> is_by_title(["Apel", "BPBD siaga", "Bank sampah", "Lomba", "Rapat"])  # some sort capitals first
    True
    """
    told = [title for title in titles if title]
    folded = [title.casefold() for title in told]
    if not any(all(one <= other for one, other in pairwise(words)) for words in (folded, told)):
        return False
    different = len(set(folded))
    if different < len(folded):
        return len(folded) >= _BY_CHANCE and different <= _MOST_TITLES
    words = {title.strip("0123456789 ") for title in folded}
    return len(words) >= _FEWEST_TITLES and len(folded) <= _MOST_TITLES


def judge_order(moments: Sequence[datetime | None]) -> Order:
    """Tell how dates run, but for one in ten that is pinned.

    >>> from datetime import UTC, datetime, timedelta
    >>> judge_order([datetime(2026, 3, day) for day in (9, 5, 5, 2)])
    <Order.FALLS: 'falls'>
    """
    known = [moment for moment in moments if moment is not None]
    if len(set(known)) < 2:
        return Order.UNKNOWN
    ups = sum(later > earlier for earlier, later in pairwise(known))
    downs = sum(later < earlier for earlier, later in pairwise(known))
    # What stands on top may be pinned, however short the list.
    allowed = max(1, len(known) // _PINNED_SHARE)
    if (
        ups <= allowed
        and downs >= ups
        and (count_misplaced(known) <= allowed or _is_pinned_above(known, allowed))
    ):
        return Order.FALLS
    if downs <= allowed:
        return Order.RISES
    return Order.MIXED


def count_misplaced(moments: Sequence[datetime]) -> int:
    """Count the dates that would have to go for the others to fall without exception.

    >>> from datetime import UTC, datetime
    >>> count_misplaced([datetime(2026, 3, day) for day in (14, 2, 1, 9, 8, 7)])
    2
    """
    # The last of the longest run of each length, from the oldest date on.
    lasts: list[datetime] = []
    for moment in reversed(moments):
        place = bisect_right(lasts, moment)
        lasts[place : place + 1] = [moment]
    return len(moments) - len(lasts)


def _is_pinned_above(known: Sequence[datetime], allowed: int) -> bool:
    """Tell whether a few posts stand on top of a list that falls, and are older than its newest.

    New posts come below what is pinned. Where one stands above, readers or titles sort the list, and what
    falls does so by chance (the awkward site 23 sorted by readers).
    """
    rise = next(n for n, (one, other) in enumerate(pairwise(known), 1) if other > one)
    pinned, rest = known[:rise], known[rise:]
    few = 2 * len(pinned) <= len(rest)
    return few and max(pinned) < rest[0] and count_misplaced(rest) <= allowed


def judge_reach(facts: ListFacts, since: datetime, last: datetime | None = None) -> Reach:
    """Claim what one walk proves, and no more.

    A list that falls, and goes on further than it was read, is known back to where it was left.

    Args:
        facts: what was met.
        since: the start of the wanted window.
        last: when an earlier night read the same list, without a gap until then.
    """
    keys = frozenset(
        key
        for key, moment in zip(facts.keys, facts.moments, strict=True)
        if moment is None or moment >= since
    )
    doubts = tuple(_disprove(facts))
    if doubts:
        return Reach(doubts=doubts, keys=keys)
    if facts.total is not None and len(set(facts.keys)) >= facts.total:
        return Reach(since, Proof.TOTAL_REACHED, keys=keys)
    left = _find_lowest(facts)
    if left is not None and left < since:
        return Reach(since, Proof.OLDER_MET, keys=keys)
    # Where the list was left, further posts of that day may lie below.
    left = None if left is None else left + _A_DAY
    if facts.ended and facts.paged:
        if facts.total is None or facts.total - len(set(facts.keys)) <= _A_FEW:
            return Reach(since, Proof.ENDED, keys=keys)
        doubts = (Disproof.MORE_STATED,)
    else:
        doubts = (Disproof.NO_END if facts.ended else Disproof.CUT,)
    if last is not None and _overlaps(facts):
        left = last if left is None else min(left, last)
        return Reach(left, Proof.OVERLAPS, doubts, keys)
    return Reach(left, Proof.OLDER_MET if left is not None else None, doubts, keys)


def combine_reaches(reaches: Iterable[Reach], missing: int = 0, unread: int = 0) -> Reach:
    """Claim for a whole site: every list is known back to the moment, or others that are hold its posts.

    Args:
        reaches: of all lists that showed posts, the same list once.
        missing: posts known of the window that no list showed and whose own pages have not answered twice.
        unread: lists that the site names and that could not be asked.
    """
    every = sorted(reaches, key=lambda reach: (reach.since is None, reach.since or _EPOCH, -len(reach.keys)))
    if not any(reach.keys or reach.since is not None for reach in every):
        return Reach(doubts=(Disproof.NOTHING,))
    held: set[str] = set()
    needed: list[Reach] = []
    for reach in every:
        if not needed or not reach.keys <= held:
            needed.append(reach)
            held |= reach.keys
    keys = frozenset(held)
    doubts = tuple(dict.fromkeys(doubt for reach in needed for doubt in reach.doubts))
    if missing or unread:
        why = [Disproof.MISSING] * bool(missing) + [Disproof.UNREAD] * bool(unread)
        return Reach(doubts=(*why, *doubts), keys=keys)
    last = needed[-1]
    if last.since is None:
        other = (Disproof.OTHER_LIST,) if len(needed) > 1 else ()
        return Reach(doubts=(*doubts, *other), keys=keys)
    return Reach(last.since, last.proof, doubts, keys)


def _disprove(facts: ListFacts) -> Iterable[Disproof]:
    if not facts.keys and not (facts.counted and facts.total == 0):
        yield Disproof.NOTHING
    if facts.repeated:
        yield Disproof.REPEATS
    if facts.unaddressed:
        yield Disproof.UNADDRESSED


def _find_lowest(facts: ListFacts) -> datetime | None:
    """Tell down to which moment a list that falls has been read; None for any other list.

    Of a list of a few posts the later of the last two dates counts: three may fall by chance. So it does
    where the last lies far below the others: an old one that was edited, or is pinned in the midst.
    """
    known = [moment for moment in facts.moments if moment is not None]
    if facts.by_title or judge_order(known) is not Order.FALLS:
        return None
    *rest, above, lowest = known
    widest = max((one - other for one, other in pairwise([*rest, above])), default=timedelta())
    stray = above - lowest > _STRAY * widest
    # Where an older one stands further up, that one is pinned, and says nothing of where this list was left.
    return max(above, lowest) if stray or len(known) <= _BY_CHANCE or lowest > min(known) else lowest


def _overlaps(facts: ListFacts) -> bool:
    """Tell whether tonight's list goes on from last night's; without an order that proves nothing.

    In a list that falls without exception one post of last night's will do: none is pinned. One on a single
    page that holds the very posts which it held shows no new one, though nothing tells their days: a dead
    office's, all from before the window, was unclaimed for nights (the awkward site 2110644).
    """
    known = [moment for moment in facts.moments if moment is not None]
    falls = all(later <= earlier for earlier, later in pairwise(known)) and len(set(known)) > 1
    fewest = min(1 if falls else _FEWEST_LINKS, facts.linked_to)
    if facts.by_title:
        return False
    order, whole = judge_order(known), facts.ended and facts.pages == 1
    same = whole and order is Order.UNKNOWN and facts.linked == facts.linked_to == len(set(facts.keys))
    sorted_list = order in {Order.FALLS, Order.RISES} or len(facts.keys) <= _FEWEST_LINKS
    return (sorted_list or same) and facts.linked >= fewest > 0
