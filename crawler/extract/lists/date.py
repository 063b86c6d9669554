"""The dates on a page that lists posts: those that could be some item's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from activity.post import DateEvidence, EvidenceKind
from crawler.dates import Reading, find_dates
from crawler.dates.hint import might_date
from crawler.dates.label import Label, read_label
from crawler.extract.box import find_reader_boxes
from crawler.extract.document import Document
from crawler.extract.hints import SiteHints
from crawler.extract.outline import Line, Outline
from crawler.extract.region import is_event, is_frame
from crawler.extract.stated import read_stated
from crawler.extract.witness import Setting, says_same

__all__ = ["ListedDate", "find_listed_dates"]

# In longer lines a teaser stands, and the days it names are those of its story.
_LONGEST_META: Final = 240
# Whole archives may stand in one line; a flood of dates without any break does not.
_LONGEST_LINE: Final = 20_000
_TIMED: Final = frozenset({"time", "timeago", "relative-time", "local-time", "time-ago"})
# What is above an item's date belongs to the whole item.
_BLOCKS: Final = frozenset({"li", "tr", "article", "section", "main", "body", "ul", "ol", "table"})
_DAY: Final = re.compile(r"\W*\d{1,2}(?:st|nd|rd|th)?\W*")
_WORD: Final = re.compile(r"\W*[A-Za-z]{3,9}\W*(?:(?:19|20)\d\d)?\W*")
_YEAR: Final = re.compile(r"\W*(?:[A-Za-z]{3,9}\W+)?(?:19|20)\d\d\W*")
_APART: Final = _TIMED | {"small", "span", "td", "em", "i", "abbr"}
_META_MARK: Final = re.compile(
    r"date|time|tgl|tanggal|waktu|meta|info|publi|posted|clock|calendar", re.IGNORECASE
)
_CELLS: Final = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class ListedDate:
    """One date and where it stands.

    Attributes:
        index: of the text or element in the outline.
        line: number of its line, -1 for an element without text.
        shape: tags and classes above it; dates of one list share it.
        standing: how much it looks like a line about the item (1) and not part of its story (0).
    """

    index: int
    line: int
    reading: Reading
    label: Label
    evidence: DateEvidence
    shape: str
    standing: float


def find_listed_dates(document: Document, setting: Setting, hints: SiteHints) -> tuple[ListedDate, ...]:
    """Dates in document order, without those of edits, events, comments, the frame and known clocks."""
    outline = document.outline
    found = [*_from_lines(document, setting, hints), *_from_elements(document, setting)]
    boxes = find_reader_boxes(outline) if found else ()
    kept = [
        date
        for date in found
        if not is_frame(outline, date.index)
        and not is_event(outline, date.index)
        and not any(date.index in box for box in boxes)
    ]
    return tuple(sorted(kept, key=lambda date: date.index))


def _from_lines(document: Document, setting: Setting, hints: SiteHints) -> Iterator[ListedDate]:
    outline, lines = document.outline, document.outline.lines
    for number, line in enumerate(lines):
        if _DAY.fullmatch(line.text) or _WORD.fullmatch(line.text):
            yield from _from_badge(document, setting, number)
        if len(line.text) > _LONGEST_LINE or not might_date(line.text) or line.text in hints.clocks:
            continue
        for reading in find_dates(line.text, now=setting.now, zone=setting.zone, day_first=setting.day_first):
            label = _read_label(outline, lines, number, reading)
            if (
                label in {Label.MODIFIED, Label.OTHER}
                or reading.raw in hints.clocks
                or _is_prose(line, reading)
            ):
                continue
            index = line.index_at(reading.start)
            yield _listed(document, index, number, _sharpened(outline, index, reading, setting), label)


def _read_label(outline: Outline, lines: tuple[Line, ...], number: int, reading: Reading) -> Label:
    line = lines[number]
    label = read_label(line.text[_title_end(outline, line, reading.start) : reading.start])
    if label is Label.NONE and reading.start < 4 and number > 0 and len(lines[number - 1].text) < 25:
        before = lines[number - 1]
        # "Diperbarui" in a cell, its date in the next; a table's headings label nothing.
        if outline.tags[outline.parents[before.last]] not in _CELLS:
            above = read_label(before.text + " ")
            return above if above is not Label.PUBLISHED else label
    return label


def _title_end(outline: Outline, line: Line, start: int) -> int:
    """Where the last link in front of a date ends: a title such as "Jadwal pemadaman" labels nothing."""
    end = 0
    own = next(iter(outline.ancestors(line.index_at(start))), -1)
    for offset, index in line.offsets:
        if offset >= start:
            break
        parent = outline.parents[index]
        if parent != own and (outline.tags[parent] == "a" or outline.tags[outline.parents[parent]] == "a"):
            end = offset + len(outline.texts[index])
    return min(end, start)


def _is_prose(line: Line, reading: Reading) -> bool:
    return len(line.text) > _LONGEST_META and 40 < reading.start < len(line.text) - 60


def _from_badge(document: Document, setting: Setting, number: int) -> Iterator[ListedDate]:
    """A calendar leaf: day, month and year in boxes of their own, in any order."""
    lines = document.outline.lines
    for size in (2, 3):
        group = lines[number : number + size]
        if len(group) < size or any(len(line.text) > 16 for line in group):
            return
        text = " ".join(line.text for line in group)
        parts = [line.text for line in group]
        readings = find_dates(text, now=setting.now, zone=setting.zone, day_first=setting.day_first)
        if not readings:
            readings = tuple(_reordered(parts, setting))
        alone = any(find_dates(part, now=setting.now, zone=setting.zone) for part in parts)
        if readings and not alone:
            yield _listed(document, group[0].first, number, readings[0], Label.NONE)
            return


def _reordered(parts: list[str], setting: Setting) -> Iterator[Reading]:
    days = [part for part in parts if _DAY.fullmatch(part)]
    words = [part for part in parts if _WORD.fullmatch(part)]
    years = [part for part in parts if _YEAR.fullmatch(part)]
    for day, word, year in product(days, words, [*years, ""]):
        text = f"{day} {word}" if word in years else f"{day} {word} {year}"
        yield from find_dates(text, now=setting.now, zone=setting.zone)


def _from_elements(document: Document, setting: Setting) -> Iterator[ListedDate]:
    """`<time datetime>` whose text states no full date: "Mar 5", a script's placeholder, nothing."""
    outline = document.outline
    for index, tag in enumerate(outline.tags):
        stated = read_stated(outline, index) if tag in _TIMED or tag == "abbr" else ""
        if not stated:
            continue
        text = outline.text_of(index)
        if len(text) < 60 and find_dates(
            text, now=setting.now, zone=setting.zone, day_first=setting.day_first
        ):
            continue
        reading = setting.machine(stated)
        if reading is not None:
            yield _listed(document, index, -1, reading, Label.NONE)


def _sharpened(outline: Outline, index: int, reading: Reading, setting: Setting) -> Reading:
    """What a `<time datetime>` around the text says more exactly, where it agrees or the text is relative."""
    for above in outline.ancestors(index):
        if stated := read_stated(outline, above):
            exact = setting.machine(stated)
            return exact if exact is not None and says_same(reading, exact, setting.zone) else reading
        if outline.tags[above] in _BLOCKS:
            break
    return reading


def _listed(document: Document, index: int, line: int, reading: Reading, label: Label) -> ListedDate:
    outline = document.outline
    marks = list(outline.ancestors(index))[:5]
    shape = "/".join(_shape(outline, above) for above in marks)
    where = outline.tags[marks[0]] if outline.tags[index] == "-text" else outline.tags[index]
    evidence = DateEvidence(
        EvidenceKind.LISTING, where, reading.raw, reading.at, reading.precision, document.url
    )
    return ListedDate(index, line, reading, label, evidence, shape, _standing(outline, index, line, reading))


def _shape(outline: Outline, index: int) -> str:
    # Items are numbered in their ids; an id without a figure names a part of the page.
    identity = outline.attribute(index, "id")
    named = "" if any(character.isdigit() for character in identity) else identity
    return f"{outline.tags[index]}.{outline.attribute(index, 'class')[:40]}#{named}"


def _standing(outline: Outline, index: int, line: int, reading: Reading) -> float:
    if line < 0:
        return 1.0
    share = len(reading.raw) / max(len(reading.raw), len(outline.lines[line].text))
    above = list(outline.ancestors(index))[:2]
    apart = any(outline.tags[i] in _APART or _META_MARK.search(outline.marks(i)) for i in above)
    return share + (0.5 if apart else 0.0)
