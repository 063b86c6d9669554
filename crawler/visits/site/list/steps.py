"""One walk along a list under way, and what it comes to."""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from activity.visit import Fetch, Page
from crawler.dates.word import MONTH_PATTERN
from crawler.discover.archive import MonthArchive
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.page.document import Document
from crawler.extract.page.total import StatedTotal, TotalUnit
from crawler.reach import ListFacts, Order, is_by_title, judge_order
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk, mark_of

__all__ = ["ListSteps", "conclude_walk", "joins_other"]

_MONTH: Final = re.compile(rf"{MONTH_PATTERN}\s+(?:19|20)\d\d", re.IGNORECASE)


@dataclass(slots=True)
class ListSteps:
    """One walk under way: page after page of one list."""

    first: Document
    last: datetime | None
    head: tuple[str, ...] = ()
    elsewhere: Callable[[], Generator[Fetch, Page, None]] | None = None
    document: Document = field(init=False)
    keys: list[str] = field(default_factory=list)
    moments: list[datetime | None] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    first_keys: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
    older: str = ""
    pages: int = 0
    fresh: int = 0
    linked: bool = False
    familiar_below: bool = False
    ended: bool = False
    paged: bool = False
    repeated: bool = False
    unaddressed: int = 0
    blank: int = 0
    archives: tuple[MonthArchive, ...] = ()
    old: bool = False
    past: bool = False
    farthest: int = 0
    totals: tuple[StatedTotal, ...] = ()
    read: set[str] = field(default_factory=set)
    joined: bool = False

    def __post_init__(self) -> None:
        self.document = self.first

    @property
    def order(self) -> Order:
        """How the days that were met run."""
        return judge_order(self.moments)


def joins_other(survey: Survey, steps: ListSteps, following: str) -> bool:
    """Tell whether a list goes on where another was read tonight: it holds, and ends as, that one does.

    Home and the list of news often have one second page. That it was asked already proves no end.
    """
    other = None if following in steps.read else survey.walks.find_holding(following)
    if other is None or steps.repeated:
        return False
    steps.keys.extend(key for key in other.keys if key not in steps.keys)
    steps.ended, steps.repeated, steps.joined = other.facts.ended, other.facts.repeated, True
    return True


def conclude_walk(steps: ListSteps) -> Walk:
    """Give the walk as a value."""
    # The last page may hold too few items to tell the order.
    rises = steps.order is Order.RISES and _spans_days(steps.moments)
    document = steps.document if rises and steps.ended else steps.first
    linked = sum(mark_of(key) in steps.head for key in steps.keys) if steps.familiar_below else 0
    facts = ListFacts(
        keys=tuple(dict.fromkeys(steps.keys)),
        pages=steps.pages,
        ended=steps.ended,
        paged=steps.paged,
        repeated=steps.repeated and (steps.pages == 2 or steps.joined),
        unaddressed=steps.unaddressed + _count_headings(steps.titles),
        total=_total_of(steps),
        linked=linked,
        linked_to=len(steps.head),
        by_title=is_by_title(steps.titles),
    )
    return Walk(
        endpoint=Endpoint(EndpointKind.LISTING, document.url, "a list of posts"),
        page=document.page,
        facts=facts,
        fresh=steps.fresh,
        linked=steps.linked,
        archives=steps.archives,
        whole=steps.old or steps.past or (steps.ended and steps.paged and not steps.repeated),
        rises=rises,
        last=steps.last,
        before=steps.head,
        further_pages=frozenset(steps.read),
        beside=frozenset(steps.keys) - steps.own,
    )


def _count_headings(titles: Sequence[str]) -> int:
    """Count posts that are called by the month above them: others were cut with them (the site 2120607).

    Where most are called so, they are an office's monthly reports.
    """
    headings = sum(_MONTH.fullmatch(title.strip()) is not None for title in titles)
    return headings if headings * 2 < len(titles) else 0


def _total_of(steps: ListSteps) -> int | None:
    """How many posts the list says that it holds: in items, or more than was met where pages are left."""
    items = {total.total for total in steps.totals if total.unit is TotalUnit.ITEMS and total.first == 1}
    pages = {t.total for t in steps.totals if t.unit is TotalUnit.PAGES and t.first == 1}
    if len(items) == 1:
        return items.pop()
    if len(pages) == 1 and (stated := pages.pop()) > steps.pages > 0:
        return stated * len(steps.keys) // steps.pages
    return None


def _spans_days(moments: Sequence[datetime | None]) -> bool:
    known = [moment for moment in moments if moment is not None]
    return len(known) > 2 and max(known) - min(known) > timedelta(days=1)
