"""Who keeps an office's accounts, and files that wait for an officer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keeper",
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("handover", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_keeper_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_keeper")),
    )
    op.create_table(
        "upload",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_upload")),
        sa.UniqueConstraint("digest", name=op.f("uq_upload_digest")),
    )


def downgrade() -> None:
    op.drop_table("upload")
    op.drop_table("keeper")
