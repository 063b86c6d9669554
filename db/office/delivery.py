"""What was sent to whom, so that nobody gets a message twice and none is forgotten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, insert, select

from activity.channel import Channel
from activity.speech.letter import LetterKind
from db.engine import reading, writing
from db.schema.models import DeliveryRecord

__all__ = ["Delivery", "find_reminded", "find_round", "load_mornings", "save_delivery"]

_MORNINGS = 30


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver a message.

    Attributes:
        recipient: a name of the settings, never an address; empty for a round.
        agency, channel: whom a reminder is about.
    """

    kind: LetterKind
    recipient: str
    night: date
    tried_at: datetime
    delivered: bool
    agency: str = ""
    channel: Channel | None = None


def save_delivery(engine: Engine, delivery: Delivery) -> None:
    """Append one attempt."""
    values = {name: getattr(delivery, name) for name in delivery.__dataclass_fields__}
    with writing(engine) as connection:
        connection.execute(insert(DeliveryRecord).values(values))


def find_round(engine: Engine) -> date | None:
    """Find the night of the round made last; not the latest night, for a clock may have been ahead."""
    row = DeliveryRecord
    query = select(row.night).where(row.kind == LetterKind.ROUND).order_by(row.number.desc()).limit(1)
    with reading(engine) as connection:
        return connection.execute(query).scalar()


def load_mornings(engine: Engine, recipient: str) -> tuple[tuple[date, bool], ...]:
    """Load the nights that a recipient was told of, or was to be, the newest attempt first."""
    row = DeliveryRecord
    query = (
        select(row.night, row.delivered)
        .where(row.kind == LetterKind.MORNING, row.recipient == recipient)
        .order_by(row.number.desc())
        .limit(_MORNINGS)
    )
    with reading(engine) as connection:
        return tuple((night, delivered) for night, delivered in connection.execute(query))


def find_reminded(engine: Engine, night: date, days: int) -> frozenset[tuple[str, str, Channel | None]]:
    """Find whom no reminder is due to: as (recipient, agency, channel).

    Those to whom one was delivered within so many days up to a night, and those for whom it was tried
    that very night. What names a later night was written under a clock that was ahead, and bars nobody.
    """
    row = DeliveryRecord
    recent = row.delivered & (row.night > night - timedelta(days=days)) & (row.night <= night)
    query = (
        select(row.recipient, row.agency, row.channel)
        .where(row.kind == LetterKind.REMINDER, recent | (row.night == night))
        .distinct()
    )
    with reading(engine) as connection:
        return frozenset(
            (recipient, agency, channel) for recipient, agency, channel in connection.execute(query)
        )
