"""Proofs of completeness, whose correction another date is, deletions, and other keys of a post."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_DELETED: dict[str, Any] = {
    f"{dialect}_where": sa.text("deleted_at IS NOT NULL") for dialect in ("sqlite", "postgresql")
}
# Before, a date that moved because it was read otherwise looked like one that the office had changed. Only
# of a field of an interface is it certain that the same place was read both times.
_EXACT = "api"


def upgrade() -> None:
    op.add_column("snapshot", sa.Column("proof", sa.Text(), nullable=True))
    # Claims of before name no proof; `complete_since` keeps what was claimed.
    op.execute("UPDATE snapshot SET complete_from = NULL WHERE complete_from IS NOT NULL")
    op.add_column("post", sa.Column("reading", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("post", sa.Column("deleted_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_post_deleted", "post", ["account_id"], **_DELETED)
    op.add_column("post_claim", sa.Column("cause", sa.Text(), nullable=False, server_default="reading"))
    _judge_changes()
    _create_alias()


def downgrade() -> None:
    op.drop_index("ix_post_alias_account_id_key", table_name="post_alias")
    op.drop_table("post_alias")
    op.drop_column("post_claim", "cause")
    op.drop_index("ix_post_deleted", table_name="post", **_DELETED)
    op.drop_column("post", "deleted_at")
    op.drop_column("post", "reading")
    op.drop_column("snapshot", "proof")


def _create_alias() -> None:
    op.create_table(
        "post_alias",
        sa.Column("account_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "key"], ["post.account_id", "post.key"], name=op.f("fk_post_alias_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "old", name=op.f("pk_post_alias")),
    )
    op.create_index("ix_post_alias_account_id_key", "post_alias", ["account_id", "key"])


def _judge_changes() -> None:
    """Say of each date that gave way whether the office changed it: few rows, read one by one."""
    connection = op.get_bind()
    op.execute("UPDATE post SET redated = false WHERE redated")
    query = sa.text(
        "SELECT post_claim.account_id, post_claim.key, post_claim.replaced_at, post_claim.published_at,"
        " post_claim.evidence, post.evidence, post_claim.local_day <> post.local_day"
        " FROM post_claim JOIN post ON post.account_id = post_claim.account_id AND post.key = post_claim.key"
    )
    for account, key, replaced_at, published_at, old, new, moved in connection.execute(query).all():
        slot = _slot(old)
        if slot is None or slot[0] != _EXACT or slot != _slot(new):
            continue
        values = {"account": account, "key": key, "replaced": replaced_at, "published": published_at}
        of_post = "WHERE account_id = :account AND key = :key"
        connection.execute(
            sa.text(
                f"UPDATE post_claim SET cause = 'site' {of_post}"  # noqa: S608
                " AND replaced_at = :replaced AND published_at = :published"
            ),
            values,
        )
        if moved:
            connection.execute(
                sa.text(f"UPDATE post SET redated = true {of_post}"),  # noqa: S608
                {"account": account, "key": key},
            )


def _slot(evidence: Any) -> tuple[str, str] | None:
    """Where the deciding witness stood; the JSON is a text on one engine and read already on the other."""
    witnesses = json.loads(evidence) if isinstance(evidence, str) else evidence
    return (witnesses[0]["kind"], witnesses[0]["where"]) if witnesses else None
