"""Whom an agency carries on, the rubric each semester is judged by, and the jury's desk."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agency", sa.Column("predecessors", sa.JSON(), nullable=False, server_default="[]"))
    _create_semester_rubric()


def downgrade() -> None:
    op.drop_index(op.f("ix_semester_rubric_semester"), table_name="semester_rubric")
    op.drop_table("semester_rubric")
    op.drop_column("agency", "predecessors")


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
