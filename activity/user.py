"""People who sign in, what each may do, and what is told without signing in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from activity.agency import Channel

__all__ = ["Missed", "Right", "Role", "User"]


class Right(StrEnum):
    """Something that not everybody may do."""

    LOOK = "look"
    EVIDENCE = "see captured pages"
    DESK = "see the desk"
    FILE = "file an objection"
    HANDLE = "answer a report"
    DECIDE = "decide"


class Role(StrEnum):
    """What a user is for."""

    VIEWER = "viewer"
    OFFICER = "officer"
    JURY = "jury"

    def may(self, right: Right) -> bool:
        """Tell whether users of this role have the right.

        >>> Role.OFFICER.may(Right.FILE), Role.OFFICER.may(Right.DECIDE), Role.VIEWER.may(Right.DESK)
        (True, False, False)
        """
        return right in _RIGHTS[self]


_RIGHTS = {
    Role.VIEWER: {Right.LOOK, Right.EVIDENCE},
    Role.OFFICER: {Right.LOOK, Right.EVIDENCE, Right.DESK, Right.FILE, Right.HANDLE},
    Role.JURY: {Right.LOOK, Right.EVIDENCE, Right.DESK, Right.FILE, Right.DECIDE},
}


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in.

    Attributes:
        name: what is typed to sign in.
        full: the person's name and office, as it stands below what they write.
    """

    name: str
    full: str
    role: Role
    created_at: datetime

    @property
    def signature(self) -> str:
        """The name that goes on record with everything this user writes."""
        return f"{self.full} ({self.name})"


@dataclass(frozen=True, slots=True)
class Missed:
    """A post that somebody says was missed.

    Attributes:
        number: rises with every report.
        agency: slug of the office.
        url: where the post is said to be.
        who, note: as the sender wrote them; empty once they were forgotten.
        closed_at, closed_by, answer: None while nobody has answered it.
    """

    number: int
    agency: str
    channel: Channel
    url: str
    who: str
    note: str
    sent_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None
    answer: str | None = None
