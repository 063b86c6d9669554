"""Which link belongs to which date: by the repeated record, by the line, or by the order in flat text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.dates.label import Label
from crawler.extract.lists.date import ListedDate
from crawler.extract.lists.link import ListedLink, links_within, pick_link
from crawler.extract.outline import Outline
from crawler.extract.witness import Setting

__all__ = ["Record", "leave_out_clocks", "pair_records"]

# A page with one date and many links is a post with its surroundings, not a list.
_MOST_LINKS = 12
_ALONE = 0.9
_TOLD = 0.2


@dataclass(frozen=True, slots=True)
class Record:
    """One item: its link, the dates that stand with it, and the element that holds both.

    Attributes:
        begin: first index of the item in the outline.
        end: behind its last.
    """

    link: ListedLink
    dates: tuple[ListedDate, ...]
    begin: int
    end: int


def leave_out_clocks(
    outline: Outline, dates: Sequence[ListedDate], links: Sequence[ListedLink], setting: Setting
) -> tuple[ListedDate, ...]:
    """Without today's date where it stands alone of its shape and heads no item: the page's calendar leaf."""
    today = setting.now.astimezone(setting.zone).date()
    # What is yet to come, an agenda beside the clock, is no item of a list of posts.
    shapes = Counter(date.shape for date in dates if date.reading.at <= setting.now)
    return tuple(
        date
        for date in dates
        if shapes[date.shape] > 1
        or date.reading.relative
        or date.reading.day(setting.zone) != today
        or _is_item(outline, date, dates, links)
    )


def _is_item(
    outline: Outline, date: ListedDate, dates: Sequence[ListedDate], links: Sequence[ListedLink]
) -> bool:
    holder = _holder(outline, date.index, [link for link in links if link.worth > 0])
    if holder is None:
        return False
    end = outline.ends[holder]
    alone = not any(holder <= other.index < end for other in dates if other is not date)
    return alone and any(link.heading for link in links_within(links, holder, end))


def pair_records(
    outline: Outline, dates: Sequence[ListedDate], links: Sequence[ListedLink]
) -> Iterator[Record]:
    """Every dated item, in document order of its dates."""
    good = [link for link in links if link.worth > 0]
    shapes = Counter(date.shape for date in dates)
    places = [date.index for date in dates]
    position = 0
    while position < len(dates):
        date = dates[position]
        holder = _holder(outline, date.index, good)
        if holder is None:
            position += 1
            continue
        inside = _usual(
            dates[bisect_left(places, holder) : bisect_left(places, outline.ends[holder])], shapes
        )
        here = links_within(good, holder, outline.ends[holder])
        if len(inside) == 1 or len({link.url for link in here}) == 1:
            yield from _from_record(
                outline, holder, inside, good, places, repeated=shapes[inside[0].shape] > 1
            )
        else:
            yield from _from_flat(outline, holder, inside, here)
        position = max(position + 1, bisect_left(places, outline.ends[holder]))


def _usual(dates: Sequence[ListedDate], shapes: Counter[str]) -> Sequence[ListedDate]:
    """Without the days that a caption or teaser names, where the items' own have a place of their own."""
    most = max(shapes[date.shape] for date in dates)
    # Where a day stands alone, those in the midst of a line are told by the story under it.
    least = _TOLD if any(date.standing >= _ALONE for date in dates) else 0.0
    return [
        date
        for date in dates
        if date.label is Label.PUBLISHED
        or date.standing >= 1.0
        or (shapes[date.shape] * 2 >= most and date.standing >= least)
    ]


def _holder(outline: Outline, index: int, links: Sequence[ListedLink]) -> int | None:
    """The lowest element above a date that holds a link, or is one."""
    for above in outline.ancestors(index):
        if outline.tags[above] in {"html", "-document"}:
            return None
        if links_within(links, above, outline.ends[above]):
            return above
    return None


def _from_record(
    outline: Outline,
    holder: int,
    inside: Sequence[ListedDate],
    links: Sequence[ListedLink],
    places: Sequence[int],
    *,
    repeated: bool,
) -> Iterator[Record]:
    """A record of its own; its title may stand higher, where still no other date does."""
    top = holder
    within = bisect_left(places, outline.ends[holder]) - bisect_left(places, holder)
    for above in outline.ancestors(holder):
        count = bisect_left(places, outline.ends[above]) - bisect_left(places, above)
        if count > within or outline.tags[above] in {"body", "html", "main", "tbody", "table"}:
            break
        top = above
    own = links_within(links, holder, outline.ends[holder])
    best = _best_of(own, links_within(links, top, outline.ends[top]), repeated=repeated)
    if best is None or (len({link.url for link in own}) > _MOST_LINKS and not repeated):
        return
    group = _same_shape(outline, own, best, inside[0]) if repeated else [best]
    for link in group:
        yield Record(link, tuple(inside), top if len(group) == 1 else link.block, outline.ends[top])


def _best_of(own: Sequence[ListedLink], wide: Sequence[ListedLink], *, repeated: bool) -> ListedLink | None:
    """The best link beside the date, unless the record's heading, farther off, is a better one."""
    best = pick_link(own)
    count = len({link.url for link in wide})
    weak = best is None or best.worth < 3
    if (weak and count <= _MOST_LINKS) or (repeated and count <= 3 * _MOST_LINKS):
        other = pick_link(wide)
        if weak or (other is not None and best is not None and other.heading and not best.heading):
            return other or best
    return best


def _same_shape(
    outline: Outline, links: Sequence[ListedLink], best: ListedLink, date: ListedDate
) -> list[ListedLink]:
    """A date that heads several items dates them all; they stand in blocks of their own, shaped alike."""
    if outline.tags[best.block] in {"td", "th"} or best.block in set(outline.ancestors(date.index)):
        return [best]
    alike = [link for link in links if link.shape == best.shape and link.worth >= 3]
    blocks = {link.block for link in alike}
    if len(alike) < 2 or len(blocks) != len(alike):
        return [best]
    return alike


def _from_flat(
    outline: Outline, holder: int, dates: Sequence[ListedDate], links: Sequence[ListedLink]
) -> Iterator[Record]:
    """Dates and links side by side in one element: `<br>`, `<pre>`, `<dl>`, headings and blocks in turn."""
    lines = outline.lines
    spans = [(date, lines[date.line].first, lines[date.line].last) for date in dates if date.line >= 0]
    # An anchor's index is one before its text's.
    matched = [
        (date, best, first - 1, last + 1)
        for date, first, last in spans
        if (best := pick_link(links_within(links, first - 1, last + 1))) is not None
    ]
    if len(matched) * 5 >= len(dates) * 4:
        for date, link, begin, end in matched:
            yield Record(link, (date,), begin, end)
        return
    for group, begin, end, first in _matched_segments(outline, holder, dates, links):
        own = links_within(links, begin, end)
        for link in _same_shape(outline, own, first, group[0]):
            yield Record(link, group, begin, end)


def _matched_segments(
    outline: Outline, holder: int, dates: Sequence[ListedDate], links: Sequence[ListedLink]
) -> list[tuple[tuple[ListedDate, ...], int, int, ListedLink]]:
    """Dates with what follows each, or with what precedes: whichever gives more links of one shape."""
    ways = []
    for forward in (True, False):
        matched = [
            (group, begin, end, best)
            for group, begin, end in _segments(outline, holder, dates, forward=forward)
            if (best := pick_link(links_within(links, begin, end))) is not None
        ]
        alike = Counter(best.shape for _, _, _, best in matched)
        ways.append((max(alike.values(), default=0), sum(best.worth for *_, best in matched), matched))
    return max(ways, key=lambda way: way[:2])[2]


def _segments(
    outline: Outline, holder: int, dates: Sequence[ListedDate], *, forward: bool
) -> Iterator[tuple[tuple[ListedDate, ...], int, int]]:
    """Each date with the stretch of the element that is its own; a date said twice is one."""
    for number, date in enumerate(dates):
        if forward:
            end = dates[number + 1].index if number + 1 < len(dates) else outline.ends[holder]
            yield (date,), date.index, end
        else:
            begin = dates[number - 1].index + 1 if number else holder
            yield (date,), begin, date.index
