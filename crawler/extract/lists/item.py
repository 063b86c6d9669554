"""What a page of a list says: its items, the slots that dated them, the records that lead nowhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from activity.post import PostDate

__all__ = ["ListOrder", "ListedItem", "Listing", "Slot", "UnreadableRecord"]


class ListOrder(StrEnum):
    """How the dates of one group of records run down the page; pinned items do not count."""

    FALLS = "falls"
    RISES = "rises"
    UNSORTED = "unsorted"
    # Fewer than two different moments.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a list.

    Attributes:
        date: None where the list shows none for it, or none that can be trusted; the first witness names the
            slot it was read from in `where`.
        is_file: whether the address is a file's (PDF, Word, a Drive link): the post is a document.
        is_pinned: whether it stands on top out of the order of the others, as sticky posts do.
        mark: what tells it from other items that share its page: the fragment of its address.
        is_beside: whether it stands in a box beside the page's list alone, whose order it says nothing of.
        edited: when it was last changed, to the minute, where the list tells that and no day of publication.
    """

    url: str
    title: str
    date: PostDate | None
    is_file: bool = False
    is_pinned: bool = False
    mark: str = ""
    is_beside: bool = False
    edited: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """The place in every record of one group from which the publication date was, or could be, read.

    Attributes:
        key: names the place by tags and words that stay from night to night; it stands in the
            `where` of the dates that were read there.
        records: how many records the group has.
        dated: in how many of them the slot holds a date.
        is_doubtful: whether articles must confirm it before its dates are used: all records show one and the
            same day, as after a build, but also after a lawful batch. Its items are undated
            unless the caller says that the slot is `seated`.
        is_yearless: whether it shows no years: the order of the list gave them, counted back from now.
    """

    key: str
    records: int
    dated: int
    order: ListOrder
    is_doubtful: bool = False
    is_yearless: bool = False

    @property
    def coverage(self) -> float:
        """Share of the records that it dates."""
        return self.dated / self.records if self.records else 0.0


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """A card that shows a title and a date but has no address a post could be fetched from."""

    title: str
    date: PostDate | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything one page of a list says.

    Attributes:
        items: in the page's order, each address once.
        slots: one for each group of records that has one, in the page's order.
        unreadable: records of a script's buttons or refused addresses; where there are some and no items,
            the page is not empty, it cannot be read.
        places: where the links of items stand, by tags: on the last page of a list there may be one.
        linked: where all links of the page lead that may be posts', whether they are items or not.
    """

    items: tuple[ListedItem, ...] = ()
    slots: tuple[Slot, ...] = ()
    unreadable: tuple[UnreadableRecord, ...] = ()
    places: frozenset[str] = frozenset()
    linked: tuple[str, ...] = ()
