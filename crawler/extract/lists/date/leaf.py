"""Where a calendar leaf stands whose day, month and year are boxes of their own."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from crawler.extract.lists.date.partial import Partial, find_partial
from crawler.extract.page.outline import HEADINGS, Outline, TextLine

__all__ = ["find_leaf", "find_split"]

_LONGEST_SPLIT: Final = 24


def find_leaf(outline: Outline, lines: Sequence[TextLine]) -> int | None:
    """Find the smallest element around a leaf's lines; None where one of them heads the cards behind it.

    A card of the 1st of September, the last one below its month, stood before the heading "Agustus 2024" (the
    awkward site 2110338). A leaf has no link before its day, where it has a heading in it.
    """
    first = place = lines[0].first
    while outline.ends[place] <= lines[-1].last:
        place = outline.parents[place]
    headed = [any(outline.tags[a] in HEADINGS for a in outline.ancestors(line.first)) for line in lines]
    return None if any(headed) and not headed[0] and "a" in outline.tags[place:first] else place


def find_split(outline: Outline, line: TextLine) -> Iterator[tuple[int, int, str, Partial]]:
    """Find a day and a month in boxes of their own within a line that says more: where, and what they say.

    "<small><b>24</b> <b>Nop</b></small> <small>99 kali dibaca</small>".
    """
    for (one, first), (other, second) in pairwise(zip(line.indices, line.parts, strict=True)):
        text = f"{first.strip()} {second.strip()}"
        day = find_partial(text) if len(text) <= _LONGEST_SPLIT else None
        if day is None:
            continue
        place = outline.parents[one]
        while outline.ends[place] <= other:
            place = outline.parents[place]
        if outline.text_of(place) == text and outline.tags[place] != "a":
            yield one, place, text, day
