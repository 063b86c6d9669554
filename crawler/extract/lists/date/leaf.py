"""Where a calendar leaf stands whose day, month and year are boxes of their own."""

from collections.abc import Sequence

from crawler.extract.page.outline import HEADINGS, Outline, TextLine

__all__ = ["find_leaf"]


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
