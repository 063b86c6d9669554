"""Tables of posts: what is published, the dates given up, other keys, engagement."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from activity.post import PostKind, Precision
from db.schema.base import Base, ClaimCause, column, primary

__all__ = [
    "DELETED",
    "LATE",
    "REDATED",
    "UPFRONT",
    "AliasRecord",
    "ClaimRecord",
    "MetricRecord",
    "PostRecord",
]

LATE = "first_seen / 86400 - local_day >= 3"
"""A post whose claimed day had long passed when it was first seen; an index's condition, word for word."""
REDATED = "redated"
DELETED = "deleted_at IS NOT NULL"
UPFRONT = "published_at > first_seen + 3600"
"""A post that claims a moment which had not come when it was first seen."""


class PostRecord(Base):
    """A published item, with the date it claims and the moments it was seen."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("(published_at IS NULL) = (precision IS NULL)", name="dated_with_precision"),
        Index("ix_post_account_id_local_day", "account_id", "local_day"),
        Index("ix_post_account_id_published_at", "account_id", "published_at"),
        Index(
            "ix_post_undated",
            "account_id",
            "first_run_id",
            sqlite_where=text("local_day IS NULL"),
            postgresql_where=text("local_day IS NULL"),
        ),
        Index(
            "ix_post_late", "account_id", "local_day", sqlite_where=text(LATE), postgresql_where=text(LATE)
        ),
        Index("ix_post_redated", "account_id", sqlite_where=text(REDATED), postgresql_where=text(REDATED)),
        Index("ix_post_upfront", "account_id", sqlite_where=text(UPFRONT), postgresql_where=text(UPFRONT)),
        Index("ix_post_deleted", "account_id", sqlite_where=text(DELETED), postgresql_where=text(DELETED)),
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False, doc="The account."
    )
    key: Mapped[str] = primary("Stable within the account.")
    url: Mapped[str] = column("Address a person opens.")
    title: Mapped[str] = column("Title or first words; may be empty.")
    kind: Mapped[PostKind] = column("What sort of item.")
    published_at: Mapped[datetime | None] = column("Claimed moment; empty without a trustworthy witness.")
    precision: Mapped[Precision | None] = column("How finely the moment is claimed.")
    local_day: Mapped[date | None] = column("Claimed local day; empty where the day is not certain.")
    contested: Mapped[bool] = column("Whether a trusted witness names another day.")
    redated: Mapped[bool] = column("Whether the site itself named another day before; see `post_claim`.")
    evidence: Mapped[list[Any]] = column("Every witness of the date, the deciding one first.")
    reading: Mapped[int] = column(
        "Which rules of reading gave the date; it rises when they change.", server_default="1"
    )
    first_run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), doc="Run that first saw it.")
    first_seen: Mapped[datetime] = column("When it was first seen.")
    last_seen: Mapped[datetime] = column("When a listing last showed it.")
    deleted_at: Mapped[datetime | None] = column(
        "When its own address had answered on two nights that it is gone; empty again once it is shown."
    )


class ClaimRecord(Base):
    """A date that a post once claimed and no longer does; appended only."""

    __tablename__ = "post_claim"
    __table_args__ = (ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),)

    account_id: Mapped[int] = primary("The account.")
    key: Mapped[str] = primary("The post.")
    replaced_at: Mapped[datetime] = primary("When another claim took its place.")
    published_at: Mapped[datetime] = primary("Moment it claimed.")
    precision: Mapped[Precision] = column("How finely.")
    local_day: Mapped[date | None] = column("Local day it claimed.")
    evidence: Mapped[list[Any]] = column("Its witnesses.")
    cause: Mapped[ClaimCause] = column(
        "`site`: the same place says otherwise now; `reading`: a correction of ours, by another witness."
    )


class AliasRecord(Base):
    """A key under which a post was once stored, or may come again; the post itself has another."""

    __tablename__ = "post_alias"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),
        Index("ix_post_alias_account_id_key", "account_id", "key"),
    )

    account_id: Mapped[int] = primary("The account.")
    old: Mapped[str] = primary("The other key.")
    key: Mapped[str] = column("The post.")
    why: Mapped[str] = column("The evidence that both are one post.")
    noted_at: Mapped[datetime] = column("When that was found.")


class MetricRecord(Base):
    """A post's engagement at one moment; a row only where it differs from the one before."""

    __tablename__ = "post_metric"
    __table_args__ = (ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),)

    account_id: Mapped[int] = primary("The account.")
    key: Mapped[str] = primary("The post.")
    observed_at: Mapped[datetime] = primary("When it was observed.")
    likes: Mapped[int | None] = column("Likes; empty where hidden.", type_=BigInteger)
    comments: Mapped[int | None] = column("Comments; empty where hidden.", type_=BigInteger)
    shares: Mapped[int | None] = column("Shares; empty where hidden.", type_=BigInteger)
    views: Mapped[int | None] = column("Views; empty where hidden.", type_=BigInteger)
