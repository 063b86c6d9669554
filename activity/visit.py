"""What passes between a visit and whoever drives it: targets, fetches, pages, harvests."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self
from zoneinfo import ZoneInfo

from activity.agency import Account
from activity.outcome import Failure, Outcome
from activity.post import Post
from activity.record import Reception, Record

__all__ = [
    "Alias",
    "Budget",
    "Cost",
    "Fetch",
    "Harvest",
    "KnownPost",
    "Memory",
    "Note",
    "Page",
    "Profile",
    "Proof",
    "Purpose",
    "ScriptAnswer",
    "Target",
    "Validators",
    "Visit",
    "Window",
    "find_before",
]


class Purpose(StrEnum):
    """What a page is asked for; names the line in an explanation."""

    HOME = "home"
    FEED = "feed"
    API = "api"
    SITEMAP = "sitemap"
    LISTING = "listing"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets a server, or ourselves, say that nothing changed.

    Attributes:
        digest: SHA-256 of the body in hex; for servers whose own validators cannot be trusted.
    """

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What a visit wants to know again the next night.

    Attributes:
        endpoint: the address that lists the account's posts.
        kind: how the endpoint is read; the visit's own word, such as `feed` or `wordpress`.
        validators: of the endpoint's first page.
        seen_at: when the listing was last read or found unchanged.
        facts: anything else, plain JSON, the visit's own business.
    """

    endpoint: str | None = None
    kind: str | None = None
    validators: Validators = field(default_factory=Validators)
    seen_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Budget:
    """The most one visit may take of its account's servers, and of this machine: `cpu`, seconds."""

    requests: int = 200
    bytes: int = 50_000_000
    seconds: float = 900.0
    cpu: float = 20.0


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open time `[since, now)` whose posts are wanted; both aware."""

    since: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What the database holds of a post: enough to know it again under another address.

    Attributes:
        at: the moment it claims, aware, UTC; None where the local day is not certain.
    """

    url: str
    title: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One account to visit, with all that a visit may know.

    Attributes:
        zone: the zone in which a date without a zone is read.
        known: keys of the account's posts that the database already holds, from the window on, without
            those that are recorded as deleted.
        stored: the same posts by key, with what is known of them; may hold fewer than `known`.
        thorough: read the list back to the window's start once more, though its head is known: what was
            slipped in below, back-dated, shows only then.
        rendering: whether a browser is at hand for pages that only a script fills.
    """

    account: Account
    window: Window
    zone: ZoneInfo
    memory: Memory = field(default_factory=Memory)
    known: frozenset[str] = frozenset()
    stored: Mapping[str, KnownPost] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    thorough: bool = False
    rendering: bool = False


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request a visit wants made, always GET.

    Attributes:
        validators: sent as If-None-Match and If-Modified-Since; the digest is compared by the page.
        headers: extra ones; never a secret.
        token: name of the token the edge is to send, never the token itself.
        about: name of another token that is asked about; the edge sends it along.
        rendered: wanted as it stands once a browser has run its scripts; asked for only where the
            target allows it.
    """

    url: str
    purpose: Purpose
    validators: Validators = field(default_factory=Validators)
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str | None = None
    about: str | None = None
    rendered: bool = False


@dataclass(frozen=True, slots=True)
class ScriptAnswer:
    """Data that a page's own script asked for while a browser rendered it.

    Attributes:
        url: the address that answered.
        keyed: whether it was asked with a key of the page's own, without which it may not answer again.
    """

    url: str
    body: bytes
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What came back for a fetch, also when nothing did.

    Attributes:
        url: the final address after redirects.
        status: the HTTP status, None when no answer came (then `failure` says why).
        headers: names in lower case.
        body: decompressed bytes.
        fetched_at: aware, UTC.
        detail: the failure in words that a person can check, without secrets.
        captured: JSON that the page itself fetched, in its order; only of a rendered page.
        starved: whether a rendered page was refused a part that it asked for, so that it may show less than
            it holds.
    """

    fetch: Fetch
    url: str
    status: int | None
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: Failure | None = None
    detail: str = ""
    captured: tuple[ScriptAnswer, ...] = ()
    starved: bool = False

    @property
    def ok(self) -> bool:
        """Whether a body worth reading came."""
        return self.failure is None and self.status is not None and 200 <= self.status < 300

    @property
    def unchanged(self) -> bool:
        """Whether the server said 304, or the body has the digest that was known."""
        if self.failure is not None or self.starved:
            return False
        known = self.fetch.validators.digest
        return self.status == 304 or (self.ok and known is not None and known == self.digest)

    @property
    def digest(self) -> str:
        """SHA-256 of the body, hex."""
        return sha256(self.body).hexdigest()

    @property
    def validators(self) -> Validators:
        """What to remember so that the next night costs little."""
        if self.status == 304:
            return self.fetch.validators
        return Validators(self.headers.get("etag"), self.headers.get("last-modified"), self.digest)


@dataclass(frozen=True, slots=True)
class Profile:
    """Counters of an account at one moment; None where the platform hides them."""

    followers: int | None = None
    posts: int | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a visit took; measured by its driver.

    Attributes:
        bytes: bodies as received after decompression.
        seconds: wall clock from first request to harvest.
    """

    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """One step of a visit, for `probe`: what was tried or decided, and what came of it."""

    subject: str
    text: str


class Proof(StrEnum):
    """Why a list is believed to hold everything since a moment; each is a fact that was met tonight.

    `crawler/reach.py` is the only place that gives one.
    """

    OLDER_MET = "an older post was met in a list that falls from new to old"
    TOTAL_REACHED = "as many posts were met as the list says that it holds"
    OVERLAPS = "it goes on, without a gap, from what an earlier night read of the same list"
    ENDED = "the list was read to its end, and showed posts"
    UNCHANGED = "it is as it was when it was last read"
    SAME_PAGE = "it came, the same to the letter as when it was last read"
    EXPORTED = "the owner's own export holds the whole time"


@dataclass(frozen=True, slots=True)
class Alias:
    """One post under two keys: the one it is stored under, and the one that stands from now on.

    Attributes:
        why: the evidence in words, such as "its page names the other address as canonical".
    """

    old: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one run got from one account; exactly one, also on failure.

    Attributes:
        endpoint: the address that listed the posts.
        complete_since: the listing was read without a gap from this moment to the fetch, so nights
            in between that nobody watched are reconstructed; None when only tonight is known.
        proof: why that is believed; a claim without one reconstructs nothing.
        deleted: keys of stored posts whose own address has answered *gone* on two nights.
        aliases: stored posts that have another key from tonight on.
        detail: evidence for the outcome that a person can check.
        left_out: how many candidates were found and judged not to be posts.
        before: the newest post from before the window that was met on the way; the age of what was
            newest when the window began is counted from it.
        records: pages that posts rest on which are new or read differently; kept by the driver.
        reception: how the site answered; noted by the driver.
    """

    outcome: Outcome
    posts: tuple[Post, ...] = ()
    memory: Memory = field(default_factory=Memory)
    endpoint: str | None = None
    complete_since: datetime | None = None
    proof: Proof | None = None
    deleted: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    detail: str = ""
    profile: Profile | None = None
    left_out: int = 0
    before: Post | None = None
    notes: tuple[Note, ...] = ()
    cost: Cost = field(default_factory=Cost)
    records: tuple[Record, ...] = ()
    reception: Reception = field(default_factory=Reception)

    @classmethod
    def unchanged(cls, target: Target, detail: str = "", validators: Validators | None = None) -> Self:
        """Nothing changed since the last look: every night since then is known to be as it was."""
        memory = target.memory
        return cls(
            outcome=Outcome.UNCHANGED,
            memory=replace(memory, seen_at=target.window.now, validators=validators or memory.validators),
            endpoint=memory.endpoint,
            complete_since=memory.seen_at,
            proof=Proof.UNCHANGED if memory.seen_at is not None else None,
            detail=detail,
        )

    @classmethod
    def failed(cls, target: Target, outcome: Outcome, detail: str, notes: tuple[Note, ...] = ()) -> Self:
        """Nothing was learnt; what was remembered is kept."""
        memory = target.memory
        return cls(outcome, memory=memory, endpoint=memory.endpoint, detail=detail, notes=notes)


Visit = Generator[Fetch, Page, Harvest]


def find_before(posts: Iterable[Post], window: Window) -> Post | None:
    """The newest post whose day is certain and lies before the window; for `Harvest.before`."""
    dated = [
        (post.date.at, post)
        for post in posts
        if post.date is not None and post.date.precision.names_a_day and post.date.at < window.since
    ]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None
