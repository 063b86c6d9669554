"""The pages that posts rest on, and how each look was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (("scheme", sa.Text()), ("certificate", sa.Text()), ("first_byte", sa.Float())):
        op.add_column("snapshot", sa.Column(name, kind, nullable=True))
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("digest", "url", name=op.f("uq_record_digest_url")),
    )
    op.create_index("ix_record_file_offset", "record", ["file", "offset"])
    op.create_table(
        "post_basis",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["account_id", "key"], ["post.account_id", "post.key"], name=op.f("fk_post_basis_account_id_key")
        ),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_post_basis_record_id")),
        sa.PrimaryKeyConstraint("account_id", "key", "record_id", name=op.f("pk_post_basis")),
    )
    op.create_index("ix_post_basis_record_id", "post_basis", ["record_id"])


def downgrade() -> None:
    op.drop_table("post_basis")
    op.drop_table("record")
    for name in ("first_byte", "certificate", "scheme"):
        op.drop_column("snapshot", name)
