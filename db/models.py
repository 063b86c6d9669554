"""Every table and column; `docs/database.md` is written from the comments here."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from activity.agency import Channel, Participation
from activity.outcome import Outcome
from activity.post import PostKind, Precision
from activity.ranking import Reason, Status
from db.column import Day, Moment, Word

__all__ = [
    "AccountRecord",
    "AgencyRecord",
    "Base",
    "ClaimRecord",
    "MemoryRecord",
    "MetricRecord",
    "PostRecord",
    "RankingRecord",
    "RankingRowRecord",
    "RunRecord",
    "RunStatus",
    "SettingRecord",
    "SnapshotRecord",
]


class RunStatus(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    IMPORTED = "imported"


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
        datetime: Moment(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        Channel: Word(Channel),
        Participation: Word(Participation),
        Outcome: Word(Outcome),
        PostKind: Word(PostKind),
        Precision: Word(Precision),
        RunStatus: Word(RunStatus),
        Status: Word(Status),
        Reason: Word(Reason),
    }


def _key(comment: str) -> Any:
    return mapped_column(primary_key=True, autoincrement=False, doc=comment)


def _column(comment: str, **options: Any) -> Any:
    return mapped_column(doc=comment, **options)


class SettingRecord(Base):
    """What holds for the whole database: whose it is, its time zone, its views' digest."""

    __tablename__ = "setting"

    name: Mapped[str] = _key("`application`, `timezone` or `views`.")
    value: Mapped[str] = _column("The setting as text.")


class AgencyRecord(Base):
    """A body being ranked, as the newest registry file that names it says."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    slug: Mapped[str] = _column("Stable identity from the registry.", unique=True)
    name: Mapped[str] = _column("Official name.")
    level: Mapped[str] = _column("Level it is ranked at, such as `skpd` or `kelurahan`.")
    participation: Mapped[Participation] = _column("`peserta`, `non-kompetisi` or `tidak dinilai`.")
    parent: Mapped[str | None] = _column("Slug of the body above it.")
    valid_from: Mapped[date | None] = _column("First day it exists; empty when it always has.")
    valid_to: Mapped[date | None] = _column("First day it no longer exists; empty while it does.")


class AccountRecord(Base):
    """An agency's presence on one channel, at one address, for one stretch of time."""

    __tablename__ = "account"
    __table_args__ = (
        Index("ix_account_agency_id_channel", "agency_id", "channel"),
        Index(
            "uq_account_open",
            "agency_id",
            "channel",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), doc="Whose it is.")
    channel: Mapped[Channel] = _column("`website`, `instagram` or `facebook`.")
    address: Mapped[str] = _column("Canonical: an absolute URL for a website, a bare handle elsewhere.")
    valid_from: Mapped[date] = _column("Day of the import that opened it.")
    valid_to: Mapped[date | None] = _column("Day of the import that closed it; empty while it is open.")


class MemoryRecord(Base):
    """What the next visit to an account wants to know again."""

    __tablename__ = "account_memory"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False, doc="Whose memory."
    )
    memory: Mapped[dict[str, Any]] = _column("Endpoint, its kind, validators, when seen, further facts.")


class RunRecord(Base):
    """One execution of the crawl, or one import of an account's posts."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("night", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    night: Mapped[date] = _column("The night it belongs to, from local noon to noon, named by its evening.")
    number: Mapped[int] = _column("1 for the night's first run, then upwards.")
    status: Mapped[RunStatus] = _column(
        "`running`, `finished` or `interrupted`; `imported` for a file that was handed in."
    )
    started_at: Mapped[datetime] = _column("When it was begun.")
    finished_at: Mapped[datetime | None] = _column("When it was finished, or found interrupted.")
    summary: Mapped[dict[str, Any]] = _column("What the run came to, over every process that worked on it.")
    code_version: Mapped[str] = _column("Version of Denyut that began it.")


class SnapshotRecord(Base):
    """What one run got from one account; written once, never changed by a later run."""

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("ix_snapshot_account_id_night", "account_id", "night", "run_id", "saw", "complete_from"),
        Index(
            "ix_snapshot_followers",
            "account_id",
            "night",
            sqlite_where=text("followers IS NOT NULL"),
            postgresql_where=text("followers IS NOT NULL"),
        ),
    )

    run_id: Mapped[int] = mapped_column(
        ForeignKey("run.id"), primary_key=True, autoincrement=False, doc="The run."
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False, doc="The account."
    )
    night: Mapped[date] = _column("The run's night.")
    outcome: Mapped[Outcome] = _column("What the visit ended in.")
    saw: Mapped[bool] = _column("Whether the night was seen; never for an import.")
    detail: Mapped[str] = _column("Evidence for the outcome that a person can check.")
    endpoint: Mapped[str | None] = _column("Address that listed the posts, or the file with its SHA-256.")
    fetched_at: Mapped[datetime] = _column("The visit's moment.")
    complete_since: Mapped[datetime | None] = _column("Listing read without a gap back to this moment.")
    complete_from: Mapped[date | None] = _column("First local day that lies wholly after `complete_since`.")
    posts_found: Mapped[int] = _column("Posts in the harvest.")
    posts_new: Mapped[int] = _column("Those first seen in this run.")
    left_out: Mapped[int] = _column("Candidates judged not to be posts.")
    requests: Mapped[int] = _column("Requests made.")
    bytes: Mapped[int] = _column("Bytes received, decompressed.", type_=BigInteger)
    seconds: Mapped[float] = _column("Wall clock.")
    followers: Mapped[int | None] = _column("Followers, where shown.", type_=BigInteger)
    profile_posts: Mapped[int | None] = _column("Posts the profile counts, where shown.", type_=BigInteger)


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
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False, doc="The account."
    )
    key: Mapped[str] = _key("Stable within the account.")
    url: Mapped[str] = _column("Address a person opens.")
    title: Mapped[str] = _column("Title or first words; may be empty.")
    kind: Mapped[PostKind] = _column("What sort of item.")
    published_at: Mapped[datetime | None] = _column("Claimed moment; empty without a trustworthy witness.")
    precision: Mapped[Precision | None] = _column("How finely the moment is claimed.")
    local_day: Mapped[date | None] = _column("Claimed local day; empty where the day is not certain.")
    contested: Mapped[bool] = _column("Whether a trusted witness names another day.")
    redated: Mapped[bool] = _column("Whether an earlier claim named another day; see `post_claim`.")
    evidence: Mapped[list[Any]] = _column("Every witness of the date, the deciding one first.")
    first_run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), doc="Run that first saw it.")
    first_seen: Mapped[datetime] = _column("When it was first seen.")
    last_seen: Mapped[datetime] = _column("When a listing last showed it.")


class ClaimRecord(Base):
    """A date that a post once claimed and no longer does; appended only."""

    __tablename__ = "post_claim"
    __table_args__ = (ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),)

    account_id: Mapped[int] = _key("The account.")
    key: Mapped[str] = _key("The post.")
    replaced_at: Mapped[datetime] = _key("When another claim took its place.")
    published_at: Mapped[datetime] = _key("Moment it claimed.")
    precision: Mapped[Precision] = _column("How finely.")
    local_day: Mapped[date | None] = _column("Local day it claimed.")
    evidence: Mapped[list[Any]] = _column("Its witnesses.")


class MetricRecord(Base):
    """A post's engagement at one moment; a row only where it differs from the one before."""

    __tablename__ = "post_metric"
    __table_args__ = (ForeignKeyConstraint(["account_id", "key"], ["post.account_id", "post.key"]),)

    account_id: Mapped[int] = _key("The account.")
    key: Mapped[str] = _key("The post.")
    observed_at: Mapped[datetime] = _key("When it was observed.")
    likes: Mapped[int | None] = _column("Likes; empty where hidden.", type_=BigInteger)
    comments: Mapped[int | None] = _column("Comments; empty where hidden.", type_=BigInteger)
    shares: Mapped[int | None] = _column("Shares; empty where hidden.", type_=BigInteger)
    views: Mapped[int | None] = _column("Views; empty where hidden.", type_=BigInteger)


class RankingRecord(Base):
    """A semester judged by a rubric as of a day; the identical one is kept once."""

    __tablename__ = "ranking"

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    semester: Mapped[str] = _column("Such as `2026-S1`.", index=True)
    as_of: Mapped[date] = _column("Last local day taken into account.")
    rubric: Mapped[str] = _column("Name of the rubric.")
    version: Mapped[str] = _column("Its version.")
    digest: Mapped[str] = _column("SHA-256 of the rubric's text.")
    places: Mapped[int] = _column("How many places win.")
    shortlist: Mapped[int] = _column("How many go to the jury.")
    content: Mapped[str] = _column("SHA-256 of the whole ranking, by which it is known again.", unique=True)
    created_at: Mapped[datetime] = _column("When it was first saved.")


class RankingRowRecord(Base):
    """One agency's result on one channel in a ranking."""

    __tablename__ = "ranking_row"

    ranking_id: Mapped[int] = mapped_column(
        ForeignKey("ranking.id"), primary_key=True, autoincrement=False, doc="The ranking."
    )
    agency: Mapped[str] = _key("Slug of the agency.")
    channel: Mapped[Channel] = _key("The channel.")
    name: Mapped[str] = _column("The agency's name at that time.")
    level: Mapped[str] = _column("The level it was ranked at.")
    address: Mapped[str | None] = _column("The account's address.")
    place: Mapped[int | None] = _column("1 is best, equal places are ties; empty without a place.")
    score: Mapped[float | None] = _column("0 to 100; empty when not assessed.")
    status: Mapped[Status] = _column("`aktif`, `kurang aktif`, `vakum` or `tidak dinilai`.")
    reason: Mapped[Reason] = _column("Why there is no place; empty otherwise.")
    metrics: Mapped[list[Any]] = _column("Each metric's name, value, points, weight and explanation.")
    seen: Mapped[int] = _column("Nights seen.")
    reconstructed: Mapped[int] = _column("Nights reconstructed.")
    due: Mapped[int] = _column("Nights due.")
    coverage: Mapped[float] = _column("Share of nights known, 0 to 1.")
    posts: Mapped[int] = _column("Dated posts in the semester.")
    counted: Mapped[int] = _column("The same after the cap a day.")
    undated: Mapped[int] = _column("Posts whose day is not certain.")
    last_post: Mapped[date | None] = _column("Day of the newest dated post.")
    silent_since: Mapped[date | None] = _column("First day of the silence that lasts.")
    silent_days: Mapped[int | None] = _column("Its length in days.")
    beyond_law: Mapped[bool] = _column("Whether it is longer than the law on public information allows.")
    outcome: Mapped[Outcome | None] = _column("Of the newest visit.")
    detail: Mapped[str] = _column("Evidence for it.")
