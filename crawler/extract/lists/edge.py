"""Days at one edge of every title: "<a>Panen raya — Fri 26 June 2026</a>", as a bare archive writes them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from crawler.dates import DateReading, find_dates
from crawler.dates.label import Label
from crawler.extract.article.witness import Setting
from crawler.extract.lists.candidate import DateCandidate, Zone
from crawler.extract.lists.date.found import FoundDate, line_at
from crawler.extract.lists.date.prose import ProseStanding, count_title_words
from crawler.extract.lists.record import ListRecord
from crawler.extract.page.outline import Outline

__all__ = ["cut_edge", "find_edge_days"]

# Titles name the days of events: of five no other pattern is known, and all of them must agree.
_FEWEST: Final = 5
# Behind a title a mark sets the day off; a blank alone is what "Pasar Murah 4 Juli 2026" has.
_CLOSING: Final = re.compile(r"(?s:.*)\s(?:[–—|·•:/-]+\s+|[(\[])(?P<day>[^()\[\]]{8,40}?)[)\]]?\s*")
# A moment with its zone no author writes: django-newsletter's "Buletin on 2026-06-26 15:47:00+00:00".
_STAMPED: Final = re.compile(
    r"(?s:.*)\s(?P<day>(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
    r"\s?(?:Z|UTC|[+-]\d\d:?\d\d))\s*"
)
# Before it a blank will do: nobody begins a title with the day of an event.
_OPENING: Final = re.compile(r"[)\]]?(?:\s*[–—|·•:/-]+)?\s+")
_BRACKETS: Final = " ([])"
_EDGES: Final = ("first", "last")


def find_edge_days(
    records: Sequence[ListRecord], outline: Outline, setting: Setting
) -> list[list[DateCandidate]]:
    """Find for each record the day that opens or closes its link's text; none unless all have one, in order.

    The days of events that titles name stand in some of them, and follow no order.
    """
    none: list[list[DateCandidate]] = [[] for _ in records]
    if len(records) < _FEWEST:
        return none
    for edge in _EDGES:
        # "Back to list" may stand in the last row.
        rows = records[:-1] if _lacks_stamp(records) else records
        found: list[FoundDate] = []
        for record in rows:
            date = _at_edge(outline, record, edge, setting)
            if date is None:
                break
            found.append(date)
        if len(found) == len(rows) and _is_sorted(found, setting):
            key = ("path", f"{Zone.INSIDE.name} {edge} 1")
            own = [[DateCandidate(date, Zone.INSIDE, edge, (key,), is_in_title=True)] for date in found]
            return own + none[len(rows) :]
    return none


def _lacks_stamp(records: Sequence[ListRecord]) -> bool:
    """Whether all records close with a moment and its zone, but for one behind them."""
    *rows, last = (_STAMPED.fullmatch(record.link.text) is not None for record in records)
    return all(rows) and not last


def cut_edge(title: str, raw: str) -> str:
    """Give a title without the day at its edge.

    >>> cut_edge("Panen raya — Fri 26 June 2026", "Fri 26 June 2026")
    'Panen raya'
    """
    opens = title.lstrip(_BRACKETS).startswith(raw)
    rest = title.partition(raw)[2] if opens else title.rpartition(raw)[0]
    return rest.strip(_BRACKETS + "|·•–—:/-") or title


def _at_edge(outline: Outline, record: ListRecord, edge: str, setting: Setting) -> FoundDate | None:
    """The day at one edge of a link's text, where words are left of it.

    It is read apart: "4 Juli 2026 — Mon 22 June 2026" would be a span of days.
    """
    link = record.link
    texts = [i for i in range(link.index, outline.ends[link.index]) if outline.texts[i]]
    line = line_at(outline, texts[0]) if texts else -1
    if line < 0 or line_at(outline, texts[-1]) != line:
        return None
    reading = _read_first(link.text, setting) if edge == "first" else _read_last(link.text, setting)
    if reading is None or reading.relative:
        return None
    rest = link.text[: reading.start] + link.text[reading.end :]
    if not count_title_words(rest):
        return None
    alone = replace(reading, start=0, end=len(reading.raw))
    return FoundDate(texts[0], link.index, line, alone.raw, alone, Label.NONE, ProseStanding.META)


def _read_first(text: str, setting: Setting) -> DateReading | None:
    found = _read(text, setting)
    opens = found and not text[: found[0].start].strip(_BRACKETS)
    return found[0] if opens and _OPENING.match(text, found[0].end) else None


def _read_last(text: str, setting: Setting) -> DateReading | None:
    closing = _CLOSING.fullmatch(text) or _STAMPED.fullmatch(text)
    if closing is None:
        return None
    for reading in _read(closing["day"], setting):
        if reading.raw == closing["day"].strip():
            begin = closing.start("day")
            return replace(reading, start=reading.start + begin, end=reading.end + begin)
    return None


def _read(text: str, setting: Setting) -> tuple[DateReading, ...]:
    return find_dates(text, now=setting.now, zone=setting.zone, day_first=setting.day_first, future_ok=True)


def _is_sorted(dates: Sequence[FoundDate], setting: Setting) -> bool:
    """Whether days that are not all alike fall or rise from item to item, none of them yet to come."""
    days = [date.reading.day(setting.zone) for date in dates if date.reading is not None]
    pairs = list(pairwise(days))
    ordered = all(a >= b for a, b in pairs) or all(a <= b for a, b in pairs)
    return ordered and len(set(days)) > 1 and max(days) <= setting.now.astimezone(setting.zone).date()
