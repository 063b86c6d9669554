"""Tables of evidence: pages that posts rest on, where each stands in a WARC file, lines of files."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, column, primary

__all__ = ["BasisRecord", "ImportRecord", "WarcRecord"]


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
    removed_at: Mapped[datetime | None] = column(
        "When its page was removed after the seals of its posts; empty while the page is kept."
    )


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


class ImportRecord(Base):
    """Where in a file that was handed in a post stands; one imported before this was kept has none."""

    __tablename__ = "post_import"
    __table_args__ = (ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),)

    account_id: Mapped[int] = primary("The account.")
    key: Mapped[str] = primary("The post.")
    run_id: Mapped[int] = mapped_column(
        ForeignKey("run.id"),
        primary_key=True,
        autoincrement=False,
        doc="The import; its snapshot names the file.",
    )
    place: Mapped[str] = column("Such as `line 12`, or the document of an archive.")
