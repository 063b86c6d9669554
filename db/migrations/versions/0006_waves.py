"""In which wave of a night a look came, and until when its site asked to be left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshot", sa.Column("wave", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("snapshot", sa.Column("retry_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("snapshot", "retry_at")
    op.drop_column("snapshot", "wave")
