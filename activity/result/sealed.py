"""What a sealed semester's archive keeps of accounts and posts."""

from dataclasses import dataclass
from datetime import date, datetime

from activity.agency import Channel
from activity.post import EvidenceKind, Precision

__all__ = ["BoundedPost", "ProvenPost", "SealedAccount", "SealedPost"]


@dataclass(frozen=True, slots=True)
class SealedAccount:
    """One address of an agency on a channel, and the days on which it was in the registry.

    Attributes:
        valid_to: the day it was closed; None while it is open.
    """

    agency: str
    channel: Channel
    address: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SealedPost:
    """One post that concerns the semester: its date, and what the date rests on; all of it in format 1.

    Attributes:
        agency: slug.
        address: of the account that it was found on.
        published_at: None where no trustworthy witness was found.
        day: the local day it counts for; None where the day is not certain.
        first_seen: the night whose run first saw it.
        witness: kind of the witness that decided the date; None without one.
        evidence: SHA-256 of every witness as canonical JSON, hex.
    """

    agency: str
    channel: Channel
    address: str
    key: str
    url: str
    title: str
    published_at: datetime | None
    precision: Precision | None
    day: date | None
    first_seen: date
    witness: EvidenceKind | None
    evidence: str


@dataclass(frozen=True, slots=True)
class ProvenPost(SealedPost):
    """A sealed post with what was kept of it, as archives have it from format 2 on.

    Attributes:
        records: SHA-256 of the pages that it rests on, hex, sorted; none where none was kept.
        files: the same of the files that told of it.
    """

    records: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundedPost(ProvenPost):
    """A sealed post with the looks that bound when it came, as archives have it from format 3 on.

    Attributes:
        arrival: of a post without a day, the night that met it and that of the look before, which did not
            show it (None for the first list ever read); None where that says nothing of the semester.
    """

    arrival: tuple[date, date | None] | None
