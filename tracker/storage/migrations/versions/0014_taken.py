"""Articles that one worker has taken, so that no other reads them meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("article", sa.Column("taken_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("article", "taken_by")
    op.drop_column("article", "taken_at")
