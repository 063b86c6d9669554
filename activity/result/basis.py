"""What a post rests on, for whoever asks later: pages as they were received, lines of files handed in."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["NOTHING", "Basis", "HandedIn", "KeptRecord", "RecordPlace"]


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record stands: `length` bytes from `offset` on in a file of the evidence folder."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One page that a post rests on.

    Attributes:
        digest: SHA-256 of its body, hex.
        url: the address that answered.
        size: bytes of its body.
        removed_at: when the page was removed after the seals of its posts; None while it is kept.
    """

    id: int
    digest: str
    url: str
    captured_at: datetime
    size: int
    place: RecordPlace
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that told of a post.

    Attributes:
        name, digest: of the file; the digest is its SHA-256, hex.
        place: where the post stands in it, such as `line 12`; empty where that was not kept.
        taken_at: when it was imported.
    """

    name: str
    digest: str
    place: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Basis:
    """What one post rests on.

    Attributes:
        records: pages as they were received, the earliest first; none for a post that was stored before
            evidence was kept, or with `DENYUT_EVIDENCE=off`.
        files: that told of it, the earliest first; none for a post that only crawls found.
    """

    records: tuple[KeptRecord, ...] = ()
    files: tuple[HandedIn, ...] = ()

    @property
    def digests(self) -> tuple[str, ...]:
        """SHA-256 of all of them, sorted, each once."""
        named = {each.digest for each in self.records} | {each.digest for each in self.files}
        return tuple(sorted(named))


NOTHING = Basis()
"""What a post rests on of which nothing was kept."""
