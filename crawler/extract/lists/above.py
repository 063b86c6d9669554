"""Days that head several items: an archive's "3 November 2026" over the posts of that day."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from crawler.dates.label import Label
from crawler.extract.lists.candidate import DateCandidate, Zone
from crawler.extract.lists.date.found import FoundDate, line_at
from crawler.extract.lists.date.prose import ProseStanding
from crawler.extract.lists.path import TagPaths
from crawler.extract.lists.record import ListRecord
from crawler.extract.page.outline import HEADINGS, Outline

__all__ = ["find_heading_dates"]

# A single day over a list is the page's clock, or the day of its last build.
_FEWEST: Final = 2
_LEAST_USED: Final = 0.8
_LARGEST_HEADING: Final = 12
_LONGEST_HEAD: Final = 30
_MOST_HEADS: Final = 6
_SMALL: Final = frozenset({"span", "small", "i", "em", "time"})


def find_heading_dates(
    outline: Outline, paths: TagPaths, records: Sequence[ListRecord], dates: Sequence[FoundDate]
) -> list[list[DateCandidate]]:
    """Find for each record the day above it, where days that stand alone alternate with records."""
    if trailing := _find_trailing(outline, paths, records, dates):
        return trailing
    begins = [record.begin for record in records]
    alone: dict[int, list[tuple[FoundDate, range]]] = defaultdict(list)
    aged: dict[int, list[int]] = defaultdict(list)
    for date in dates:
        number = bisect_right(begins, date.index) - 1
        inside = number >= 0 and date.index < records[number].end
        if not inside and _is_alone(date):
            alone[paths.of(date.place)].append((date, _reach(outline, date)))
        elif not inside and date.reading is not None and date.reading.relative:
            aged[paths.of(date.place)].append(date.index)
    given: list[list[DateCandidate]] = [[] for _ in records]
    for path, headings in alone.items():
        places = [date.index for date, _ in headings]
        above = [bisect_right(places, begin) - 1 for begin in begins]
        # "Hari ini, 09:12" heads its own card, and no day above it does (the awkward site 2150368).
        nearer = [bisect_right(aged[path], begin) - 1 for begin in begins]
        heads = [
            n if n >= 0 and begin in headings[n][1] and (a < 0 or aged[path][a] < places[n]) else -1
            for n, a, begin in zip(above, nearer, begins, strict=True)
        ]
        used = {head for head in heads if head >= 0}
        # No story stands between a heading and what it heads: else it is the foot of the item before.
        close = [
            number
            for number, head in enumerate(heads)
            if head >= 0
            and head != heads[number - 1]
            and _is_close(outline, headings[head][0], records[number])
        ]
        if len(used) < _FEWEST or min(len(used), len(close)) < _LEAST_USED * len(headings):
            continue
        name = ">".join(paths.between(outline.parents[headings[0][0].place], headings[0][0].place))
        small = _is_line(outline, headings[0][0], records[0])
        for number, (own, head) in enumerate(zip(given, heads, strict=True)):
            # In small type it is a line of the next item's, though that below may have none.
            if head >= 0 and not (small and number and heads[number - 1] == head):
                own.append(DateCandidate(headings[head][0], Zone.ABOVE, name, (("above", f"ABOVE {path}"),)))
    return given


def _find_trailing(
    outline: Outline, paths: TagPaths, records: Sequence[ListRecord], dates: Sequence[FoundDate]
) -> list[list[DateCandidate]]:
    """The headings of days that close the record before, as in a table that nothing closes; else none.

    The first stands above the first record: else they are the days of the records which they close (the
    awkward site 2300374).
    """
    alone = [date for date in dates if outline.tags[date.place] in HEADINGS and _is_alone(date)]
    heads = [date for date in alone if date.index < records[-1].begin]
    first = [date for date in heads if date.index < records[0].begin]
    inside = heads[len(first) :]
    if not first or not inside or not _is_close(outline, first[-1], records[0]):
        return []
    begins = [record.begin for record in records]
    for date in inside:
        record = records[bisect_right(begins, date.index) - 1]
        behind = range(outline.ends[date.place], record.end)
        closes = record.link.index < date.index < record.end and not any(outline.texts[i] for i in behind)
        if not closes or outline.tags[date.place] != outline.tags[first[-1].place]:
            return []
    heads = heads[len(first) - 1 :]
    places = [date.index for date in heads]
    path = f"ABOVE {paths.name(heads[0].place)}"
    above = (heads[bisect_right(places, begin) - 1] for begin in begins)
    return [[DateCandidate(head, Zone.ABOVE, path, (("above", path),))] for head in above]


def _is_close(outline: Outline, heading: FoundDate, record: ListRecord) -> bool:
    """Whether no more than the heads of a table's columns stand between a day and the first item below it."""
    # The permanent link of an entry stands below its story, as a button does (the awkward site 2101873).
    below = "#" in record.link.url or not record.link.is_title
    first = record.begin if below else record.link.index
    text = next((i for i in range(first, outline.ends[first]) if outline.texts[i]), first)
    between = outline.lines[heading.line + 1 : line_at(outline, text)]
    return all(len(line.text) <= _LONGEST_HEAD for line in between) and len(between) <= _MOST_HEADS


def _is_line(outline: Outline, date: FoundDate, record: ListRecord) -> bool:
    """Whether a day is small type in the flow of the items, and no box of its own."""
    around = outline.parents[date.place]
    return outline.tags[date.place] in _SMALL and around < record.begin < outline.ends[around]


def _is_alone(date: FoundDate) -> bool:
    if (
        date.is_clock
        or date.standing is not ProseStanding.PURE
        or date.label in {Label.MODIFIED, Label.OTHER}
        or date.line < 0
    ):
        return False
    return (
        date.reading is not None
        and not date.reading.relative
        and len(date.text) < 2 * len(date.reading.raw) + 4
    )


def _reach(outline: Outline, date: FoundDate) -> range:
    """What a day can head: all that stands beside it, where nothing but it is in its own box."""
    top, text = date.place, outline.text_of(date.place)
    for above in outline.ancestors(top):
        if outline.ends[above] - above > _LARGEST_HEADING or outline.text_of(above) != text:
            return range(outline.ends[top], outline.ends[above])
        top = above
    return range(0)
