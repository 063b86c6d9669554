"""The lists that one visit has walked, each with what was met on it. One writer: `Walks`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zlib import crc32

from activity.visit import Page, Validators
from crawler.discover.archive import MonthArchive
from crawler.discover.endpoint import Endpoint
from crawler.reach import ListFacts
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.trail import NOT_THERE

__all__ = ["ARCHIVES", "HEAD", "Walk", "Walks", "mark_of"]

# What is put behind the address of a month's archive where it stands for those of all months.
ARCHIVES = "#archives"
# So many of a list's first posts are remembered; as many as a usual page of a list or a feed shows.
HEAD = 20


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk along one list.

    Attributes:
        endpoint: its first page, or its last where new posts appear there.
        page: that page as it came.
        facts: what was met, for the claim of completeness.
        fresh: how many of its posts no list walked before tonight, and no earlier night, had shown.
        linked: whether it was read down to posts already known.
        archives: pages of one month each that its first page links.
        whole: whether it was walked to its end, or back to posts older than what is wanted.
        rises: whether it begins with its oldest posts.
        last: when an earlier night read the same list, without a gap until then.
        before: marks of the posts that stood first in it then.
        further: whether it lists a kind of post of its own, whatever the main list holds by now.
        older: whether it names posts that are plainly from before the window.
        further_pages: addresses of the pages that were read behind its first.
        beside: posts that only boxes beside the list showed: they say nothing of how far back it was read.
    """

    endpoint: Endpoint
    page: Page
    facts: ListFacts = field(default_factory=ListFacts)
    fresh: int = 0
    linked: bool = False
    archives: tuple[MonthArchive, ...] = ()
    whole: bool = False
    rises: bool = False
    last: datetime | None = None
    before: tuple[str, ...] = ()
    further: bool = False
    older: bool = False
    further_pages: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The posts met, in the list's order."""
        return self.facts.keys

    @property
    def shares_address(self) -> bool:
        """Whether items share an address, as in a feed whose links all lead to the home page."""
        return any("#" in key for key in self.keys)

    @property
    def head(self) -> tuple[str, ...]:
        """Marks of the list's first posts, for the next night."""
        return tuple(mark_of(key) for key in self.facts.keys[:HEAD])

    @property
    def validators(self) -> Validators:
        """What lets the server say that the list is unchanged."""
        return self.page.validators


def mark_of(key: str) -> str:
    """Shorten a key to a few letters: hundreds are kept for each account."""
    return f"{crc32(key.encode('utf-8', 'surrogatepass')):08x}"


class Walks:
    """All walks of one visit.

    Attributes:
        keys: of all posts that lists have shown tonight.
        topics: pages of single topics that lists link to.
        topic_feeds: feeds of single topics that pages name.
        kind_maps: maps of further kinds of post that the site's map names.
        frontier: where the list at hand goes on, for the next night when a budget ends this one.
        unreadable: titles of cards without an address.
        elsewhere: titles in dated lists all of whose links lead to other sites.
        ahead: what lists show under a day that has not come.
        doubtful: witnesses that give reason by themselves to doubt them.
        unread: lists that the site names and its server kept from us tonight.
        unread_months: months' archives that were kept from us, or came as a page of something else.
        broken: feeds and APIs that the site names, and that could not be read.
        empty: lists that the site's menu names, and that show nothing, or are not there, so far.
        beside: those that it names beside the main list, and that were walked.
        left: first pages of lists that begin with posts of the main one, and were read no further.
        frames: pages that stand beside the home page in a frameset.
        linking: pages of lists that were read for where they lead.
        linked: where these lead, and on how many of them.
        passed_over: posts to which they lead though no list was read to hold them.
        old_copy: whether lists lack the newest of known posts, which stand all the same.
        lost: whether a list that showed posts is not there any more.
    """

    def __init__(self) -> None:
        self._walks: dict[str, Walk] = {}
        self.keys: set[str] = set()
        self.topics: dict[str, None] = {}
        self.topic_feeds: dict[str, None] = {}
        self.kind_maps: dict[str, None] = {}
        self.frontier: str | None = None
        self.unreadable: list[str] = []
        self.elsewhere: list[str] = []
        self.ahead: dict[str, Candidate] = {}
        self.doubtful: set[str] = set()
        self.unread: set[str] = set()
        self.unread_months: set[str] = set()
        self.broken: list[str] = []
        self.empty: dict[str, None] = {}
        self.beside: dict[str, None] = {}
        self.left: list[Page] = []
        self.frames: dict[str, None] = {}
        self.linking: set[str] = set()
        self.linked: Counter[str] = Counter()
        self.passed_over: frozenset[str] = frozenset()
        self.old_copy = self.lost = False

    def __iter__(self) -> Iterator[Walk]:
        return iter(self._walks.values())

    def __len__(self) -> int:
        return len(self._walks)

    def add(self, walk: Walk) -> Walk:
        """Note a walk; of two along one list the one that met more stands."""
        url = walk.endpoint.url
        known = self._walks.get(url)
        if known is None or len(known.keys) <= len(walk.keys):
            self._walks[url] = walk
        return walk

    def find(self, url: str) -> Walk | None:
        """Find the walk along the list at an address."""
        return self._walks.get(url)

    def find_holding(self, url: str) -> Walk | None:
        """Find the walk that read a page behind its list's first."""
        return next((walk for walk in self if url in walk.further_pages), None)

    def meet(self, keys: Iterable[str]) -> int:
        """Note posts that a list shows; returns how many no list has shown before tonight."""
        before = len(self.keys)
        self.keys.update(keys)
        return len(self.keys) - before

    def go_on_at(self, url: str | None) -> None:
        """Note where the list at hand goes on."""
        self.frontier = url

    def note_topics(self, topics: Iterable[str], feeds: Iterable[str] = ()) -> None:
        """Note pages of single topics, and feeds of them that pages name."""
        self.topics.update(dict.fromkeys(topics))
        self.topic_feeds.update(dict.fromkeys(feeds))

    def note_kind_maps(self, urls: Iterable[str]) -> None:
        """Note maps of further kinds of post."""
        self.kind_maps.update(dict.fromkeys(urls))

    def doubt(self, witnesses: Iterable[str]) -> None:
        """Note witnesses that give reason by themselves to doubt them."""
        self.doubtful.update(witnesses)

    def holds_whole(self, keys: Iterable[str]) -> bool:
        """Tell whether one list holds all these, and was walked to its end or back to what was wanted."""
        wanted = set(keys)
        return any(walk.whole and wanted.issubset(walk.keys) for walk in self)

    def note_unread(self, page: Page) -> None:
        """Note a list that is there and could not be read; what is not there holds nothing."""
        if page.status not in NOT_THERE:
            self.unread.add(page.url)

    def note_unread_month(self, url: str) -> None:
        """Note a month's archive that is there and could not be read."""
        self.unread_months.add(url)

    def note_empty(self, page: Page) -> None:
        """Note a list that the menu names and that shows nothing yet: the first post may come any night."""
        if page.ok or page.status in NOT_THERE:
            self.empty[page.fetch.url] = None

    def note_beside(self, walk: Walk) -> None:
        """Note a list that the menu names beside the main one."""
        self.beside[walk.endpoint.url] = None

    def leave(self, page: Page) -> None:
        """Note a list that begins with posts of the main one, and is read no further while that is whole."""
        self.left.append(page)

    def take_left(self) -> Iterator[Page]:
        """Take the lists that were read no further, each once."""
        while self.left:
            yield self.left.pop(0)

    def note_frames(self, urls: Iterable[str]) -> None:
        """Note pages that a frameset shows beside the home page, such as its menu."""
        self.frames.update(dict.fromkeys(urls))

    def note_links(self, page: str, urls: Iterable[str]) -> None:
        """Note where a page of a list leads; each page once."""
        if page not in self.linking:
            self.linking.add(page)
            self.linked.update(urls)

    def pass_over(self, keys: Iterable[str]) -> None:
        """Note posts to which lists' pages lead though no list was read to hold them."""
        self.passed_over |= frozenset(keys)

    def note_old_copy(self) -> None:
        """Note that tonight's lists are older than those of an earlier night."""
        self.old_copy = True

    def note_lost(self) -> None:
        """Note that a list which showed posts is not there any more."""
        self.lost = True

    def note_broken(self, page: Page) -> None:
        """Note a feed or an API that the site names, that is there and could not be read."""
        if page.status not in NOT_THERE:
            self.broken.append(page.url)

    def note_unreadable(self, titles: Iterable[str]) -> None:
        """Note cards that show a title and lead nowhere."""
        self.unreadable.extend(titles)

    def note_elsewhere(self, titles: Iterable[str]) -> None:
        """Note the titles of a dated list that leads to other sites only: an office's posts may be those."""
        self.elsewhere.extend(titles)
