"""Indexes for what is asked for often: what a speaker said last, and what went on lately."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SAID = "ix_claim_source_id_said_on_id"
INDEXED = (
    ("claim", "speaks_for"),
    ("conflict", "opened_at"),
    ("conflict", "updated_at"),
    ("conflict", "assignee"),
    ("conflict_history", "at"),
)


def upgrade() -> None:
    op.create_index(SAID, "claim", ["source_id", "said_on", "id"])
    op.drop_index(op.f("ix_claim_source_id"), "claim")
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in INDEXED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    op.create_index(op.f("ix_claim_source_id"), "claim", ["source_id"])
    op.drop_index(SAID, "claim")
