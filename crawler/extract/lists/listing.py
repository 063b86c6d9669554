"""The dated items of a page that lists posts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, PostDate, Precision
from crawler.dates.label import Label
from crawler.extract.document import Document
from crawler.extract.habit import infer_day_first
from crawler.extract.hints import NO_HINTS, SiteHints
from crawler.extract.key import clean_address, post_key
from crawler.extract.lists.date import ListedDate, find_listed_dates
from crawler.extract.lists.item import ListedItem, Listing, ListOrder, Slot
from crawler.extract.lists.link import ListedLink, find_listed_links
from crawler.extract.lists.record import Record, leave_out_clocks, pair_records
from crawler.extract.lists.title import read_title
from crawler.extract.lists.undated import find_headed, find_undated
from crawler.extract.state import extract_state
from crawler.extract.witness import Setting

__all__ = ["ListedItem", "extract_listing", "read_listing"]


def read_listing(
    document: Document,
    *,
    now: datetime,
    zone: ZoneInfo,
    hints: SiteHints = NO_HINTS,
    unseated: frozenset[str] = frozenset(),
    seated: frozenset[str] = frozenset(),
) -> Listing:
    """Everything a page of a list says; relative dates are read against `now`, the moment of fetching.

    Slots whose key is in `unseated`, which articles contradicted, date nothing; those in `seated`, which
    articles confirmed, are used even where all their dates are alike.
    """
    items = tuple(
        replace(item, date=None) if item.date and item.date.evidence[0].where in unseated - seated else item
        for item in extract_listing(document, now=now, zone=zone, hints=hints)
    )
    return Listing(items, tuple(_describe_slots(items)))


def _describe_slots(items: Sequence[ListedItem]) -> Iterator[Slot]:
    groups: dict[str, list[datetime]] = {}
    for item in items:
        if item.date is not None:
            groups.setdefault(item.date.evidence[0].where, []).append(item.date.at)
    for key, moments in groups.items():
        yield Slot(key, len(moments), len(moments), _order_of(moments))


def _order_of(moments: Sequence[datetime]) -> ListOrder:
    if len(set(moments)) < 2:
        return ListOrder.UNKNOWN
    if all(later <= earlier for earlier, later in pairwise(moments)):
        return ListOrder.FALLS
    if all(later >= earlier for earlier, later in pairwise(moments)):
        return ListOrder.RISES
    return ListOrder.UNSORTED


def extract_listing(
    document: Document, *, now: datetime, zone: ZoneInfo, hints: SiteHints = NO_HINTS
) -> tuple[ListedItem, ...]:
    """Every item of the page's lists, in the page's order, each address once.

    Relative dates are read against `now`, which must be the moment of fetching.
    """
    setting = Setting(now, zone, infer_day_first(document, hints, now))
    links = find_listed_links(document)
    found_dates = find_listed_dates(document, setting, hints)
    dates = leave_out_clocks(document.outline, found_dates, links, setting)
    records = list(pair_records(document.outline, dates, links))
    # A story may name several days; an item has one place for its own.
    shapes = Counter(shape for record in records for shape in {found.shape for found in record.dates})
    items: dict[str, tuple[int, ListedLink, ListedItem]] = {}
    for record in records:
        item = ListedItem(
            clean_address(record.link.url),
            read_title(document.outline, record),
            _date_of(record, shapes, zone),
        )
        # A picture's caption beside the same link may name another day than the item's own place.
        weight = max(shapes[found.shape] for found in record.dates)
        if item.url not in items or items[item.url][0] * 2 < weight:
            items[item.url] = weight, record.link, item
    dated = [link for _, link, _ in items.values()]
    undated = [
        (link, ListedItem(clean_address(link.url), link.text, None)) for link in find_undated(links, dated)
    ]
    if not dated and not undated:
        undated = [
            (a, ListedItem(clean_address(a.url), title, None))
            for a, title in find_headed(document.outline, links)
        ]
    listed = [*((link, item) for _, link, item in items.values()), *undated]
    ordered = tuple(item for _, item in sorted(listed, key=lambda pair: pair[0].index))
    return _dated_by_state(document, ordered, setting) if undated else ordered


def _dated_by_state(
    document: Document, items: tuple[ListedItem, ...], setting: Setting
) -> tuple[ListedItem, ...]:
    """With the dates that the page's own JSON holds for items that show none."""
    own = document.url
    stated = {
        post.key: post.date for post in extract_state(document, now=setting.now, zone=setting.zone, site=own)
    }
    return tuple(
        item if item.date is not None else replace(item, date=stated.get(post_key(item.url, own)))
        for item in items
    )


def _date_of(record: Record, shapes: Counter[str], zone: ZoneInfo) -> PostDate | None:
    """The record's date: the one labelled as publication, else the finest; None where days contradict."""
    stated = [found for found in record.dates if found.label is Label.PUBLISHED] or list(record.dates)
    exact = [found for found in stated if not found.reading.relative] or stated
    # A teaser may name another day; the item's own stands where all items have theirs.
    usual = max(shapes[found.shape] for found in exact)
    exact = [found for found in exact if shapes[found.shape] == usual]
    finest = list(Precision)
    ordered = sorted(exact, key=lambda found: finest.index(found.reading.precision))
    days = {found.reading.day(zone) for found in ordered if found.reading.precision.names_a_day}
    # max keeps the first of equals: what is said of an item stands before its story.
    first = ordered[0] if len(days) <= 1 else max(exact, key=lambda found: round(found.standing, 1))
    witnesses = tuple(_evidence(first, ordered))
    return PostDate(first.reading.at, first.reading.precision, witnesses, contested=len(days) > 1)


def _evidence(first: ListedDate, others: Sequence[ListedDate]) -> Iterator[DateEvidence]:
    yield first.evidence
    yield from (other.evidence for other in others if other is not first)
