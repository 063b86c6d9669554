"""Tables of what people decide: the rubric of a semester, and the jury's desk."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from activity.agency import Channel
from activity.jury import Action
from db.schema.base import Base, column, primary
from db.schema.column import Word

__all__ = [
    "AnswerRecord",
    "ObjectionRecord",
    "OverrideRecord",
    "PublicationRecord",
    "ReopeningRecord",
    "SealPartRecord",
    "SealRecord",
    "SemesterRubricRecord",
]


class SemesterRubricRecord(Base):
    """The rubric that a semester is judged by; appended only, the newest of a semester is in force."""

    __tablename__ = "semester_rubric"

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    semester: Mapped[str] = column("Such as `2026-S1`.", index=True)
    name: Mapped[str] = column("Name of the rubric.")
    version: Mapped[str] = column("Its version.")
    digest: Mapped[str] = column("SHA-256 of its text.")
    text: Mapped[str] = column("The rubric itself, TOML.")
    reason: Mapped[str] = column("Why this version exists, in its own words.")
    who: Mapped[str] = column("Who adopted it; `denyut` where no person did.")
    adopted_at: Mapped[datetime] = column("When it was adopted.")


class OverrideRecord(Base):
    """One decision of the jury; appended only, a later one on the same matter stands in its place."""

    __tablename__ = "jury_override"

    number: Mapped[int] = mapped_column(primary_key=True, doc="Rises with every decision.")
    semester: Mapped[str] = column("Such as `2026-S1`.", index=True)
    agency: Mapped[str] = column("Slug of the agency.")
    channel: Mapped[Channel] = column("The channel.")
    action: Mapped[Action] = mapped_column(Word(Action), doc="What it does.")
    post: Mapped[str | None] = column("Key of the post it decides on; empty for other actions.")
    withdraws: Mapped[int | None] = mapped_column(
        ForeignKey("jury_override.number"), doc="The decision it takes back; empty for other actions."
    )
    who: Mapped[str] = column("Who decided.")
    reason: Mapped[str] = column("Why.")
    evidence: Mapped[str] = column("What it rests on.")
    decided_at: Mapped[datetime] = column("When it was entered.")


class ObjectionRecord(Base):
    """An office's objection as it was raised; its answer is a row of `objection_answer`."""

    __tablename__ = "objection"

    number: Mapped[int] = mapped_column(primary_key=True, doc="Rises with every objection.")
    semester: Mapped[str] = column("Such as `2026-S1`.", index=True)
    agency: Mapped[str] = column("Slug of the agency.")
    channel: Mapped[Channel | None] = column("The channel; empty where it concerns all of them.")
    who: Mapped[str] = column("Who raised it.")
    reason: Mapped[str] = column("Why.")
    late: Mapped[str | None] = column("Why it was taken after its time; empty where it came in time.")
    opened_at: Mapped[datetime] = column("When it was entered.")


class AnswerRecord(Base):
    """The one answer to an objection."""

    __tablename__ = "objection_answer"

    objection: Mapped[int] = mapped_column(
        ForeignKey("objection.number"), primary_key=True, autoincrement=False, doc="The objection."
    )
    who: Mapped[str] = column("Who answered.")
    answer: Mapped[str] = column("What was answered.")
    accepted: Mapped[bool] = column("Whether the office was right.")
    closed_at: Mapped[datetime] = column("When it was entered.")


class PublicationRecord(Base):
    """A semester's provisional result, shown to the offices for the first time."""

    __tablename__ = "publication"

    semester: Mapped[str] = primary("Such as `2026-S1`.")
    published_at: Mapped[datetime] = column("When.")
    who: Mapped[str] = column("Who published it.")
    until: Mapped[date | None] = column("Last day for objections; empty where the rubric gives no time.")
    ranking: Mapped[str] = column("SHA-256 of the ranking that was shown, as a seal gives it.")


class SealRecord(Base):
    """A semester closed into one archive; a later one supersedes it, nothing removes it."""

    __tablename__ = "seal"

    semester: Mapped[str] = primary("Such as `2026-S1`.")
    number: Mapped[int] = primary("1 for a semester's first.")
    sealed_at: Mapped[datetime] = column("When.")
    who: Mapped[str] = column("Who sealed it.")
    reason: Mapped[str] = column("Why another seal, or an early one, was needed; may be empty.")
    supersedes: Mapped[int | None] = column("The seal in whose place it stands.")
    as_of: Mapped[date] = column("Last local day taken into account.")
    rubric: Mapped[str] = column("Name of the rubric.")
    version: Mapped[str] = column("Its version.")
    digest: Mapped[str] = column("SHA-256 of the rubric's text.")
    ranking: Mapped[str] = column("SHA-256 of the archive's ranking.json.")
    archive: Mapped[str] = column("SHA-256 of the archive.")


class SealPartRecord(Base):
    """A piece of a seal's archive, so that it can be handed out again as it was."""

    __tablename__ = "seal_part"
    __table_args__ = (ForeignKeyConstraint(["semester", "number"], ["seal.semester", "seal.number"]),)

    semester: Mapped[str] = primary("The seal's semester.")
    number: Mapped[int] = primary("The seal's number.")
    part: Mapped[int] = primary("From 0, in order.")
    content: Mapped[bytes] = column("Bytes of the archive, packed with zlib.", type_=LargeBinary)


class ReopeningRecord(Base):
    """The decision that a sealed semester shall be corrected, by the seal that it reopened."""

    __tablename__ = "seal_reopening"
    __table_args__ = (ForeignKeyConstraint(["semester", "seal"], ["seal.semester", "seal.number"]),)

    semester: Mapped[str] = primary("The semester.")
    seal: Mapped[int] = primary("The seal that the next one will supersede.")
    who: Mapped[str] = column("Who reopened it.")
    reason: Mapped[str] = column("Why.")
    opened_at: Mapped[datetime] = column("When.")
