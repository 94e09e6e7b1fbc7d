"""Conflicts that are put off, given to somebody, or merged; histories that can be undone."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=20)
IN_CONFLICTS: tuple[sa.Column[Any], ...] = (
    sa.Column("outlets", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("dismissal", WORD, nullable=True),
    sa.Column("snoozed_until", MOMENT, nullable=True),
    sa.Column("assignee", sa.Text(), nullable=False, server_default=""),
    sa.Column("second_opinion", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("looked_at", MOMENT, nullable=True),
    sa.Column("merged_into", IDENTIFIER, nullable=True),
)
IN_HISTORIES: tuple[sa.Column[Any], ...] = (
    sa.Column("claims", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("batch", sa.Text(), nullable=True),
    sa.Column("before", sa.JSON(), nullable=True),
)
COUNT_OUTLETS = """
    UPDATE conflict SET outlets = (
        SELECT count(DISTINCT article.outlet) FROM conflict_claim
        JOIN claim ON claim.id = conflict_claim.claim_id
        JOIN article ON article.id = claim.article_id
        WHERE conflict_claim.conflict_id = conflict.id
    )
"""


def upgrade() -> None:
    for column in IN_CONFLICTS:
        op.add_column("conflict", column._copy())
    op.execute(COUNT_OUTLETS)
    for column in IN_HISTORIES:
        op.add_column("conflict_history", column._copy())
    op.create_table(
        "saved_filter",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_filter_name")),
    )
    op.create_index(op.f("ix_conflict_snoozed_until"), "conflict", ["snoozed_until"])
    op.create_index(op.f("ix_conflict_merged_into"), "conflict", ["merged_into"])
    op.create_index(op.f("ix_conflict_history_batch"), "conflict_history", ["batch"])


def downgrade() -> None:
    op.drop_index(op.f("ix_conflict_history_batch"), "conflict_history")
    op.drop_table("saved_filter")
    op.drop_index(op.f("ix_conflict_merged_into"), "conflict")
    op.drop_index(op.f("ix_conflict_snoozed_until"), "conflict")
    for column in IN_HISTORIES:
        op.drop_column("conflict_history", column.name)
    for column in IN_CONFLICTS:
        op.drop_column("conflict", column.name)
