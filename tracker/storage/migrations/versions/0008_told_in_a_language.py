"""Subscriptions with the language of their messages; histories with reasons as sentence and words.

Reasons that stand in a history already stay notes, in English.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORD = sa.String(length=20)


def upgrade() -> None:
    op.add_column("subscription", sa.Column("language", WORD, nullable=False, server_default="en"))
    op.add_column("conflict_history", sa.Column("reason", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("conflict_history", "reason")
    op.drop_column("subscription", "language")
