"""Tables of evidence: the pages that posts rest on, and where each stands in a WARC file."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, column, primary

__all__ = ["BasisRecord", "WarcRecord"]


class WarcRecord(Base):
    """A page as it was received, without secrets; the page itself stands in a WARC file."""

    __tablename__ = "record"
    __table_args__ = (UniqueConstraint("digest", "url"), Index("ix_record_file_offset", "file", "offset"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    digest: Mapped[str] = column("SHA-256 of its body, in hex.")
    url: Mapped[str] = column("Address that answered, after redirects.")
    captured_at: Mapped[datetime] = column("When it was received.")
    size: Mapped[int] = column("Bytes of its body.", type_=BigInteger)
    file: Mapped[str] = column("Name of the WARC file in the evidence folder.")
    offset: Mapped[int] = column("Where in the file its member begins.", type_=BigInteger)
    length: Mapped[int] = column("How many bytes the member has there, compressed.", type_=BigInteger)


class BasisRecord(Base):
    """Which records a post rests on; a post that was stored before this was kept has none."""

    __tablename__ = "post_basis"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),
        Index("ix_post_basis_record_id", "record_id"),
    )

    account_id: Mapped[int] = primary("The account.")
    key: Mapped[str] = primary("The post.")
    record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id"), primary_key=True, autoincrement=False, doc="The record."
    )
