"""What a walk through a Graph API listing proves, and when an answer without an error is none. Pure.

The API now and then answers with an empty list, or without a field that was asked for, where posts are
known. That is no silence: the night is not seen, and nothing is claimed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from activity.address.moment import is_moment_key
from activity.post import Post
from activity.visit import Target
from crawler.reach import ListFacts, Reach, combine_reaches, judge_reach
from crawler.visits.meta.graph import Json, PagedWalk, WalkEnd, read_moment

__all__ = [
    "ListedWalk",
    "find_outgrown",
    "find_withheld",
    "judge_listing",
    "read_head",
    "remember_count",
    "remember_head",
]

# Memory: ids and keys of the newest items shown on the last good night; ids of those in their place since.
_SHOWN, _KEYS, _INSTEAD = "head", "head_keys", "instead"
# Memory: how many posts the account said that it has when something was claimed last, and when that was.
_COUNT, _COUNTED = "count", "count_at"
# Memory: when the list was asked for last, whatever the answer was worth.
_LOOKED = "looked_at"
_HEAD = 20
# A few posts may be deleted in a day, and a count may be off by a few.
_A_FEW = 3


@dataclass(frozen=True, slots=True)
class ListedWalk:
    """One walk with what was read out of it.

    Attributes:
        posts: each raw item with its post; None for an item that is no post.
        moments: when each item of the walk was published, by id, as far as the answer says so.
        total: how many posts the account says that it has.
        aside: posts that only a further list of the same account shows.
        unread: further lists that could not be read.
        names: other keys of these posts, with the key that stands.
        shelf: the name of a further list of the account, with a head of its own; empty for its first.
        beside: that list.
    """

    walk: PagedWalk
    posts: Sequence[tuple[Json, Post | None]]
    moments: Mapping[str, datetime | None]
    total: int | None = None
    aside: Sequence[Post] = ()
    unread: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    shelf: str = ""
    beside: "ListedWalk | None" = None

    @property
    def ids(self) -> list[str]:
        """What the walk showed, in its order."""
        return [item["id"] for item in self.walk.items]

    @property
    def keys(self) -> dict[str, str]:
        """The key of each item by its id; the id itself of an item that is no post."""
        read = {item["id"]: post.key for item, post in self.posts if post is not None}
        return {each: read.get(each, each) for each in self.ids}

    def find_missing(self, target: Target) -> "Head":
        """Find those of the remembered head that are not shown, under whichever of their names.

        Small pages may end before all of it came: what stands behind the last one shown, and was not
        published after the last item that was read, lies further down.
        """
        head, shown = read_head(target, self.shelf), {*self.ids, *self.keys.values(), *self.names}
        places = [place for place, names in enumerate(head) if not shown.isdisjoint(names)]
        missing = [(place, names) for place, names in enumerate(head) if place not in places]
        left = self.moments.get(self.ids[-1]) if self.ids and places and not self.walk.ended else None
        if left is None:
            return tuple(names for _, names in missing)
        above = {key for key, post in target.stored.items() if post.at is not None and post.at >= left}
        return tuple(names for place, names in missing if place < places[-1] or names & above)


Head = tuple[frozenset[str], ...]
"""The items that headed the list on the last good night, newest first, each by its names.

An item's id is missing one night, its address the next: by one of them it is found again.
"""


def read_head(target: Target, shelf: str = "") -> Head:
    """Read what headed a list on the last good night."""
    facts = target.memory.facts
    ids, keys = _texts(facts.get(shelf + _SHOWN)), _texts(facts.get(shelf + _KEYS))
    # An earlier version remembered the ids alone.
    pairs = zip(ids, keys if len(keys) == len(ids) else ids, strict=True)
    return tuple(frozenset(pair) for pair in pairs)


def remember_head(facts: dict[str, Any], target: Target, listing: ListedWalk, withheld: str | None) -> None:
    """Keep the newest ids for the next night; where they vanished, those that stand in their place.

    Of a few posts, most may be missing and still be few: the night is seen, for they may be deleted,
    but they stay remembered, and nothing is claimed, until the list goes on.
    """
    ids, gone, shelf = listing.ids[:_HEAD], listing.find_missing(target), listing.shelf
    going_on = any(_is_since(listing, each, target) for each in listing.ids)
    if withheld is None and 2 * len(gone) > len(read_head(target, shelf)) and not going_on:
        return
    if withheld is None or (ids and withheld != _VANISHED):
        keys = listing.keys
        facts[shelf + _SHOWN], facts[shelf + _KEYS] = ids, [keys[each] for each in ids]
        facts.pop(shelf + _INSTEAD, None)
    elif ids:
        facts[shelf + _INSTEAD] = ids


_VANISHED = "most of the newest posts that are known are missing"


def find_withheld(target: Target, listing: ListedWalk) -> str | None:
    """Find why an answer without an error shows nothing of tonight; None where it does."""
    walk, head = listing.walk, read_head(target, listing.shelf)
    if listing.shelf and walk.error is not None:
        return None  # It failed, and said so.
    # What stands in no list but a further one, and is shown there, is not missing in the first.
    aside = not target.known.isdisjoint(post.key for post in listing.aside)
    expected = bool(head) or (bool(target.known) and not aside)
    if listing.shelf:
        expected = bool(listing.find_missing(target))
    if walk.end is WalkEnd.ABSENT and not walk.items:
        empty = not expected and (listing.total == 0 or bool(listing.shelf))
        return None if empty else WalkEnd.ABSENT.value
    if walk.nameless:
        return f"{walk.nameless} items came without the id that was asked for"
    if not walk.items:
        if listing.total:
            return f"it says that it has {listing.total} posts, and shows none"
        return "it shows none of the posts that are known" if expected else None
    undated = [(item["id"], post) for item, post in listing.posts if post is not None and post.date is None]
    shown = {name for names in head for name in names}
    fresh = [post for item, post in undated if item not in shown and post.key not in target.known]
    if fresh or 2 * len(undated) > len(listing.posts):
        return f"{len(undated)} posts came without the date that was asked for"
    return _VANISHED if _is_vanished(target, listing, head) else None


def _is_vanished(target: Target, listing: ListedWalk, head: Head) -> bool:
    """Whether most of what headed the list is missing, and the list has not gone on without it since.

    It has where it shows what was published after the last good night. Another part of what is old proves
    nothing: which part of a list is withheld may change from night to night.
    """
    gone = listing.find_missing(target)
    many = len(gone) > _A_FEW and 2 * len(gone) > len(head)
    if not many and not (len(head) > 1 and len(gone) == len(head)):
        return False
    instead, ids = set(_texts(target.memory.facts.get(listing.shelf + _INSTEAD))), set(listing.ids)
    others = ids - instead - {name for names in head for name in names}
    return not (instead and instead <= ids and any(_is_since(listing, each, target) for each in others))


def _is_since(listing: ListedWalk, item: str, target: Target) -> bool:
    """Whether an item was published after the last night that was seen."""
    moment, seen_at = listing.moments.get(item), target.memory.seen_at
    return moment is not None and (seen_at is None or moment > seen_at)


def judge_listing(target: Target, listing: ListedWalk, before: datetime | None = None) -> Reach:
    """Claim what a walk proves, and nothing where posts that are known are missing.

    Args:
        before: since when earlier nights know the list without a gap.
    """
    walk, head, ids, keys = listing.walk, read_head(target), listing.ids, listing.keys
    missed = len(listing.find_missing(target))
    total = listing.total
    if total is not None and len(ids) > total + _A_FEW:
        total = None  # It shows more than it says that it has: the count is of something else.
    facts = ListFacts(
        keys=tuple(keys[each] for each in ids),
        moments=tuple(listing.moments.get(each) for each in ids),
        pages=walk.pages,
        ended=walk.ended,
        paged=True,
        repeated=walk.end is WalkEnd.LOOPED,
        unaddressed=walk.nameless,
        total=total,
        counted=True,
        linked=len(head) - missed,
        linked_to=len(head),
    )
    since, seen_at = target.window.since, target.memory.seen_at
    last = before or (seen_at if seen_at is not None and seen_at < target.window.now else None)
    reaches = [judge_reach(facts, since, None if last is None else max(last, since))]
    if listing.aside:
        moments = tuple(post.date.at if post.date else None for post in listing.aside)
        more = ListFacts(tuple(post.key for post in listing.aside), moments, 1, ended=True, paged=True)
        reaches.append(judge_reach(more, since))
    missed += 0 if listing.beside is None else len(listing.beside.find_missing(target))
    missing = missed or _count_missing(target, listing)
    return combine_reaches(reaches, missing, listing.unread)


def remember_count(facts: dict[str, Any], target: Target, listing: ListedWalk, reach: Reach) -> None:
    """Keep when it was asked, and its own count as long as what was claimed with that is the newest claim."""
    facts[_LOOKED] = target.window.now.isoformat()
    if reach.since is not None and listing.total is not None:
        facts[_COUNT], facts[_COUNTED] = listing.total, facts[_LOOKED]


def find_outgrown(target: Target, listing: ListedWalk) -> tuple[str, bool] | None:
    """Find why a list is not all: the account's own count has grown by more than it shows of that time.

    A list that is an old answer looks like silence, and shows all that is known. Nothing is claimed then
    until it shows what was published since anybody looked, and twice as many new posts as are missing: old
    ones that come out of an archive raise the count too. It is held against that of the last claim; a night
    that claims nothing does not move it, else a list that stands still would lack one post each night, and
    never more.

    Returns:
        The reason, and whether it shows nothing of tonight: it lacks more than a few, and has not gone on.
    """
    before, at = target.memory.facts.get(_COUNT), read_moment(target.memory.facts.get(_COUNTED))
    if listing.total is None or not isinstance(before, int) or at is None:
        return None
    if listing.walk.ended and listing.total <= len(listing.ids):
        return None
    since, keys = target.window.since, listing.keys
    fresh = sum(
        moment is not None and (moment >= at or (moment >= since and keys[each] not in target.known))
        for each, moment in listing.moments.items()
    )
    grown = listing.total - before
    looked = read_moment(target.memory.facts.get(_LOOKED)) or at
    goes_on = any(moment is not None and moment > looked for moment in listing.moments.values())
    if grown - fresh <= (fresh // 2 if goes_on else 0):
        return None
    reason = f"it says that it has {grown} posts more than on an earlier night, and shows {fresh} of them"
    return reason, grown - fresh > _A_FEW and not goes_on


def _count_missing(target: Target, listing: ListedWalk) -> int:
    """Posts stored of the time that was read and not met; 0 where they are few.

    One known by its moment alone comes under its real key.
    """
    met = {post.key for _, post in listing.posts if post is not None}
    read = [moment for moment in listing.moments.values() if moment is not None]
    begin = target.window.since if listing.walk.ended or not read else min(read)
    expected = [
        key
        for key, post in target.stored.items()
        if post.at is not None and post.at >= begin and not is_moment_key(key)
    ]
    missing = [key for key in expected if listing.names.get(key, key) not in met]
    return len(missing) if len(missing) > _A_FEW and 2 * len(missing) > len(expected) else 0


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
