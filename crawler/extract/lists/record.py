"""The repeated blocks of a list: one record around each link of a group."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from crawler.extract.lists.link import ListedLink
from crawler.extract.lists.path import TagPaths
from crawler.extract.page.outline import Outline

__all__ = ["ListRecord", "cut_records", "lower_records"]

# What holds a whole page is no card of it.
# Titles set alike beside one that is not: one is a link in the text.
_FEWEST: Final = 2
_FEWER: Final = 2
_WHOLE: Final = frozenset({"body", "html", "main", "-document"})
_TABLES: Final = frozenset({"table", "tbody"})


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One item of a list: its link, the block that is its own, and the gaps to its neighbours.

    Attributes:
        begin: the element that is the item's own; where items stand side by side in flat text, the link.
        end: behind its last node.
        before: where the gap in front of it begins.
        after: where the gap behind it ends.
    """

    link: ListedLink
    begin: int
    end: int
    before: int
    after: int


def cut_records(
    outline: Outline, paths: TagPaths, links: Sequence[ListedLink], titles: Sequence[ListedLink]
) -> tuple[ListRecord, ...]:
    """Cut one record for each link; the links stand in document order and lead to different addresses.

    `titles` are all links of the page that read like titles: a list of others is no part of a record.
    """
    own = {link.index for link in links}
    others = [link for link in titles if link.index not in own]
    places = [link.index for link in others]
    blocks = []
    for number in range(len(links)):
        around = _climb(outline, links, number)
        inside = others[bisect_left(places, around) : bisect_left(places, outline.ends[around])]
        blocks.append(_without_list(outline, paths, links[number], around, inside))
    ends = [outline.ends[block] for block in blocks]
    blocks = _level(outline, paths, links, blocks)
    ends = [min(end, outline.ends[block]) for end, block in zip(ends, blocks, strict=True)]
    return _with_gaps(outline, links, blocks, ends)


def lower_records(
    outline: Outline, paths: TagPaths, records: Sequence[ListRecord]
) -> tuple[ListRecord, ...] | None:
    """Cut all records at the height of the smallest; None where they have one height already.

    A day's box with one entry is that entry's own, and one with two is neither's; the day heads both alike.
    """
    ways = [paths.between(record.begin, record.link.index) for record in records]
    lowest = min(ways, key=len)
    if len(set(ways)) == 1 or any(way[len(way) - len(lowest) :] != lowest for way in ways):
        return None
    blocks = [_at_height(outline, paths, record.link.index, lowest) for record in records]
    links = [record.link for record in records]
    return _with_gaps(outline, links, blocks, [outline.ends[block] for block in blocks])


def _with_gaps(
    outline: Outline, links: Sequence[ListedLink], blocks: Sequence[int], ends: Sequence[int]
) -> tuple[ListRecord, ...]:
    """Records of these blocks, each with the gaps to its neighbours."""
    records = []
    for number, (link, begin) in enumerate(zip(links, blocks, strict=True)):
        parent, end = outline.parents[begin], ends[number]
        before, after = parent + 1, outline.ends[parent] if parent >= 0 else end
        if number and outline.ends[blocks[number - 1]] > before:
            before = min(begin, outline.ends[blocks[number - 1]])
        if number + 1 < len(blocks):
            after = max(end, min(after, blocks[number + 1]))
        records.append(ListRecord(link, begin, end, before, after))
    return tuple(records)


def _climb(outline: Outline, links: Sequence[ListedLink], number: int) -> int:
    """The highest element around a link that holds no other link of its group."""
    low = links[number - 1].index if number else -1
    high = links[number + 1].index if number + 1 < len(links) else len(outline.tags)
    top = links[number].index
    for above in outline.ancestors(top):
        if above <= low or outline.ends[above] > high or outline.tags[above] in _WHOLE:
            break
        top = above
    return top


def _without_list(
    outline: Outline, paths: TagPaths, link: ListedLink, around: int, inside: Sequence[ListedLink]
) -> int:
    """The highest element up to `around` that holds no list of other posts, as a leading card's may."""
    if len(inside) < _FEWEST:
        return around
    top = link.index
    for above in outline.ancestors(top):
        if above < around or _is_list(outline, paths, link, above, inside):
            return top
        top = above
    return around


def _is_list(
    outline: Outline, paths: TagPaths, link: ListedLink, above: int, inside: Sequence[ListedLink]
) -> bool:
    alike: dict[int, dict[str, int]] = {}
    for other in inside:
        if (
            above < other.index < outline.ends[above]
            and other.url != link.url
            and (other.heading or not link.heading)
        ):
            alike.setdefault(paths.of(other.index), {})[other.url] = other.words
    return any(len(few) >= _FEWEST and fmean(few.values()) > link.words - _FEWER for few in alike.values())


def _level(outline: Outline, paths: TagPaths, links: Sequence[ListedLink], blocks: list[int]) -> list[int]:
    """Blocks of one height: the last card of a list, alone in its row, is no larger than the others.

    Nor is it smaller: the last row of a table that is never closed holds the side column's list, too (the
    awkward site 141294).
    """
    ways = [paths.between(block, link.index) for link, block in zip(links, blocks, strict=True)]
    counts = Counter(ways)
    # Of heights met equally often the lowest is the card's, the others hold more than one.
    usual = max(counts, key=lambda way: (counts[way], -len(way)))
    levelled = []
    for link, block, way in zip(links, blocks, ways, strict=True):
        higher = len(way) > len(usual) and way[len(way) - len(usual) :] == usual
        lower = len(usual) > len(way) and usual[len(usual) - len(way) :] == way and link is links[-1]
        levelled.append(_at_height(outline, paths, link.index, usual) if higher or lower else block)
    return levelled


def _at_height(outline: Outline, paths: TagPaths, index: int, usual: tuple[str, ...]) -> int:
    """The element above a link that is as far away as usual."""
    for above in outline.ancestors(index):
        if paths.between(above, index) == usual:
            return above
    return index


def cut_single(
    outline: Outline, link: ListedLink, titles: Sequence[ListedLink], dates: Sequence[int]
) -> ListRecord | None:
    """Cut the smallest element around a link that stands alone and a date, if no other title is in it."""
    others = [other.index for other in titles if other.url != link.url]
    for above in (link.index, *outline.ancestors(link.index)):
        end = outline.ends[above]
        if outline.tags[above] in _WHOLE | _TABLES or any(above < other < end for other in others):
            return None
        if any(above <= date < end for date in dates):
            return ListRecord(link, above, end, above, end)
    return None
