"""What every table is built from: the schema's own rules, and columns that say what they mean."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Float, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from activity.agency import Channel, Participation
from activity.outcome import Outcome
from activity.post import PostKind, Precision
from activity.ranking import Reason, Status, VacuumCause
from activity.record import Certificate
from activity.visit import Proof
from db.schema.column import Day, MomentColumn, Word

__all__ = ["Base", "ClaimCause", "RunStatus", "column", "primary"]


class RunStatus(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    IMPORTED = "imported"


class ClaimCause(StrEnum):
    """Why another date took the place of one that a post had claimed."""

    SITE = "site"
    READING = "reading"


class Base(DeclarativeBase):
    """The schema; constraint names are fixed so that migrations can name them on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[Mapping[Any, Any]] = {
        str: Text(),
        float: Float(),
        date: Day(),
        datetime: MomentColumn(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        Channel: Word(Channel),
        Participation: Word(Participation),
        Outcome: Word(Outcome),
        Certificate: Word(Certificate),
        PostKind: Word(PostKind),
        Precision: Word(Precision),
        Proof: Word(Proof),
        ClaimCause: Word(ClaimCause),
        RunStatus: Word(RunStatus),
        Status: Word(Status),
        Reason: Word(Reason),
        VacuumCause: Word(VacuumCause),
    }


def primary(comment: str) -> Any:
    """Make a column of a primary key that the database does not count itself."""
    return mapped_column(primary_key=True, autoincrement=False, doc=comment)


def column(comment: str, **options: Any) -> Any:
    """Make a column with what it means."""
    return mapped_column(doc=comment, **options)
