"""What the figures of every semester rest on, told so shortly that a page can ask each time."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, func, select

from db.engine import reading
from db.schema.jury_models import (
    AnswerRecord,
    ObjectionRecord,
    OverrideRecord,
    PublicationRecord,
    ReopeningRecord,
    SealRecord,
)
from db.schema.models import AccountRecord, AgencyRecord, RunRecord, RunStatus, SemesterRubricRecord

__all__ = ["State", "load_known_days", "load_sealed_semesters", "load_state"]

State = tuple[int | None, ...]

_OVER = RunRecord.status != RunStatus.RUNNING
# Runs end, decisions are appended, the registry adds and closes: each moves one of these. A run that has only
# begun does not: half a night is no night.
_STATE = select(
    select(func.max(RunRecord.id)).where(_OVER).scalar_subquery(),
    select(func.count()).where(_OVER).scalar_subquery(),
    select(func.max(OverrideRecord.number)).scalar_subquery(),
    select(func.max(ObjectionRecord.number)).scalar_subquery(),
    select(func.count()).select_from(AnswerRecord).scalar_subquery(),
    select(func.count()).select_from(PublicationRecord).scalar_subquery(),
    select(func.count()).select_from(SealRecord).scalar_subquery(),
    select(func.count()).select_from(ReopeningRecord).scalar_subquery(),
    select(func.max(SemesterRubricRecord.id)).scalar_subquery(),
    select(func.max(AccountRecord.id)).scalar_subquery(),
    select(func.count()).where(AccountRecord.valid_to.is_(None)).scalar_subquery(),
    select(func.count()).select_from(AgencyRecord).scalar_subquery(),
    select(func.sum(func.length(AgencyRecord.name))).scalar_subquery(),
)


def load_state(engine: Engine) -> State:
    """Load numbers that change at the end of a run, with a decision, objection, seal, rubric or registry."""
    with reading(engine) as connection:
        return tuple(connection.execute(_STATE).one())


def load_known_days(engine: Engine) -> tuple[date, date] | None:
    """Load the first and last night of any run; None before the first."""
    query: Select[*tuple[Any, ...]] = select(func.min(RunRecord.night), func.max(RunRecord.night))
    with reading(engine) as connection:
        row = connection.execute(query).one()
        return None if row[0] is None else (row[0], row[1])


def load_sealed_semesters(engine: Engine) -> frozenset[str]:
    """Load semesters that were sealed at least once."""
    with reading(engine) as connection:
        return frozenset(connection.execute(select(SealRecord.semester).distinct()).scalars())
