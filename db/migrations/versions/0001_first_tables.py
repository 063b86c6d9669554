"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_agency()
    _create_ranking()
    _create_run()
    _create_setting()
    _create_account()
    _create_ranking_row()
    _create_account_memory()
    _create_post()
    _create_snapshot()
    _create_post_claim()
    _create_post_metric()


def downgrade() -> None:
    op.drop_table("post_metric")
    op.drop_table("post_claim")
    op.drop_index("ix_snapshot_account_id_night", table_name="snapshot")
    op.drop_table("snapshot")
    op.drop_index(
        "ix_post_undated",
        table_name="post",
        sqlite_where=sa.text("local_day IS NULL"),
        postgresql_where=sa.text("local_day IS NULL"),
    )
    op.drop_index("ix_post_account_id_published_at", table_name="post")
    op.drop_index("ix_post_account_id_local_day", table_name="post")
    op.drop_table("post")
    op.drop_table("account_memory")
    op.drop_table("ranking_row")
    op.drop_index(
        "uq_account_open",
        table_name="account",
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.drop_index("ix_account_agency_id_channel", table_name="account")
    op.drop_table("account")
    op.drop_table("setting")
    op.drop_table("run")
    op.drop_index(op.f("ix_ranking_semester"), table_name="ranking")
    op.drop_table("ranking")
    op.drop_table("agency")


def _create_agency() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("participation", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Integer(), nullable=True),
        sa.Column("valid_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("slug", name=op.f("uq_agency_slug")),
    )


def _create_ranking() -> None:
    op.create_table(
        "ranking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("semester", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("rubric", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("shortlist", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sa.UniqueConstraint("content", name=op.f("uq_ranking_content")),
    )
    op.create_index(op.f("ix_ranking_semester"), "ranking", ["semester"], unique=False)


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("night", "number", name=op.f("uq_run_night_number")),
    )


def _create_setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _create_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("valid_to", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_account_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index("ix_account_agency_id_channel", "account", ["agency_id", "channel"], unique=False)
    op.create_index(
        "uq_account_open",
        "account",
        ["agency_id", "channel"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )


def _create_ranking_row() -> None:
    op.create_table(
        "ranking_row",
        sa.Column("ranking_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("reconstructed", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("coverage", sa.Float(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("undated", sa.Integer(), nullable=False),
        sa.Column("last_post", sa.Integer(), nullable=True),
        sa.Column("silent_since", sa.Integer(), nullable=True),
        sa.Column("silent_days", sa.Integer(), nullable=True),
        sa.Column("beyond_law", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ranking_id"], ["ranking.id"], name=op.f("fk_ranking_row_ranking_id")),
        sa.PrimaryKeyConstraint("ranking_id", "agency", "channel", name=op.f("pk_ranking_row")),
    )


def _create_account_memory() -> None:
    op.create_table(
        "account_memory",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("memory", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_memory_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_memory")),
    )


def _create_post() -> None:
    op.create_table(
        "post",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("local_day", sa.Integer(), nullable=True),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("redated", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("first_run_id", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(published_at IS NULL) = (precision IS NULL)", name=op.f("ck_post_dated_with_precision")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_post_account_id")),
        sa.ForeignKeyConstraint(["first_run_id"], ["run.id"], name=op.f("fk_post_first_run_id")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_post")),
    )
    op.create_index("ix_post_account_id_local_day", "post", ["account_id", "local_day"], unique=False)
    op.create_index("ix_post_account_id_published_at", "post", ["account_id", "published_at"], unique=False)
    op.create_index(
        "ix_post_undated",
        "post",
        ["account_id", "first_run_id"],
        unique=False,
        sqlite_where=sa.text("local_day IS NULL"),
        postgresql_where=sa.text("local_day IS NULL"),
    )


def _create_snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("run_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("night", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("saw", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.Column("complete_since", sa.BigInteger(), nullable=True),
        sa.Column("complete_from", sa.Integer(), nullable=True),
        sa.Column("posts_found", sa.Integer(), nullable=False),
        sa.Column("posts_new", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("profile_posts", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_snapshot_account_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_snapshot_run_id")),
        sa.PrimaryKeyConstraint("run_id", "account_id", name=op.f("pk_snapshot")),
    )
    op.create_index(
        "ix_snapshot_account_id_night",
        "snapshot",
        ["account_id", "night", "run_id", "saw", "complete_from"],
        unique=False,
    )
    op.create_index(
        "ix_snapshot_followers",
        "snapshot",
        ["account_id", "night"],
        unique=False,
        sqlite_where=sa.text("followers IS NOT NULL"),
        postgresql_where=sa.text("followers IS NOT NULL"),
    )


def _create_post_claim() -> None:
    op.create_table(
        "post_claim",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("local_day", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "key"], ["post.account_id", "post.key"], name=op.f("fk_post_claim_account_id_key")
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "key", "replaced_at", "published_at", name=op.f("pk_post_claim")
        ),
    )


def _create_post_metric() -> None:
    op.create_table(
        "post_metric",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("observed_at", sa.BigInteger(), nullable=False),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "key"], ["post.account_id", "post.key"], name=op.f("fk_post_metric_account_id_key")
        ),
        sa.PrimaryKeyConstraint("account_id", "key", "observed_at", name=op.f("pk_post_metric")),
    )
