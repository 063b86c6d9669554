"""Tables of the crawl and of rankings; `docs/database.md` is written from the comments here.

Beside it stand those of posts in `post_models`, of evidence in `record_models`, of the jury in `jury_models`,
of those who sign in in `user_models`, of messages in `delivery_models`, of keepers and sent files in
`hand_over_models`, of flags in `flag_models`; all are named here too, so that this is the whole schema.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from activity.agency import Channel, Participation
from activity.outcome import Outcome
from activity.ranking import Reason, Status, VacuumCause
from activity.record import Certificate
from activity.visit import Proof
from db.schema.base import Base, RunStatus, column, primary
from db.schema.delivery_models import DeliveryRecord
from db.schema.flag_models import FlagRecord, RulingRecord
from db.schema.hand_over_models import KeeperRecord, UploadRecord
from db.schema.jury_models import SemesterRubricRecord
from db.schema.post_models import (
    DELETED,
    LATE,
    REDATED,
    UPFRONT,
    AliasRecord,
    ClaimRecord,
    MetricRecord,
    PostRecord,
)
from db.schema.record_models import BasisRecord, ImportRecord, WarcRecord
from db.schema.user_models import MissedRecord, SessionRecord, UserRecord

__all__ = [
    "DELETED",
    "LATE",
    "REDATED",
    "UPFRONT",
    "AccountRecord",
    "AgencyRecord",
    "AliasRecord",
    "Base",
    "BasisRecord",
    "ClaimRecord",
    "DeliveryRecord",
    "FlagRecord",
    "ImportRecord",
    "KeeperRecord",
    "MemoryRecord",
    "MetricRecord",
    "MissedRecord",
    "PostRecord",
    "RankingRecord",
    "RankingRowRecord",
    "RulingRecord",
    "RunRecord",
    "RunStatus",
    "SemesterRubricRecord",
    "SessionRecord",
    "SettingRecord",
    "SnapshotRecord",
    "UploadRecord",
    "UserRecord",
    "WarcRecord",
]


class SettingRecord(Base):
    """What holds for the whole database: whose it is, its time zone, its views' digest."""

    __tablename__ = "setting"

    name: Mapped[str] = primary("`application`, `timezone`, `utc_offset` (seconds) or `views`.")
    value: Mapped[str] = column("The setting as text.")


class AgencyRecord(Base):
    """A body being ranked, as the newest registry file that names it says."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    slug: Mapped[str] = column("Stable identity from the registry.", unique=True)
    name: Mapped[str] = column("Official name.")
    level: Mapped[str] = column("Level it is ranked at, such as `skpd` or `kelurahan`.")
    participation: Mapped[Participation] = column("`peserta`, `non-kompetisi` or `tidak dinilai`.")
    parent: Mapped[str | None] = column("Slug of the body above it.")
    valid_from: Mapped[date | None] = column("First day it exists; empty when it always has.")
    valid_to: Mapped[date | None] = column("First day it no longer exists; empty while it does.")
    predecessors: Mapped[list[Any]] = column("Slugs of the agencies whose name or merger it carries on.")


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
    channel: Mapped[Channel] = column("Where: `website`, `instagram` and so on, see channels.md.")
    address: Mapped[str] = column("Canonical: an absolute URL for a website, a bare handle elsewhere.")
    valid_from: Mapped[date] = column("Day of the import that opened it.")
    valid_to: Mapped[date | None] = column("Day of the import that closed it; empty while it is open.")


class MemoryRecord(Base):
    """What the next visit to an account wants to know again."""

    __tablename__ = "account_memory"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False, doc="Whose memory."
    )
    memory: Mapped[dict[str, Any]] = column("Endpoint, its kind, validators, when seen, further facts.")


class RunRecord(Base):
    """One execution of the crawl, or one import of an account's posts."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("night", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    night: Mapped[date] = column("The night it belongs to, from local noon to noon, named by its evening.")
    number: Mapped[int] = column("1 for the night's first run, then upwards.")
    status: Mapped[RunStatus] = column(
        "`running`, `finished` or `interrupted`; `imported` for a file that was handed in."
    )
    started_at: Mapped[datetime] = column("When it was begun.")
    finished_at: Mapped[datetime | None] = column("When it was finished, or found interrupted.")
    summary: Mapped[dict[str, Any]] = column("What the run came to, over every process that worked on it.")
    code_version: Mapped[str] = column("Version of Denyut that began it.")


class SnapshotRecord(Base):
    """What one run got from one account; a later wave of it may replace it, no later run does."""

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("ix_snapshot_account_id_night", "account_id", "night", "run_id", "saw", "complete_from"),
        Index(
            "ix_snapshot_followers",
            "account_id",
            "night",
            "run_id",
            sqlite_where=text("followers IS NOT NULL"),
            postgresql_where=text("followers IS NOT NULL"),
        ),
        Index(
            "ix_snapshot_reach",
            "account_id",
            "night",
            "complete_from",
            sqlite_where=text("NOT saw AND complete_from IS NOT NULL"),
            postgresql_where=text("NOT saw AND complete_from IS NOT NULL"),
        ),
        Index(
            "ix_snapshot_hacked",
            "night",
            "account_id",
            sqlite_where=text("outcome = 'hacked'"),
            postgresql_where=text("outcome = 'hacked'"),
        ),
    )

    run_id: Mapped[int] = mapped_column(
        ForeignKey("run.id"), primary_key=True, autoincrement=False, doc="The run."
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False, doc="The account."
    )
    night: Mapped[date] = column("The run's night.")
    outcome: Mapped[Outcome] = column("What the visit ended in.")
    saw: Mapped[bool] = column("Whether the night was seen; never for an import.")
    detail: Mapped[str] = column("Evidence for the outcome that a person can check.")
    endpoint: Mapped[str | None] = column("Address that listed the posts, or the file with its SHA-256.")
    fetched_at: Mapped[datetime] = column("The visit's moment.")
    complete_since: Mapped[datetime | None] = column("Listing read without a gap back to this moment.")
    proof: Mapped[Proof | None] = column("Why that is believed; a claim without one reconstructs nothing.")
    complete_from: Mapped[date | None] = column(
        "First local day that lies wholly after `complete_since`; empty without a proof."
    )
    posts_found: Mapped[int] = column("Posts in the harvest.")
    posts_new: Mapped[int] = column("Those first seen in this run.")
    left_out: Mapped[int] = column("Candidates judged not to be posts.")
    requests: Mapped[int] = column("Requests made.")
    bytes: Mapped[int] = column("Bytes received, decompressed.", type_=BigInteger)
    seconds: Mapped[float] = column("Wall clock.")
    followers: Mapped[int | None] = column("Followers, where shown.", type_=BigInteger)
    profile_posts: Mapped[int | None] = column("Posts the profile counts, where shown.", type_=BigInteger)
    scheme: Mapped[str | None] = column("`https` or `http`, of the first page that came; of websites only.")
    certificate: Mapped[Certificate | None] = column(
        "`valid`, `expired` or `invalid`: the worst that was met; empty where none was shown."
    )
    first_byte: Mapped[float | None] = column(
        "Seconds from the first request to its answer's first byte, connecting included."
    )
    wave: Mapped[int] = column(
        "1 for the run's first pass, 2 and up where it was tried again the same night.", server_default="1"
    )
    retry_at: Mapped[datetime | None] = column("Until when its site asked to be left alone.")


class RankingRecord(Base):
    """A semester judged by a rubric as of a day; the identical one is kept once."""

    __tablename__ = "ranking"

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    semester: Mapped[str] = column("Such as `2026-S1`.", index=True)
    as_of: Mapped[date] = column("Last local day taken into account.")
    rubric: Mapped[str] = column("Name of the rubric.")
    version: Mapped[str] = column("Its version.")
    digest: Mapped[str] = column("SHA-256 of the rubric's text.")
    places: Mapped[int] = column("How many places win.")
    shortlist: Mapped[int] = column("How many go to the jury.")
    content: Mapped[str] = column("SHA-256 of the whole ranking, by which it is known again.", unique=True)
    created_at: Mapped[datetime] = column("When it was first saved.")
    turn: Mapped[int] = column("Counts savings; the highest of a semester is its latest.")


class RankingRowRecord(Base):
    """One agency's result on one channel in a ranking."""

    __tablename__ = "ranking_row"

    ranking_id: Mapped[int] = mapped_column(
        ForeignKey("ranking.id"), primary_key=True, autoincrement=False, doc="The ranking."
    )
    agency: Mapped[str] = primary("Slug of the agency.")
    channel: Mapped[Channel] = primary("The channel.")
    name: Mapped[str] = column("The agency's name at that time.")
    level: Mapped[str] = column("The level it was ranked at.")
    address: Mapped[str | None] = column("The account's address.")
    place: Mapped[int | None] = column("1 is best, equal places are ties; empty without a place.")
    score: Mapped[float | None] = column("0 to 100; empty when not assessed.")
    status: Mapped[Status] = column("`aktif`, `kurang aktif`, `vakum` or `tidak dinilai`.")
    reason: Mapped[Reason] = column("Why there is no place; empty otherwise.")
    metrics: Mapped[list[Any]] = column("Each metric's name, value, points, weight and explanation.")
    seen: Mapped[int] = column("Nights seen.")
    reconstructed: Mapped[int] = column("Nights reconstructed.")
    due: Mapped[int] = column("Nights due.")
    coverage: Mapped[float] = column("Share of nights known, 0 to 1.")
    posts: Mapped[int] = column("Dated posts in the semester.")
    counted: Mapped[int] = column("The same after the rubric's caps.")
    undated: Mapped[int] = column("Posts whose day is not certain.")
    last_post: Mapped[date | None] = column("Day of the newest dated post.")
    silent_since: Mapped[date | None] = column("First day of the silence that lasts.")
    silent_days: Mapped[int | None] = column("Its length in days.")
    beyond_law: Mapped[bool] = column("Whether it is longer than the law on public information allows.")
    outcome: Mapped[Outcome | None] = column("Of the newest visit.")
    detail: Mapped[str] = column("Evidence for it.")
    best_place: Mapped[int | None] = column("Best place that remains possible.")
    worst_place: Mapped[int | None] = column("Worst place that remains possible.")
    stability: Mapped[float | None] = column("Share of weightings in which the place holds, 0 to 1.")
    known_until: Mapped[date | None] = column("Last day of which something is known.")
    rhythm: Mapped[float | None] = column("Median days between days with a post.")
    cause: Mapped[VacuumCause | None] = column("Why a vacuum account fell silent.")
    alive_on: Mapped[str] = column("Of a vacuum account: other channels on which the agency is active.")
    vacuum_on: Mapped[date | None] = column("Day on which it becomes vacuum unless it posts.")
    held: Mapped[int] = column("Posts that wait for the jury.")
    flags: Mapped[str] = column("What was noticed, such as `2 copied, 1 spam`.")
    place_before: Mapped[int | None] = column("Its place in the semester before.")
    score_before: Mapped[float | None] = column("Its score then.")
    agencies_before: Mapped[str] = column("Slugs it had then; empty where that was not ranked.")
    moved: Mapped[str] = column("Points gained and lost since, by metric, what moved the score most first.")
    deducted: Mapped[float | None] = column("Points that the rubric took from the score.")
