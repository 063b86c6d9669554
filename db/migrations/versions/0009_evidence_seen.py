"""Records that were removed after their seal, and where in a file an imported post stands."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("record", sa.Column("removed_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "post_import",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "key"], ["post.account_id", "post.key"], name=op.f("fk_post_import_account_id_key")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_post_import_run_id")),
        sa.PrimaryKeyConstraint("account_id", "key", "run_id", name=op.f("pk_post_import")),
    )


def downgrade() -> None:
    op.drop_table("post_import")
    op.drop_column("record", "removed_at")
