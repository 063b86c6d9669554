"""Every day that a reader sees on a page and that could be the post's, before any is weighed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from crawler.dates import DateReading, find_dates
from crawler.dates.hint import might_date
from crawler.dates.label import Label, read_label
from crawler.dates.word import MONTH_PATTERN
from crawler.extract.article.clause import (
    ClauseStanding,
    count_names,
    judge_standing,
    own_fragment,
    repeats_title,
    tells_about,
    tells_story,
)
from crawler.extract.article.hints import SiteHints
from crawler.extract.article.witness import Setting, is_swapped, says_same, shows_own_clock
from crawler.extract.page.outline import HEADINGS, Outline, TextLine
from crawler.extract.page.region import is_aside
from crawler.extract.page.stated import is_rough, read_stated

__all__ = ["PUBLISHED_MARK", "DaySight", "Scene", "find_sights"]

PUBLISHED_MARK: Final = re.compile(
    # Bootstrap's "alert-info" is a colour.
    r"date|datum|time|publi|posted|meta|byline|tanggal|tgl|waktu|(?<!alert-)(?<!text-)(?<!bg-)(?<!badge-)info|dateline|penulis|author"
    r"|kicker|eyebrow",
    re.IGNORECASE,
)
# hAtom wants an "updated" on every post, so that beside a word for the post's day it says nothing.
_MODIFIED_MARK: Final = re.compile(
    r"modified|diperbarui|edited|last[_-]?updated?|updated?[_-]?(?:date|on|at|time)"
    r"|^(?!.*(?:date|publish|posted|tanggal)).*(?:^|[\s_-])updated(?:$|[\s_-])",
    re.IGNORECASE,
)
_TIMED: Final = frozenset({"time", "abbr", "timeago", "relative-time", "time-ago", "local-time"})
_NOUN: Final = re.compile(r"(?<![^\W_])(?:date|tanggal|tgl|released?|di-?rilis|rilis)\W*$", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\d")
_FIGURES: Final = re.compile(r"\d+")
_DAY: Final = re.compile(r"\W*\d{1,2}(?:st|nd|rd|th)?\W*")
_MONTH: Final = re.compile(rf"\W*{MONTH_PATTERN}", re.IGNORECASE)
_DAY_MONTH: Final = re.compile(
    rf"\W*(?:[0-3]?\d\s{MONTH_PATTERN}|{MONTH_PATTERN}\s[0-3]?\d)\W*", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\W*(?:19|20)\d\d\W*")
# A lead stands between heading and byline; Drupal calls each text "field--type-text-with-summary".
_LEAD_MARK: Final = re.compile(
    r"lead|excerpt|(?<!with-)summary|sub-?(?:title|judul|head)|deck|standfirst|intro|ringkasan", re.I
)
_MOST_CANDIDATES: Final = 24
_LONGEST_LINE: Final = 4000
_LONGEST_SHOWN: Final = 30
_LONGEST_LABEL: Final = 60
_MOST_WITH_NAME: Final = 5
# A signature's two lines: "Ditetapkan di Kota Contoh", "pada tanggal 5 Mei 2026".
_LED_IN: Final = re.compile(r"\W*pada\s(?:tanggal|tgl\.?|hari)\W*", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"(?<![^\W_])(?:oleh|by|di(?:tetapkan|keluarkan|tandatangani)\sdi)(?![^\W_])", re.IGNORECASE
)
# "Foto: Beni" in a byline's own line is complete.
_CREDITED: Final = re.compile(r"\W*(?:foto|photo|gambar|dok\w*\.?)\s?:\s?[^\W\d_]", re.IGNORECASE)
_LONGEST_PART: Final = 16
_INNERMOST: Final = 4


@dataclass(frozen=True)
class Scene:
    """A page's lines and where its post begins.

    Attributes:
        top: index of the heading in the outline; None where the page has none.
        title: what the post is called.
        aged: whether an element may show "6 hari" and tell the day under the pointer.
        is_topic: whether the page's address is that of a forum's topic.
    """

    outline: Outline
    setting: Setting
    hints: SiteHints
    top: int | None
    title: str
    aged: bool = False
    is_topic: bool = False

    @cached_property
    def start(self) -> int | None:
        """The heading's line."""
        if self.top is None:
            return None
        number = bisect_right(self._firsts, self.top)
        below = number < len(self._firsts) and self._firsts[number] < self.outline.ends[self.top]
        return number if below else None

    @cached_property
    def around(self) -> frozenset[int]:
        """Elements that hold the heading, or open a forum's topic; their classes say nothing about a part."""
        if self.top is None:
            return frozenset()
        return frozenset((*self.outline.ancestors(self.top), *self._opening))

    @cached_property
    def _opening(self) -> range:
        """The first of a topic's comments: the post itself, where the page has no other text (Spirit)."""
        outline, number = self.outline, self.text_begin
        if not self.is_topic or number >= len(outline.lines):
            return range(0)
        boxes = list(outline.ancestors(outline.lines[number].first))
        inside = next((i for i in reversed(boxes) if is_aside(outline, i)), None)
        if inside is None:
            return range(0)
        after = outline.ends[inside]
        if after >= len(outline.tags) or outline.marks(after) != outline.marks(inside):
            inside = outline.parents[inside]
        return range(inside, outline.ends[inside])

    @cached_property
    def text_begin(self) -> int:
        """The first line below the heading and its lead that tells the post's story."""
        lines = self.outline.lines
        begin = 0 if self.start is None else self.start + 1
        for number in range(begin, len(lines)):
            text = lines[number].text
            if tells_story(text) and not (
                self._is_lead(lines[number].first) or repeats_title(text, self.title)
            ):
                return number
        return len(lines)

    def _is_lead(self, index: int) -> bool:
        above = list(self.outline.ancestors(index))[:2]
        return any(
            self.outline.tags[i] in HEADINGS or _LEAD_MARK.search(self.outline.marks(i)) for i in above
        )

    @cached_property
    def _firsts(self) -> list[int]:
        return [line.first for line in self.outline.lines]

    def line_at(self, index: int) -> int:
        """Find the number of the line that holds a node, or that comes next behind an empty one."""
        number = bisect_right(self._firsts, index) - 1
        if number >= 0 and index <= self.outline.lines[number].last:
            return number
        return min(number + 1, len(self._firsts) - 1)


@dataclass(frozen=True, slots=True)
class DaySight:
    """One day as it stands on a page.

    Attributes:
        number: of its line.
        index: of its text or element in the outline.
        noun: whether its label is no more than "Tanggal:", or what is said of things on sale as well.
        shown: as it is written in the line.
        names: words of its line, around it, that say nothing of a post: 0 where it stands alone.
        near: those of them that no comma parts from it.
        alone: whether it fills most of its line.
        long: whether its line is one of a text, by its length.
        about: whether the line says else of a post: by whom, how often read.
    """

    number: int
    index: int
    reading: DateReading
    label: Label
    standing: ClauseStanding
    shown: str = ""
    noun: bool = False
    names: int = 0
    near: int = 0
    alone: bool = False
    long: bool = False
    about: bool = False


def find_sights(scene: Scene) -> list[DaySight]:
    """Find the days that may be the post's or its event's, of many those nearest to the heading."""
    found = sorted([*_from_lines(scene), *_from_badges(scene), *_from_elements(scene)], key=lambda s: s.index)
    if len(found) > _MOST_CANDIDATES:
        # A page with a hundred dates is a list; only those around the heading could be a post's.
        found = sorted(found, key=lambda sight: abs(sight.number - (scene.start or 0)))[:_MOST_CANDIDATES]
    return found


def _from_lines(scene: Scene) -> Iterator[DaySight]:
    setting, clocks = scene.setting, scene.hints.clocks
    found = [
        (number, line, reading)
        for number, line in ((number, scene.outline.lines[number]) for number in scene.outline.dated)
        if len(line.text) < _LONGEST_LINE and line.text not in clocks
        for reading in find_dates(line.text, now=setting.now, zone=setting.zone, day_first=setting.day_first)
        if reading.raw not in clocks and not (reading.brief and not line.is_whole(reading.start, reading.end))
    ]
    if len(found) > _MOST_CANDIDATES:
        # What stands around a date is dear to look at.
        found = sorted(found, key=lambda place: abs(place[0] - (scene.start or 0)))[:_MOST_CANDIDATES]
    for number, line, reading in found:
        index = line.index_at(reading.start)
        sharp = _sharpened(scene.outline, index, reading, setting)
        vague = not setting.order_known and is_swapped(sharp, setting.zone) and sharp.raw == reading.raw
        if not vague:
            yield _see(scene, number, line, index, reading, sharp)


def _see(
    scene: Scene, number: int, line: TextLine, index: int, reading: DateReading, sharp: DateReading
) -> DaySight:
    text = line.text
    label, noun = _label(scene, number, reading, line, index)
    standing = judge_standing(text, reading.start, reading.end, label)
    if standing is not ClauseStanding.META and _is_apart(scene.outline, index, reading):
        standing = ClauseStanding.META
    start, end = reading.start, reading.end
    return DaySight(
        number=number,
        index=index,
        reading=sharp,
        label=label,
        standing=standing,
        shown=reading.raw,
        noun=noun,
        names=count_names(own_fragment(text, start, end)),
        near=count_names(own_fragment(text, start, end, commas=True)),
        alone=reading.end - reading.start > 0.5 * len(text),
        long=len(text) > 160,
        about=tells_about(text[: reading.start] + text[reading.end :]),
    )


def _is_apart(outline: Outline, index: int, reading: DateReading) -> bool:
    """Whether a day within a text has an element of its own that is marked as a date's."""
    above = outline.parents[index]
    if above < 0 or len(outline.texts[index]) > 1.7 * (reading.end - reading.start) + 4:
        return False
    tag, marks = outline.tags[above], outline.marks(above)
    return tag in {"time", "small"} or (tag == "span" and bool(PUBLISHED_MARK.search(marks)))


def _sharpened(outline: Outline, index: int, reading: DateReading, setting: Setting) -> DateReading:
    """An attribute such as `<time datetime>` says exactly what its text says roughly."""
    for above in list(outline.ancestors(index))[:_INNERMOST]:
        if stated := read_stated(outline, above, aged=reading.relative):
            exact = setting.machine(stated)
            if exact is None or shows_own_clock([(reading, exact)], setting.zone):
                return reading
            if says_same(reading, exact, setting.zone):
                return DateReading(exact.at, exact.precision, reading.start, reading.end, stated)
            return reading
    return reading


def _from_badges(scene: Scene) -> Iterator[DaySight]:
    """Days that lie in several small lines: "16", "Okt", "2026"."""
    lines = scene.outline.lines
    small = [len(line.text) <= _LONGEST_PART for line in lines]
    figured = [is_small and _FIGURE.search(line.text) for is_small, line in zip(small, lines, strict=True)]
    for number, line in enumerate(lines[:-1]):
        if not (figured[number] and small[number + 1]) and not (small[number] and figured[number + 1]):
            continue
        parts = [line.text for line in lines[number : number + 3] if len(line.text) <= _LONGEST_PART]
        first, second = parts[:2]
        whole = _DAY_MONTH.fullmatch(first) and _YEAR.fullmatch(second)
        if not (whole or _is_day_and_month(first, second) or _is_day_and_month(second, first)):
            continue
        reading = next(
            (found for count in (2, 3) if (found := scene.setting.human(" ".join(parts[:count])))), None
        )
        if reading is None or reading.relative or not reading.precision.names_a_day:
            continue
        if not any(might_date(part) and _names_day(scene, part) for part in parts):
            yield DaySight(number, line.first, reading, Label.NONE, ClauseStanding.META, alone=True)


def _is_day_and_month(first: str, second: str) -> bool:
    return bool(_DAY.fullmatch(first)) and bool(_MONTH.match(second))


def _names_day(scene: Scene, text: str) -> bool:
    reading = scene.setting.human(text)
    return reading is not None and reading.precision.names_a_day


def _from_elements(scene: Scene) -> Iterator[DaySight]:
    """What elements state that show a clock, "16/10" or nothing: their text names no day."""
    outline, setting = scene.outline, scene.setting
    yield from _from_stated_lines(scene)
    if _TIMED.isdisjoint(outline.tags) and not scene.aged:
        return
    for index, tag in enumerate(outline.tags):
        bare = scene.aged and is_rough(outline, index)
        if not (bare or tag in _TIMED) or not (stated := read_stated(outline, index, aged=bare)):
            continue
        text = outline.text_of(index)
        if might_date(text) and find_dates(text, now=setting.now, zone=setting.zone):
            continue
        reading = setting.machine(stated)
        if reading is not None and len(text) <= _LONGEST_SHOWN and outline.lines:
            number = scene.line_at(index)
            line = outline.lines[number]
            label = read_label(line.text[: max(0, line.text.find(text))]) if text else Label.NONE
            yield DaySight(number, index, reading, label, ClauseStanding.META, alone=True)


def _from_stated_lines(scene: Scene) -> Iterator[DaySight]:
    """Lines of a day and a month whose element states the year: `<span title="2026-10-16">16 Okt</span>`."""
    for number, line in enumerate(scene.outline.lines):
        if len(line.text) > _LONGEST_PART or not _DAY_MONTH.fullmatch(line.text):
            continue
        above = [
            i for i in list(scene.outline.ancestors(line.first))[:2] if scene.outline.tags[i] not in _TIMED
        ]
        stated = next(filter(None, (read_stated(scene.outline, i) for i in above)), "")
        reading = scene.setting.machine(stated) if stated else None
        day = _FIGURES.search(line.text)
        if reading is not None and day and int(day[0]) == reading.day(scene.setting.zone).day:
            yield DaySight(number, line.first, reading, Label.NONE, ClauseStanding.META, alone=True)


def _label(scene: Scene, number: int, reading: DateReading, line: TextLine, index: int) -> tuple[Label, bool]:
    outline, lines = scene.outline, scene.outline.lines
    before = line.text[: reading.start]
    label = read_label(before)
    if label is Label.NONE and any(
        _MODIFIED_MARK.search(outline.marks(above)) for above in list(outline.ancestors(index))[:2]
    ):
        return Label.MODIFIED, False
    opens = reading.start < 4 or _LED_IN.fullmatch(before) is not None
    alone = opens and not tells_story(line.text)
    if label is Label.NONE and alone and number > 0 and number - 1 != scene.start:
        # "Diperbarui" and its date in two cells of one table; "Disunting oleh Siti" above it is a name.
        # A byline above a story labels no day in it.
        before = lines[outline.line_before(number)].text
        if _LED_IN.fullmatch(before):
            # A signature in the cells of a table: "Ditetapkan di", ": Kota Contoh", "Pada tanggal".
            before = " ".join(line.text for line in lines[max(0, number - 3) : number - 1])
        few = count_names(before) <= (_MOST_WITH_NAME if _NAMED.search(before) else 2)
        if len(before) < _LONGEST_LABEL and not _CREDITED.match(before):
            label = read_label(before + " |")
            # "Batas Akhir Penawaran" is of more words than those that name a publication.
            if not few and (label is not Label.OTHER or count_names(before) > _MOST_WITH_NAME):
                label = Label.NONE
    return label, label is Label.PUBLISHED and _NOUN.search(before) is not None
