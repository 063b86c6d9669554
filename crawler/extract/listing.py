"""The dated items of a page that lists posts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, PostDate, Precision
from crawler.dates.label import Label
from crawler.extract.document import Document
from crawler.extract.habit import infer_day_first
from crawler.extract.hints import NO_HINTS, SiteHints
from crawler.extract.listed_date import ListedDate, find_listed_dates
from crawler.extract.listed_link import find_listed_links
from crawler.extract.listed_title import read_title
from crawler.extract.record import Record, pair_records
from crawler.extract.witness import Setting

__all__ = ["ListedItem", "extract_listing"]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a list; `date` is None where the list shows none for it."""

    url: str
    title: str
    date: PostDate | None


def extract_listing(
    document: Document, *, now: datetime, zone: ZoneInfo, hints: SiteHints = NO_HINTS
) -> tuple[ListedItem, ...]:
    """Every dated item of the page's lists, in the page's order, each address once.

    Relative dates are read against `now`, which must be the moment of fetching.
    """
    setting = Setting(now, zone, infer_day_first(document, hints, now))
    dates = find_listed_dates(document, setting, hints)
    links = find_listed_links(document)
    shapes = Counter(date.shape for date in dates)
    found: dict[str, tuple[int, ListedItem]] = {}
    for record in pair_records(document.outline, dates, links):
        item = ListedItem(
            record.link.url, read_title(document.outline, record), _date_of(record, shapes, zone)
        )
        # A picture's caption beside the same link may name another day than the item's own place.
        weight = max(shapes[date.shape] for date in record.dates)
        if item.url not in found or found[item.url][0] * 2 < weight:
            found[item.url] = weight, item
    return tuple(item for _, item in found.values())


def _date_of(record: Record, shapes: Counter[str], zone: ZoneInfo) -> PostDate | None:
    """The record's date: the one labelled as publication, else the finest; None where days contradict."""
    stated = [date for date in record.dates if date.label is Label.PUBLISHED] or list(record.dates)
    exact = [date for date in stated if not date.reading.relative] or stated
    # A teaser may name another day; the item's own stands where all items have theirs.
    usual = max(shapes[date.shape] for date in exact)
    exact = [date for date in exact if shapes[date.shape] == usual]
    finest = list(Precision)
    ordered = sorted(exact, key=lambda date: finest.index(date.reading.precision))
    days = {date.reading.day(zone) for date in ordered if date.reading.precision.names_a_day}
    first = ordered[0] if len(days) <= 1 else exact[0]
    witnesses = tuple(_evidence(first, ordered))
    return PostDate(first.reading.at, first.reading.precision, witnesses, contested=len(days) > 1)


def _evidence(first: ListedDate, others: Sequence[ListedDate]) -> Iterator[DateEvidence]:
    yield first.evidence
    yield from (date.evidence for date in others if date is not first)
