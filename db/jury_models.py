"""Tables of what people decide: the rubric of a semester, and the jury's desk."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, column

__all__ = ["SemesterRubricRecord"]


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
    who: Mapped[str] = column("Who adopted it; `denyut` where the first ranking did.")
    adopted_at: Mapped[datetime] = column("When it was adopted.")
