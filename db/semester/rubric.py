"""The rubrics that semesters are judged by: adopted, never changed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, insert, select

from activity.semester import Semester
from db.engine import reading, writing
from db.lock import deciding
from db.schema.models import SemesterRubricRecord
from db.semester.seal import check_unsealed

__all__ = ["Adoption", "adopt_rubric", "load_adopted", "load_adoptions"]


@dataclass(frozen=True, slots=True)
class Adoption:
    """One decision that a semester is judged by a rubric.

    Attributes:
        semester: such as `2026-S1`.
        text: the rubric itself, TOML.
        reason: why this version of it exists, in its own words.
        who: who adopted it; `denyut` where no person did.
    """

    semester: str
    name: str
    version: str
    text: str
    reason: str
    who: str
    adopted_at: datetime

    @property
    def digest(self) -> str:
        """SHA-256 of the text, hex."""
        return sha256(self.text.encode()).hexdigest()


def adopt_rubric(engine: Engine, adoption: Adoption, *, first: bool = False) -> Adoption:
    """Append a decision and give the one in force; the text that is in force already is not appended again.

    Raises ConfigError where the semester is sealed.

    Args:
        first: append only where the semester has no rubric yet.
    """
    # What a first ranking or crawl settles by itself is no decision: a seal does it too.
    with writing(engine) if first else deciding(engine) as connection:
        known = _load(connection, adoption.semester)
        if known and (first or known[-1].digest == adoption.digest):
            return known[-1]
        check_unsealed(connection, adoption.semester)
        values = asdict(adoption) | {"digest": adoption.digest}
        connection.execute(insert(SemesterRubricRecord).values(values))
    return adoption


def load_adopted(engine: Engine, semester: Semester) -> Adoption | None:
    """Load the rubric in force for a semester, None before its first ranking."""
    adoptions = load_adoptions(engine, semester)
    return adoptions[-1] if adoptions else None


def load_adoptions(engine: Engine, semester: Semester | None = None) -> tuple[Adoption, ...]:
    """Load every decision, of one semester or of all, oldest first."""
    with reading(engine) as connection:
        return _load(connection, None if semester is None else str(semester))


def _load(connection: Connection, semester: str | None) -> tuple[Adoption, ...]:
    query = select(SemesterRubricRecord.__table__).order_by(SemesterRubricRecord.id)
    if semester is not None:
        query = query.where(SemesterRubricRecord.semester == semester)
    return tuple(
        Adoption(row.semester, row.name, row.version, row.text, row.reason, row.who, row.adopted_at)
        for row in connection.execute(query)
    )
