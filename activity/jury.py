"""What people decide after the machine: overrides and objections, appended and never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from activity.agency import Channel

__all__ = ["Action", "Objection", "Override", "Publication", "Reopening", "Seal", "Stage"]


class Action(StrEnum):
    """What an override does."""

    COUNT = "count post"
    DROP = "do not count post"
    EXCLUDE = "exclude from places"
    PREFER = "prefer among equals"
    WITHDRAW = "withdraw"


class Stage(StrEnum):
    """How far a semester's result has come."""

    PROVISIONAL = "provisional"
    OBJECTIONS = "objections open"
    FINAL = "final"
    SEALED = "sealed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Override:
    """One decision of the jury; a later one on the same matter takes its place, both stay on record.

    Attributes:
        number: rises with every decision of the database.
        semester: such as `2026-S1`.
        agency: its slug.
        post: key of the post for `COUNT` and `DROP`, else None.
        who, reason, evidence: who decided, why, and what it rests on (a document, an address).
        withdraws: number of the decision that a `WITHDRAW` takes back, else None.
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
    withdraws: int | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """One office's objection to a result, and how it was answered.

    Attributes:
        closed_at, answer, accepted, closed_by: None while it is open.
        late: why it was taken after the time for objections; None where it came in time.
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
    late: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A semester's provisional result, shown to the offices for the first time.

    Attributes:
        until: last local day on which they may object; None where the rubric gives no time for it.
        ranking: SHA-256 of the ranking that was shown, as a seal gives it.
    """

    semester: str
    published_at: datetime
    who: str
    until: date | None
    ranking: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A semester closed into one archive.

    Attributes:
        number: 1 for a semester's first.
        reason: why it supersedes the one before, or was made before the time for objections was over.
        supersedes: number of the seal before; None for the first.
        as_of: last local day taken into account.
        rubric, version, digest: of the rubric that judged, `digest` the SHA-256 of its text.
        ranking: SHA-256 of the archive's ranking.json.
        archive: SHA-256 of the archive, by which the seal is known.
    """

    semester: str
    number: int
    sealed_at: datetime
    who: str
    reason: str
    supersedes: int | None
    as_of: date
    rubric: str
    version: str
    digest: str
    ranking: str
    archive: str


@dataclass(frozen=True, slots=True)
class Reopening:
    """The decision that a sealed semester shall be corrected: until it is sealed again it may be changed.

    Attributes:
        seal: number of the seal that the next one will supersede.
    """

    semester: str
    seal: int
    who: str
    reason: str
    opened_at: datetime
