"""What a website's visit has met and not yet settled: addresses to be read, and lists by what they held."""

from dataclasses import dataclass, field
from datetime import datetime

from activity.post import PostDate
from activity.visit import Page
from crawler.discover.endpoint import EndpointKind

__all__ = ["Candidate", "Told", "Walked"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a post and whose date must be read from its own page.

    Attributes:
        date: a coarse reading, used where the page itself gives none.
        sure: whether a list of posts named it; an address of a sitemap must prove itself.
        crowded: whether many addresses of its shape stand in the same sitemap.
    """

    url: str
    title: str = ""
    date: PostDate | None = None
    sure: bool = True
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a list told of a post's age at the moment `at`; `above` where it stood above all known posts."""

    url: str
    title: str
    date: PostDate
    at: datetime
    above: bool


@dataclass(slots=True)
class Walked:
    """A list read tonight: its first page and, in its order, the keys of what it listed."""

    page: Page
    keys: list[str] = field(default_factory=list)
    kind: EndpointKind = EndpointKind.LISTING
