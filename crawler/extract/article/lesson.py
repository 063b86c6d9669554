"""Learning a site's habits with dates from its own pages, for the pages that tell less."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from activity.post import EvidenceKind, PostDate, Precision
from crawler.dates import find_dates
from crawler.extract.article.habit import count_orders, count_told, has_figures
from crawler.extract.article.hints import NO_HINTS, SiteHints
from crawler.extract.article.title import page_titles
from crawler.extract.article.visible import find_taught
from crawler.extract.article.witness import Setting
from crawler.extract.page.document import Document
from crawler.extract.page.region import is_side_box

__all__ = ["Lessons"]

# What stands on every page is known after so many of them.
PAGES: Final = 8
_FEWEST_PAGES: Final = 4
_FEWEST_POSTS: Final = 3
_LONGEST_LINE: Final = 120
_MOST_LINES: Final = 400
_SEEN: Final = frozenset({EvidenceKind.LISTING, EvidenceKind.VISIBLE_TEXT})
_STATED: Final = frozenset({EvidenceKind.FEED, EvidenceKind.API})
_CLOCKED: Final = frozenset({Precision.MINUTE, Precision.SECOND})
_ZONES: Final = ("WIB", "WITA", "WIT", "GMT", "UTC", "Z", "+")


@dataclass(slots=True)
class Lessons:
    """What one site has taught so far.

    Attributes:
        start: strings of days before it can be set aside for good: no wanted post bears them.
        orders: figures that can only be dd/mm, and those that can only be mm/dd.
        own_orders: those of them on articles, whose theme may write otherwise than that of the lists.
        guessed: whether articles were read with the month first, as lists are, before any told an order.
        standing: how often each date string stands on the page that has it least, of those that all have it.
        old: those of them that name a day from before `start`.
        boxed: those that stand on a page in no place but a box beside, such as the popular posts'.
        titles: how many pages state a title, of those taken note of.
        listed: the titles that pages state which are no posts'.
        learnt: addresses of the pages taken note of.
        places: posts that an element dated rightly, by its selector; -1 for one that once did not.
        days: the days that an element told, by its selector: a clock tells one day only.
        shifts: minutes by which pages are ahead of the moment that a feed states of the same post.
        last: the last page taken note of, its date strings, and what stood on all pages before it, if any.
    """

    start: datetime
    hints: SiteHints = field(default_factory=SiteHints)
    shift: timedelta = timedelta()
    orders: Counter[bool] = field(default_factory=Counter)
    own_orders: Counter[bool] = field(default_factory=Counter)
    guessed: bool = False
    standing: dict[str, int] = field(default_factory=dict)
    old: set[str] = field(default_factory=set)
    boxed: set[str] = field(default_factory=set)
    titles: Counter[str] = field(default_factory=Counter)
    listed: set[str] = field(default_factory=set)
    learnt: set[str] = field(default_factory=set)
    pages: int = 0
    articles: int = 0
    last: tuple[str, Counter[str], dict[str, int] | None] = ("", Counter(), None)
    places: dict[str, int] = field(default_factory=dict)
    days: dict[str, set[str]] = field(default_factory=dict)
    shifts: Counter[int] = field(default_factory=Counter)

    @classmethod
    def recall(
        cls, start: datetime, hints: SiteHints = NO_HINTS, shift: timedelta = timedelta()
    ) -> "Lessons":
        """Go on from what earlier nights learnt: `kept_hints` and `shift` of the last one."""
        return cls(start, hints, shift, old=set(hints.clocks))

    @property
    def kept_hints(self) -> SiteHints:
        """What holds on other nights as well; what is true of tonight only, such as its date, is left out.

        So are days of popular posts: once others are read most, such a day is that of its own post again (the
        awkward sites 2111163, 2111200).
        """
        kept = self.old - self.boxed
        return replace(self.hints, clocks=tuple(clock for clock in self.clocks() if clock in kept))

    @property
    def own_order(self) -> bool | None:
        """Whether articles write dd/mm, as far as they taught it; else as the lists do."""
        return _judge_order(self.own_orders, self.hints.day_first)

    @property
    def misled(self) -> bool:
        """Whether articles were read in the order of lists before others taught that theirs is another."""
        return self.guessed and self.own_order is not False

    def learn_page(
        self, document: Document, setting: Setting, *, is_article: bool, told: date | None = None
    ) -> None:
        """Take note of a page's figures and of the dates that may stand on every page.

        Args:
            told: an article's day, where something that is not written in such figures told it already.
        """
        # Where lists have the month first, articles are asked until one tells their order: ten in a row may
        # be of a month's first days.
        untaught = is_article and self.hints.day_first is False and not self.own_orders.total()
        if document.url in self.learnt or (self.pages >= PAGES and not untaught):
            return
        self.learnt.add(document.url)
        self._learn_order(document, told, is_article=is_article)
        if self.pages >= PAGES:
            return
        found = list(_date_strings(document, setting, self.start, self.old))
        self.boxed |= {raw for raw, _ in found} - {raw for raw, is_boxed in found if not is_boxed}
        counts = Counter(raw for raw, _ in found)
        before = self.standing if self.pages else None
        self.last, self.standing = (document.url, counts, before), _keep_standing(counts, before)
        self.pages += 1
        self.articles += is_article
        self._learn_titles(document, is_article=is_article)
        self.hints = replace(self.hints, day_first=_judge_order(self.orders, self.hints.day_first))

    def set_apart(self, url: str, raws: Iterable[str]) -> None:
        """Take the days that a list tells of its posts from what may stand on every page.

        On the night on which a post came home and its own page alone were read, and both told today's day,
        which passed for a clock's (Haunt).
        """
        last, counts, before = self.last
        own = Counter(raw for raw in raws if raw in counts)
        if own and last == url:
            self.standing = _keep_standing(counts - own, before)

    def _learn_titles(self, document: Document, *, is_article: bool) -> None:
        stated = set(page_titles(document))
        self.titles.update(stated)
        if not is_article:
            self.listed |= stated
        names = frozenset(title for title in self.listed if self.titles[title] > 1)
        self.hints = replace(self.hints, names=names)

    def _learn_order(self, document: Document, told: date | None, *, is_article: bool) -> None:
        day_first, month_first = count_orders(document)
        if told is not None and not day_first and not month_first:
            day_first, month_first = count_told(document, told)
        votes = {True: day_first, False: month_first}
        self.orders.update(votes)
        if not is_article:
            return
        figures = any(has_figures(line.text) for line in document.outline.lines[:_MOST_LINES])
        if figures and not self.own_orders.total() and not day_first + month_first:
            self.guessed = self.guessed or self.hints.day_first is False
        self.own_orders.update(votes)

    def learn_article(self, document: Document, date: PostDate, setting: Setting) -> None:
        """Take note of the element that told the date of a post, and of how others would have told it."""
        day = date.at.astimezone(setting.zone).date().isoformat()
        for evidence in date.evidence:
            if evidence.kind is EvidenceKind.VISIBLE_TEXT and "." in evidence.where:
                self.places.setdefault(evidence.where, 0)
        for selector, right in self.places.items():
            told = find_taught(document, setting, SiteHints(date_selector=selector))
            if told is None or right < 0:
                continue
            agrees = told.reading.day(setting.zone).isoformat() == day
            self.places[selector] = right + 1 if agrees else -1
            self.days.setdefault(selector, set()).add(day)
        proven = [s for s, n in self.places.items() if n >= _FEWEST_POSTS and len(self.days[s]) > 1]
        if proven:
            self.hints = replace(self.hints, date_selector=max(proven, key=lambda s: self.places[s]))
        elif self.places.get(self.hints.date_selector or "", 0) < 0:
            self.hints = replace(self.hints, date_selector=None)

    def learn_shift(self, stated: PostDate | None, seen: PostDate | None) -> None:
        """Compare a feed's moment of a post with the clock time that a page shows of it."""
        if stated is None or seen is None or stated.evidence[0].kind not in _STATED or not is_naive(seen):
            return
        if stated.precision in _CLOCKED:
            self.shifts[round((seen.at - stated.at).total_seconds() / 60)] += 1
            minutes, count = self.shifts.most_common(1)[0]
            sure = count >= _FEWEST_POSTS and count * 5 >= self.shifts.total() * 4
            if sure and minutes % 30 == 0 and abs(minutes) <= 14 * 60:
                self.shift = timedelta(minutes=minutes)

    def correct(self, date: PostDate) -> PostDate:
        """Correct a date of which a page told the clock time in another zone than ours."""
        return replace(date, at=date.at - self.shift) if self.shift and is_naive(date) else date

    def clocks(self) -> tuple[str, ...]:
        """Date strings that stand on every page, lists and articles alike."""
        if self.pages < _FEWEST_PAGES or not 2 <= self.articles < self.pages:
            return self.hints.clocks
        return tuple(dict.fromkeys((*self.hints.clocks, *self.standing)))

    def is_on_all(self, document: Document, raw: str) -> bool:
        """Tell whether a date string stands on every page so far, of two at least, and here no more often.

        In running text it is another's day that falls on this one (the awkward site 2150787); so may be what
        stands under the pointer alone, which no line holds (Spirit).
        """
        lines = (line.text for line in document.outline.lines if len(line.text) <= _LONGEST_LINE)
        return self.pages > 1 and 0 < sum(text.count(raw) for text in lines) <= self.standing.get(raw, 0)

    def hints_for(self, document: Document, *, is_article: bool = False) -> SiteHints:
        """Give the hints for one page; a clock's string that stands there once more is a post's as well."""
        clocks = self.clocks()
        day_first = self.own_order if is_article else self.hints.day_first
        if clocks:
            text = "\n".join(line.text for line in document.outline.lines)
            clocks = tuple(raw for raw in clocks if text.count(raw) <= self.standing.get(raw, 1))
        return replace(self.hints, clocks=clocks, day_first=day_first)


def _keep_standing(counts: Counter[str], before: dict[str, int] | None) -> dict[str, int]:
    """What stands on one page more, of what stood on all before it; `before` is None for the first."""
    if before is None:
        return dict(counts)
    return {raw: min(n, counts[raw]) for raw, n in before.items() if raw in counts}


def _judge_order(votes: Counter[bool], known: bool | None) -> bool | None:
    days, months = votes[True], votes[False]
    if days + months == 0:
        return known
    return True if days >= 3 * months else False if months >= 3 * days else None


def is_naive(date: PostDate) -> bool:
    """Tell whether a date was read off a page that names a clock time and no zone."""
    first = date.evidence[0]
    return first.kind in _SEEN and date.precision in _CLOCKED and not any(z in first.raw for z in _ZONES)


def _date_strings(
    document: Document, setting: Setting, start: datetime, old: set[str]
) -> Iterator[tuple[str, bool]]:
    """Date strings on a page of days that no wanted post bears, or of today; each whether a box holds it."""
    today, outline = setting.now.astimezone(setting.zone).date(), document.outline
    for line in outline.lines[:_MOST_LINES]:
        if len(line.text) > _LONGEST_LINE or not any(character.isdigit() for character in line.text):
            continue
        for reading in find_dates(line.text, now=setting.now, zone=setting.zone, day_first=setting.day_first):
            if reading.relative:
                continue
            if reading.at < start:
                old.add(reading.raw)
            elif reading.day(setting.zone) != today:
                continue
            yield reading.raw, is_side_box(outline, line.first)
