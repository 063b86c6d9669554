"""What a strict rubric took from a score stands beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ranking_row", sa.Column("deducted", sa.Float(), nullable=True))


def downgrade() -> None:
    op.drop_column("ranking_row", "deducted")
