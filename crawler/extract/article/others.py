"""Days that readers see on a page and that are another's: a title's, a picture's, a schedule's, a clock's."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from crawler.dates.label import Label
from crawler.extract.article.clause import count_names
from crawler.extract.article.sight import DaySight, Scene
from crawler.extract.page.caption import is_below_picture, is_caption, is_told_below_picture
from crawler.extract.page.outline import HEADINGS, Outline

__all__ = ["is_called", "is_drawn_byline", "leave_out_ages", "leave_out_others"]

_BY: Final = re.compile(r"(?<![^\W_])(?:oleh|by)(?![^\W_])", re.IGNORECASE)
_FEWEST_OF_HEADLINE: Final = 4
_MOST_BELOW: Final = 2
_NEAR_LINES: Final = 8
_MOST_OF_AUTHOR: Final = 3
_TIME_ICON: Final = re.compile(r"(?:^|[\s_-])(?:calendar|clock)", re.IGNORECASE)
_USER_ICON: Final = re.compile(r"(?:^|[\s_-])(?:user|person|author|pencil|pen)(?:$|[\s_-])", re.IGNORECASE)
_A_DAY: Final = timedelta(days=1)


def leave_out_others(scene: Scene, seen: Sequence[DaySight]) -> list[DaySight]:
    """Give the days that could be the post's or its event's."""
    own = [sight for sight in seen if not _is_others(scene, sight)]
    scheduled = _find_scheduled(scene, own)
    widgets = _find_widgets(scene, own)
    return [sight for sight in own if sight not in scheduled and sight not in widgets]


def leave_out_ages(scene: Scene, sights: Sequence[DaySight]) -> list[DaySight]:
    """Leave out an age where its line has the day as well: "1 bulan yang lalu (24 Okt 2026)".

    Behind the story's begin, too, where the heading has a day: those are comments' and other posts'.
    """
    dated = {sight.number for sight in sights if not sight.reading.relative}
    headed = any(0 < number - (scene.start or 0) <= _NEAR_LINES for number in dated)
    return [
        sight
        for sight in sights
        if not sight.reading.relative
        or not (
            (sight.number in dated and not sight.reading.precision.names_a_day)
            or (headed and sight.number > scene.text_begin)
        )
    ]


def is_called(scene: Scene, sight: DaySight) -> bool:
    """Tell whether words that say nothing of a post name a day: "Zoom Meeting: Rabu, 22 April 2026".

    Or that a day names them: "Kamis, 23 April 2026: Seleksi berkas".
    """
    line = scene.outline.lines[sight.number].text
    before = line.partition(sight.shown)[0].rstrip() if sight.shown else ""
    behind = line.partition(sight.shown)[2].strip() if sight.shown else ""
    called = before.endswith(":") and count_names(before) > 0
    return sight.label is Label.NONE and (called or (behind.startswith(":") and count_names(behind) > 0))


def is_drawn_byline(outline: Outline, index: int) -> bool:
    """Tell whether pictures for words stand before a day and before an author: a clock's, and a person's."""
    parent = outline.parents[index]
    before = range(parent + 1, index)
    drawn = [outline.marks(i) for i in before if outline.tags[i] in {"i", "svg"} and outline.ends[i] == i + 1]
    return bool(drawn) and _TIME_ICON.search(drawn[-1]) is not None and any(map(_USER_ICON.search, drawn))


def _find_scheduled(scene: Scene, sights: Sequence[DaySight]) -> set[DaySight]:
    """Find the days of a table that tells one in each of several rows: those of an event's."""
    outline = scene.outline
    rows: dict[tuple[int, int], dict[int, DaySight]] = {}
    for sight in sights:
        above = list(outline.ancestors(sight.index))
        cell = next((i for i in above if outline.tags[i] == "td"), None)
        table = next((i for i in above if outline.tags[i] == "table"), None)
        if cell is None or table is None or sight.label is not Label.NONE or not sight.alone:
            continue
        row = outline.parents[cell]
        place = sum(outline.tags[i] == "td" and outline.parents[i] == row for i in range(row, cell))
        rows.setdefault((table, place), {})[row] = sight
    return {
        sight
        for column in rows.values()
        for sight in column.values()
        if len({each.reading.day(scene.setting.zone) for each in column.values()}) > 1
    }


def _find_widgets(scene: Scene, sights: Sequence[DaySight]) -> set[DaySight]:
    """Find today's day above the heading where several boxes tell it: "Kurs 27 November", "Jadwal Sholat"."""
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
    return {sight for sight in above if often[sight.reading.day(setting.zone)] > 1}


def _is_others(scene: Scene, sight: DaySight) -> bool:
    """Whether a day belongs to a title, to another post's link or to a picture."""
    outline, line = scene.outline, scene.outline.lines[sight.number]
    if scene.top is not None and scene.top <= sight.index < outline.ends[scene.top]:
        return not sight.alone
    if _repeats_title(scene.title.casefold(), sight.shown.casefold(), line.text.casefold()):
        return True
    above = list(outline.ancestors(sight.index))[:5]
    if any(is_caption(outline, i) for i in above):
        return True
    if sight.label is not Label.NONE:
        return False
    small = next((i for i in above if is_below_picture(outline, i)), None)
    if small is not None and _is_told(outline.text_of(small), sight):
        return True
    if any(is_told_below_picture(outline, i, sight.shown) for i in above):
        return True
    if any(outline.tags[i] in HEADINGS for i in above):
        return sight.near >= 1 and not _is_byline(scene, sight)
    if any(_is_headline(outline, part) for part in line.indices if part != sight.index):
        return True
    linked = next((i for i in above if outline.tags[i] == "a"), None)
    # "Camat lantik pejabat, 25 November 2026" leads to another post, "25 November 2026" to an archive.
    return linked is not None and count_names(outline.text_of(linked).replace(sight.shown, " ")) >= 2


def _is_byline(scene: Scene, sight: DaySight) -> bool:
    """Whether a line below the heading, a heading by its tag, says who wrote it or how often it is read.

    `<h3 class="kecil">24 November 2026 Admin Desa 240 Kali Dibaca</h3>`: themes of village sites.
    """
    if scene.start is None or not 0 < sight.number - scene.start <= _MOST_BELOW:
        return False
    line = scene.outline.lines[sight.number].text
    before = line[: line.find(sight.shown)] if sight.shown else ""
    return sight.about and sight.near <= _MOST_OF_AUTHOR and not count_names(before)


def _repeats_title(title: str, shown: str, line: str) -> bool:
    """Whether a line that names a day says the title again, as what is pasted from Word does in capitals."""
    return len(title) > 8 and bool(shown) and shown in title and (line in title or title in line)


def _is_told(text: str, sight: DaySight) -> bool:
    """Whether words stand beside a day that are no author's."""
    words = text.replace(sight.shown, " ")
    return count_names(words) >= 2 and not _BY.search(words)


def _is_headline(outline: Outline, index: int) -> bool:
    """Whether a text leads to another post: a link of more words than an author's name has."""
    linked = any(outline.tags[above] == "a" for above in list(outline.ancestors(index))[:3])
    return linked and count_names(outline.texts[index]) >= _FEWEST_OF_HEADLINE
