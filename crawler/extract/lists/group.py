"""Which links head the records of a list: those set alike, by tags, that read like titles."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import fmean

from crawler.extract.lists.link import ListedLink
from crawler.extract.lists.path import TagPaths
from crawler.extract.lists.record import ListRecord
from crawler.extract.page.outline import HEADINGS, Outline

__all__ = ["group_links", "is_heading_of_section", "merge_links", "split_group", "weigh_titles"]

_MOST_WORDS = 8
_TITLE_WORDS = 2.5
_HEADED = 10
_FOREIGN = 5
# A section's heading stands over so many links that read like titles themselves.
_SECTION = 3
_LONGER = 2


def group_links(paths: TagPaths, links: Sequence[ListedLink]) -> list[list[ListedLink]]:
    """Group links with equal tag paths, one for each address that follows itself, in document order.

    The figures of a pager may stand as the buttons of cards do (the awkward site 2121402).
    """
    groups: dict[tuple[int, bool], list[ListedLink]] = defaultdict(list)
    for link in links:
        group = groups[paths.of(link.index), link.text.isdecimal()]
        if not group or group[-1].url != link.url:
            group.append(link)
    # Where few addresses recur they are the authors or sections of other records.
    return [group for group in groups.values() if len({link.url for link in group}) * 5 >= len(group) * 3]


def weigh_titles(links: Sequence[ListedLink]) -> float:
    """Weigh how much a group reads like titles; the name of a section recurs, and is short in its heading."""
    words = fmean(min(link.words, _MOST_WORDS) for link in links)
    heading = (_HEADED if words >= _TITLE_WORDS else _HEADED / 2) * fmean(link.heading for link in links)
    recurring = 1 - len({link.text for link in links}) / len(links)
    return words + heading - _HEADED * recurring - _FOREIGN * fmean(link.foreign for link in links)


def is_heading_of_section(
    records: Sequence[ListRecord], titles: Sequence[ListedLink], paths: TagPaths
) -> bool:
    """Tell whether behind most links several longer titles follow, set alike: they head a section."""
    return sum(_holds_list(record, titles, paths) for record in records) * 2 > len(records)


def _holds_list(record: ListRecord, titles: Sequence[ListedLink], paths: TagPaths) -> bool:
    inside: dict[int, dict[str, int]] = defaultdict(dict)
    for link in titles:
        if record.begin <= link.index < record.after and link.url != record.link.url:
            inside[paths.of(link.index)][link.url] = link.words
    # Tags and topics of a card are shorter than its title; "Berita Terbaru" is shorter than its posts.
    return any(
        len(few) >= _SECTION and fmean(few.values()) >= record.link.words + _LONGER for few in inside.values()
    )


def split_group(outline: Outline, records: Sequence[ListRecord]) -> Iterator[list[list[ListRecord]]]:
    """Split records that are alike by tags only, ever finer: by classes above them, by their box."""
    yield [list(records)]
    for key in (_classes_above, _box_above):
        parts: dict[object, list[ListRecord]] = defaultdict(list)
        for record in records:
            parts[key(outline, record)].append(record)
        if 1 < len(parts) < len(records):
            yield list(parts.values())
    runs: list[list[ListRecord]] = []
    for record in records:
        if not runs or any(outline.tags[i] in HEADINGS for i in range(runs[-1][-1].end, record.begin)):
            runs.append([])
        runs[-1].append(record)
    if 1 < len(runs) < len(records):
        yield runs


def _classes_above(outline: Outline, record: ListRecord) -> object:
    above = list(outline.ancestors(record.begin))[:4]
    return tuple(outline.attribute(index, "class") for index in above)


def _box_above(outline: Outline, record: ListRecord) -> object:
    return outline.parents[record.begin]


def merge_links(links: Sequence[ListedLink], more: Sequence[ListedLink]) -> list[ListedLink]:
    """Merge two groups in document order, one link for each address that follows itself."""
    merged: list[ListedLink] = []
    for link in sorted({*links, *more}, key=lambda link: link.index):
        if not merged or merged[-1].url != link.url:
            merged.append(link)
    return merged
