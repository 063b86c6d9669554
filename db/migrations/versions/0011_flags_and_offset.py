"""What the latest ranking noticed, for SQL; and how far the city's clock is ahead of UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "flag",
        sa.Column("semester", sa.Text(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False, autoincrement=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("treatment", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("other_agency", sa.Text(), nullable=True),
        sa.Column("other_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("semester", "number", "key", name=op.f("pk_flag")),
    )
    op.create_index(op.f("ix_flag_agency"), "flag", ["agency"])
    op.create_table(
        "ruling",
        sa.Column("agency", sa.Text(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.Text(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False, autoincrement=False),
        sa.Column("semester", sa.Text(), nullable=False, autoincrement=False),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "channel", "key", "semester", name=op.f("pk_ruling")),
    )
    op.create_index(op.f("ix_ruling_semester"), "ruling", ["semester"])
    _record_offset()


def _record_offset() -> None:
    """As the first registry does from now on; nothing for a zone whose clock is changed twice a year."""
    setting = sa.table("setting", sa.column("name", sa.Text), sa.column("value", sa.Text))
    stored = sa.select(setting.c.value).where(setting.c.name == "timezone")
    zone = op.get_bind().execute(stored).scalar()
    if zone is None:
        return
    moments = [datetime(year, month, 1, tzinfo=UTC) for year in range(1990, 2038) for month in (1, 7)]
    offsets = {moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in moments}
    offset = offsets.pop()
    if not offsets and offset is not None:
        value = str(int(offset.total_seconds()))
        op.get_bind().execute(sa.insert(setting).values(name="utc_offset", value=value))


def downgrade() -> None:
    op.drop_table("ruling")
    op.drop_table("flag")
    setting = sa.table("setting", sa.column("name", sa.Text))
    op.get_bind().execute(sa.delete(setting).where(setting.c.name == "utc_offset"))
