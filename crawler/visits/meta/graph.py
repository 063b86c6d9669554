"""The Graph API as both visits use it: addresses, asking, paging. Pure; the token is only a name."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from activity.agency import Channel
from activity.visit import Fetch, Page, Purpose
from crawler.visits.meta.graph_error import GraphError, read_body, read_error

__all__ = [
    "Edge",
    "GraphAccess",
    "Json",
    "PagedWalk",
    "TokenDoor",
    "WalkEnd",
    "ask",
    "build_url",
    "clean_next",
    "read_moment",
    "walk",
]

Json = Mapping[str, Any]

_SECRETS = frozenset({"access_token", "appsecret_proof"})
_SMALLEST_PAGE = 5
_SERVED = "facebook-api-version"


@dataclass(frozen=True, slots=True)
class TokenDoor:
    """One token by which a channel can be read.

    Attributes:
        token: its name, never itself.
        instagram_user_id: the professional account that this token asks at; of Instagram only.
    """

    channel: Channel
    token: str
    instagram_user_id: str | None = None


@dataclass(frozen=True, slots=True)
class GraphAccess:
    """Where the Graph API is and which tokens the edge may send there.

    Attributes:
        instagram_user_id: our own professional account, the node Business Discovery is asked at.
        instagram_token, facebook_token: names of tokens, never tokens; None where there is none.
        doors: further tokens, for accounts that the first does not see.
    """

    base_url: str = "https://graph.facebook.com"
    version: str = "v27.0"
    instagram_user_id: str | None = None
    instagram_token: str | None = None
    facebook_token: str | None = None
    doors: tuple[TokenDoor, ...] = ()

    def find_doors(self, channel: Channel) -> tuple[TokenDoor, ...]:
        """Find every token for a channel, in the order in which they are tried."""
        named = {Channel.INSTAGRAM: self.instagram_token, Channel.FACEBOOK: self.facebook_token}
        first = named.get(channel)
        main = (TokenDoor(channel, first, self.instagram_user_id),) if first else ()
        return (*main, *(door for door in self.doors if door.channel is channel))


class WalkEnd(StrEnum):
    """Why a walk through pages stopped."""

    REACHED = "the list ended or the window was covered"
    JOINED = "met what was known"
    LOOPED = "a cursor repeated"
    FULL = "as many pages as one night may take"
    FAILED = "an answer was an error"
    ABSENT = "an answer came without the list that was asked for"


@dataclass(frozen=True, slots=True)
class Edge:
    """One listing and how to page through it.

    Attributes:
        build: the address for a page size and a cursor; the cursor is None for the first page.
        items: the raw items of a body; None where the list itself is absent.
        cursor: what leads to the following page, None at the end.
        judge: whether a page is the last one needed, given its items; called once a page, in order.
        limit: items a page at first.
        pages: the most pages of one night.
    """

    token: str
    build: Callable[[int, str | None], str]
    items: Callable[[Json], Sequence[Json] | None]
    cursor: Callable[[Json], str | None]
    judge: Callable[[Sequence[Json]], WalkEnd | None]
    limit: int
    pages: int


@dataclass(frozen=True, slots=True)
class PagedWalk:
    """What paging brought.

    Attributes:
        items: in the order of the listing, each id once.
        first: the first body, empty when none came.
        limit: the page size that worked last.
        pages: how many pages were read.
        ended: whether nothing led on behind the last page.
        nameless: items without an id.
        served: the version of the API that answered; empty where none was named.
    """

    items: tuple[Json, ...]
    first: Json
    end: WalkEnd
    error: GraphError | None
    limit: int
    pages: int
    ended: bool = False
    nameless: int = 0
    served: str = ""


def build_url(access: GraphAccess, *path: str, **parameters: str) -> str:
    """Build an address below the API's version; parameters that are empty are left out."""
    steps = "/".join(quote(step, safe="") for step in (access.version, *path))
    query = urlencode({k: v for k, v in parameters.items() if v}, safe="(),.", quote_via=quote)
    return f"{access.base_url.rstrip('/')}/{steps}" + (f"?{query}" if query else "")


def clean_next(access: GraphAccess, address: str, limit: int) -> str:
    """Clean a `paging.next` of its secrets, with our page size, on the host that we were told to use.

    Meta puts the access token into every `next`. Wherever the address points, the edge sends the
    token to the configured host only. What is no address leads to the API's root, which answers with
    an error.
    """
    try:
        parts, home = urlsplit(address), urlsplit(access.base_url)
    except ValueError:
        return build_url(access)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in _SECRETS]
    pairs = [(k, str(limit) if k == "limit" else v) for k, v in pairs]
    query = urlencode(pairs, safe="(),.", quote_via=quote)
    return urlunsplit((home.scheme, home.netloc, parts.path, query, ""))


def read_moment(value: object) -> datetime | None:
    """Read a moment as the Graph API writes it, aware UTC; None for anything else.

    Answers carry `2021-07-09T19:09:52+0000`; the documentation calls the same field a float of
    epoch seconds, so both are read. A text without an offset is refused.
    """
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment.astimezone(UTC) if moment.tzinfo is not None else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def ask(fetch: Fetch) -> Generator[Fetch, Page, tuple[Json, GraphError | None]]:
    """Ask, and once more after a transient error; the body is empty where there is an error."""
    page, error = yield from ask_page(fetch)
    return ({} if error is not None else read_body(page)), error


def ask_page(fetch: Fetch) -> Generator[Fetch, Page, tuple[Page, GraphError | None]]:
    """Ask the same, and give the answer as it came, too."""
    page = yield fetch
    error = read_error(page)
    if error is not None and error.transient:
        page = yield fetch
        error = read_error(page)
    return page, error


@dataclass(slots=True)
class _GraphSteps:
    """What a walk has met so far."""

    limit: int
    found: dict[str, Json] = field(default_factory=dict)
    first: Json = field(default_factory=dict)
    pages: int = 0
    nameless: int = 0
    served: str = ""
    repeats: int = 0

    def take(self, items: Sequence[Json]) -> Sequence[Json]:
        """Take those of a page that have an id."""
        named = [item for item in items if isinstance(item.get("id"), str)]
        self.nameless += len(items) - len(named)
        again = bool(named) and all(item["id"] in self.found for item in named)
        self.repeats = self.repeats + 1 if again else 0
        for item in named:
            self.found.setdefault(item["id"], item)
        return named

    def end(self, end: WalkEnd, error: GraphError | None = None, *, ended: bool = False) -> PagedWalk:
        found = tuple(self.found.values())
        told = (self.first, end, error, self.limit, self.pages, ended, self.nameless, self.served)
        return PagedWalk(found, *told)


def walk(edge: Edge) -> Generator[Fetch, Page, PagedWalk]:
    """Walk page by page through a listing until the edge's judge, its end, an error or a bound says stop.

    A page that is too big is asked for again at half its size. A page may be empty and still have a
    successor. A cursor met before, or two pages of nothing new, end the walk: some listings turn in a circle.
    """
    steps, cursor, met = _GraphSteps(edge.limit), None, set[str]()
    while steps.pages < edge.pages:
        address = edge.build(steps.limit, cursor)
        page, error = yield from ask_page(Fetch(address, Purpose.API, token=edge.token))
        if error is not None and error.too_big and steps.limit > _SMALLEST_PAGE:
            steps.limit = max(_SMALLEST_PAGE, steps.limit // 2)
            continue
        if error is not None:
            return steps.end(WalkEnd.FAILED, error)
        body = read_body(page)
        steps.first, steps.pages = steps.first or body, steps.pages + 1
        steps.served = page.headers.get(_SERVED, steps.served)
        listed = edge.items(body)
        if listed is None:
            return steps.end(WalkEnd.ABSENT)
        items = steps.take(listed)
        cursor = edge.cursor(body)
        end = WalkEnd.REACHED if cursor is None else edge.judge(items)
        if end is None and (cursor in met or steps.repeats > 1):
            end = WalkEnd.LOOPED
        if end is not None:
            return steps.end(end, ended=cursor is None)
        met.add(cursor or "")
    return steps.end(WalkEnd.FULL)
