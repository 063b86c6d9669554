"""Posts that somebody says were missed: reported, answered, and then forgotten by whom."""

from datetime import datetime

from sqlalchemy import Engine, func, insert, select, update

from activity.errors import ConfigError
from activity.user import Missed
from db.engine import reading, writing
from db.schema.models import MissedRecord
from db.text import clean_text

__all__ = ["answer_missed", "forget_senders", "load_missed", "save_missed"]

_MOST_WAITING = 2000


def save_missed(engine: Engine, report: Missed) -> int | None:
    """Append a report and give its number; None where as many wait as anybody could still read."""
    values = {
        "agency": report.agency,
        "channel": report.channel,
        "url": clean_text(report.url),
        "who": clean_text(report.who),
        "note": clean_text(report.note),
        "sent_at": report.sent_at,
    }
    waiting = select(func.count()).select_from(MissedRecord).where(MissedRecord.closed_at.is_(None))
    with writing(engine) as connection:
        if connection.execute(waiting).scalar_one() >= _MOST_WAITING:
            return None
        query = insert(MissedRecord).values(values).returning(MissedRecord.number)
        return connection.execute(query).scalar_one()


def load_missed(engine: Engine, agency: str | None = None) -> tuple[Missed, ...]:
    """Load every report, of one agency or of all: those that wait first, the oldest of them on top."""
    query = select(MissedRecord.__table__).order_by(MissedRecord.closed_at.is_not(None), MissedRecord.number)
    if agency is not None:
        query = query.where(MissedRecord.agency == agency)
    with reading(engine) as connection:
        return tuple(Missed(**row._mapping) for row in connection.execute(query))


def answer_missed(engine: Engine, number: int, *, who: str, answer: str, now: datetime) -> None:
    """Close a report; raises ConfigError where there is none, or it was answered before."""
    values = {"closed_at": now, "closed_by": clean_text(who), "answer": clean_text(answer)}
    waits = (MissedRecord.number == number, MissedRecord.closed_at.is_(None))
    with writing(engine) as connection:
        if connection.execute(update(MissedRecord).where(*waits).values(values)).rowcount == 0:
            raise ConfigError(
                "No report {number} waits for an answer.", "Look at the list again.", number=number
            )


def forget_senders(engine: Engine, answered_before: datetime) -> int:
    """Empty the names and notes of reports answered before a moment; returns how many."""
    old = (MissedRecord.closed_at < answered_before, (MissedRecord.who != "") | (MissedRecord.note != ""))
    with writing(engine) as connection:
        return connection.execute(update(MissedRecord).where(*old).values(who="", note="")).rowcount
