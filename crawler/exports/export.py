"""What a file that was handed in says, whatever its format."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from activity.agency import Channel
from activity.post import Post

__all__ = ["NOT_UNDERSTOOD", "Export", "ExportEntry", "ExportReading", "Format", "Span"]

NOT_UNDERSTOOD = frozenset({"items that are not understood", "posts without a moment"})
"""Of what is left out: posts may be among these, so that no silence is claimed."""


class Format(StrEnum):
    """What a file was recognised as."""

    BUSINESS_SUITE = "Meta Business Suite, content"
    INFORMATION = "Download your information"
    CROWDTANGLE = "CrowdTangle"
    TABLE = "table"
    SAVED_PAGE = "saved page"
    CAPTURE = "Zeeschuimer capture"
    FOURCAT = "4CAT table"

    @property
    def chosen(self) -> bool:
        """Whether its period was chosen when it was made; archives may be of all times, what was seen is."""
        return self not in {Format.INFORMATION, Format.SAVED_PAGE, Format.CAPTURE, Format.FOURCAT}


@dataclass(frozen=True, slots=True)
class ExportReading:
    """How a file is to be read.

    Attributes:
        now: no post lies after it.
        zone: the city's, in which days are counted.
        stated: the zone in which the file's naive times are, when a person says so.
        mapping: `date`, `link`, `text` and so on to the heading of the column that holds it.
    """

    now: datetime
    zone: ZoneInfo
    stated: ZoneInfo | None = None
    channel: Channel | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One post, and who published it in the file's own words: a handle, a number; empty if it is silent."""

    owner: str
    post: Post


@dataclass(frozen=True, slots=True)
class Span:
    """What a file holds of one owner.

    Attributes:
        first, last: when the oldest and the newest post were published.
        since: from this moment to `last` no post is missing; None where that cannot be told.
        until: to this moment, where it lies after `last`.
        by_word: whether a person's word stands for a missing proof, as far as an older post bears it out.
    """

    posts: int
    first: datetime
    last: datetime
    since: datetime | None
    until: datetime | None = None
    by_word: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was understood as a whole.

    Attributes:
        digest: SHA-256 of its bytes, hex; of a folder, of the documents read.
        entries: reads the posts; each call reads the file anew, so that a long one is never held.
        owners: by the file's own name of them.
        saved_at: when the file says that it was made.
        remarks: what a person should know of how it was read.
        left_out: how many items are no posts, by reason.
    """

    name: str
    digest: str
    size: int
    format: Format
    channel: Channel
    entries: Callable[[], Iterator[ExportEntry]]
    owners: Mapping[str, Span]
    saved_at: datetime | None = None
    remarks: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
