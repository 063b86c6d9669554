"""The publication date only a reader sees: nearest to the heading, weighed by label and place."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborNode, SelectolaxError

from activity.post import DateEvidence, EvidenceKind, Precision
from crawler.dates import Reading, find_dates
from crawler.dates.hint import might_date
from crawler.dates.label import Label, read_label
from crawler.extract.document import Document
from crawler.extract.hints import SiteHints
from crawler.extract.outline import Line, Outline
from crawler.extract.region import is_aside, is_event, is_frame
from crawler.extract.stated import read_stated
from crawler.extract.witness import Setting, says_same

__all__ = ["Sighting", "find_taught", "find_visible"]

# Below it a line tells of the post; above it, it is the post.
_LONGEST_META: Final = 160
_DATELINE: Final = re.compile(r"^\W{0,3}[\w .,/'()-]{0,40}?[(,\u2013—-]\s?$|^\W*$")
_CLOSED: Final = re.compile(r"\s?\)\W*")
_PUBLISHED_MARK: Final = re.compile(
    r"date|time|publi|posted|meta|byline|tanggal|tgl|waktu|info|dateline|penulis|author", re.IGNORECASE
)
_MODIFIED_MARK: Final = re.compile(r"updated|modified|diperbarui|edited", re.IGNORECASE)
_MOST_CANDIDATES: Final = 24
_TAUGHT: Final = 3.0
_INNERMOST: Final = 4
_TOLD: Final = -2.0
# Right below the heading and alone in its line, or labelled.
_SURE: Final = 2.4
_Candidate = tuple[int, Line, Reading, int]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date in the text and how much its place and label speak for it.

    Attributes:
        weight: 3 and more is as good as said; below 1 it is not believed.
    """

    evidence: DateEvidence
    reading: Reading
    weight: float
    labelled: bool

    @property
    def is_sure(self) -> bool:
        """Whether it stands so plainly for the day of publication that a machine's other day is contested."""
        return self.weight >= _SURE and self.reading.precision.names_a_day


def find_taught(document: Document, setting: Setting, hints: SiteHints) -> Sighting | None:
    """The date in the element that carried it on the site's other posts; None where that is silent."""
    try:
        element = document.tree.css_first(hints.date_selector) if hints.date_selector else None
    except SelectolaxError:
        # What was remembered may name a class that no selector can.
        return None
    if element is None:
        return None
    stated = element.attributes.get("datetime")
    reading = setting.machine(stated) if stated else None
    reading = reading or setting.human(" ".join(element.text(separator=" ").split()))
    if reading is None or not reading.precision.names_a_day:
        return None
    where = hints.date_selector or ""
    evidence = DateEvidence(
        EvidenceKind.VISIBLE_TEXT, where, reading.raw, reading.at, reading.precision, document.url
    )
    return Sighting(evidence, reading, _TAUGHT, labelled=False)


def find_visible(
    document: Document, setting: Setting, hints: SiteHints, heading: LexborNode | None
) -> Sighting | None:
    """The best sighting; None where nothing is believed, or where two equal ones contradict."""
    found = sorted(_sightings(document, setting, hints, heading), key=lambda sighting: -sighting.weight)
    # Days that a story tells of are no rivals of the one that heads it.
    days = {sighting.reading.day(setting.zone) for sighting in found if sighting.weight > _TOLD}
    if not found:
        return None
    # The only day a page names in a line of its own leaves nothing to choose.
    best = replace(found[0], weight=found[0].weight + (0.5 if len(days) == 1 else 0.0))
    rivals = {sighting.reading.day(setting.zone) for sighting in found if sighting.weight >= found[0].weight}
    return best if best.weight >= 1 and len(rivals) == 1 else None


def _sightings(
    document: Document, setting: Setting, hints: SiteHints, heading: LexborNode | None
) -> Iterator[Sighting]:
    outline = document.outline
    lines = outline.lines
    start = _line_of(lines, heading, outline)
    top = None if heading is None else outline.index_of(heading)
    around = frozenset() if top is None else frozenset(outline.ancestors(top))
    candidates = [
        (number, line, reading, index)
        for number, line in enumerate(lines)
        if len(line.text) < 4000 and might_date(line.text)
        for reading, index in _read_line(outline, line, setting)
        if line.text not in hints.clocks and reading.raw not in hints.clocks
    ]
    candidates = _nearest(candidates, start)
    shapes = Counter(
        _shape(outline, index) for _, line, reading, index in candidates if not _is_prose(line, reading)
    )
    for number, line, reading, index in candidates:
        label = _label(outline, lines, number, reading, line)
        if label in {Label.MODIFIED, Label.OTHER} or reading.precision is Precision.YEAR:
            continue
        repeated = shapes[_shape(outline, index)] > 2
        weight = _weigh(line, reading, label, repeated=repeated) + _weigh_place(outline, index, around)
        weight += _near(number - start if start is not None else None)
        evidence = DateEvidence(
            EvidenceKind.VISIBLE_TEXT,
            _place(outline, index),
            reading.raw,
            reading.at,
            reading.precision,
            document.url,
        )
        yield Sighting(evidence, reading, weight, label is Label.PUBLISHED)


def _nearest(candidates: list[_Candidate], start: int | None) -> list[_Candidate]:
    """A page with a hundred dates is a list; only those around the heading could be a post's."""
    if len(candidates) <= _MOST_CANDIDATES:
        return candidates
    return sorted(candidates, key=lambda candidate: abs(candidate[0] - (start or 0)))[:_MOST_CANDIDATES]


def _read_line(outline: Outline, line: Line, setting: Setting) -> Iterator[tuple[Reading, int]]:
    readings = find_dates(line.text, now=setting.now, zone=setting.zone, day_first=setting.day_first)
    for reading in readings:
        index = line.index_at(reading.start)
        yield _sharpened(outline, index, reading, setting), index


def _sharpened(outline: Outline, index: int, reading: Reading, setting: Setting) -> Reading:
    """An attribute such as `<time datetime>` says exactly what its text says roughly."""
    for above in list(outline.ancestors(index))[:_INNERMOST]:
        if stated := read_stated(outline, above):
            exact = setting.machine(stated)
            if exact is not None and says_same(reading, exact, setting.zone):
                return Reading(exact.at, exact.precision, reading.start, reading.end, stated)
            return reading
    return reading


def _label(outline: Outline, lines: tuple[Line, ...], number: int, reading: Reading, line: Line) -> Label:
    label = read_label(line.text[: reading.start])
    index = line.index_at(reading.start)
    if label is Label.NONE and any(
        _MODIFIED_MARK.search(outline.marks(above)) for above in list(outline.ancestors(index))[:2]
    ):
        return Label.MODIFIED
    if label is Label.NONE and reading.start < 4 and number > 0 and len(lines[number - 1].text) < 30:
        # "Diperbarui" and its date in two cells of one table.
        return read_label(lines[number - 1].text + " ")
    return label


def _weigh(line: Line, reading: Reading, label: Label, *, repeated: bool) -> float:
    weight = 2.0 if label is Label.PUBLISHED else 0.0
    if len(line.text) > _LONGEST_META:
        weight -= 4.0 if _is_prose(line, reading) else 1.0
    if repeated and label is not Label.PUBLISHED:
        weight -= 2.0
    if not reading.precision.names_a_day:
        weight -= 0.5
    if reading.end - reading.start > 0.5 * len(line.text):
        weight += 0.5
    return weight


def _is_prose(line: Line, reading: Reading) -> bool:
    """Whether a date stands amid a text, which names many days; only a dateline opens with its own."""
    if len(line.text) <= _LONGEST_META:
        return False
    before, behind = line.text[: reading.start], line.text[reading.end :]
    opens = reading.start < 60 and _DATELINE.match(before) is not None
    # Probolinggo's kelurahan sign the end of the text: "… berjalan lancar. (16/04/2025)".
    signs = before.endswith("(") and _CLOSED.fullmatch(behind) is not None
    return not opens and not signs


def _weigh_place(outline: Outline, index: int, around: frozenset[int]) -> float:
    weight = 0.0
    if is_frame(outline, index, around):
        weight -= 4.0
    if is_aside(outline, index, around):
        weight -= 2.5
    if is_event(outline, index, around):
        weight -= 2.0
    near = list(outline.ancestors(index))[:3]
    if any(outline.tags[above] == "time" for above in near[:2]) or _PUBLISHED_MARK.search(
        " ".join(outline.marks(above) for above in near)
    ):
        weight += 1.0
    return weight


def _near(distance: int | None) -> float:
    """Lines between heading and date: metadata stands right below, sometimes right above."""
    if distance is None:
        return 0.0
    if distance < 0:
        return 1.0 if distance >= -3 else -1.0
    if distance <= 6:
        return 2.0 - 0.05 * distance
    return 1.4 - 0.02 * distance if distance <= 25 else 0.5 if distance <= 60 else 0.0


def _line_of(lines: tuple[Line, ...], heading: LexborNode | None, outline: Outline) -> int | None:
    index = None if heading is None else outline.index_of(heading)
    if index is None:
        return None
    return next(
        (number for number, line in enumerate(lines) if index <= line.first < outline.ends[index]), None
    )


def _shape(outline: Outline, index: int) -> str:
    return "/".join(
        f"{outline.tags[above]}.{outline.attribute(above, 'class')}"
        for above in list(outline.ancestors(index))[:4]
    )


def _place(outline: Outline, index: int) -> str:
    above = outline.parents[index]
    marks = outline.attribute(above, "class").split()
    return outline.tags[above] + (f".{marks[0]}" if marks else "")
