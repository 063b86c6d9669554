"""Posts, and the evidence for their dates."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

__all__ = ["DateEvidence", "EvidenceKind", "Post", "PostDate", "PostKind", "PostMetrics", "Precision"]


class Precision(StrEnum):
    """How finely a source states a moment; coarser ones come from "3 bulan yang lalu"."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def names_a_day(self) -> bool:
        """Whether the local day is certain."""
        return self in {Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAY}

    @property
    def coarseness(self) -> int:
        """Its rank among all of them, 0 for the finest.

        >>> Precision.DAY.coarseness > Precision.MINUTE.coarseness
        True
        """
        return _COARSENESS[self]


_COARSENESS = {precision: rank for rank, precision in enumerate(Precision)}


class EvidenceKind(StrEnum):
    """Which witness told a date, in falling order of trust (docs/dating.md)."""

    API = "api"
    FEED = "feed"
    EXPORT = "export"
    LISTING = "listing"
    JSON_LD = "json-ld"
    META = "meta"
    ITEMPROP = "itemprop"
    TIME_ELEMENT = "time"
    URL = "url"
    VISIBLE_TEXT = "text"
    NEWS_SITEMAP = "news-sitemap"
    DATELINE = "dateline"
    SHORTCODE = "shortcode"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One witness of one date, as found.

    Attributes:
        kind: which witness.
        where: the field or element, such as `date_gmt` or `meta[article:published_time]`.
        raw: the string as it stood there.
        at: what it says, aware, UTC.
        precision: how finely it says it.
        source: address of the page it stood on.
    """

    kind: EvidenceKind
    where: str
    raw: str
    at: datetime
    precision: Precision
    source: str


@dataclass(frozen=True, slots=True)
class PostDate:
    """The date a post claims, and every witness of it; the first one decided.

    Attributes:
        at: aware, UTC. With precision DAY it is local midnight of that day; with a coarser
            precision it is the middle of the interval that the source leaves open.
        contested: whether another trusted witness names another day.
    """

    at: datetime
    precision: Precision
    evidence: tuple[DateEvidence, ...]
    contested: bool = False


class PostKind(StrEnum):
    """What sort of item was published."""

    NEWS = "news"
    ANNOUNCEMENT = "announcement"
    AGENDA = "agenda"
    PHOTO = "photo"
    VIDEO = "video"
    REEL = "reel"
    ALBUM = "album"
    STATUS = "status"
    LINK = "link"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class PostMetrics:
    """Engagement at one moment; None where the platform hides the figure, never 0."""

    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    views: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A published item, identified by `(account, key)`.

    Attributes:
        key: stable within the account: a media id, or a website address without scheme, `www.`,
            fragment and tracking parameters, and without the host where it is the site's own.
        url: the address a person opens.
        date: None where no trustworthy witness was found.
        place: where it stands in a file that was handed in, such as `line 12`; empty elsewhere.
    """

    key: str
    url: str
    title: str = ""
    date: PostDate | None = None
    kind: PostKind = PostKind.NEWS
    metrics: PostMetrics | None = field(default=None, compare=False)
    place: str = field(default="", compare=False)
