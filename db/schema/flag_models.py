"""Tables of what a semester's latest ranking noticed about posts, and what it made of them."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from activity.agency import Channel
from activity.flag import FlagKind, Treatment
from db.schema.base import Base, column, primary
from db.schema.column import Word

__all__ = ["FlagRecord", "RulingRecord"]


class FlagRecord(Base):
    """A flag of a semester's latest ranking, a row a post that it names; written anew with each ranking."""

    __tablename__ = "flag"

    semester: Mapped[str] = primary("Such as `2026-S1`.")
    number: Mapped[int] = primary("Of the flag in its semester, from 1.")
    key: Mapped[str] = primary("The post; empty where the flag is on the whole account.")
    agency: Mapped[str] = column("Slug of the agency.", index=True)
    channel: Mapped[Channel] = column("The channel.")
    kind: Mapped[FlagKind] = mapped_column(Word(FlagKind), doc="What was noticed.")
    treatment: Mapped[Treatment | None] = mapped_column(
        Word(Treatment), doc="What the rubric does with such a post; empty where it is only shown."
    )
    evidence: Mapped[str] = column("One line, English, that a person can check.")
    other_agency: Mapped[str | None] = column("Slug of the agency of the post on the other side.")
    other_key: Mapped[str | None] = column("The post on the other side: copied, shared or repeated.")


class RulingRecord(Base):
    """What a semester's latest ranking made of a post that a flag, the jury or a dateline alone concerns."""

    __tablename__ = "ruling"

    agency: Mapped[str] = primary("Slug of the agency.")
    channel: Mapped[Channel] = mapped_column(primary_key=True, autoincrement=False, doc="The channel.")
    key: Mapped[str] = primary("The post.")
    semester: Mapped[str] = mapped_column(
        primary_key=True, autoincrement=False, index=True, doc="Such as `2026-S1`."
    )
    treatment: Mapped[Treatment] = mapped_column(Word(Treatment), doc="What becomes of it.")
    because: Mapped[str] = column("Why: a kind of flag, `dateline`, or the jury's decision.")
    day: Mapped[date | None] = column("Local day on which it counts; empty where it does not.")
