"""The table of messages that were tried to deliver."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from activity.agency import Channel
from activity.speech.letter import LetterKind
from db.schema.base import Base, column
from db.schema.column import Word

__all__ = ["DeliveryRecord"]


class DeliveryRecord(Base):
    """A message that was tried to deliver; appended only, and never its text or its address.

    A reminder is written down before it leaves, and once more when it was taken.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_kind_recipient", "kind", "recipient", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, doc="Rises with every attempt.")
    kind: Mapped[LetterKind] = mapped_column(
        Word(LetterKind),
        doc="`morning`, `reminder`, or `round`: all that was due that morning had been tried.",
    )
    recipient: Mapped[str] = column("The recipient's name in the settings; empty for a round.")
    night: Mapped[date] = column("The night that it tells of.")
    agency: Mapped[str] = column("Of a reminder: slug of the agency; else empty.")
    channel: Mapped[Channel | None] = column("Of a reminder: the channel.")
    tried_at: Mapped[datetime] = column("When.")
    delivered: Mapped[bool] = column("Whether the recipient's server took it.")
