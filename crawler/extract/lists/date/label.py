"""What the words around a listed date make it: in front, over its column, behind."""

import re
from collections.abc import Sequence
from typing import Final

from crawler.dates import DateReading
from crawler.dates.label import Label, read_label
from crawler.extract.lists.date.bold import find_bold_end
from crawler.extract.page.outline import HEADINGS, Outline, TextLine

__all__ = ["is_marked", "label_date", "label_element", "label_words", "tells_document"]

# Of a meeting, a law, an answer; "Hari/Tanggal:" opens an invitation's particulars.
_OTHER: Final = re.compile(
    r"\b(?:acara|kegiatan|pelaksanaan|hari\s?/\s?tanggal|waktu(?!\s(?:posting|publikasi|tayang|terbit))|event|rapat|sidang|putusan"
    r"|penetapan|ditetapkan|pengundangan|diundangkan|pengesahan|disahkan|berlaku|tenggat|batas|penutupan|pembukaan|ditutup"
    r"|mulai|selesai|komentar|comments?|balasan|repl(?:y|ies)|dibalas|bergabung|lahir|kejadian|peristiwa|kunjungan)\b"
    r"\W*(?:(?:pada|on|tanggal|tgl|hari|date)\b\W*)*$",
    re.IGNORECASE,
)
_EDITED: Final = re.compile(
    r"\b(?:last\s(?:edited|updated|modified|changed)|edited|di?\s?ubah|perubahan|pembaru?h?an|diperbaru?h?i|update[ds]?"
    r"|revisi|direvisi|disunting|dimutakhirkan)\b[^|]{0,24}$",
    re.IGNORECASE,
)
_EDITED_BEHIND: Final = re.compile(
    r"\s*+[(\[]?\s*+(?:edited|updated|modified|diperbaru?h?i|diubah|disunting|revisi)\b", re.IGNORECASE
)
_EDITED_MARK: Final = re.compile(
    r"(?<![a-z])(?:updated|modified|lastmod|edited|update[-_](?:time|date|at))(?![a-z])", re.IGNORECASE
)
# A forum's cell for the day of a topic's last reply, by which its rows are sorted (django-machina, phpBB).
_ANSWERED_MARK: Final = re.compile(
    r"(?<![a-z])(?:last|latest)[-_]?(?:post|reply|activity|comment)(?![a-z])|(?<![a-z])[a-z]{1,12}lastpost(?![a-z])",
    re.IGNORECASE,
)
# Of a list's last card the class may be as well, and that says more.
_LONGEST_CELL: Final = 80
# What schema.org calls them.
_PROPERTIES: Final = {
    "datePublished": Label.NONE,
    "dateCreated": Label.NONE,
    "dateModified": Label.MODIFIED,
}
_EDITED_ATTRIBUTES: Final = ("data-updated", "data-modified")
_PUBLISHED_MARK: Final = re.compile(r"publish|posted|entry-date|created", re.IGNORECASE)
# "2026 s/d 3", "1 Mei 2026 - 5 Mei 2026": the two ends of a span.
_SPAN: Final = re.compile(
    r"\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai(?:\sdengan)?|hingga|to|until)\s*", re.IGNORECASE
)
_BARE: Final = re.compile(
    r"(?:(?:tanggal|tgl\.?|waktu|hari|jadwal|terakhir|last)\s)?"
    r"(?:di)?(?:acara|kegiatan|pelaksanaan|event|rapat|sidang|putusan|penetapan|tetapkan|pengundangan|undangkan|berlaku|batas"
    r"|edited|updated?|modified|ubah|perubahan|perbaru?h?i|sunting|mulai|selesai|hari\s?/\s?tanggal|waktu|deadline|jadwal)"
    r"(?:\s(?:terakhir|acara|kegiatan|on|at|pada))?",
    re.IGNORECASE,
)
# On a page of its own that is a film's or a program's; over a column it is the day the document came out.
# Of a document: its own day, which serves where none of its upload stands beside it.
_DOCUMENTS: Final = re.compile(
    r"\b(?:tanggal|tgl\.?)\s(?:surat|dokumen|sk|nota|naskah)\b|\btertanggal\b", re.IGNORECASE
)
_RELEASED: Final = re.compile(r"\b(?:release\sdates?|tanggal\srilis)\W*$", re.IGNORECASE)
# "Tanggal: 5 Mei 2026" and, in a line beside, "Tempat: Aula".
_NOUN: Final = re.compile(r"\W*(?:tanggal|tgl\.?|date)\s?:\s*", re.IGNORECASE)
_PLACE: Final = re.compile(r"\W*(?:tempat|lokasi|venue)\s?:", re.IGNORECASE)
_BEHIND: Final = 2
_REACH: Final = 40
_LONGEST_SPAN: Final = 40
_LONGEST_LABEL: Final = 28


def tells_document(words: str) -> bool:
    """Tell whether a column's heading says that its days are those of letters.

    >>> tells_document("Tgl Surat"), tells_document("Tgl Upload")
    (True, False)
    """
    return _DOCUMENTS.search(words) is not None


def label_words(words: str) -> Label:
    """Tell what a column's heading or the words in front of a date make it.

    >>> label_words("Tanggal Pelaksanaan")
    <Label.OTHER: 'other'>
    """
    near = words[-_REACH:]
    if _RELEASED.search(near):
        return Label.PUBLISHED
    if _EDITED.search(near):
        return Label.MODIFIED
    if _OTHER.search(near) and read_label(words) is not Label.PUBLISHED:
        return Label.OTHER
    return read_label(words)


def label_date(outline: Outline, number: int, reading: DateReading, readings: Sequence[DateReading]) -> Label:
    """Tell what a date is the date of, as far as its line, the one before and its element tell."""
    line = outline.lines[number]
    if _is_span(outline, line, reading, readings):
        return Label.OTHER
    # "Posted 3 May Updated 5 May": the word is the second day's.
    is_last = all(other.start <= reading.start for other in readings)
    if is_last and _EDITED_BEHIND.match(line.text, reading.end):
        return Label.MODIFIED
    begin = max([0, *(other.end for other in readings if other.end <= reading.start)])
    begin = max(begin, _title_end(outline, number, reading.start))
    before = line.text[begin : reading.start]
    label = label_words(before)
    if _NOUN.fullmatch(before) and _tells_place(outline, number):
        return Label.OTHER
    if label is Label.NONE and reading.start < 4 and number > 0:
        label = _label_above(outline, number)
    return label if label is not Label.NONE else label_element(outline, line.index_at(reading.start))


def _tells_place(outline: Outline, number: int) -> bool:
    """Whether the line before or one of the next tells where something is held."""
    beside = outline.lines[max(0, number - 1) : number + _BEHIND + 1]
    return any(len(line.text) <= _LONGEST_CELL and _PLACE.match(line.text) for line in beside)


def is_marked(outline: Outline, index: int) -> bool:
    """Tell whether the class of the nearest elements calls what stands there the day of publication."""
    near = (index, *list(outline.ancestors(index))[:2])
    return any(_PUBLISHED_MARK.search(outline.marks(above)) for above in near)


def label_element(outline: Outline, index: int) -> Label:
    """Tell what the class of the nearest elements says: WordPress prints `updated` beside `published`.

    A card that shows the day of editing alone may say so by nothing but the attribute that holds it.
    """
    for above in [index, *list(outline.ancestors(index))[:2]]:
        said = _PROPERTIES.get(outline.attribute(above, "itemprop") or "")
        if said is not None:
            return said
        marks = outline.marks(above)
        if _PUBLISHED_MARK.search(marks):
            return Label.NONE
        if _EDITED_MARK.search(marks) or any(outline.attribute(above, name) for name in _EDITED_ATTRIBUTES):
            return Label.MODIFIED
        if _ANSWERED_MARK.search(marks) and len(outline.text_of(above)) <= _LONGEST_CELL:
            return Label.OTHER
    return Label.NONE


def _is_span(outline: Outline, line: TextLine, reading: DateReading, readings: Sequence[DateReading]) -> bool:
    """Whether a date is one end of a span; the day in a title, before a dash, makes none with the post's."""
    if reading.relative:
        return False
    own = _is_linked(outline, line.index_at(reading.start))
    return any(
        _SPAN.fullmatch(line.text, min(reading.end, other.end), max(reading.start, other.start))
        for other in readings
        if other is not reading
        and not other.relative
        and max(reading.start, other.start) - min(reading.end, other.end) <= _LONGEST_SPAN
        and _is_linked(outline, line.index_at(other.start)) is own
    )


def _label_above(outline: Outline, number: int) -> Label:
    """What the line before says of an edit or an event: "Diperbarui" in a cell, its date in the next."""
    before, own = outline.lines[outline.line_before(number)], outline.lines[number]
    text = before.text.rstrip()
    link = _find_link(outline, before.last)
    if len(text) > _LONGEST_LABEL or (link is not None and link != _find_link(outline, own.first)):
        # A link's words before the day are a title; a link may hold both (Valaxy's theme Sakura).
        return Label.NONE
    beside = outline.lines[number - 1 : number + 1]
    if not text.endswith(":") and all(_is_headed(outline, line) for line in beside):
        # "Kegiatan" over the headings of days names a section (the awkward site 2070115).
        return Label.NONE
    # "Rapat koordinasi" in the cell before is a title.
    if not text.endswith(":") and not _BARE.fullmatch(text):
        return Label.NONE
    above = label_words(text + " ")
    return above if above in {Label.MODIFIED, Label.OTHER} else Label.NONE


def _is_headed(outline: Outline, line: TextLine) -> bool:
    return any(outline.tags[above] in HEADINGS for above in list(outline.ancestors(line.first))[:2])


def _is_linked(outline: Outline, index: int) -> bool:
    return _find_link(outline, index) is not None


def _find_link(outline: Outline, index: int) -> int | None:
    return next((above for above in list(outline.ancestors(index))[:3] if outline.tags[above] == "a"), None)


def _title_end(outline: Outline, number: int, start: int) -> int:
    """Where the last link or title in front of a date ends: "Jadwal pemadaman" labels nothing."""
    line = outline.lines[number]
    end = find_bold_end(outline, line)
    own = next(iter(outline.ancestors(line.index_at(start))), -1)
    for offset, index in line.offsets:
        if offset >= start:
            break
        parent = outline.parents[index]
        if parent != own and (outline.tags[parent] == "a" or outline.tags[outline.parents[parent]] == "a"):
            end = offset + len(outline.texts[index])
    return min(end, start)
