"""Articles and matches that one worker has taken, so that no other works on them meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("article", "match")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("taken_by", sa.Text(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "taken_by")
        op.drop_column(table, "taken_at")
