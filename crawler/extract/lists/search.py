"""From the links and dates of a page to its lists: which links head records, and the slot of each list."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from crawler.extract.article.witness import Setting
from crawler.extract.file import is_file
from crawler.extract.lists.above import find_heading_dates
from crawler.extract.lists.candidate import DateCandidate, Zone, find_candidates
from crawler.extract.lists.date.found import FoundDate
from crawler.extract.lists.date.prose import ProseStanding
from crawler.extract.lists.edge import find_edge_days
from crawler.extract.lists.group import (
    group_links,
    is_heading_of_section,
    merge_links,
    split_group,
    weigh_titles,
)
from crawler.extract.lists.link import ListedLink
from crawler.extract.lists.path import TagPaths
from crawler.extract.lists.record import ListRecord, cut_records, cut_single, lower_records
from crawler.extract.lists.slot import Choice, choose_slot
from crawler.extract.lists.spanning import find_spanning_dates
from crawler.extract.page.outline import Outline

__all__ = ["RecordList", "Search"]

_FEWEST: Final = 2
# So many links that read like titles head records even where no date is shown: the links inside are theirs.
_FEWEST_SURE: Final = 3
_SURE: Final = 4


@dataclass(frozen=True, slots=True)
class RecordList:
    """Records of one list, with the slot that dates them, or a doubtful one, or neither."""

    records: tuple[ListRecord, ...]
    choice: Choice | None
    doubtful: Choice | None = None

    @property
    def best(self) -> Choice | None:
        """The slot, if need be the doubtful one."""
        return self.choice or self.doubtful

    @property
    def links(self) -> list[ListedLink]:
        """The links that head its records."""
        return [record.link for record in self.records]


class Search:
    """One search of one page; what accepted lists hold is taken from later ones.

    Attributes:
        dates: those that no list has taken.
    """

    def __init__(
        self,
        outline: Outline,
        links: Sequence[ListedLink],
        dates: Sequence[FoundDate],
        setting: Setting,
        unseated: frozenset[str],
        places: frozenset[str] = frozenset(),
    ) -> None:
        self._outline, self._links, self._setting = outline, links, setting
        self.dates = list(dates)
        self._unseated, self._places = unseated, places
        self.paths = TagPaths(outline)
        self._titles = [link for link in links if link.is_title]
        self._short = defaultdict(list)
        for link in links:
            if not link.is_title and link.words:
                self._short[self.paths.of(link.index)].append(link)
        self._taken: list[tuple[int, int]] = []

    def run(self) -> list[RecordList]:
        """Find the lists of the page, dated ones first, each in document order."""
        found: list[RecordList] = []
        pages = [link for link in self._titles if not is_file(link.url)]
        found += self._side_by_side(pages)
        undated: list[RecordList] = []
        for links in (pages, [link for link in self._titles if is_file(link.url)]):
            some, none = self._settle(group_links(self.paths, links))
            found += some
            undated += none
        # A headline that stands alone heads its card, whatever else in that leads to the same page.
        lone = {g[0].url for g in group_links(self.paths, self._free_titles()) if len(g) == 1}
        weak = [a for a in self._links if not a.is_title and self._is_free(a.index) and a.url not in lone]
        # Entries of a shared page are set like the months of its calendar (chalow).
        for few in ([a for a in weak if "#" in a.url], [a for a in weak if "#" not in a.url]):
            found += self._settle(group_links(self.paths, few))[0]
        # Cards side by side in the cells of a layout table.
        rest = self._free_titles()
        found += self._settle(group_links(TagPaths(self._outline, columns=False), rest))[0]
        found += self._singles(alone=not any(part.choice for part in found))
        return [*found, *undated]

    def _side_by_side(self, links: Sequence[ListedLink]) -> Iterator[RecordList]:
        """Cards in the cells of a layout table, each with a day of its own: no row of them is one card."""
        free = [link for link in links if self._is_free(link.index)]
        for group in group_links(TagPaths(self._outline, columns=False), free):
            if len(group) < _FEWEST_SURE or len({self.paths.of(link.index) for link in group}) == 1:
                continue
            for part in self._look(group):
                found = part.choice.found if part.choice is not None else ()
                if found and all(c is not None and c.zone is Zone.INSIDE for c in found):
                    self._take(part)
                    yield part

    def _settle(self, groups: Sequence[Sequence[ListedLink]]) -> tuple[list[RecordList], list[RecordList]]:
        """Dated lists among groups of links, and what is left undated."""
        looked = [(links, part) for links in groups if len(links) >= _FEWEST for part in self._look(links)]
        looked.sort(key=lambda pair: (pair[1].choice is None, -weigh_titles(pair[0])))
        dated: list[RecordList] = []
        undated: list[RecordList] = []
        for _, part in looked:
            for own in self._freed(part):
                if own.best is None:
                    undated.append(own)
                    if len(own.records) >= _FEWEST_SURE and weigh_titles(own.links) >= _SURE:
                        self._take(own)
                else:
                    dated.append(own)
                    self._take(own)
        return dated, undated

    def _freed(self, part: RecordList) -> Iterator[RecordList]:
        """A list without the records that stand in those of others, or around them; else read anew."""
        free = [
            record
            for record in part.records
            if self._is_free(record.link.index) and not self._is_around(record)
        ]
        if len(free) == len(part.records):
            yield part
        elif len(free) >= _FEWEST:
            yield from self._look([record.link for record in free])

    def _look(self, links: Sequence[ListedLink]) -> Iterator[RecordList]:
        """The lists that a group of links is: as a whole, or parted where only parts have a slot."""
        records = self._cut(links)
        if is_heading_of_section(records, self._titles, self.paths):
            return
        found = self._part(records)
        if found is not None and any(map(_lacks_dates, found)):
            lowered = lower_records(self._outline, self.paths, records)
            headed = self._part(lowered) if lowered is not None else None
            found = headed if headed is not None and _is_headed_whole(headed) else found
        if found is None:
            yield from self._look_at_edges(records)
            return
        for part in found:
            yield from self._trim(part)

    def _part(self, records: Sequence[ListRecord]) -> list[RecordList] | None:
        """Records as the lists of which any has a slot; None where none has."""
        dates = self.dates
        inner = find_candidates(self._outline, self.paths, records, dates)
        above = find_heading_dates(self._outline, self.paths, records, dates)
        spanning = find_spanning_dates(self._outline, self.paths, records, dates)
        beside = zip(records, inner, above, spanning, strict=True)
        heads = {candidate.found.index for each in above for candidate in each}
        own = {
            record: [*(c for c in a if c.zone is not Zone.INSIDE or c.found.index not in heads), *b, *s]
            for record, a, b, s in beside
        }
        for parts in split_group(self._outline, records):
            chosen = [(part, self._choose(part, [own[record] for record in part])) for part in parts]
            if any(choice or doubtful for _, (choice, doubtful) in chosen):
                return [RecordList(tuple(part), choice, doubtful) for part, (choice, doubtful) in chosen]
        return None

    def _look_at_edges(self, records: Sequence[ListRecord]) -> Iterator[RecordList]:
        """Records beside which no day stands: the titles themselves may open or close with one."""
        for parts in split_group(self._outline, records):
            edges = [find_edge_days(part, self._outline, self._setting) for part in parts]
            if any(any(own) for own in edges):
                for part, own in zip(parts, edges, strict=True):
                    yield RecordList(tuple(part), *self._choose(part, own))
                return
        yield RecordList(tuple(records), None)

    def _trim(self, part: RecordList) -> Iterator[RecordList]:
        """Without undated records before or behind the dated ones, in other boxes: a side column's.

        Those may be a list as well, of a last page's two cards beside five links to what is new.
        """
        if part.best is None:
            yield part
            return
        dated = [number for number, found in enumerate(part.best.found) if found is not None]
        parents = self._outline.parents
        boxes = {parents[part.records[number].begin] for number in dated}
        kept = [
            dated[0] <= number <= dated[-1] or parents[record.begin] in boxes
            for number, record in enumerate(part.records)
        ]
        yield RecordList(
            tuple(compress(part.records, kept)),
            part.choice and part.choice.only(kept),
            part.doubtful and part.doubtful.only(kept),
        )
        rest = [r for r, own in zip(part.records, kept, strict=True) if not own]
        again = list(self._look([r.link for r in rest])) if len(rest) >= _FEWEST else []
        if any(own.best for own in again):
            yield from again
            return
        beside = [r for r in rest if r.link.heading]
        if beside:
            yield RecordList(tuple(beside), None)

    def _cut(self, links: Sequence[ListedLink]) -> tuple[ListRecord, ...]:
        """The records of a group, with those beside them whose titles are short: "Donor Darah"."""
        records = cut_records(self._outline, self.paths, links, self._titles)
        path, parents = self.paths.of(links[0].index), self._outline.parents
        blocks = [(record.begin, record.end) for record in records]
        short = [
            link
            for link in self._short.get(path, ())
            if not any(begin <= link.index < end for begin, end in blocks) and self._is_free(link.index)
        ]
        if not short:
            return records
        boxes = {parents[record.begin] for record in records}
        height = {self.paths.of(record.begin) for record in records}
        wider = cut_records(self._outline, self.paths, merge_links(links, short), self._titles)
        beside = [
            record.link
            for record in wider
            if record.link in short
            and parents[record.begin] in boxes
            and self.paths.of(record.begin) in height
        ]
        return (
            cut_records(self._outline, self.paths, merge_links(links, beside), self._titles)
            if beside
            else records
        )

    def _choose(
        self, records: Sequence[ListRecord], candidates: Sequence[Sequence[DateCandidate]]
    ) -> tuple[Choice | None, Choice | None]:
        first = records[0]
        head = ">".join(self.paths.between(first.begin, first.link.index))
        prefix = f"{self._outline.tags[first.begin]}>{head}".rstrip(">")
        return choose_slot(candidates, self._setting, prefix, self._unseated)

    def _singles(self, *, alone: bool) -> Iterator[RecordList]:
        """Lists of one record, and cards set like no other: only what stands inside dates them.

        Today's date, where no other list of the page tells days, is doubtful: some programs print the day
        of the visit on every card.
        """
        groups = (*group_links(self.paths, self._free_titles()), *group_links(self.paths, self._left()))
        for links in groups:
            if len(links) > 1:
                continue
            record = cut_single(self._outline, links[0], self._titles, self._standing())
            if record is None or self._is_around(record):
                continue
            candidates = find_candidates(self._outline, self.paths, [record], self.dates)
            inside = [c for c in candidates[0] if c.zone is Zone.INSIDE and not self._is_clock(record, c)]
            choice, _ = self._choose([record], [inside])
            if choice is not None:
                fresh = alone and any(c is not None and self._is_fresh(c) for c in choice.found)
                own = RecordList((record,), None, choice) if fresh else RecordList((record,), choice)
                self._take(own)
                yield own

    def _free_titles(self) -> list[ListedLink]:
        return [link for link in self._titles if self._is_free(link.index)]

    def _left(self) -> list[ListedLink]:
        """Buttons that stand where the page before had its list's: a last page may hold one row of files."""
        weak = (link for link in self._links if not link.is_title and self._places)
        return [a for a in weak if self.paths.name_place(a.index) in self._places and self._is_free(a.index)]

    def _is_clock(self, record: ListRecord, candidate: DateCandidate) -> bool:
        """Whether a date that no list confirms is today's, or a cache's yesterday: a clock's more likely."""
        reading = candidate.found.reading
        if candidate.found.is_clock:
            return True
        if reading is None or reading.relative:
            return reading is None
        # Below the heading it is the post's all the same: a clock stands above.
        if record.link.heading and candidate.found.index > record.link.index:
            return False
        return self._is_fresh(candidate)

    def _is_fresh(self, candidate: DateCandidate) -> bool:
        """Whether it says today or yesterday."""
        reading, setting = candidate.found.reading, self._setting
        if reading is None or reading.relative:
            return False
        age = setting.now.astimezone(setting.zone).date() - reading.day(setting.zone)
        return age.days <= 1

    def _take(self, part: RecordList) -> None:
        for record in part.records:
            insort(self._taken, (record.begin, record.end))
        used = {c.found.index for c in (part.best.found if part.best else ()) if c is not None}
        self.dates = [date for date in self.dates if date.index not in used]

    def _standing(self) -> list[int]:
        """Where dates stand that no title and no story tells."""
        return [date.index for date in self.dates if date.standing > ProseStanding.EDGE]

    def _is_free(self, index: int) -> bool:
        number = bisect_right(self._taken, (index, len(self._outline.tags)))
        return not any(begin <= index < end for begin, end in self._taken[max(0, number - 3) : number])

    def _is_around(self, record: ListRecord) -> bool:
        number = bisect_right(self._taken, (record.begin, -1))
        return number < len(self._taken) and self._taken[number][0] < record.end


def _lacks_dates(part: RecordList) -> bool:
    return part.best is None or None in part.best.found


def _is_headed_whole(parts: Sequence[RecordList]) -> bool:
    """Whether days above the records date every one of them."""
    found = [candidate for part in parts for candidate in (part.choice.found if part.choice else (None,))]
    return all(candidate is not None and candidate.zone is Zone.ABOVE for candidate in found)
