"""The dates that stand on a page, each with the way it stands there, before any is taken for a post's."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from crawler.dates import DateReading, find_dates, read_machine_date
from crawler.dates.hint import might_date
from crawler.dates.label import Label
from crawler.extract.article.hints import SiteHints
from crawler.extract.article.witness import Setting
from crawler.extract.lists.date.bold import blank_bold
from crawler.extract.lists.date.label import label_date, label_element, label_words
from crawler.extract.lists.date.leaf import find_leaf, find_split
from crawler.extract.lists.date.partial import Partial, find_partial, might_be_partial
from crawler.extract.lists.date.prose import (
    ProseStanding,
    Span,
    count_words,
    is_bracketed,
    judge_line,
    judge_link,
)
from crawler.extract.page.box import find_reader_boxes
from crawler.extract.page.document import Document
from crawler.extract.page.outline import INLINE, Outline, TextLine
from crawler.extract.page.region import is_event, is_frame
from crawler.extract.page.stated import CARD_NAMES, is_rough, may_state_ages, read_card_stated, read_stated

__all__ = ["FoundDate", "find_listed_dates", "line_at"]

# Whole archives may stand in one line; a flood of dates without any break does not.
_LONGEST_LINE: Final = 20_000
# An archive that is drawn without any block; what follows in its line is not read.
_MOST_READINGS: Final = 200
_TIMED: Final = frozenset({"time", "timeago", "relative-time", "local-time", "time-ago"})
_BARS: Final = re.compile(r"\s[|•·–-]\s|(?<=:)\s|[|•·]")
_DAY: Final = re.compile(r"\W*\d{1,2}(?:st|nd|rd|th)?\W*")
_WORD: Final = re.compile(r"\W*[A-Za-z]{3,9}\W*(?:(?:19|20)\d\d)?\W*")
_YEAR: Final = re.compile(r"\W*(?:[A-Za-z]{3,9}\W+)?(?:19|20)\d\d\W*")
_LONGEST_LEAF: Final = 16
# Text set off by these is still part of its sentence.
_EMPHASIS: Final = frozenset({"b", "strong", "i", "em", "u", "mark"})
# "<span>Rabu, 4 November 2026</span>, bertempat di aula": the sentence goes on.
_GOES_ON: Final = re.compile(
    r"\s*(?:,|(?!(?:oleh|by|from|dari|di|in|pukul|jam|at|pada|dibaca|dilihat|views?|hits?|kali)\b)[a-z])"
)
_LONGEST_ALONE: Final = 400  # letters; more of them for each of an element's days took time by their square
_MOST_WORDS: Final = 2
_LONGEST_SHOWN: Final = 60
# Scripts that count "3 hours ago" fill such elements, or write "26" into one, "/ 06" into the next (Chirpy).
_FIGURES: Final = "0123456789/ "
_FILLED_LATER: Final = frozenset({"span", "small", "p", "div", "td"})
# What is above an item's date belongs to the whole item.
_BLOCKS: Final = frozenset({"li", "tr", "article", "section", "main", "body", "ul", "ol", "table"})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date and how it stands.

    Attributes:
        index: of its text, or of the element that states it.
        place: the smallest element that is about it: its own, or the block its line stands in.
        line: number of its line, -1 for an element without text.
        text: the whole of its line, in which `reading` has its place.
        reading: None where only a day and a month stand, which `partial` holds.
        stated: what an attribute around it says, empty where none does.
        is_clock: whether it stands on every page of the site; inside of a record it may be its own.
    """

    index: int
    place: int
    line: int
    text: str
    reading: DateReading | None
    label: Label
    standing: ProseStanding
    stated: str = ""
    partial: Partial | None = None
    is_clock: bool = False


def find_listed_dates(document: Document, setting: Setting, hints: SiteHints) -> tuple[FoundDate, ...]:
    """Find dates in document order, future ones too, but none of the frame, of comments or of events."""
    outline = document.outline
    aged = may_state_ages(document.html)
    found = [*_from_lines(outline, setting, hints), *_from_elements(outline, setting, aged=aged)]
    if any(name in document.html for name in CARD_NAMES):
        found += _from_cards(outline, setting, found)
    boxes = find_reader_boxes(outline) if found else ()
    kept = [
        date
        for date in found
        if not is_frame(outline, date.index)
        and not (date.label is not Label.PUBLISHED and is_event(outline, date.index))
        and not any(date.index in box for box in boxes)
    ]
    return tuple(sorted(kept, key=lambda date: date.index))


def line_at(outline: Outline, index: int) -> int:
    """Number of the last line that begins at or before a node."""
    return bisect_right(outline.lines, index, key=lambda line: line.first) - 1


def _from_lines(outline: Outline, setting: Setting, hints: SiteHints) -> Iterator[FoundDate]:
    for number, line in enumerate(outline.lines):
        text = line.text
        if len(text) <= _LONGEST_LEAF and (_DAY.fullmatch(text) or _WORD.fullmatch(text)):
            yield from _from_badge(outline, setting, number)
        if len(text) > _LONGEST_LINE:
            continue
        found = _read(text, setting)[:_MOST_READINGS] if might_date(text) else ()
        readings = [each for each in found if not each.brief or line.is_whole(each.start, each.end)]
        for reading in readings:
            date = _from_reading(outline, number, reading, readings)
            is_clock = text in hints.clocks or reading.raw in hints.clocks
            yield replace(date, is_clock=True) if is_clock else date
        read = {line.index_at(reading.start) for reading in readings}
        if len(line.parts) > 1 and might_date(text):
            yield from _from_parts(outline, number, setting, read)
        if might_be_partial(text):
            yield from _from_partial(outline, number, read)


def _from_partial(outline: Outline, number: int, read: Collection[int] = ()) -> Iterator[FoundDate]:
    """A day without a year: the whole line, elements of its own in it, or what stands between bars.

    Beside whole dates, in the texts `read`, only an element: "<a>Rapat 3 Mei 2026</a> <i>27 Apr</i>".
    """
    line = outline.lines[number]
    if not read and (partial := find_partial(line.text)) is not None:
        place = _own_block(outline, line.first)
        yield FoundDate(
            line.first, place, number, line.text, None, Label.NONE, ProseStanding.PURE, "", partial
        )
        return
    for index, part in zip(line.indices, line.parts, strict=True):
        own = outline.parents[index]
        alone = outline.tags[own] in INLINE and outline.tags[own] not in _EMPHASIS
        if outline.tags[own] == "a" or index in read or (read and not alone):
            continue
        for piece in [part] if len(line.parts) > 1 and alone else _BARS.split(part):
            partial = find_partial(piece) if piece != line.text else None
            if partial is not None:
                place = own if alone else _own_block(outline, index)
                label = label_words(line.text[: line.text.find(piece)]) if index == line.first else Label.NONE
                yield FoundDate(index, place, number, piece, None, label, ProseStanding.META, "", partial)
    for index, place, text, day in () if read else find_split(outline, line):
        yield FoundDate(index, place, number, text, None, Label.NONE, ProseStanding.META, "", day)


def _from_parts(
    outline: Outline, number: int, setting: Setting, read: Collection[int]
) -> Iterator[FoundDate]:
    """What is no date for sure in its line, and one in an element of its own.

    Behind other words it may be a letter's number: "<a>Rapat</a> <small>16-IX-2026</small>" (the awkward site
    310110). The texts `read` have told a date already; a title's says nothing of what stands beside it (the
    awkward site 301561).
    """
    line = outline.lines[number]
    for (offset, index), part in zip(line.offsets, line.parts, strict=True):
        tag = outline.tags[outline.parents[index]]
        if index in read or tag not in INLINE or tag == "a" or tag in _EMPHASIS or not might_date(part):
            continue
        for reading in _read(part, setting):
            if reading.raw == part.strip():
                there = replace(reading, start=reading.start + offset, end=reading.end + offset)
                date = _from_reading(outline, number, there, (there,))
                yield replace(date, text=part, reading=reading)


def _read(text: str, setting: Setting) -> tuple[DateReading, ...]:
    return find_dates(text, now=setting.now, zone=setting.zone, day_first=setting.day_first, future_ok=True)


def _from_reading(
    outline: Outline, number: int, reading: DateReading, readings: Sequence[DateReading]
) -> FoundDate:
    line = outline.lines[number]
    index = line.index_at(reading.start)
    spans = [(other.start, other.end) for other in readings]
    place, standing = _stand(outline, line, (reading.start, reading.end), spans)
    label = label_date(outline, number, reading, readings)
    stated = _stated_around(outline, index, aged=reading.relative)
    return FoundDate(index, place, number, line.text, reading, label, standing, stated)


def _stand(outline: Outline, line: TextLine, span: Span, spans: Sequence[Span]) -> tuple[int, ProseStanding]:
    """The element that is about a date, and how the date stands in it."""
    index, last = line.index_at(span[0]), line.index_at(span[1] - 1)
    own = outline.parents[index]
    while last >= outline.ends[own]:
        own = outline.parents[own]
    if outline.tags[own] in INLINE:
        begin, end = _extent(outline, line, own)
        inner = [(a - begin, b - begin) for a, b in spans if begin <= a and b <= end]
        is_long = end - begin > _LONGEST_ALONE
        words = _MOST_WORDS + 1 if is_long else count_words(line.text[begin:end], inner)
        if outline.tags[own] == "a":
            return own, judge_link(line.text[begin:end], inner)
        apart = outline.tags[own] not in _EMPHASIS and not is_bracketed(line.text, span)
        if apart and words <= _MOST_WORDS:
            around = judge_line(_without_links(outline, line), span, spans)
            goes_on = outline.tags[own] not in _TIMED and _GOES_ON.match(line.text, end)
            told = around < ProseStanding.META and (words > 0 or goes_on)
            return own, ProseStanding.PROSE if told else ProseStanding.PURE
    above = outline.parents[index]
    while above > 0 and outline.tags[above] in INLINE:
        if outline.tags[above] == "a" and _is_within(outline, line, above):
            return above, ProseStanding.PROSE
        above = outline.parents[above]
    if outline.tags[outline.parents[above]] == "a" and _is_within(outline, line, outline.parents[above]):
        # "<a><div>An excerpt of the story ...</div></a>" of a card whose title has a link of its own (Odoo).
        return above, judge_link(line.text, spans)
    return above, judge_line(_without_links(outline, line), span, spans)


def _is_within(outline: Outline, line: TextLine, link: int) -> bool:
    """Whether a link is part of one line; a whole card may be a link, too."""
    return not any(outline.texts[i] for i in range(line.last + 1, outline.ends[link])) and not any(
        outline.texts[i] for i in range(link, line.first)
    )


def _extent(outline: Outline, line: TextLine, own: int) -> Span:
    """From where to where in its line an inline element reaches."""
    inside = [
        (offset, part)
        for (offset, index), part in zip(line.offsets, line.parts, strict=True)
        if own < index < outline.ends[own]
    ]
    return inside[0][0], inside[-1][0] + len(inside[-1][1])


def _without_links(outline: Outline, line: TextLine) -> str:
    """The line with its links and its title blanked out; made once, though a line holds many dates."""
    known = outline.unlinked.get(line.first)
    if known is not None:
        return known
    parts = []
    for index, part in zip(line.indices, line.parts, strict=True):
        parent = outline.parents[index]
        link = next((a for a in (parent, outline.parents[parent]) if outline.tags[a] == "a"), None)
        linked = link is not None and _is_within(outline, line, link)
        parts.append(" " * len(part) if linked else part)
    return outline.unlinked.setdefault(line.first, blank_bold(outline, line, " ".join(parts)))


def _own_block(outline: Outline, index: int) -> int:
    above = outline.parents[index]
    while above > 0 and outline.tags[above] in INLINE:
        above = outline.parents[above]
    return above


def _stated_around(outline: Outline, index: int, *, aged: bool) -> str:
    """What an attribute of an element around a text states, up to the block that is the whole item's."""
    for above in outline.ancestors(index):
        if stated := read_stated(outline, above, aged=aged):
            return stated
        if outline.tags[above] in _BLOCKS:
            break
    return ""


def _from_badge(outline: Outline, setting: Setting, number: int) -> Iterator[FoundDate]:
    """A calendar leaf: day, month and year in boxes of their own, in any order."""
    lines = outline.lines
    for size in (3, 2):
        group = lines[number : number + size]
        if len(group) < size or any(len(line.text) > _LONGEST_LEAF for line in group):
            continue
        parts = [line.text for line in group]
        if any(_read(part, setting) for part in parts):
            continue
        text = " ".join(parts)
        readings = _read(text, setting) or tuple(_reordered(parts, setting))
        partial = None if readings else find_partial(text)
        if not readings and partial is None:
            continue
        index, place = group[0].first, find_leaf(outline, group)
        if place is None:
            continue
        reading = readings[0] if readings else None
        yield FoundDate(index, place, number, text, reading, Label.NONE, ProseStanding.PURE, "", partial)
        return


def _reordered(parts: list[str], setting: Setting) -> Iterator[DateReading]:
    days = [part for part in parts if _DAY.fullmatch(part)]
    words = [part for part in parts if _WORD.fullmatch(part)]
    years = [part for part in parts if _YEAR.fullmatch(part)]
    for day, word, year in product(days, words, [*years, ""]):
        yield from _read(f"{day} {word}" if word in years else f"{day} {word} {year}", setting)


def _from_elements(outline: Outline, setting: Setting, *, aged: bool) -> Iterator[FoundDate]:
    """`<time datetime>` whose text states no full date: "Mar 5", a script's placeholder, nothing.

    Args:
        aged: whether any element may show "6 hari" and tell the day under the pointer.
    """
    for index, tag in enumerate(outline.tags):
        if tag == "meta":
            yield from _from_meta(outline, index, setting)
        filled = tag in _FILLED_LATER and outline.ends[index] <= index + 2
        told = tag in _TIMED or tag == "abbr" or (filled and not outline.text_of(index).strip(_FIGURES))
        bare = aged and is_rough(outline, index)
        stated = read_stated(outline, index, aged=bare) if told or bare else ""
        if not stated:
            continue
        text = outline.text_of(index)
        if len(text) < _LONGEST_SHOWN and _read(text, setting):
            continue
        reading = read_machine_date(stated, now=setting.now, zone=setting.zone, future_ok=True)
        if reading is not None:
            label = label_element(outline, index)
            yield FoundDate(index, index, -1, stated, reading, label, ProseStanding.PURE, stated)


def _from_cards(outline: Outline, setting: Setting, found: Sequence[FoundDate]) -> list[FoundDate]:
    """`<article data-date>` around a link, for a script to sort by; its text tells no day of its own."""
    shown = [date.index for date in found if date.standing is not ProseStanding.PROSE]
    cards = []
    for index, tag in enumerate(outline.tags):
        stated = read_card_stated(outline, index) if tag != "a" else ""
        if not stated or "a" not in outline.tags[index : outline.ends[index]]:
            continue
        if any(index <= other < outline.ends[index] for other in shown):
            continue
        reading = read_machine_date(stated, now=setting.now, zone=setting.zone, future_ok=True)
        if reading is not None:
            cards.append(FoundDate(index, index, -1, stated, reading, Label.NONE, ProseStanding.PURE, stated))
    return cards


def _from_meta(outline: Outline, index: int, setting: Setting) -> Iterator[FoundDate]:
    """`<meta itemprop="datePublished">` inside of a card, which readers do not see."""
    if outline.attribute(index, "itemprop") != "datePublished":
        return
    stated = outline.attribute(index, "content")
    reading = read_machine_date(stated, now=setting.now, zone=setting.zone, future_ok=True)
    if reading is not None:
        yield FoundDate(index, index, -1, stated, reading, Label.NONE, ProseStanding.PURE, stated)
