"""Files that offices send by a link of their own, and what an officer makes of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from activity.channel import Channel

__all__ = ["LinkVerdict", "Upload", "place_file"]


class LinkVerdict(StrEnum):
    """What became of a link."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Upload:
    """A link by which an office may send one file, and the file once it came.

    Attributes:
        number: rises with every link.
        agency: slug of the office.
        month: that the file is to tell of, such as `2026-03`.
        until: from then on the link opens nothing.
        sent_at, name, size, sha256: of the file; None while none came.
        closed_at, closed_by, verdict, note: None while no officer has decided.
    """

    number: int
    agency: str
    channel: Channel
    month: str
    made_at: datetime
    made_by: str
    until: datetime
    sent_at: datetime | None = None
    name: str | None = None
    size: int | None = None
    sha256: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    verdict: LinkVerdict | None = None
    note: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether a file may still be sent."""
        return self.sent_at is None and self.closed_at is None and now < self.until

    @property
    def waits(self) -> bool:
        """Whether a file is there and nobody has decided."""
        return self.sent_at is not None and self.closed_at is None

    @property
    def place(self) -> str:
        """Where the file lies in the folder of files that wait, as `place_file` names it."""
        return place_file(self.number, self.sha256 or "")


def place_file(number: int, digest: str) -> str:
    """Name the place of a file that was sent: a folder of its own, so that two by one link never meet.

    Nothing of the sender's name for it is left: evidence names the file beside each post that it told of, for
    everybody to read, and people call files by persons and telephones. Content tells what a file is.

    >>> place_file(3, "ab" * 32)
    '3-abababababababab/kiriman-3'
    """
    return f"{number}-{digest[:16]}/kiriman-{number}"
