"""Tables of who keeps an office's accounts, and of the files that it sends by itself."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from activity.agency import Channel
from activity.upload import LinkVerdict
from db.schema.base import Base, column
from db.schema.column import Word

__all__ = ["KeeperRecord", "UploadRecord"]


class KeeperRecord(Base):
    """Who keeps an agency's accounts; for officers and jury, never on a page for everybody."""

    __tablename__ = "keeper"

    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), primary_key=True, autoincrement=False, doc="The agency."
    )
    contact: Mapped[str] = column("Who, and how they are reached, as the registry says it.")
    handover: Mapped[date | None] = column("Day on which the accounts were handed over to them.")


class UploadRecord(Base):
    """A link by which an office sends one file, and what became of it."""

    __tablename__ = "upload"

    number: Mapped[int] = mapped_column(primary_key=True, doc="Rises with every link.")
    digest: Mapped[str] = column("SHA-256 of the secret in the link; the secret is nowhere.", unique=True)
    agency: Mapped[str] = column("Slug of the agency that may send.")
    channel: Mapped[Channel] = column("The channel that the file must be of.")
    month: Mapped[str] = column("The month that it is to tell of, such as `2026-03`.")
    made_at: Mapped[datetime] = column("When the link was made.")
    made_by: Mapped[str] = column("Who made it.")
    until: Mapped[datetime] = column("From when on it opens nothing.")
    sent_at: Mapped[datetime | None] = column("When a file came; empty while none has.")
    name: Mapped[str | None] = column("What the sender called the file.")
    size: Mapped[int | None] = column("Its bytes.", type_=BigInteger)
    sha256: Mapped[str | None] = column("Of its bytes; its name in the folder of files that wait.")
    closed_at: Mapped[datetime | None] = column("When an officer decided; empty while it waits.")
    closed_by: Mapped[str | None] = column("Who decided.")
    verdict: Mapped[LinkVerdict | None] = mapped_column(
        Word(LinkVerdict), doc="`accepted`, `rejected`, or `withdrawn` for a link without a file."
    )
    note: Mapped[str | None] = column("Why, in the officer's words.")
