"""Predecessors, the rubric of each semester, the jury's desk, what a ranking tells more, and indexes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_FOLLOWERS: dict[str, Any] = {
    f"{dialect}_where": sa.text("followers IS NOT NULL") for dialect in ("sqlite", "postgresql")
}
_REACH: dict[str, Any] = {
    f"{dialect}_where": sa.text("NOT saw AND complete_from IS NOT NULL")
    for dialect in ("sqlite", "postgresql")
}

_HACKED: dict[str, Any] = {
    f"{dialect}_where": sa.text("outcome = 'hacked'") for dialect in ("sqlite", "postgresql")
}

_RANKING_ROW: tuple[tuple[str, Any], ...] = (
    ("best_place", sa.Integer()),
    ("worst_place", sa.Integer()),
    ("stability", sa.Float()),
    ("known_until", sa.Integer()),
    ("rhythm", sa.Float()),
    ("cause", sa.Text()),
    ("vacuum_on", sa.Integer()),
    ("place_before", sa.Integer()),
    ("score_before", sa.Float()),
)
_RANKING_ROW_WORDS = ("alive_on", "flags", "agencies_before", "moved")

_POSTS = {
    "ix_post_late": (["account_id", "local_day"], "first_seen / 86400 - local_day >= 3"),
    "ix_post_redated": (["account_id"], "redated"),
    "ix_post_upfront": (["account_id"], "published_at > first_seen + 3600"),
}


def upgrade() -> None:
    op.add_column("agency", sa.Column("predecessors", sa.JSON(), nullable=False, server_default="[]"))
    _create_semester_rubric()
    _create_override()
    _create_objection()
    _create_publication()
    _create_seal()
    _widen_ranking()
    _replace_follower_index("account_id", "night", "run_id")
    op.create_index("ix_snapshot_reach", "snapshot", ["account_id", "night", "complete_from"], **_REACH)
    op.create_index("ix_snapshot_hacked", "snapshot", ["night", "account_id"], **_HACKED)
    for name, (columns, condition) in _POSTS.items():
        only = sa.text(condition)
        op.create_index(name, "post", columns, sqlite_where=only, postgresql_where=only)
    if op.get_bind().dialect.name == "postgresql":
        # Without it PostgreSQL takes a third of all posts for late, and reads every one.
        op.execute("CREATE STATISTICS post_lag ON (first_seen / 86400 - local_day) FROM post")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP STATISTICS post_lag")
    for name in _POSTS:
        op.drop_index(name, table_name="post")
    op.drop_index("ix_snapshot_hacked", table_name="snapshot", **_HACKED)
    op.drop_index("ix_snapshot_reach", table_name="snapshot", **_REACH)
    _replace_follower_index("account_id", "night")
    for name in ("held", *_RANKING_ROW_WORDS, *(name for name, _ in _RANKING_ROW)):
        op.drop_column("ranking_row", name)
    op.drop_column("ranking", "turn")
    op.drop_table("seal_reopening")
    op.drop_table("seal_part")
    op.drop_table("seal")
    op.drop_table("publication")
    op.drop_table("objection_answer")
    op.drop_index(op.f("ix_objection_semester"), table_name="objection")
    op.drop_table("objection")
    op.drop_index(op.f("ix_jury_override_semester"), table_name="jury_override")
    op.drop_table("jury_override")
    op.drop_index(op.f("ix_semester_rubric_semester"), table_name="semester_rubric")
    op.drop_table("semester_rubric")
    op.drop_column("agency", "predecessors")


def _widen_ranking() -> None:
    """What a ranking tells since then; those of before do not know it."""
    op.add_column("ranking", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE ranking SET turn = id")
    for name, kind in _RANKING_ROW:
        op.add_column("ranking_row", sa.Column(name, kind, nullable=True))
    for name in _RANKING_ROW_WORDS:
        op.add_column("ranking_row", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("ranking_row", sa.Column("held", sa.Integer(), nullable=False, server_default="0"))


def _replace_follower_index(*columns: str) -> None:
    op.drop_index("ix_snapshot_followers", table_name="snapshot", **_FOLLOWERS)
    op.create_index("ix_snapshot_followers", "snapshot", list(columns), **_FOLLOWERS)


def _create_semester_rubric() -> None:
    op.create_table(
        "semester_rubric",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("adopted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_semester_rubric")),
    )
    op.create_index(op.f("ix_semester_rubric_semester"), "semester_rubric", ["semester"], unique=False)


def _create_override() -> None:
    op.create_table(
        "jury_override",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["withdraws"], ["jury_override.number"], name=op.f("fk_jury_override_withdraws")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_jury_override")),
    )
    op.create_index(op.f("ix_jury_override_semester"), "jury_override", ["semester"], unique=False)


def _create_objection() -> None:
    op.create_table(
        "objection",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_semester"), "objection", ["semester"], unique=False)
    op.create_table(
        "objection_answer",
        sa.Column("objection", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection"], ["objection.number"], name=op.f("fk_objection_answer_objection")
        ),
        sa.PrimaryKeyConstraint("objection", name=op.f("pk_objection_answer")),
    )


def _create_publication() -> None:
    op.create_table(
        "publication",
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("ranking", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("semester", name=op.f("pk_publication")),
    )


def _create_seal() -> None:
    op.create_table(
        "seal",
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("rubric", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("ranking", sa.Text(), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("semester", "number", name=op.f("pk_seal")),
    )
    seal = (["semester", "number"], ["seal.semester", "seal.number"])
    op.create_table(
        "seal_part",
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("part", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(*seal, name=op.f("fk_seal_part_semester_number")),
        sa.PrimaryKeyConstraint("semester", "number", "part", name=op.f("pk_seal_part")),
    )
    op.create_table(
        "seal_reopening",
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("seal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["semester", "seal"], seal[1], name=op.f("fk_seal_reopening_semester_seal")),
        sa.PrimaryKeyConstraint("semester", "seal", name=op.f("pk_seal_reopening")),
    )
