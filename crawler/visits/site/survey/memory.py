"""What is remembered of a website between nights: typed, versioned, read with tolerance."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec

from activity.post import EvidenceKind, Precision
from activity.visit import Memory, Validators
from crawler.discover.endpoint import EndpointKind

__all__ = [
    "VERSION",
    "AbsenceMemory",
    "DiscoveryMemory",
    "HomeMemory",
    "LessonMemory",
    "ListsMemory",
    "MinuteMemory",
    "PendingMemory",
    "RememberedList",
    "RoughPost",
    "SiteMemory",
    "SpanMemory",
    "TrustMemory",
    "read_memory",
    "write_memory",
]

# Version 1 was a dictionary of anything. It held claims that nothing had proven, so it is not carried over.
VERSION: Final = 2

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Span = tuple[Moment, Moment]
Count = Annotated[int, msgspec.Meta(ge=0)]
# No clock is further ahead of another than from one end of the world to the other.
Shift = Annotated[int, msgspec.Meta(ge=-26 * 60, le=26 * 60)]


@dataclass(frozen=True, slots=True)
class HomeMemory:
    """What the home page showed; written by `home`.

    Attributes:
        site: its final address; posts' keys are relative to its host.
        checked: when it was last looked at as a visitor, for spam.
        robot: the same as a search engine's robot.
        links: marks of the posts that it has shown; None before it was ever looked at.
        spam: the gambling spam found there, as evidence in words.
        https: why it is read over plain http.
        tried_http: when plain http was last tried for a host that answers nothing.
        mirrors: whether it shows the newest posts of the list of news, so that it tells of new ones.
        digest: of the page as it was last read through; empty where it showed spam.
    """

    site: str | None = None
    checked: Moment | None = None
    robot: Moment | None = None
    links: tuple[str, ...] | None = None
    spam: str = ""
    https: str = ""
    tried_http: Moment | None = None
    mirrors: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RememberedList:
    """One list of a site as it was last read.

    Attributes:
        read_at: when it was last read or found unchanged.
        head: marks of its first posts, in its order; tonight's list must overlap them.
    """

    kind: EndpointKind
    url: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    read_at: Moment | None = None
    head: tuple[str, ...] = ()

    @property
    def validators(self) -> Validators:
        """What lets the server say that it is unchanged."""
        return Validators(self.etag, self.last_modified, self.digest)


@dataclass(frozen=True, slots=True)
class ListsMemory:
    """A site's lists beside the endpoint, and what is not yet claimed; written by `lists`.

    Attributes:
        head: marks of the endpoint's first posts.
        tracked: whether every list that has posts of its own is asked in turn.
        sides: further lists, such as announcements.
        unclaimed: since when nothing was claimed, and when that began.
        visited: the night before.
        off: the last night on which the endpoint was not asked.
        gained: how many posts the best list brought when it was chosen.
        unsorted: marks of the addresses of lists whose order tells nothing of age: a new post may stand
            anywhere in them. What was seen once holds until such a list is read back and falls.
        through: when all lists were last read back to the window's start.
    """

    head: tuple[str, ...] = ()
    tracked: bool = True
    sides: tuple[RememberedList, ...] = ()
    unclaimed: Span | None = None
    visited: Moment | None = None
    off: Moment | None = None
    gained: Count = 0
    unsorted: tuple[str, ...] = ()
    through: Moment | None = None

    @property
    def further(self) -> tuple[RememberedList, ...]:
        """Further lists that have shown posts; the others are looked at in case they ever do."""
        return tuple(side for side in self.sides if side.head)


@dataclass(frozen=True, slots=True)
class DiscoveryMemory:
    """How the site was found out about; written by the first visit.

    Attributes:
        asked: the window's start that the first visit went back to.
        anew: when a later night last discovered the site anew.
        guessed: when usual feed addresses were last guessed in vain.
        templates: how a script makes addresses, by field.
        rendered: purposes of pages that only a browser shows.
        rough: whether articles say no more than their list.
        misses: nights in a row on which the endpoint failed.
    """

    asked: Moment | None = None
    anew: Moment | None = None
    guessed: Moment | None = None
    templates: Mapping[str, str] = field(default_factory=dict)
    rendered: tuple[str, ...] = ()
    rough: bool = False
    misses: Count = 0


@dataclass(frozen=True, slots=True)
class PendingMemory:
    """What a budget left for the next night.

    Attributes:
        frontier: where the list goes on.
        waiting: address and title of posts whose own pages are still to be read.
        settled: keys that need no reading again.
    """

    frontier: str | None = None
    waiting: tuple[tuple[str, str], ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoughPost:
    """A post dated to the day whose own page may tell the minute."""

    url: str
    title: str
    at: Moment
    precision: Precision
    kind: EvidenceKind
    where: str
    raw: str
    source: str


@dataclass(frozen=True, slots=True)
class MinuteMemory:
    """Whether articles tell the minute; written by `minute`.

    Attributes:
        told: None where no article could be asked yet.
        pending: posts whose articles are still to be read for it.
        misses: nights on which the article that would tell could not be read.
    """

    told: bool | None = None
    pending: tuple[RoughPost, ...] = ()
    misses: Count = 0


@dataclass(frozen=True, slots=True)
class SpanMemory:
    """What the readings of several nights leave open of posts' ages; written by `interval`.

    Attributes:
        spans: by key, between which moments the post was published.
        refuted: ways to round an age, with how many readings cannot have been made so.
    """

    spans: Mapping[str, Span] = field(default_factory=dict)
    refuted: Mapping[str, Count] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrustMemory:
    """Which of the site's witnesses its own pages contradict; written by `testimony`.

    Attributes:
        believed: sources that sampled articles have confirmed.
        refuted: sources that they contradict.
        asked: sources for which articles were sampled, whatever these told.
        torn: those of them of which an article was read whose day hangs on the clock that they name.
        moved: marks of posts, each with the other day that lists tell of it, whose pages were asked for that.
        in_utc: whether pages print the day of UTC and nothing else.
    """

    believed: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    in_utc: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceMemory:
    """Known posts that a whole list no longer shows; written by `absence`.

    Attributes:
        gone: by key, when the post's own address first answered *gone*.
        hidden: keys of posts whose own pages still stand though no list shows them.
        withheld: since when the lists were whole but for posts that are gone, and until which night.
    """

    gone: Mapping[str, Moment] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    withheld: Span | None = None


@dataclass(frozen=True, slots=True)
class LessonMemory:
    """The site's habits with dates and addresses; written by `Lessons` and `identity`.

    Attributes:
        day_first: whether figures are dd/mm (True) or mm/dd (False).
        clocks: date strings that stand on every page.
        date_selector: CSS selector of the element that carries an article's date.
        shift: minutes by which the pages' clock is ahead of the moment that a feed states.
        idle: query names that change nothing in an address.
        copies: shapes of addresses that are versions of posts listed under another one.
    """

    day_first: bool | None = None
    clocks: tuple[str, ...] = ()
    date_selector: str | None = None
    shift: Shift = 0
    idle: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteMemory:
    """All that a website's visit wants to know again the next night, beside the endpoint."""

    home: HomeMemory = field(default_factory=HomeMemory)
    lists: ListsMemory = field(default_factory=ListsMemory)
    discovery: DiscoveryMemory = field(default_factory=DiscoveryMemory)
    pending: PendingMemory = field(default_factory=PendingMemory)
    minute: MinuteMemory = field(default_factory=MinuteMemory)
    span: SpanMemory = field(default_factory=SpanMemory)
    trust: TrustMemory = field(default_factory=TrustMemory)
    absence: AbsenceMemory = field(default_factory=AbsenceMemory)
    lesson: LessonMemory = field(default_factory=LessonMemory)


def read_memory(memory: Memory) -> tuple[SiteMemory, str]:
    """Read what an earlier night wrote; anything unreadable is dropped, and said in one line.

    Returns the memory and a note, empty where all was read. A memory of another version, or one with a
    part of the wrong shape, is dropped whole: half a memory could claim what the other half disproves.

    >>> read_memory(Memory())[0] == SiteMemory()
    True
    """
    facts: object = memory.facts
    if not facts and memory.endpoint is None:
        return SiteMemory(), ""
    version = facts.get("version") if isinstance(facts, Mapping) else None
    if version != VERSION or isinstance(version, bool):
        return SiteMemory(), "What was remembered is of another version; the site is looked at afresh."
    try:
        return msgspec.convert(facts, SiteMemory), ""
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError) as error:
        return SiteMemory(), f"What was remembered cannot be read ({error}); the site is looked at afresh."


def write_memory(memory: SiteMemory) -> dict[str, Any]:
    """Write it as plain JSON, for `Memory.facts`; parts that hold nothing are left out."""
    empty = SiteMemory()
    parts = {part.name: getattr(memory, part.name) for part in fields(memory)}
    told = {name: value for name, value in parts.items() if value != getattr(empty, name)}
    # A title may hold half of a surrogate pair, which only this encoder can write.
    return {"version": VERSION, **json.loads(json.dumps(msgspec.to_builtins(told)))}
