"""Days of a table whose cell spans the rows of one day: each of these rows is of that day."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Final

from crawler.dates.label import Label
from crawler.extract.lists.candidate import DateCandidate, Zone
from crawler.extract.lists.date.found import FoundDate
from crawler.extract.lists.date.prose import ProseStanding
from crawler.extract.lists.path import CELLS, TagPaths, span_of
from crawler.extract.lists.record import ListRecord
from crawler.extract.page.outline import Outline

__all__ = ["find_spanning_dates"]

_DEEPEST: Final = 4


def find_spanning_dates(
    outline: Outline, paths: TagPaths, records: Sequence[ListRecord], dates: Sequence[FoundDate]
) -> list[list[DateCandidate]]:
    """Find for each record the day whose cell stands in its row, where cells of the column span several."""
    columns: dict[str, list[tuple[FoundDate, range]]] = defaultdict(list)
    merged: set[str] = set()
    for date in dates:
        cell = next(
            (a for a in islice(outline.ancestors(date.index), _DEEPEST) if outline.tags[a] in CELLS), None
        )
        if cell is None or date.standing < ProseStanding.META or date.label in {Label.MODIFIED, Label.OTHER}:
            continue
        span, row = span_of(outline, cell), outline.parents[cell]
        name = f"{outline.parents[row]} td{paths.column(cell)}"
        columns[name].append((date, range(row, _end(outline, row, span))))
        if span > 1:
            merged.add(name)
    given: list[list[DateCandidate]] = [[] for _ in records]
    for name in merged:
        days, key = columns[name], ("above", f"ABOVE {name}")
        begins = [rows.start for _, rows in days]
        for own, record in zip(given, records, strict=True):
            number = bisect_right(begins, record.link.index) - 1
            if number >= 0 and record.link.index in days[number][1]:
                own.append(DateCandidate(days[number][0], Zone.ABOVE, name.partition(" ")[2], (key,)))
    return given


def _end(outline: Outline, row: int, span: int) -> int:
    """Where the last of the rows ends in which a cell stands."""
    box, end = outline.parents[row], outline.ends[row]
    below = end
    while span > 1 and box >= 0 and below < outline.ends[box]:
        end = below = outline.ends[below]
        span -= 1
    return end
