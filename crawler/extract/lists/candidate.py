"""The dates that could be a record's own, and the places in the record in which they stand."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from crawler.dates.label import Label
from crawler.extract.lists.date.found import FoundDate
from crawler.extract.lists.date.label import is_marked, label_words, tells_document
from crawler.extract.lists.date.prose import ProseStanding
from crawler.extract.lists.path import CELLS, TagPaths
from crawler.extract.lists.record import ListRecord
from crawler.extract.lists.title import TitlePlace, find_title
from crawler.extract.page.outline import Outline
from crawler.extract.page.shelf import is_topic

__all__ = ["DateCandidate", "Key", "Zone", "find_candidates"]

# A place, as it is looked for in every record of a group.
Key = tuple[str, str]


class Zone(IntEnum):
    """Where a candidate stands, seen from its record."""

    INSIDE = 0
    LINE = 1
    BEHIND = 2
    BEFORE = 3
    ABOVE = 4


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that could be a record's.

    Attributes:
        zone: in the record's block, on the line of its link, in a gap, over several records.
        path: the tags from the block down to what is about the date.
        keys: the names under which the same place may be found in other records.
        heading: what stands over its column, if it is a cell; empty otherwise.
        is_in_title: whether it opens or closes the title itself.
    """

    found: FoundDate
    zone: Zone
    path: str
    keys: tuple[Key, ...]
    heading: str = ""
    is_in_title: bool = False

    @property
    def is_published(self) -> bool:
        """Whether it says, or its column does, that it is the day of publication."""
        return Label.PUBLISHED in {self.found.label, label_words(self.heading)}

    @property
    def is_document(self) -> bool:
        """Whether its column tells the days of letters."""
        return tells_document(self.heading)


# Tokens of a class attribute, up to this many, name the leaf of a card.
_MOST_TOKENS: Final = 6
_LONGEST_HEADER: Final = 40
_NEAR: Final = frozenset({Zone.INSIDE, Zone.LINE})
_NEVER: Final = frozenset({Label.MODIFIED, Label.OTHER})


class _Finder:
    def __init__(self, outline: Outline, paths: TagPaths, dates: Sequence[FoundDate]) -> None:
        self.outline, self.paths, self.dates = outline, paths, dates
        self.places = [date.index for date in dates]
        self.headings: dict[int, str] = {}

    def of(self, record: ListRecord) -> list[DateCandidate]:
        """Find a record's dates; a day set apart in the title's link is an event's where another is near."""
        title = find_title(self.outline, record)
        found = list(self._around(record, title))
        near = [c for c in found if c.zone in _NEAR and c.found.index not in title.day]
        if is_topic(record.link.url) and self._may_be_of_reply(record, near):
            return []
        return [c for c in found if c.found.index not in title.day] if near else found

    def _may_be_of_reply(self, record: ListRecord, near: Sequence[DateCandidate]) -> bool:
        """Whether a topic's only day says not what it is of: forums show that of the last reply (Spirit)."""
        told = [d for d in self.places if record.begin <= d < record.end]
        plain = not any(c.is_published or is_marked(self.outline, c.found.index) for c in near)
        return len(told) <= 1 and plain

    def _around(self, record: ListRecord, title: TitlePlace) -> Iterator[DateCandidate]:
        low = bisect_left(self.places, min(record.before, record.begin))
        high = bisect_left(self.places, max(record.after, record.end))
        if low == high:
            return
        seen: Counter[tuple[Zone, str]] = Counter()
        for date, heading, zone, path in self._placed(record, title, low, high):
            seen[zone, path] += 1
            keys = tuple(self._keys(record, date, title, zone, path, seen[zone, path]))
            yield DateCandidate(date, zone, path, keys, heading)

    def _placed(
        self, record: ListRecord, title: TitlePlace, low: int, high: int
    ) -> list[tuple[FoundDate, str, Zone, str]]:
        """Where the dates around a record stand; of those before it the nearest first.

        Farther off a stray one may stand above the whole list.
        """
        before: list[tuple[FoundDate, str, Zone, str]] = []
        others: list[tuple[FoundDate, str, Zone, str]] = []
        for date in self.dates[low:high]:
            heading = self._column_heading(date)
            if not self._may_date(date, title, record) or label_words(heading) in _NEVER:
                continue
            zone = self._zone(record, date, title)
            if date.is_clock and zone is not Zone.INSIDE:
                continue
            path = self._path(record, date, zone)
            if zone is not Zone.INSIDE and "aside" in path.split(">"):
                # The last row of an unclosed table has the side column behind it.
                continue
            (before if zone is Zone.BEFORE else others).append((date, heading, zone, path))
        return [*reversed(before), *others]

    def _may_date(self, date: FoundDate, title: TitlePlace, record: ListRecord) -> bool:
        if date.label in _NEVER or title.covers(date.index):
            return False
        if date.standing is ProseStanding.PROSE:
            return False
        if date.standing is ProseStanding.EDGE:
            return not record.link.is_title and not title.apart
        if title.is_repeated_by(date.text):
            return False
        return not self._is_heading_text(record, date)

    def _is_heading_text(self, record: ListRecord, date: FoundDate) -> bool:
        """Whether a heading says more than the date: it is a title, unless the record has a headed one."""
        if record.link.heading:
            return False
        return date.standing is not ProseStanding.PURE and any(
            self.outline.tags[above] in {"h1", "h2", "h3", "h4", "h5", "h6"}
            for above in list(self.outline.ancestors(date.index))[:3]
        )

    def _column_heading(self, date: FoundDate) -> str:
        """What stands over the dates of a table's column; empty where nothing does."""
        outline = self.outline
        cell = next((a for a in list(outline.ancestors(date.index))[:5] if outline.tags[a] in CELLS), None)
        if cell is None:
            return ""
        table = next((a for a in outline.ancestors(cell) if outline.tags[a] == "table"), None)
        if table is None:
            return ""
        first = next((i for i in range(table, outline.ends[table]) if outline.tags[i] == "tr"), None)
        if first is None or first < cell < outline.ends[first]:
            return ""
        column = self.paths.column(cell)
        below = first + 1
        while below < outline.ends[first]:
            if outline.tags[below] in CELLS and self.paths.column(below) == column:
                if below not in self.headings:
                    text = outline.text_of(below)
                    # A first row with figures is an item's own.
                    heads = len(text) < _LONGEST_HEADER and not any(map(str.isdigit, text))
                    self.headings[below] = text if heads else ""
                return self.headings[below]
            below = outline.ends[below]
        return ""

    def _zone(self, record: ListRecord, date: FoundDate, title: TitlePlace) -> Zone:
        if record.begin <= date.index < record.end:
            return Zone.INSIDE
        if date.line >= 0 and date.line == title.line:
            return Zone.LINE
        return Zone.BEHIND if date.index >= record.end else Zone.BEFORE

    def _path(self, record: ListRecord, date: FoundDate, zone: Zone) -> str:
        top = record.begin if zone is Zone.INSIDE else self.outline.parents[record.begin]
        return ">".join(self.paths.between(top, date.place))

    def _keys(
        self, record: ListRecord, date: FoundDate, title: TitlePlace, zone: Zone, path: str, ordinal: int
    ) -> Iterator[Key]:
        where = zone.name
        yield "path", f"{where} {path} {ordinal}"
        if date.line >= 0 and title.line >= 0:
            yield "line", f"{where} {path} {date.line - title.line}"
        outline = self.outline
        bounds = (record.begin, record.end) if zone is Zone.INSIDE else (record.before, record.after)
        for above in (date.place, outline.parents[date.place]):
            if not bounds[0] <= above < bounds[1]:
                break
            if outline.tags[above] in CELLS and outline.tags[outline.parents[above]] == "tr":
                yield "column", f"{where} {self.paths.column(above)}"
            for token in outline.attribute(above, "class").split()[:_MOST_TOKENS]:
                yield "class", f"{where} {token} {ordinal}"


def find_candidates(
    outline: Outline, paths: TagPaths, records: Sequence[ListRecord], dates: Sequence[FoundDate]
) -> list[list[DateCandidate]]:
    """Find for each record the dates that could be its own: no title's, no story's, no edit's or event's."""
    finder = _Finder(outline, paths, dates)
    return [finder.of(record) for record in records]
