"""Cards that show a title and a date but lead nowhere: a script's button, an empty or refused address."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from activity.post import DateEvidence, EvidenceKind, PostDate
from crawler.extract.article.witness import Setting
from crawler.extract.lists.date.found import FoundDate
from crawler.extract.lists.date.prose import ProseStanding, count_title_words
from crawler.extract.lists.item import UnreadableRecord
from crawler.extract.lists.link import ListedLink
from crawler.extract.lists.path import TagPaths
from crawler.extract.page.document import Document
from crawler.extract.page.outline import HEADINGS, Outline

__all__ = ["find_unreadable"]

# Two lines with a day each are particulars of one thing; three cards are a list.
_FEWEST: Final = 3
_TITLE_WORDS: Final = 3
_WHOLE: Final = frozenset({"body", "html", "main", "table", "tbody", "ul", "ol", "-document"})


def find_unreadable(
    document: Document,
    paths: TagPaths,
    dates: Sequence[FoundDate],
    links: Sequence[ListedLink],
    setting: Setting,
) -> Iterator[UnreadableRecord]:
    """Find records around dates that no list has taken, set alike, each with a title and without a link."""
    groups: dict[int, list[FoundDate]] = defaultdict(list)
    for date in dates:
        reading = date.reading
        if date.standing >= ProseStanding.META and reading is not None and reading.at <= setting.now:
            groups[paths.of(date.place)].append(date)
    outline, linked = document.outline, {link.index for link in links}
    for group in groups.values():
        if len({date.reading.at for date in group if date.reading}) < _FEWEST:
            continue
        blocks = [_card(outline, group, number) for number in range(len(group))]
        titles = [_title(outline, block, date) for block, date in zip(blocks, group, strict=True)]
        if any(index in block for block in blocks for index in linked):
            continue
        if len(set(titles) - {""}) * 2 > len(group):
            yield from (
                UnreadableRecord(title, _as_date(document, date))
                for title, date in zip(titles, group, strict=True)
                if title
            )


def _card(outline: Outline, group: Sequence[FoundDate], number: int) -> range:
    """The widest element around a date that holds no other of its group."""
    own = group[number].index
    low = group[number - 1].index if number else -1
    high = group[number + 1].index if number + 1 < len(group) else len(outline.tags)
    top = own
    for above in outline.ancestors(own):
        if above <= low or outline.ends[above] > high or outline.tags[above] in _WHOLE:
            break
        top = above
    return range(top, outline.ends[top])


def _title(outline: Outline, block: range, date: FoundDate) -> str:
    """A card's heading, or the first text in it that says so much; empty where none does.

    "April 2024" above the cards of a month is the title of none (the awkward site 2111040).
    """
    for index in block:
        if outline.tags[index] in HEADINGS and count_title_words(text := outline.text_of(index)):
            return text
    texts = (outline.texts[index] for index in block if outline.texts[index] and index != date.index)
    return next((text for text in texts if count_title_words(text) >= _TITLE_WORDS), "")


def _as_date(document: Document, date: FoundDate) -> PostDate | None:
    reading = date.reading
    if reading is None:
        return None
    witness = DateEvidence(
        EvidenceKind.LISTING, "unreadable", reading.raw, reading.at, reading.precision, document.url
    )
    return PostDate(reading.at, reading.precision, (witness,))
