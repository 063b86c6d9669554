"""Days that stand for what happens on them: a schedule's, and those of boxes for rates and prayers."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from crawler.dates.label import Label
from crawler.extract.article.clause import count_names
from crawler.extract.article.sight import DaySight, Scene

__all__ = ["find_scheduled", "find_widgets", "is_scheduled"]

_A_DAY: Final = timedelta(days=1)
_LONGEST_CELL: Final = 120
_CELLS: Final = frozenset({"td", "th"})
# "Pengumuman: 5 Mei 2026", beside "Pendaftaran: 1 s.d. 3 Mei 2026".
_TERM: Final = re.compile(r"[^\W\d][^:\d]{2,40}:\s")


def is_scheduled(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a day names what happens on it: "Kamis, 23 April 2026: Seleksi berkas"."""
    behind = scene.outline.lines[sight.number].text.partition(sight.shown or "\n")[2].strip()
    return behind.startswith(":") and count_names(behind) > 0


def find_scheduled(scene: Scene, sights: Sequence[DaySight]) -> set[DaySight]:
    """Find the days of a table that tells one in each of several rows, or of a list of terms: an event's."""
    outline = scene.outline
    rows: dict[tuple[int, int], dict[int, DaySight]] = {}
    for sight in sights:
        above = list(outline.ancestors(sight.index))
        cell = next((i for i in above if outline.tags[i] in _CELLS), None)
        table = next((i for i in above if outline.tags[i] == "table"), None)
        if cell is None or table is None or sight.label is not Label.NONE or not sight.alone:
            continue
        if len(outline.text_of(cell)) > _LONGEST_CELL:
            # Old pages lay the whole story in a cell, and the day in the one above.
            continue
        row = outline.parents[cell]
        if outline.tags[cell] == "th":
            # What stands over columns: prices of one day, and of the next.
            rows.setdefault((row, -1), {})[cell] = sight
            continue
        place = sum(outline.tags[i] == "td" and outline.parents[i] == row for i in range(row, cell))
        rows.setdefault((table, place), {})[row] = sight
    listed = {
        sight for sight in sights if sight.label is Label.NONE and not sight.about and _is_term(scene, sight)
    }
    return listed | {
        sight
        for column in rows.values()
        for sight in column.values()
        if len({each.reading.day(scene.setting.zone) for each in column.values()}) > 1
    }


def find_widgets(scene: Scene, sights: Sequence[DaySight]) -> set[DaySight]:
    """Find today's day above the heading where several boxes tell it, or one goes on: "Kurs 27 Mei: …"."""
    setting = scene.setting
    today = setting.now.astimezone(setting.zone).date()
    above = [
        sight
        for sight in sights
        if scene.start is not None
        and sight.number < scene.start
        and (sight.label is Label.OTHER or (sight.names and not sight.about))
        and abs(sight.reading.day(setting.zone) - today) <= _A_DAY
    ]
    often = Counter(sight.reading.day(setting.zone) for sight in above)
    return {
        sight for sight in above if often[sight.reading.day(setting.zone)] > 1 or is_scheduled(scene, sight)
    }


def _is_term(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a point of a list names what a day is of, and another point does the same for its own."""
    outline = scene.outline
    point = next((i for i in outline.ancestors(sight.index) if outline.tags[i] == "li"), None)
    if point is None or not _TERM.match(outline.text_of(point)):
        return False
    dated = (outline.lines[number].first for number in outline.dated)
    inside = range(outline.parents[point], outline.ends[outline.parents[point]])
    others = (next((i for i in outline.ancestors(first) if outline.tags[i] == "li"), -1) for first in dated)
    return any(i in inside and i != point and _TERM.match(outline.text_of(i)) for i in others)
