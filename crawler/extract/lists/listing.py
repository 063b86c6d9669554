"""The items of a page that lists posts, each with the date that its list's slot gives it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate
from crawler.dates import DateReading
from crawler.extract.article.habit import judge_order as judge_figures
from crawler.extract.article.hints import NO_HINTS, SiteHints
from crawler.extract.article.witness import Setting
from crawler.extract.file import is_file
from crawler.extract.lists.date.found import find_listed_dates
from crawler.extract.lists.date.headed import find_headed_years, give_headed_years
from crawler.extract.lists.date.monthly import find_monthly_days
from crawler.extract.lists.date.settle import settle_readings
from crawler.extract.lists.date.year import give_years
from crawler.extract.lists.edge import cut_edge
from crawler.extract.lists.edited import find_edits
from crawler.extract.lists.first import find_first
from crawler.extract.lists.item import ListedItem, Listing, Slot
from crawler.extract.lists.link import ListedLink, find_listed_links, title_of
from crawler.extract.lists.order import count_pinned, judge_order, order_by_rows
from crawler.extract.lists.path import TagPaths
from crawler.extract.lists.search import RecordList, Search
from crawler.extract.lists.title import find_title
from crawler.extract.lists.undated import (
    find_headed,
    find_left,
    find_lone,
    find_rest,
    is_boxed,
    keep_undated,
)
from crawler.extract.lists.unreadable import find_unreadable
from crawler.extract.page.document import Document
from crawler.extract.page.key import clean_address, post_key
from crawler.extract.page.outline import Outline
from crawler.extract.page.region import is_side_box
from crawler.extract.state.post import extract_state

__all__ = ["ListedItem", "Listing", "extract_listing", "read_listing"]

_AHEAD = timedelta(days=2)
_Placed = tuple[int, ListedItem]


def extract_listing(
    document: Document, *, now: datetime, zone: ZoneInfo, hints: SiteHints = NO_HINTS
) -> tuple[ListedItem, ...]:
    """Read every item of the page's lists, in the page's order, each address once.

    Relative dates are read against `now`, which must be the moment of fetching.
    """
    return read_listing(document, now=now, zone=zone, hints=hints).items


def read_listing(
    document: Document,
    *,
    now: datetime,
    zone: ZoneInfo,
    hints: SiteHints = NO_HINTS,
    unseated: frozenset[str] = frozenset(),
    seated: frozenset[str] = frozenset(),
    newest: datetime | None = None,
    places: frozenset[str] = frozenset(),
) -> Listing:
    """Read everything a page of a list says; relative dates are read against `now`, the moment of fetching.

    Slots whose key is in `unseated`, which articles contradicted, date nothing; those in `seated`, which
    articles confirmed, are used even where all their dates are alike. `newest` is the last date of the
    page before, from which days without a year go on; `places` are that page's: links there are items
    however few they are.
    """
    order = judge_figures(document, hints, now)
    setting = Setting(now, zone, order is not False)
    outline = document.outline
    links = find_listed_links(document)
    dates = (*find_listed_dates(document, setting, hints), *find_monthly_days(outline, setting))
    search = Search(outline, links, sorted(dates, key=lambda date: date.index), setting, unseated, places)
    found = search.run()
    dated = [part for part in found if part.best is not None]
    placed, slots = list[_Placed](), list[tuple[int, Slot]]()
    for part in dated:
        readings = _read_slot(part, outline, setting, newest, page_tells=order is not None)
        slot, items = _read_list(document, part, readings, seated)
        placed += items
        slots.append((part.records[0].begin, slot))
    none = [part for part in found if part not in dated]
    headed = _find_undated((outline, search.paths, links), none, dated, places)
    edits = find_edits((record for part in none for record in part.records), dates)
    undated = [(link.index, _undated(link, title, edits.get(link.url))) for link, title in headed]
    if len(undated) > len(placed):
        placed = _put_back(placed, links, search.paths, {search.paths.of(index) for index, _ in undated})
    listed = _tell_apart(_once(_mark_beside(outline, links, [*placed, *undated])))
    return Listing(
        _dated_by_state(document, listed, setting),
        tuple(slot for _, slot in sorted(slots, key=lambda pair: pair[0])),
        tuple(find_unreadable(document, search.paths, search.dates, links, setting)),
        frozenset(
            search.paths.name_place(link.index)
            for link in (*(link for part in dated for link in part.links), *(link for link, _ in headed))
        ),
        tuple(dict.fromkeys(link.url for link in links)),
    )


def _find_undated(
    shown_on: tuple[Outline, TagPaths, Sequence[ListedLink]],
    undated: Sequence[RecordList],
    dated: Sequence[RecordList],
    places: frozenset[str],
) -> list[tuple[ListedLink, str]]:
    """The links of posts that show no date, each with the title of its card."""
    outline, paths, links = shown_on
    kept = keep_undated(undated, dated, outline, paths, places, links)
    headed = [(link, title_of(outline, link)) for link in kept]
    boxed = [*(link for part in dated for link in part.links), *(link for link, _ in headed)]
    headed += find_headed(outline, paths, links, boxed)
    headed += find_first(outline, links, [link for part in dated for link in part.links])
    if not dated:
        # A ticker of three titles stands above the one card that a last page holds.
        shown = {link.url for link, _ in headed}
        rest = find_rest(outline, paths, links, places)
        headed += [(link, title) for link, title in rest if link.url not in shown]
    elif places:
        headed += find_left(outline, paths, links, places, boxed)
    # The figures of a pager may stand as the buttons of cards do (the awkward site 2121402).
    headed = [(link, title) for link, title in headed if any(map(str.isalpha, title))]
    if headed or not is_boxed(outline, (link for part in dated for link in part.links)):
        return headed
    return find_lone(outline, [link for link in links if not is_side_box(outline, link.index)])


def _put_back(
    placed: Sequence[_Placed], links: Sequence[ListedLink], paths: TagPaths, listed: Collection[int]
) -> list[_Placed]:
    """Dated items at the place of their links in a longer list that shows no day.

    A box of popular posts below it dates some of them; in the box's place they would spoil the list's order
    (the awkward site 500046).
    """
    own: dict[str, int] = {}
    for link in links:
        if paths.of(link.index) in listed:
            own.setdefault(clean_address(link.url), link.index)
    return [(own.get(item.url, place), item) for place, item in placed]


def _mark_beside(outline: Outline, links: Sequence[ListedLink], placed: Sequence[_Placed]) -> list[_Placed]:
    """Items with those marked to which a box beside the list alone leads.

    The oldest of the popular posts says nothing of how far back the list goes (the awkward site 2300118).
    """
    boxed = [is_side_box(outline, place) for place, _ in placed]
    if all(boxed) or not any(boxed):
        return list(placed)
    own = {clean_address(link.url) for link in links if not is_side_box(outline, link.index)}
    return [
        (place, replace(item, is_beside=True) if beside and item.url not in own else item)
        for (place, item), beside in zip(placed, boxed, strict=True)
    ]


def _undated(link: ListedLink, title: str, edited: datetime | None) -> ListedItem:
    return ListedItem(clean_address(link.url), title, None, is_file(link.url), edited=edited)


def _once(placed: Sequence[_Placed]) -> tuple[ListedItem, ...]:
    """In the page's order, each address once: the dated of two copies."""
    kept: dict[str, _Placed] = {}
    for place, item in sorted(placed, key=lambda pair: (pair[1].date is None, pair[0])):
        kept.setdefault(item.url, (place, item))
    return tuple(item for _, item in sorted(kept.values(), key=lambda pair: pair[0]))


def _tell_apart(items: tuple[ListedItem, ...]) -> tuple[ListedItem, ...]:
    """Mark those that share a page with another by what stands behind the `#` of their addresses."""
    pages = Counter(urldefrag(item.url).url for item in items if "#" in item.url)
    if not pages:
        return items
    parts = [urldefrag(item.url) for item in items]
    return tuple(
        replace(item, mark=fragment) if pages[page] > 1 else item
        for item, (page, fragment) in zip(items, parts, strict=True)
    )


def _read_list(
    document: Document, part: RecordList, readings: Sequence[DateReading | None], seated: frozenset[str]
) -> tuple[Slot, list[_Placed]]:
    """A list's slot, and its items."""
    choice = part.best
    assert choice is not None
    doubtful = part.choice is None and choice.key not in seated
    moments = [reading.at for reading in readings if reading is not None]
    pinned = count_pinned(moments)
    rows = order_by_rows(moments) if len(moments) == len(readings) and not pinned else ()
    moments = [moments[row] for row in rows] or moments
    yearless = any(candidate is not None and candidate.found.reading is None for candidate in choice.found)
    slot = Slot(
        choice.key, len(part.records), len(moments), judge_order(moments[pinned:]), doubtful, yearless
    )
    items, seen = [], 0
    for record, reading, candidate in zip(part.records, readings, choice.found, strict=True):
        seen += reading is not None
        date = None if reading is None or doubtful else _as_date(document, choice.key, reading)
        title = find_title(document.outline, record).text
        if reading is None and moments and record.link.is_button and title == record.link.text:
            # "Unduh" beside the "Lihat" that leads to the card's post or file.
            continue
        if candidate is not None and candidate.is_in_title and reading is not None:
            title = cut_edge(title, reading.raw)
        item = ListedItem(
            clean_address(record.link.url),
            title,
            date,
            is_file(record.link.url),
            is_pinned=reading is not None and seen <= pinned,
        )
        items.append((record.link.index, item))
    if rows:
        return slot, [(place, items[row][1]) for (place, _), row in zip(items, rows, strict=True)]
    return slot, items


def _read_slot(
    part: RecordList,
    outline: Outline,
    setting: Setting,
    newest: datetime | None,
    *,
    page_tells: bool,
) -> list[DateReading | None]:
    """One reading a record: settled among themselves, none of what is yet to come."""
    choice = part.best
    if choice is None:
        return []
    dates = [candidate.found for candidate in choice.found if candidate is not None]
    urls = [r.link.url for r, found in zip(part.records, choice.found, strict=True) if found is not None]
    settled = settle_readings(dates, setting, page_tells=page_tells, urls=urls)
    days = [reading or date.partial for reading, date in zip(settled, dates, strict=True)]
    if any(date.reading is None for date in dates):
        known = [n for n, day in enumerate(days) if day is not None]
        told, raws = [d for d in days if d is not None], [dates[n].text for n in known]
        given = give_years(told, raws, setting, newest)
        if None in given:
            dated = [r.begin for r, c in zip(part.records, choice.found, strict=True) if c is not None]
            years = find_headed_years(outline, [dated[n] for n in known])
            given = give_headed_years(told, raws, years, setting) or given
        settled = [None] * len(dates)
        for n, reading in zip(known, given, strict=True):
            settled[n] = reading
    values = iter(settled)
    limit = setting.now + _AHEAD
    whole = [None if candidate is None else next(values) for candidate in choice.found]
    return [None if reading is None or reading.at > limit else reading for reading in whole]


def _as_date(document: Document, key: str, reading: DateReading) -> PostDate:
    witness = DateEvidence(
        EvidenceKind.LISTING, key, reading.raw, reading.at, reading.precision, document.url
    )
    return PostDate(reading.at, reading.precision, (witness,))


def _dated_by_state(
    document: Document, items: tuple[ListedItem, ...], setting: Setting
) -> tuple[ListedItem, ...]:
    """With the dates that the page's own JSON holds for items that show none."""
    if all(item.date is not None for item in items):
        return items
    own = document.url
    stated = {
        post.key: post.date for post in extract_state(document, now=setting.now, zone=setting.zone, site=own)
    }
    return tuple(
        item if item.date is not None else replace(item, date=stated.get(post_key(item.url, own)))
        for item in items
    )
