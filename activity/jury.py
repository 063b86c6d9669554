"""What people decide after the machine: overrides and objections, appended and never changed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from activity.agency import Channel

__all__ = ["Action", "Objection", "Override", "Stage"]


class Action(StrEnum):
    """What an override does."""

    COUNT = "count post"
    DROP = "do not count post"
    EXCLUDE = "exclude from places"
    PREFER = "prefer among equals"


class Stage(StrEnum):
    """How far a semester's result has come."""

    PROVISIONAL = "provisional"
    OBJECTIONS = "objections open"
    FINAL = "final"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Override:
    """One decision of the jury; a later one on the same matter takes its place, both stay on record.

    Attributes:
        number: rises with every decision of the database.
        semester: such as `2026-S1`.
        agency: its slug.
        post: key of the post for `COUNT` and `DROP`, else None.
        who, reason, evidence: who decided, why, and what it rests on (a document, an address).
    """

    number: int
    semester: str
    agency: str
    channel: Channel
    action: Action
    post: str | None
    who: str
    reason: str
    evidence: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """One office's objection to a result, and how it was answered.

    Attributes:
        closed_at, answer, accepted, closed_by: None while it is open.
    """

    number: int
    semester: str
    agency: str
    channel: Channel | None
    who: str
    reason: str
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None
    answer: str | None = None
    accepted: bool | None = None
